import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import { defaultEngine } from "../../src/eager/default_engine.ts";
import { Graph } from "../../src/graph/graph.ts";
import * as ops from "../../src/ops/mod.ts";
import { DTypeError, ShapeError } from "../../src/shape/error.ts";
import { tensor, zeros } from "../../src/tensor/creation.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import { whileTracing } from "../../src/tensor/scope.ts";
import { input, SymbolicTensor } from "../../src/tensor/symbolic.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { numbers } from "./both_ways.ts";

const WORD = 0xffffffffn;
const LONG = (1n << 64n) - 1n;

/** SplitMix64's finaliser, from the paper that the source cites. */
function mix64(value: bigint): bigint {
  let z = value & LONG;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & LONG;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & LONG;
  return z ^ (z >> 31n);
}

/** `lowbias32`, from the page that the source cites. */
function mix32(value: bigint): bigint {
  let x = value & WORD;
  x = ((x ^ (x >> 16n)) * 0x7feb352dn) & WORD;
  x = ((x ^ (x >> 15n)) * 0x846ca68bn) & WORD;
  return x ^ (x >> 16n);
}

/** The bits that the ops should draw, computed with whole numbers of any size. */
function bits(seed: number, counter: number, count: number): bigint[] {
  const gamma = 0x9e3779b97f4a7c15n;
  const stream = mix64(BigInt(seed) + gamma);
  const key = mix64(stream + BigInt(counter + 1) * gamma);
  return Array.from({ length: count }, (_, i) => mix32(mix32((key >> 34n) + BigInt(i)) ^ (key & WORD)));
}

// The first outputs of SplitMix64 for seed 0, as they are commonly listed.
Deno.test("the hash of the test is SplitMix64", () => {
  const gamma = 0x9e3779b97f4a7c15n;
  assertEquals([1n, 2n, 3n].map((n) => mix64(n * gamma)), [
    0xe220a8397b1dcdafn,
    0x6e789e6aa1b965f4n,
    0x06c45d188009454fn,
  ]);
});

const uniforms = (seed: number, counter: number, count: number) =>
  bits(seed, counter, count).map((word) => Number(word >> 8n) / 2 ** 24);

Deno.test("uniform draws are those of a second implementation", () => {
  for (const seed of [0, 1, 7, -5, 123456789, 2 ** 40 + 3]) {
    const generator = new ops.SeedGenerator(seed);
    for (let counter = 0; counter < 3; counter++) {
      assertEquals(numbers(ops.randomUniform([50], { seed: generator })), uniforms(seed, counter, 50));
    }
  }
  const wide = bits(7, 0, 20).map((word) => Number(word) / 2 ** 32);
  assertEquals(numbers(ops.randomUniform([20], { seed: 7, dtype: "float64" })), wide);
});

// Computed in Python from the same definitions, and pinned: they must never change.
Deno.test("the first draws of seed 7 are known", () => {
  assertEquals(bits(7, 0, 4), [0x60777697n, 0xab221cfcn, 0x1854798dn, 0xce5cfaf0n]);
  assertEquals(numbers(ops.randomUniform([4], { seed: 7 })), [
    0.376822829246521,
    0.6684892177581787,
    0.09503895044326782,
    0.8061062097549438,
  ]);
});

/** The standard normal distribution function, by the series of Marsaglia ("Evaluating the Normal Distribution", 2004). */
function phi(x: number): number {
  let sum = x;
  let term = x;
  for (let i = 3; Math.abs(term) > 1e-18; i += 2) sum += term *= x * x / i;
  return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
}

/** The signed odd multiples of 2^-24 that normal draws start from. */
const signed = (seed: number, count: number) =>
  bits(seed, 0, count).map((word) => Number(BigInt.asIntN(32, word) >> 8n) / 2 ** 23 + 2 ** -24);

