import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import * as ops from "../../src/ops/mod.ts";
import type { CumulativeOptions } from "../../src/ops/reduction/cumulative.ts";
import { ShapeError } from "../../src/shape/error.ts";
import { tensor, zeros } from "../../src/tensor/creation.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import { input, type SymbolicTensor } from "../../src/tensor/symbolic.ts";
import { seeded } from "../shape/random_shapes.ts";
import { bothWays } from "./both_ways.ts";
import { assertOp, DTYPES, numbersOf, offsetOf, placesOf, randomTensor } from "./loops.ts";

const STEPS = {
  cumsum: (before: number, value: number) => before + value,
  cumprod: (before: number, value: number) => before * value,
};

for (const name of ["cumsum", "cumprod"] as const) {
  Deno.test(`${name} over random shapes, dtypes and axes gives what a plain loop gives`, () => {
    const random = seeded(name.length);
    for (let round = 0; round < 105; round++) {
      const dtype = DTYPES[round % DTYPES.length]!;
      const shape = random.shape(random.integer(0, 3), random.integer(0, 4) === 0 ? [0, 1, 2] : [1, 2, 4]) as number[];
      const axis = shape.length === 0 ? undefined : random.pick([undefined, random.integer(-shape.length, -1)]);
      const x = randomTensor(random, shape, dtype);
      const result = axis === undefined ? [numbersOf(x.dataSync()).length] : shape;
      const place = axis === undefined ? 0 : axis + shape.length;
      const values = numbersOf(x.dataSync());
      for (const at of placesOf(result)) {
        const index = offsetOf(result, at);
        if (at[place] === 0) continue;
        const before = offsetOf(result, at.with(place, at[place]! - 1));
        values[index] = STEPS[name](values[before]!, values[index]!);
      }
      const expected = { dtype: dtype === "bool" ? "int32" as const : dtype, shape: result, values };
      const options: CumulativeOptions = axis === undefined ? {} : { axis: random.pick([axis, place]) };
      assertOp(random, (x) => ops[name](x!, options), [x], wrapped(expected), `${name} ${JSON.stringify(options)}`);
    }
  });
}

/** Bytes wrap around. */
function wrapped<E extends { dtype: string; values: number[] }>(expected: E): E {
  return expected.dtype === "uint8" ? { ...expected, values: expected.values.map((value) => value % 256) } : expected;
}

Deno.test("cumprod goes through zeros and signs, and is exact in int64", () => {
  assertEquals(ops.cumprod([2, -3, 0, 5]).array(), [2, -6, 0, 0]);
  assertEquals(ops.cumprod([3n, 2n ** 40n, -5n]).array(), [3n, 3n * 2n ** 40n, -15n * 2n ** 40n]);
  assertEquals(ops.cumprod([1, Infinity, 0]).array(), [1, Infinity, NaN]);
});

Deno.test("of nothing nothing comes, and of a scalar one value", () => {
  assertEquals(ops.cumprod(zeros([0])).shape, [0]);
  assertEquals(ops.cumprod(zeros([2, 0]), { axis: 0 }).shape, [2, 0]);
  assertEquals(ops.cumsum(zeros([0, 3])).shape, [0]);
  assertEquals(ops.cumprod(7).array(), [7]);
});

Deno.test("an axis that is out of range is refused in a sentence", () => {
  const sentence = "Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1";
  assertThrows(() => ops.cumsum(zeros([2, 3]) as EagerTensor, { axis: 2 }), ShapeError, sentence);
  // @ts-expect-error Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
  assertThrows(() => ops.cumprod(zeros([2, 3]), { axis: 2 }), ShapeError, sentence);
});

Deno.test("types know the shape, the dtype and the kind of a cumulative op", () => {
  const counted = ops.cumsum(tensor([true, false]), { axis: 0 });
  assertType<IsExact<typeof counted, EagerTensor<readonly [2], "int32">>>(true);
  const s = input(["batch", 4, 5], { dtype: "float16" });
  const flat = ops.cumprod(s);
  assertType<IsExact<typeof flat, SymbolicTensor<readonly ["batch*20"], "float16">>>(true);
  const along = ops.cumprod(s, { axis: -1 });
  assertType<IsExact<typeof along, SymbolicTensor<readonly ["batch", 4, 5], "float16">>>(true);
  assertEquals([counted.shape, flat.shape, along.shape], [[2], ["batch*20"], ["batch", 4, 5]]);
});

Deno.test("differences keep every dtype, and there are none of too few values", () => {
  for (const dtype of DTYPES) {
    const [made] = bothWays((x) => ops.diff(x), [ops.cast(tensor([0, 1, 1]), dtype)], ["known", "open", "named"]);
    assertEquals([...made!.dataSync()].map(Number), [1, 0]);
    assertEquals(made!.dtype, dtype);
  }
  const none = ops.diff(zeros([2, 3]), { n: 5 });
  assertType<IsExact<typeof none, EagerTensor<readonly [2, 0], "float32">>>(true);
  assertEquals(none.shape, [2, 0]);
  assertThrows(() => ops.diff([1, 2], { n: -1 }), RangeError, "Cannot take differences -1 times");
  // @ts-expect-error Axis -1 is out of range for shape []: expected none, as it has no axes
  assertThrows(() => ops.diff(1), ShapeError, "Axis -1 is out of range for shape []");
});
