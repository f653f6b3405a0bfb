import { assertEquals, assertRejects } from "@std/assert";
import { Dense, input, InputError, ops, Sequential, trace, WorkerPool } from "@strata/nn";

/** Answers requests with a model's results: 400 where the request is at fault, 500 where the server is. */
function handlerFor(predict: (rows: unknown) => Promise<unknown>): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      const { rows } = await request.json();
      return Response.json({ result: await predict(rows) });
    } catch (error) {
      const isInput = error instanceof InputError || error instanceof SyntaxError;
      return Response.json({ error: (error as Error).message }, { status: isInput ? 400 : 500 });
    }
  };
}

const post = (body: string) => new Request("http://localhost/", { method: "POST", body });

Deno.test("a server answers requests with values, and requests at fault with 400", async () => {
  const model = new Sequential(input(["batch", 3]), new Dense(2, { kernelInitializer: "ones" }));
  await using pool = new WorkerPool({ workers: 1 });
  const handler = handlerFor(await pool.compile(model) as unknown as (rows: unknown) => Promise<unknown>);
  const answer = await handler(post('{ "rows": [[1, 2, 3], [4, 5, 6]] }'));
  assertEquals([answer.status, await answer.json()], [200, { result: [[6, 6], [15, 15]] }]);
  const wrong = [
    "",
    "{",
    "[]",
    "{}",
    '{ "rows": null }',
    '{ "rows": {} }',
    '{ "rows": "1, 2, 3" }',
    '{ "rows": [[1, 2]] }',
    '{ "rows": [1, 2, 3] }',
    '{ "rows": [[1, 2, 3], [4]] }',
    '{ "rows": [["1", "2", "3"]] }',
    '{ "rows": [[1, 2, null]] }',
    '{ "rows": [[1, 2, { "x": 3 }]] }',
    '{ "rows": [[[1, 2, 3]]] }',
  ];
  for (const body of wrong) assertEquals((await handler(post(body))).status, 400, body);
});

Deno.test("a result that JSON cannot hold is the server's fault", async () => {
  await using pool = new WorkerPool({ workers: 1 });
  const log = await pool.compile((x) => ops.log(x), input(["batch"]));
  const handler = handlerFor(log as unknown as (rows: unknown) => Promise<unknown>);
  assertEquals((await handler(post('{ "rows": [1, 0] }'))).status, 500);
});

Deno.test("a pool takes the bytes of a model in any array or buffer, and says how to read a file", async () => {
  const bytes = trace((x) => ops.add(x, x), input(["batch"], { name: "x" })).toONNX();
  await using pool = new WorkerPool({ workers: 1 });
  const padded = new Uint8Array(bytes.length + 8);
  padded.set(bytes, 8);
  const given = [bytes.buffer, new DataView(padded.buffer, 8), padded.subarray(8)] as ArrayBuffer[];
  for (const model of given) {
    const double = await pool.compile(model);
    assertEquals(JSON.stringify(await double([1, 2] as never)), "[2,4]");
  }
  const expected = "expected a layer, a function, a graph, or the bytes of an ONNX model, such as await ";
  for (
    const [model, kind] of [["m.onnx", "a string"], [new URL("file:///m.onnx"), "a URL"], [new Blob([]), "a Blob"]]
  ) {
    await assertRejects(() => pool.compile(model as never), InputError, `Cannot compile ${kind}: ${expected}`);
  }
  await assertRejects(
    () => pool.compile(5 as never),
    InputError,
    "Cannot trace number: expected a layer or a function",
  );
});
