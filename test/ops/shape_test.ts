import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  Dense,
  type EagerTensor,
  full,
  input,
  InputError,
  jit,
  Layer,
  Model,
  ones,
  ops,
  SeedGenerator,
  type Tensor,
  tensor,
  Variable,
  WorkerPool,
  zeros,
} from "@strata/nn";

Deno.test("shape gives numbers for known sizes, and tensors for open ones", () => {
  assertEquals(ops.shape(zeros([2, 3])), [2, 3]);
  assertEquals(ops.shape([[1, 2, 3]]), [1, 3]);
  assertEquals(ops.shape(7), []);
  assertEquals(ops.shape(new Variable(zeros([4]))), [4]);
  const [batch, features] = ops.shape(input(["batch", 4]));
  assertEquals([String(batch), features], ["SymbolicTensor [] int32 (sizeOfAxis)", 4]);
});

Deno.test("an open size has its value when the graph runs, and can be computed with", () => {
  const counted = jit((x: Tensor) => ops.multiply(ops.shape(x)[0]!, 2), input(["batch", 3]));
  for (const rows of [0, 1, 5]) assertEquals((counted(zeros([rows, 3])) as EagerTensor).item(), 2 * rows);
});

Deno.test("zeros, ones and full take open sizes, and give the shape by its names", () => {
  const x = input(["batch", 2]);
  assertEquals(zeros(ops.shape(x)).shape, ["batch", 2]);
  const made = jit((x) => {
    const [batch] = ops.shape(x);
    return {
      zeros: zeros(ops.shape(x), { dtype: "int32" }),
      ones: ones([batch, 1]),
      full: full([2, batch], true, { dtype: "bool" }),
    };
  }, x);
  const { zeros: none, ones: one, full: all } = made([[1, 2], [3, 4], [5, 6]]);
  assertEquals([none.array(), none.dtype] as unknown, [[[0, 0], [0, 0], [0, 0]], "int32"]);
  assertEquals(one.array(), [[1], [1], [1]]);
  assertEquals(all.array(), [[true, true, true], [true, true, true]]);
  assertEquals(made(zeros([0, 2])).ones.shape, [0, 1]);
});

Deno.test("reshape and broadcastTo take open sizes, those of other tensors too", () => {
  const halves = jit((x: Tensor) => {
    const [rows] = ops.shape(x);
    return ops.reshape(x, [ops.multiply(rows!, 2) as Tensor<readonly [], "int32">, -1]);
  }, input(["rows", 4]));
  assertEquals((halves([[1, 2, 3, 4]]) as EagerTensor).array(), [[1, 2], [3, 4]]);
  assertEquals((halves(zeros([3, 4])) as EagerTensor).shape, [6, 2]);

  const repeated = jit((x) => ops.broadcastTo([1, 2], [ops.shape(x)[0], 2]), input(["rows", 4]));
  assertEquals(repeated(zeros([3, 4])).array(), [[1, 2], [1, 2], [1, 2]]);

  const x = input(["batch", 4]);
  assertEquals(ops.reshape(x, [ops.shape(x)[0], 2, 2]).shape, ["batch", 2, 2]);
  assertEquals(ops.reshape(zeros([2, 4]), ops.shape(zeros([4, 2]))).shape, [4, 2]);
});

Deno.test("random ops of an open shape draw what they draw eagerly from the same seed", () => {
  const x = input(["batch", 3]);
  const draws = {
    normal: (shape: ops.Sizes) => ops.randomNormal(shape, { seed: 7, mean: 1 }),
    uniform: (shape: ops.Sizes) => ops.randomUniform(shape, { seed: 7, min: -1 }),
    truncated: (shape: ops.Sizes) => ops.truncatedNormal(shape, { seed: 7 }),
    integer: (shape: ops.Sizes) => ops.randomInteger(shape, { seed: 7, max: 100 }),
    bernoulli: (shape: ops.Sizes) => ops.bernoulli(shape, { seed: 7 }),
  };
  for (const [name, draw] of Object.entries(draws)) {
    const traced = jit((x: Tensor) => draw(ops.shape(x)), x);
    for (const rows of [1, 2, 5]) {
      const result = traced(zeros([rows, 3])) as EagerTensor;
      assertEquals(result.array(), (draw([rows, 3]) as EagerTensor).array(), name);
    }
    assertEquals(draw(ops.shape(x)).shape, ["batch", 3]);
  }
});

/** Keras's layer of a variational autoencoder: `mean + exp(logVariance / 2) * noise`. */
class Sampling extends Layer {
  readonly seeds = new SeedGenerator(1337);
  override call([mean, logVariance]: readonly [Tensor, Tensor]): Tensor {
    const noise = ops.randomNormal(ops.shape(mean), { seed: this.seeds });
    return ops.add(mean, ops.multiply(ops.exp(ops.multiply(logVariance, 0.5)), noise)) as Tensor;
  }
}

type Run = (x: unknown) => EagerTensor | Promise<EagerTensor>;

Deno.test("the sampling layer of a VAE draws anew at each call, with any batch, however it is run", async () => {
  const x = input(["batch", 4]);
  const moments = [new Dense(3)(x), new Dense(3, { kernelInitializer: "zeros" })(x)] as const;
  const z = (new Sampling() as unknown as (inputs: unknown) => typeof moments[0])(moments);
  assertEquals(z.shape as unknown, ["batch", 3]);
  const model = new Model({ inputs: x, outputs: z });
  await using pool = new WorkerPool({ workers: 2 });
  const ways = { eager: model, compiled: jit(model), pool: await pool.compile(model) } as unknown as {
    readonly [way: string]: Run;
  };
  for (const [way, run] of Object.entries(ways)) {
    const first = await run(zeros([2, 4]));
    assert(String(first) !== String(await run(zeros([2, 4]))), way);
    for (const rows of [0, 1, 7]) assertEquals((await run(zeros([rows, 4]))).shape, [rows, 3], way);
    // Of zeros mean and log variance are 0: what comes out is standard normal. Its mean over n values has a standard
    // error of 1 / sqrt(n), its variance one of sqrt(2 / n).
    const many = (await run(zeros([4000, 4]))).dataSync() as Float32Array;
    const mean = many.reduce((sum, value) => sum + value, 0) / many.length;
    const variance = many.reduce((sum, value) => sum + (value - mean) ** 2, 0) / many.length;
    assert(Math.abs(mean) < 5 / Math.sqrt(many.length), `${way}: mean ${mean}`);
    assert(Math.abs(variance - 1) < 5 * Math.sqrt(2 / many.length), `${way}: variance ${variance}`);
  }
});

Deno.test("noise between the layers of a model is new at each call too", () => {
  const x = input(["batch", 2]);
  const model = new Model({ inputs: x, outputs: ops.add(x, ops.randomUniform(ops.shape(x))) });
  assert(String(model(zeros([3, 2]))) !== String(model(zeros([3, 2]))));
});

Deno.test("a shape with names in it says where sizes come from", () => {
  const { shape } = input(["batch", 4]);
  assertThrows(
    () => ops.randomNormal(shape as never),
    InputError,
    "Cannot draw random values of shape [batch, 4]: expected each dim to be a non-negative integer; the size of an open " +
      "axis comes from ops.shape of a tensor that has it",
  );
  assertThrows(() => zeros("23" as never), InputError, "expected a shape as an array, received a string");
  assertThrows(
    () => ops.reshape([1, 2], false as never),
    InputError,
    "expected a shape as an array, received a boolean",
  );
  assertThrows(() => zeros([tensor(1.5)] as never), InputError, "expected each dim to be a non-negative integer");
});