Deno.test("normal draws are the quantiles of uniform ones", () => {
  for (const dtype of ["float32", "float64"] as const) {
    const z = numbers(ops.randomNormal([4000], { seed: 3, dtype }));
    signed(3, 4000).forEach((x, i) => assertAlmostEquals(phi(z[i]!), (x + 1) / 2, 3e-7));
    // In the tails the probability hardly moves, so that it is compared by ratio.
    signed(3, 4000).forEach((x, i) => {
      const tail = (1 - Math.abs(x)) / 2;
      if (tail < 0.01) assertAlmostEquals((1 - phi(Math.abs(z[i]!))) / tail, 1, 2e-4);
    });
  }
});

Deno.test("truncated draws are the quantiles of uniform ones within two standard deviations", () => {
  const z = numbers(ops.truncatedNormal([4000], { seed: 4 }));
  const within = phi(2) - phi(-2);
  signed(4, 4000).forEach((x, i) => assertAlmostEquals(phi(z[i]!), 0.5 + x * within / 2, 3e-7));
  const shifted = numbers(ops.truncatedNormal([4000], { seed: 4, mean: 10, stddev: 3 }));
  assert(shifted.every((value) => value >= 4 && value <= 16));
  assert(Math.max(...shifted) > 15.9 && Math.min(...shifted) < 4.1);
});

function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

