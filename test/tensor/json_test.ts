import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { Dense, input, jit, ops, tensor, Variable, WorkerPool, zeros } from "@strata/nn";

const x = tensor([[1, 2, 3], [4, 5, 6]]);

Deno.test("JSON.stringify writes the values of tensors, nested as their shape says, also inside arrays and records", () => {
  assertEquals(JSON.stringify(x), "[[1,2,3],[4,5,6]]");
  assertEquals(JSON.stringify({ y: [x, tensor(7)] }), '{"y":[[[1,2,3],[4,5,6]],7]}');
  assertEquals(JSON.stringify(zeros([2, 0])), "[[],[]]");
  assertEquals(JSON.stringify(tensor([0, 1], { dtype: "bool" })), "[false,true]");
  assertEquals(JSON.stringify(tensor([1, -2], { dtype: "int64" })), "[1,-2]");
  assertEquals(JSON.stringify(tensor([0.5, 65504], { dtype: "float16" })), "[0.5,65504]");
  assertEquals(JSON.stringify(new Variable(tensor([3, 4]))), "[3,4]");
});

Deno.test("a float32 value reads back from JSON exactly", () => {
  const values = tensor([0.1, 1e-45, 3.4028234663852886e38]);
  const text = JSON.stringify(values);
  assertEquals(tensor(JSON.parse(text) as number[]).dataSync(), values.dataSync());
});

Deno.test("Response.json writes the values of what eager, compiled and pooled calls give", async () => {
  const layer = new Dense(2, { kernelInitializer: "ones" });
  const read = async (value: unknown): Promise<unknown> => await Response.json({ value }).json();
  assertEquals(await read(layer([[1, 2]])), { value: [[3, 3]] });
  assertEquals(await read(jit(layer)([[1, 2]])), { value: [[3, 3]] });
  await using pool = new WorkerPool({ workers: 1 });
  const pooled = await pool.compile(layer, input(["batch", 2]));
  assertEquals(await read(await pooled([[1, 2]])), { value: [[3, 3]] });
});

Deno.test("values that JSON has no number for are refused, and the error says where they are", () => {
  const infinite = tensor([[1, 2], [3, -Infinity]], { dtype: "float16" });
  assertThrows(
    () => JSON.stringify(infinite),
    RangeError,
    "Cannot write a tensor of shape [2, 2] and dtype float16 as JSON: expected finite values, received -Infinity at [1, 1]",
  );
  assertThrows(() => JSON.stringify({ y: tensor(NaN) }), RangeError, "received NaN at []");
  assertThrows(() => Response.json(tensor([NaN])), RangeError, "received NaN at [0]");
  assertThrows(
    () => JSON.stringify(tensor([1n, 2n ** 53n])),
    RangeError,
    "expected integers of at most 2^53 - 1, received a greater one at [1]",
  );
});

Deno.test("a symbolic tensor refuses to be written as JSON", () => {
  const symbolic = input(["batch", 2]);
  assertThrows(
    () => JSON.stringify({ y: new Dense(1, { name: "last" })(symbolic) }),
    TypeError,
    "Cannot write values as JSON: SymbolicTensor [batch, 1] float32 (dense in last) stands for values that exist only " +
      "when its graph runs",
  );
  assertThrows(() => JSON.stringify(symbolic), TypeError, "Cannot write values as JSON");
});

Deno.test("a structured clone has the values, and a tensor can be made of it", () => {
  for (const dtype of ["float32", "float64", "int32", "int64", "uint8", "bool"] as const) {
    const original = tensor([[0, 1], [1, 0]], { dtype });
    const { shape, values } = structuredClone(original) as unknown as { shape: number[]; values: Float32Array };
    assertEquals(tensor(values, shape, { dtype }).array(), original.array(), dtype);
    assert(values.buffer !== original.dataSync().buffer);
  }
  const [{ values }] = structuredClone([new Variable(x)]) as unknown as [{ values: Float32Array }];
  assertEquals(values, new Float32Array([1, 2, 3, 4, 5, 6]));
});

Deno.test("a tensor that is posted to another thread arrives with its values", async () => {
  const { port1, port2 } = new MessageChannel();
  const received = new Promise<{ values: Float32Array }>((resolve) => port2.onmessage = ({ data }) => resolve(data.y));
  port1.postMessage({ y: x });
  assertEquals((await received).values, x.dataSync());
  port1.close();
  port2.close();
});

Deno.test("a symbolic tensor refuses to be cloned, and the error says why", () => {
  const error = assertThrows(() => structuredClone({ x: input([2]) }), DOMException);
  // Bun's message does not say what could not be cloned.
  const reason = "a symbolic tensor, which stands for values that exist only when its graph runs";
  if (!("Bun" in globalThis)) assertStringIncludes(error.message, reason);
  assertThrows(() => structuredClone(ops.add(input([2]), 1)), DOMException);
});

Deno.test("deep comparison of tensors compares their values", () => {
  assertEquals(tensor([1, 2]), tensor([1, 2]));
  assertThrows(() => assertEquals(tensor([1, 2]), tensor([1, 3])));
  assertThrows(() => assertEquals(new Variable(tensor([1])), new Variable(tensor([2]))));
});

Deno.test("a variable's values are not written as JSON in a trace", async () => {
  const state = new Variable(tensor([1]), { name: "state" });
  await assertRejects(
    async () => await Promise.resolve(jit((y) => ops.add(y, JSON.stringify(state).length), input([1]))([1])),
    TypeError,
    "Cannot read the values of variable state in a trace",
  );
});
