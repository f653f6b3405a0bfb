import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  Dense,
  type DType,
  type EagerTensor,
  input,
  ones,
  ops,
  randomNormal,
  Sequential,
  type Tensor,
  tensor,
  trace,
  zeros,
} from "@strata/nn";
import { constant, host, model, node, value } from "../engine/models.ts";
import { compileUntyped, withPool } from "./harness.ts";

const arrayOf = (result: unknown): unknown => (result as EagerTensor).array();

Deno.test("a pool gives what layers, functions and models give eagerly", async (t) => {
  await withPool({ workers: 2 }, async (pool) => {
    await t.step("a model, in rows of any number, one shape after the other", async () => {
      const network = new Sequential(input(["batch", 16]), new Dense(32, { activation: "relu" }), new Dense(4));
      const predict = await pool.compile(network);
      for (const rows of [1, 7, 0, 300, 1, 2]) {
        const x = randomNormal([rows, 16]);
        const y = await predict(x);
        assertEquals([y.shape, y.dtype], [[rows, 4], "float32"]);
        assertEquals(y.dataSync(), network(x).dataSync());
      }
    });

    await t.step("functions of several tensors, arrays and records, with structured results", async () => {
      const f = await compileUntyped(
        pool,
        (a: EagerTensor, { b, c }: Record<string, EagerTensor>, [d]: EagerTensor[]) => ({
          sum: ops.add(ops.add(a, b!), ops.add(c!, d!)),
          list: [ops.subtract(a, b!)],
          same: a,
        }),
        input(["n"]),
        { b: input(["n"]), c: input([]) },
        [input(["n"])],
      );
      const x = tensor([1, 2]);
      const result = await f(x, { b: [10, 20], c: 100 }, [[1000, 2000]]) as Record<string, unknown>;
      assertEquals(arrayOf(result.sum), [1111, 2122]);
      assertEquals((result.list as unknown[]).map(arrayOf), [[-9, -18]]);
      assertEquals(arrayOf(result.same), [1, 2]);
      assertEquals(x.array(), [1, 2]);
    });

    await t.step("a function without given inputs is traced for each signature", async () => {
      const f = await pool.compile((a: Tensor, times: number) => ops.multiply(a, times));
      assertEquals((await f([1, 2], 3)).array(), [3, 6]);
      assertEquals((await f([[1], [2]], 5)).array(), [[5], [10]]);
    });

    await t.step("every dtype, scalars and empty tensors", async () => {
      const twice = await pool.compile((x: Tensor) => ops.add(x, x));
      const dtypes: DType[] = ["float32", "float64", "float16", "int32", "int64", "uint8"];
      for (const dtype of dtypes) {
        const result = await twice(tensor([1, 2, 3], { dtype }));
        assertEquals([result.dtype, Array.from(result.dataSync(), Number)], [dtype, [2, 4, 6]]);
      }
      const not = await pool.compile((x: Tensor) => ops.logicalNot(x));
      assertEquals((await not(tensor([true, false]))).array(), [false, true]);
      const thrice = await pool.compile((x: Tensor) => ops.multiply(x, 3));
      assertEquals((await thrice(tensor(2.5))).array(), 7.5);
      const empty = await thrice(zeros([0, 3]));
      assertEquals([empty.shape, empty.dataSync().length], [[0, 3], 0]);
    });

    await t.step("results whose sizes depend on values", async () => {
      const nonZero = model([value("x", "float32", ["n"])], [value("y", "int64", [1, "k"])], [
        node("NonZero", ["x"], ["y"]),
      ]);
      const f = await compileUntyped(pool, nonZero);
      const results = await Promise.all([[0, 5, 0, 7], [0], [1, 1, 1]].map((x) => f(x)));
      assertEquals(results.map(arrayOf), [[[1n, 3n]], [[]], [[0n, 1n, 2n]]]);
      assertEquals((results[1] as EagerTensor).shape, [1, 0]);
    });

    await t.step("results of more axes than fit in what is kept for them", async () => {
      const shape = Array.from({ length: 20 }, (_, axis) => axis === 3 ? 2 : 1);
      const reshape = model([value("x", "float32", [2])], [value("y"), value("z")], [
        node("Reshape", ["x", "shape"], ["y"]),
        node("Neg", ["y"], ["z"]),
      ], [constant("shape", host("int64", [20], shape))]);
      const { y, z } = await (await compileUntyped(pool, reshape))([1, 2]) as Record<string, EagerTensor>;
      assertEquals([y!.shape, y!.dataSync()], [shape, new Float32Array([1, 2])]);
      assertEquals([z!.shape, z!.dataSync()], [shape, new Float32Array([-1, -2])]);
    });

    await t.step("ONNX models of one and of several inputs and outputs, with and without shapes", async () => {
      const double = new Dense(1, { kernelInitializer: "ones" });
      const one = await pool.compile(trace(double, input(["batch", 2])).toONNX());
      assertEquals((await one([[1, 2]]) as EagerTensor).array(), [[3]]);
      const several = model([value("a"), value("b", "float32", ["n"])], [value("sum"), value("product")], [
        node("Add", ["a", "b"], ["sum"]),
        node("Mul", ["a", "b"], ["product"]),
      ]);
      const f = await compileUntyped(pool, several);
      const { sum, product } = await f({ b: [1, 2], a: [10, 20] }) as Record<string, EagerTensor>;
      assertEquals([sum!.array(), product!.array()], [[11, 22], [10, 40]]);
      const outer = await f({ b: [1, 2], a: [[10], [20]] }) as Record<string, EagerTensor>;
      assertEquals(outer.sum!.array(), [[11, 12], [21, 22]]);
    });

    await t.step("an input that is an output", async () => {
      const f = await pool.compile((x) => ({ x, y: ops.exp(x) }), input(["n"]));
      assertEquals((await f([0, 0])).x.array(), [0, 0]);
      const same = model([value("x", "float32", ["n"])], [value("x", "float32", ["n"])], []);
      assertEquals(arrayOf(await (await compileUntyped(pool, same))([1, 2])), [1, 2]);
    });

    await t.step("results are the caller's own", async () => {
      const f = await pool.compile((x) => ops.add(x, 1), input(["n"]));
      const [first, second] = await Promise.all([f([1]), f([2])]);
      (first.dataSync() as Float32Array)[0] = 99;
      const third = await f([3]);
      assertEquals([first.array(), second.array(), third.array()], [[2], [3], [4]]);
    });

    await t.step("values that are changed after the call do not change it", async () => {
      const f = await pool.compile((x) => ops.add(x, 1), input(["n"]));
      const values = new Float32Array([1, 2]);
      const results = Array.from({ length: 8 }, () => f(values));
      values.fill(50);
      for (const result of await Promise.all(results)) assertEquals(result.array(), [2, 3]);
    });
  });
});

Deno.test("tensors and models larger than the heap is at first", async (t) => {
  await withPool({ workers: 1 }, async (pool) => {
    const before = await pool.compile((x) => ops.add(x, 1), input(["n"]));
    await before([1]);
    const start = pool.stats().workers[0]!.memory!;
    await t.step("48 MB in, 48 MB out", async () => {
      const x = new Float32Array(12_000_000);
      x[11_999_999] = 41;
      const y = (await before(x)).dataSync();
      assertEquals([y.length, y[0], y[11_999_999]], [12_000_000, 1, 42]);
    });
    await t.step("a model of 40 MB of weights", async () => {
      const wide = new Dense(10_000, { useBias: false, kernelInitializer: "ones" });
      const f = await pool.compile(wide, input(["batch", 1000]));
      const y = await f(ones([1, 1000]));
      assertEquals([y.shape, y.dataSync()[0], y.dataSync()[9999]], [[1, 10_000], 1000, 1000]);
    });
    const { memory } = pool.stats().workers[0]!;
    assertStrictEquals(memory! > start, true, "the heap has grown");
    assertEquals((await before([1])).array(), [2]);
  });
});