/** The correlation of two lists of the same length. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [moments(a), moments(b)];
  const shared = a.reduce((sum, value, i) => sum + (value - x.mean) * (b[i]! - y.mean), 0) / a.length;
  return shared / Math.sqrt(x.variance * y.variance);
}

/** How far the counts are from equal ones: about the number of counts, with a deviation of the root of twice that. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function assertEven(places: readonly number[], kinds: number, what: string): void {
  const counts = Array<number>(kinds).fill(0);
  for (const place of places) counts[place]!++;
  const chi = chiSquare(counts);
  assert(Math.abs(chi - (kinds - 1)) < 5 * Math.sqrt(2 * kinds), `${what}: chi-square ${chi} of ${kinds} kinds`);
}

const COUNT = 100_000;

Deno.test("100,000 uniform draws are spread evenly, whatever bits are looked at", () => {
  const x = numbers(ops.randomUniform([COUNT], { seed: 11 }));
  const { mean, variance } = moments(x);
  assertAlmostEquals(mean, 1 / 2, 5 / Math.sqrt(12 * COUNT));
  assertAlmostEquals(variance, 1 / 12, 0.001);
  assertEven(x.map((value) => Math.floor(value * 256)), 256, "high bits");
  assertEven(x.map((value) => value * 2 ** 24 % 256), 256, "low bits");
  const pairs = x.slice(1).map((value, i) => Math.floor(value * 16) * 16 + Math.floor(x[i]! * 16));
  assertEven(pairs, 256, "pairs of neighbours");
  const triples = x.slice(2).map((value, i) =>
    Math.floor(value * 8) * 64 + Math.floor(x[i + 1]! * 8) * 8 + Math.floor(x[i]! * 8)
  );
  assertEven(triples, 512, "triples of neighbours");
});

Deno.test("neighbours, counters and seeds have nothing to do with each other", () => {
  const draws = (seed: number | ops.SeedGenerator) => numbers(ops.randomUniform([COUNT], { seed }));
  const limit = 5 / Math.sqrt(COUNT);
  const x = draws(21);
  for (const lag of [1, 2, 3, 64, 1000]) {
    const r = correlation(x.slice(lag), x.slice(0, -lag));
    assert(Math.abs(r) < limit, `lag ${lag}: ${r}`);
  }
  const generator = new ops.SeedGenerator(21);
  generator.next();
  const others = { counter: draws(generator), "next counter": draws(generator), seed: draws(22), far: draws(-21) };
  for (const [name, y] of Object.entries(others)) {
    const r = correlation(x, y);
    assert(Math.abs(r) < limit, `another ${name}: ${r}`);
  }
  // The first draws of successive seeds and of successive counters are draws, too.
  const firsts = Array.from({ length: 1500 }, (_, seed) => numbers(ops.randomUniform([1], { seed }))[0]!);
  assertEven(firsts.map((value) => Math.floor(value * 64)), 64, "first draws of seeds");
  const counted = Array.from({ length: 1500 }, () => numbers(ops.randomUniform([1], { seed: generator }))[0]!);
  assertEven(counted.map((value) => Math.floor(value * 64)), 64, "first draws of counters");
});

Deno.test("100,000 normal draws have the moments of a normal distribution", () => {
  const x = numbers(ops.randomNormal([COUNT], { seed: 12, mean: 3, stddev: 2 })).map((value) => (value - 3) / 2);
  const { mean, variance } = moments(x);
  assertAlmostEquals(mean, 0, 5 / Math.sqrt(COUNT));
  assertAlmostEquals(variance, 1, 5 * Math.sqrt(2 / COUNT));
  assertAlmostEquals(moments(x.map((value) => value ** 3)).mean, 0, 5 * Math.sqrt(15 / COUNT));
  assertAlmostEquals(moments(x.map((value) => value ** 4)).mean, 3, 5 * Math.sqrt(96 / COUNT));
  assertEven(x.map((value) => Math.min(99, Math.floor(phi(Math.max(-6, Math.min(6, value))) * 100))), 100, "quantiles");
  // Of the normal distribution cut at two standard deviations; from SciPy's formula 1 - 4 * pdf(2) / (2 * cdf(2) - 1).
  const cut = moments(numbers(ops.truncatedNormal([COUNT], { seed: 13 })));
  assertAlmostEquals(cut.mean, 0, 5 / Math.sqrt(COUNT));
  assertAlmostEquals(cut.variance, 0.7737413, 0.01);
});

Deno.test("integers are drawn evenly from their range", () => {
  const x = numbers(ops.randomInteger([COUNT], { min: -3, max: 7, seed: 14 }));
  assertEven(x.map((value) => value + 3), 10, "integers");
  const range = 2 ** 31;
  const wide = numbers(ops.randomInteger([1000], { max: range, seed: 14, dtype: "int64" }));
  assertEquals(wide, bits(14, 0, 1000).map((word) => Number(word >> 1n)));
  assertEquals(numbers(ops.randomInteger([5], { min: 9, max: 10, seed: 1, dtype: "uint8" })), [9, 9, 9, 9, 9]);
});

Deno.test("ones come with their probability", () => {
  for (const probability of [0, 0.2, 0.5, 1]) {
    const x = numbers(ops.bernoulli([COUNT], { probability, seed: 15, dtype: "uint8" }));
    const deviation = Math.sqrt(probability * (1 - probability) / COUNT);
    assertAlmostEquals(moments(x).mean, probability, 5 * deviation + 1e-12);
  }
});

Deno.test("no uniform draw reaches the maximum, however narrow the range", () => {
  const ranges = [[0, 1], [-1, 1], [1, 1 + 2 ** -22], [-2, -1.9999], [1000, 1000.001], [-1e-40, 1e-40], [
    -1,
    0,
  ]] as const;
  for (const [min, max] of ranges) {
    for (const dtype of ["float16", "float32", "float64"] as const) {
      if (dtype === "float16" && Math.abs(max - min) < 0.1) continue;
      const x = numbers(ops.randomUniform([20_000], { min, max, seed: 5, dtype }));
      assert(x.every((value) => value >= min && value < max), `${min} to ${max} in ${dtype}`);
    }
  }
  // Half precision has 1023 values below 1 in the upper half, to which rounding would add 1 itself.
  assert(Math.max(...numbers(ops.randomUniform([COUNT], { seed: 5, dtype: "float16" }))) === 1 - 2 ** -11);
  assertEquals(numbers(ops.randomUniform([3], { min: 2, max: 2, seed: 5 })), [2, 2, 2]);
});

Deno.test("the same seed gives the same values, the program's own generator others each time", () => {
  const draw = (seed?: number) => numbers(ops.randomNormal([8], seed === undefined ? {} : { seed }));
  assertEquals(draw(3), draw(3));
  assert(draw(3).join() !== draw(4).join());
  ops.setRandomSeed(9);
  const [first, second] = [draw(), draw()];
  assert(first!.join() !== second!.join());
  ops.setRandomSeed(9);
  assertEquals([draw(), draw()], [first, second]);
});

Deno.test("the shape does not matter for the values", () => {
  const flat = numbers(ops.randomNormal([24], { seed: 2 }));
  assertEquals(numbers(ops.randomNormal([2, 3, 4], { seed: 2 })), flat);
  assertEquals(numbers(ops.randomNormal([10], { seed: 2 })), flat.slice(0, 10));
  assertEquals(numbers(ops.randomNormal([], { seed: 2 })), flat.slice(0, 1));
  assertEquals(ops.randomNormal([0, 3], { seed: 2 }).shape, [0, 3]);
});

/** What a graph without inputs gives. */
function runTraced(trace: () => Tensor): EagerTensor {
  const output = whileTracing(trace) as SymbolicTensor;
  assert(output instanceof SymbolicTensor);
  const [result] = defaultEngine.loadSync(new Graph([], [output]).toONNX()).runSync([]);
  return tensor(result!.data as Float32Array, result!.shape as number[]) as EagerTensor;
}

