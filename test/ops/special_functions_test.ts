import { assert, assertEquals } from "@std/assert";
import * as ops from "../../src/ops/mod.ts";
import { tensor } from "../../src/tensor/creation.ts";
import { seeded } from "../shape/random_shapes.ts";

type Function1 = (x: number) => number;
type Op1 = (x: never) => { dataSync(): ArrayLike<number> };

/** Random numbers of both signs, as many small as large. */
function spread(low: number, high: number): number[] {
  const random = seeded(7);
  const between = (a: number, b: number) => a + (b - a) * random.integer(0, 1e9) / 1e9;
  const tiny = [1e-3, -1e-5, 1e-8, -1e-12, 1e-30].filter((x) => x >= low && x <= high);
  return [...Array.from({ length: 500 }, () => between(low, high)), ...tiny, low, high];
}

const FUNCTIONS: { readonly [name: string]: readonly [op: unknown, expected: Function1, xs: readonly number[]] } = {
  expm1: [ops.expm1, Math.expm1, spread(-20, 20)],
  log1p: [ops.log1p, Math.log1p, [...spread(-0.999, 5), 1e10, 1e30]],
  tan: [ops.tan, Math.tan, spread(-1.5, 1.5)],
  arcsin: [ops.arcsin, Math.asin, [...spread(-1, 1), 0.99999999]],
  arccos: [ops.arccos, Math.acos, spread(-1, 1)],
  arctan: [ops.arctan, Math.atan, [...spread(-20, 20), 1e30, -Infinity]],
  sinh: [ops.sinh, Math.sinh, spread(-20, 20)],
  cosh: [ops.cosh, Math.cosh, spread(-20, 20)],
  tanh: [ops.tanh, Math.tanh, spread(-20, 20)],
  arcsinh: [ops.arcsinh, Math.asinh, [...spread(-20, 20), 1e30, -Infinity]],
  arccosh: [ops.arccosh, Math.acosh, [...spread(1, 20), 1.0000001, 1e30]],
  arctanh: [ops.arctanh, Math.atanh, spread(-0.99, 0.99)],
  log2: [ops.log2, Math.log2, spread(0.001, 100)],
  log10: [ops.log10, Math.log10, spread(0.001, 100)],
};

for (const [name, [op, expected, xs]] of Object.entries(FUNCTIONS)) {
  for (const [dtype, tolerance] of [["float32", 1e-6], ["float64", 1e-13]] as const) {
    Deno.test(`${name} of ${dtype} agrees with JavaScript's Math to a relative ${tolerance}`, () => {
      const x = tensor(xs, { dtype });
      const got = (op as Op1)(x as never).dataSync();
      x.dataSync().forEach((value, index) => {
        const want = expected(value);
        const fits = Object.is(got[index]! + 0, want + 0) || Math.abs(got[index]! - want) <= tolerance * Math.abs(want);
        assert(fits, `${name}(${value}) is ${got[index]}, expected ${want}`);
      });
    });
  }
}

Deno.test("erf of float64 has all its digits", () => {
  // Table 7.1 of Abramowitz and Stegun, and the series 2 / √π (x - x³ / 3) for the smallest.
  const x = tensor([0.5, 1, 1.5, 2, -1, 1e-9, Infinity, -Infinity, NaN], { dtype: "float64" });
  const want = [
    0.5204998778130465,
    0.8427007929497149,
    0.9661051464753108,
    0.9953222650189527,
    -0.8427007929497149,
    1.1283791670955126e-9,
    1,
    -1,
    NaN,
  ];
  ops.erf(x).dataSync().forEach((value, index) => {
    assert(
      Object.is(value, want[index]) || Math.abs(value - want[index]!) <= 1e-14 * Math.abs(want[index]!),
      `${value}`,
    );
  });
  assertEquals(ops.erf(tensor(0, { dtype: "float64" })).shape, []);
});

Deno.test("the logarithm to base 2 of a power of two is whole", () => {
  const exponents = Array.from({ length: 200 }, (_, index) => index - 100);
  assertEquals([...ops.log2(exponents.map((exponent) => 2 ** exponent)).dataSync()], exponents);
});

Deno.test("arctan2 tells the quadrants and the signs of zeros and infinities apart", () => {
  const values = [0, -0, 1, -1, Infinity, -Infinity];
  for (const dtype of ["float32", "float64"] as const) {
    for (const y of values) {
      const got = ops.arctan2(tensor(y, { dtype }), tensor(values, { dtype })).dataSync();
      values.forEach((x, index) => {
        const want = Math.atan2(y, x);
        assert(Math.abs(got[index]! - want) <= (dtype === "float32" ? 3e-7 : 1e-15), `atan2(${y}, ${x})`);
        assertEquals(Object.is(got[index], -0), Object.is(want, -0), `the sign of atan2(${y}, ${x})`);
      });
    }
  }
});
