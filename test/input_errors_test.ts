import { assert, assertEquals, assertInstanceOf } from "@std/assert";
import {
  Dense,
  DTypeError,
  input,
  InputError,
  jit,
  Model,
  ops,
  Sequential,
  ShapeError,
  type Tensor,
  tensor,
  WorkerPool,
  zeros,
} from "@strata/nn";

/** What `run` throws, at once or later. */
async function errorOf(run: () => unknown): Promise<Error> {
  try {
    await run();
  } catch (error) {
    assertInstanceOf(error, Error);
    return error;
  }
  throw new Error("expected an error");
}

type Run = (data: unknown) => unknown;

/** The ways of running a model of one input, as untyped code does. */
async function waysOf(model: Sequential, pool: WorkerPool): Promise<Record<string, Run>> {
  const apply = (x: Tensor): Tensor => (model as unknown as Run)(x) as Tensor;
  return {
    eager: model as unknown as Run,
    predict: (data) => model.predict(data as Tensor),
    predictInPool: (data) => model.predict(data as Tensor, { pool }),
    compiled: jit(model as never) as unknown as Run,
    compiledFunction: jit(apply, input(["batch", 3])) as unknown as Run,
    pool: await pool.compile(model) as unknown as Run,
    poolFunction: await pool.compile(apply, input(["batch", 3])) as unknown as Run,
  };
}

Deno.test("the same mistake is the same class of InputError, however a model is run", async (t) => {
  const model = new Sequential(input(["batch", 3]), new Dense(2));
  await using pool = new WorkerPool({ workers: 1 });
  const ways = await waysOf(model as unknown as Sequential, pool);
  const mistakes: Record<string, readonly [unknown, typeof InputError]> = {
    "a text among values": [[["a", 1, 2]], DTypeError],
    "a text behind values": [[[1, 2, "a"]], DTypeError],
    "null among values": [[[null]], DTypeError],
    "null behind values": [[[1, 2, null]], DTypeError],
    "only null": [null, DTypeError],
    "a list of null": [[null], DTypeError],
    "a text": ["1, 2, 3", DTypeError],
    "a list of texts": [["1", "2", "3"], DTypeError],
    "a record": [{}, InputError],
    "a record of values": [{ rows: [[1, 2, 3]] }, InputError],
    "a list of records": [[{}], InputError],
    "rows of different lengths": [[[1, 2, 3], [4, 5]], ShapeError],
    "a row beside a value": [[[1, 2, 3], 4], ShapeError],
    "too few features": [[[1, 2]], ShapeError],
    "too few axes": [[1, 2, 3], ShapeError],
    "too many axes": [[[[1, 2, 3]]], ShapeError],
    "no rows and no features": [[], ShapeError],
    "a number": [5, ShapeError],
  };
  for (const [mistake, [data, expected]] of Object.entries(mistakes)) {
    await t.step(mistake, async () => {
      for (const [way, run] of Object.entries(ways)) {
        const error = await errorOf(() => run(data));
        assertEquals([way, error.constructor], [way, expected], error.message);
        assert(error instanceof InputError && error instanceof TypeError, way);
      }
    });
  }
});

Deno.test("inputs that are too few, too many or of other names are InputErrors, however a model is run", async (t) => {
  const [a, b] = [input(["batch", 2], { name: "a" }), input(["batch", 2], { name: "b" })];
  const list = new Model({ inputs: [a, b], outputs: ops.add(a, b) });
  const record = new Model({ inputs: { a, b }, outputs: ops.add(a, b) });
  await using pool = new WorkerPool({ workers: 1 });
  const x = tensor([[1, 2]]);
  const mistakes: Record<string, readonly [unknown, unknown]> = {
    "one of two inputs": [list, [x]],
    "three of two inputs": [list, [x, x, x]],
    "a tensor for two inputs": [list, x],
    "a record for a list": [list, { a: x, b: x }],
    "a list for a record": [record, [x, x]],
    "a name that is missing": [record, { a: x }],
    "a name that there is not": [record, { a: x, b: x, c: x }],
  };
  for (const [mistake, [model, data]] of Object.entries(mistakes)) {
    await t.step(mistake, async () => {
      const pooled = await pool.compile(model as never);
      for (const run of [model, jit(model as never), pooled] as unknown as Run[]) {
        assertEquals((await errorOf(() => run(data))).constructor, InputError);
      }
    });
  }
});

Deno.test("a range that an argument misses is a RangeError and an InputError", async () => {
  for (const make of [() => zeros([-1]), () => new Dense(0), () => ops.eye(-1), () => input([-1])]) {
    const error = await errorOf(make);
    assert(error instanceof RangeError && error instanceof InputError && !(error instanceof ShapeError));
  }
  assert(!(new RangeError("another's") instanceof InputError));
  assert(!(new TypeError("another's") instanceof InputError));
  assert(!(new InputError("one's own") instanceof ShapeError));
});