Deno.test("traced draws have the bits of eager ones", () => {
  const draws: ((seed: ops.Seed) => Tensor)[] = [
    (seed) => ops.randomUniform([4, 5], { seed, min: -2, max: 3 }),
    (seed) => ops.randomNormal([4, 5], { seed, mean: 1, stddev: 0.1 }),
    (seed) => ops.truncatedNormal([4, 5], { seed }),
    (seed) => ops.randomInteger([4, 5], { seed, max: 100 }),
    (seed) => ops.bernoulli([4, 5], { seed, probability: 0.3 }),
  ];
  for (const draw of draws) {
    const traced = runTraced(() => draw(new ops.SeedGenerator(17)));
    const eager = draw(new ops.SeedGenerator(17)) as EagerTensor;
    assertEquals(numbers(traced), numbers(eager));
    const state = input([2], { dtype: "int64" });
    const symbolic = draw(state);
    assert(symbolic instanceof SymbolicTensor);
    assertEquals([symbolic.shape, symbolic.dtype], [eager.shape, eager.dtype]);
    const program = defaultEngine.loadSync(new Graph([state], [symbolic]).toONNX());
    const [result] = program.runSync([{ shape: [2], dtype: "int64", data: new BigInt64Array([17n, 0n]) }]);
    assertEquals(result!.data, eager.dataSync());
  }
});

Deno.test("dropout keeps elements with probability 1 - rate, and scales them", () => {
  const x = ops.randomUniform([COUNT], { min: 1, max: 2, seed: 1 });
  const y = numbers(ops.dropout(x, 0.3, { seed: 8 }));
  const kept = bits(8, 0, COUNT).map((word) => BigInt.asIntN(32, word) >= BigInt(Math.round(0.3 * 2 ** 32) - 2 ** 31));
  numbers(x).forEach((value, i) => assertAlmostEquals(y[i]!, kept[i] ? value / 0.7 : 0, 1e-6));
  assertAlmostEquals(kept.filter(Boolean).length / COUNT, 0.7, 5 * Math.sqrt(0.21 / COUNT));
  assertEquals(ops.dropout([1, Infinity], 1).array(), [0, 0]);
  assert(ops.dropout(x, 0) === x as unknown);
  assertEquals(ops.dropout(tensor([2, 4], { dtype: "int32" }), 0).dtype, "float32");
  assertEquals(ops.dropout(zeros([2], { dtype: "float16" }), 0.5).dtype, "float16");
  assertEquals(ops.dropout(5, 0.5, { seed: 1 }).shape, []);
});

Deno.test("elements of one place in the noise shape are dropped together", () => {
  const y = ops.dropout(ops.onesLike(zeros([50, 4])), 0.5, { seed: 1, noiseShape: [null, 1] });
  const rows = y.array().map((row) => new Set(row).size);
  assertEquals(rows, Array(50).fill(1));
  assert(new Set(numbers(y)).size === 2);
  assertThrows(() => ops.dropout(zeros([2, 3]), 0.5, { noiseShape: [2] }), ShapeError, "expected as many axes");
  assertThrows(() => ops.dropout(zeros([2, 3]), 0.5, { noiseShape: [5, 3] }), ShapeError, "Cannot broadcast");
});

Deno.test("dropout in a graph with an open batch has the bits of the eager one", () => {
  const x = input(["batch", 6]);
  const generator = new ops.SeedGenerator(31);
  const y = ops.dropout(x, 0.4, { seed: generator });
  assertEquals(y.shape, ["batch", 6]);
  const graph = new Graph([x], [y]);
  assertEquals(graph.weights, [generator.state]);
  assertEquals(generator.state.array(), [31n, 0n]);
  const program = defaultEngine.loadSync(graph.toONNX());
  for (const batch of [0, 1, 7]) {
    const data = new Float32Array(batch * 6).fill(1);
    const [result] = program.runSync([{ shape: [batch, 6], dtype: "float32", data }]);
    assertEquals(result!.data, ops.dropout(tensor(data, [batch, 6]), 0.4, { seed: 31 }).dataSync());
  }
});

Deno.test("what cannot be drawn is refused", () => {
  assertThrows(
    () => ops.randomUniform([2], { min: 1, max: 0 }),
    RangeError,
    "from 1 to 0: expected two finite numbers",
  );
  assertThrows(() => ops.randomUniform([2], { min: -3e38, max: 3e38 }), RangeError, "expected two finite numbers");
  assertThrows(() => ops.randomUniform([-1]), RangeError, "shape [-1]: expected each dim to be a non-negative integer");
  assertThrows(() => ops.randomUniform([2], { dtype: "int32" as "float32" }), DTypeError, "dtype int32");
  assertThrows(() => ops.randomNormal([2], { stddev: -1 }), RangeError, "standard deviation -1");
  assertThrows(() => ops.randomNormal([2], { seed: 0.5 }), TypeError, "expected an integer as seed, received 0.5");
  assertThrows(() => ops.randomInteger([2], { min: 3, max: 3 }), RangeError, "from 3 to 3");
  assertThrows(() => ops.randomInteger([2], { min: -1, max: 2 ** 31 }), RangeError, "at most 2^31 apart");
  assertThrows(() => ops.bernoulli([2], { probability: 1.1 }), RangeError, "received 1.1");
  assertThrows(() => ops.dropout([1], -0.1), RangeError, "expected a number from 0 to 1, received -0.1");
  const state = zeros([3], { dtype: "int64" }) as unknown as ops.SeedState;
  assertThrows(
    () => ops.randomUniform([2], { seed: state }),
    TypeError,
    "expected a state of dtype int64 and shape [2]",
  );
});

Deno.test("the types of draws are exact", () => {
  const state = input([2], { dtype: "int64" });
  const generator = new ops.SeedGenerator(1);
  const plain = () => ops.randomNormal([2, 3]);
  const seeded = () => ops.randomUniform([2], { seed: generator, dtype: "float16" });
  const symbolic = () => ops.randomInteger([2], { seed: state, max: 3 });
  const dropped = () => ops.dropout(input(["batch", 2]), 0.5);
  const integers = () => ops.dropout(zeros([2], { dtype: "int32" }), 0.5);
  assertType<IsExact<ReturnType<typeof plain>, EagerTensor<readonly [2, 3], "float32">>>(true);
  assertType<IsExact<ReturnType<typeof seeded>, EagerTensor<readonly [2], "float16">>>(true);
  assertType<IsExact<ReturnType<typeof symbolic>, SymbolicTensor<readonly [2], "int32">>>(true);
  assertType<IsExact<ReturnType<typeof dropped>, SymbolicTensor<readonly ["batch", 2], "float32">>>(true);
  assertType<IsExact<ReturnType<typeof integers>, EagerTensor<readonly [2], "float32">>>(true);
  assert(plain().rank === 2);
});
