import { assert, assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import * as ops from "../../src/ops/mod.ts";
import { ShapeError } from "../../src/shape/error.ts";
import { tensor, zeros } from "../../src/tensor/creation.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import { input, type SymbolicTensor } from "../../src/tensor/symbolic.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { seeded } from "../shape/random_shapes.ts";
import { at, bothWays, DTYPES, numbers, tensorOf, valuesAt } from "./both_ways.ts";

/** Where the element at `place` of an axis with a border comes from; undefined in a constant border. */
const SOURCES: { readonly [mode: string]: (place: number, size: number) => number | undefined } = {
  constant: (place, size) => place < 0 || place >= size ? undefined : place,
  edge: (place, size) => Math.min(Math.max(place, 0), size - 1),
  wrap: (place, size) => (place + size) % size,
  reflect: (place, size) => place < 0 ? -place : place >= size ? 2 * size - 2 - place : place,
  symmetric: (place, size) => place < 0 ? -1 - place : place >= size ? 2 * size - 1 - place : place,
};

Deno.test("random borders of each mode and dtype hold what they should", () => {
  const random = seeded(71);
  for (const mode of ["constant", "edge", "wrap", "reflect", "symmetric"] as const) {
    for (let round = 0; round < 14; round++) {
      const dtype = DTYPES[round % DTYPES.length]!;
      const shape = random.shape(random.integer(1, 3), [1, 2, 3]) as number[];
      const most = (size: number) => mode === "reflect" ? size - 1 : mode === "symmetric" || mode === "wrap" ? size : 3;
      const widths = shape.map((size) => [random.integer(0, most(size)), random.integer(0, most(size))] as const);
      const x = tensorOf(shape, dtype, () => random.integer(0, 200));
      const [y] = bothWays((x: Tensor) => ops.pad(x, widths, { mode, value: 1 }), [x]);
      const expected = shape.map((size, axis) => size + widths[axis]![0] + widths[axis]![1]);
      assertEquals([y!.shape, y!.dtype], [expected, dtype]);
      assertEquals(
        numbers(y!),
        valuesAt(expected, (index) => {
          const from = index.map((i, axis) => SOURCES[mode]!(i - widths[axis]![0], shape[axis]!));
          return from.includes(undefined) ? 1 : at(x, from as number[]);
        }),
      );
    }
  }
});

Deno.test("a border that needs more elements than there are is refused", () => {
  const x = zeros([2, 3]) as Tensor;
  const sentence = (mode: string, most: number, width: string) =>
    `Cannot pad [2, 3] in mode ${mode}: expected widths of at most ${most} for axis 0, received ${width}`;
  const refused = (mode: ops.PadMode, widths: readonly (readonly [number, number])[], message: string) =>
    assertThrows(() => ops.pad(x, widths, { mode }), ShapeError, message);
  refused("reflect", [[2, 0], [0, 0]], sentence("reflect", 1, "[2, 0]"));
  refused("symmetric", [[0, 3], [0, 0]], sentence("symmetric", 2, "[0, 3]"));
  refused("wrap", [[3, 0], [0, 0]], sentence("wrap", 2, "[3, 0]"));
  assertThrows(() => ops.pad(zeros([0]), [[1, 0]], { mode: "edge" }), ShapeError, "at most 0");
  assertEquals(ops.pad(zeros([0]), [[1, 0]]).shape, [1]);
  // @ts-expect-error Cannot pad [2, 3]: expected 2 pairs of widths, received 1
  assertThrows(() => ops.pad(zeros([2, 3]), [[1, 1]]), ShapeError, "expected 2 pairs of widths, received 1");
});

Deno.test("random tiles repeat the whole", () => {
  const random = seeded(72);
  for (let round = 0; round < 40; round++) {
    const shape = random.shape(random.integer(0, 3), [0, 1, 2, 3]) as number[];
    const repeats = Array.from({ length: random.integer(0, 4) }, () => random.integer(0, 3));
    const x = tensorOf(shape, random.pick(DTYPES), (_, i) => i);
    const [y] = bothWays((x: Tensor) => ops.tile(x, repeats), [x]);
    const rank = Math.max(shape.length, repeats.length);
    const own = [...Array(rank - shape.length).fill(1), ...shape];
    const times = [...Array(rank - repeats.length).fill(1), ...repeats];
    assertEquals([y!.shape, y!.dtype], [own.map((dim, axis) => dim * times[axis]), x.dtype]);
    const expected = valuesAt(
      y!.shape as number[],
      (index) => at(x, index.map((i, axis) => i % own[axis]).slice(rank - shape.length)),
    );
    assertEquals(numbers(y!), expected);
  }
});

Deno.test("random repeats repeat each element", () => {
  const random = seeded(73);
  for (let round = 0; round < 60; round++) {
    const shape = random.shape(random.integer(0, 3), [0, 1, 2, 3]) as number[];
    const axis = shape.length === 0 || random.integer(0, 2) === 0
      ? undefined
      : random.integer(-shape.length, shape.length - 1);
    const place = axis === undefined ? 0 : axis < 0 ? axis + shape.length : axis;
    const x = tensorOf(shape, random.pick(DTYPES), (_, i) => i);
    const flat = axis === undefined ? [numbers(x).length] : shape;
    const counts = Array.from({ length: flat[place]! }, () => random.integer(0, 3));
    const single = random.integer(0, 3);
    const repeats = random.pick([single, counts, [single]]);
    // Counts for each element cannot be told from one count for all when there is but one; both mean the same.
    const each = Array.isArray(repeats) && repeats.length === flat[place]
      ? repeats
      : Array(flat[place]).fill(single) as number[];
    const options = axis === undefined ? undefined : { axis };
    const [y] = bothWays((x: Tensor) => ops.repeat(x, repeats, options), [x]);
    const from = each.flatMap((count, i) => Array<number>(count).fill(i));
    const expected = flat.with(place, from.length);
    assertEquals([y!.shape, y!.dtype], [expected, x.dtype]);
    assertEquals(
      numbers(y!),
      valuesAt(expected, (index) => {
        const source = index.with(place, from[index[place]!]!);
        return axis === undefined ? numbers(x)[source[0]!]! : at(x, source);
      }),
    );
  }
});

Deno.test("random flips reverse the order", () => {
  const random = seeded(74);
  for (let round = 0; round < 40; round++) {
    const shape = random.shape(random.integer(0, 4), [0, 1, 2, 3]) as number[];
    const axes = random.shuffle([...shape.keys()]).slice(0, random.integer(0, shape.length));
    const options = random.pick([undefined, { axis: axes.map((axis) => random.pick([axis, axis - shape.length])) }]);
    const turned = options === undefined ? [...shape.keys()] : axes;
    const x = tensorOf(shape, random.pick(DTYPES), (_, i) => i);
    const [y] = bothWays((x: Tensor) => ops.flip(x, options), [x]);
    assertEquals([y!.shape, y!.dtype], [shape, x.dtype]);
    const source = (index: readonly number[]) =>
      index.map((i, axis) => turned.includes(axis) ? shape[axis]! - 1 - i : i);
    assertEquals(numbers(y!), valuesAt(shape, (index) => at(x, source(index))));
  }
});

Deno.test("random rolls by any shift come round", () => {
  const random = seeded(75);
  for (let round = 0; round < 60; round++) {
    const shape = random.shape(random.integer(0, 3), [0, 1, 2, 3]) as number[];
    const flat = shape.length === 0 || random.integer(0, 2) === 0;
    const axes = random.shuffle([...shape.keys()]).slice(0, random.integer(1, shape.length));
    const shifts = axes.map(() => random.integer(-7, 7));
    const one = random.integer(-9, 9);
    const single = flat || random.integer(0, 2) === 0;
    const x = tensorOf(shape, random.pick(DTYPES), (_, i) => i);
    const options = flat ? undefined : { axis: axes.map((axis) => random.pick([axis, axis - shape.length])) };
    const [y] = bothWays((x: Tensor) => ops.roll(x, single ? one : shifts, options), [x]);
    assertEquals([y!.shape, y!.dtype], [shape, x.dtype]);
    const back = (i: number, by: number, size: number) => (((i - by) % size) + size) % size;
    const all = numbers(x);
    const expected = valuesAt(shape, (index, place) => {
      if (flat) return all[back(place, one, all.length)]!;
      const source = [...index];
      axes.forEach((axis, n) => source[axis] = back(index[axis]!, single ? one : shifts[n]!, shape[axis]!));
      return at(x, source);
    });
    assertEquals(numbers(y!), expected);
  }
});

Deno.test("shifts that are not one, nor one for each axis, are refused", () => {
  assertThrows(() => ops.roll(zeros([2, 3]), [1, 2]), ShapeError, "Cannot roll [2, 3] along all elements");
  assertThrows(() => ops.roll(zeros([2, 3]), [1, 2, 3], { axis: [0, 1] }), ShapeError, "axes [0, 1]");
  // @ts-expect-error Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
  assertThrows(() => ops.roll(zeros([2, 3]), 1, { axis: 2 }), ShapeError, "Axis 2 is out of range");
  // @ts-expect-error Axes [0, -2] name axis 0 twice in shape [2, 3]: expected different axes
  assertThrows(() => ops.flip(zeros([2, 3]), { axis: [0, -2] }), ShapeError, "name axis 0 twice");
  assertEquals(ops.roll(tensor([1, 2, 3]), 1, { axis: [0, 0] }).array(), [2, 3, 1]);
});

Deno.test("the types of repeated tensors are exact", () => {
  const s = input(["batch", 2]);
  const padded = () => ops.pad(s, [[0, 0], [1, 2]]);
  const tiled = () => ops.tile(s, [3, 2]);
  const repeated = () => ops.repeat(zeros([2, 3]), 2);
  const rows = () => ops.repeat(zeros([2, 3], { dtype: "uint8" }), [1, 4], { axis: 0 });
  const flipped = () => ops.flip(s);
  const rolled = () => ops.roll(s, 1);
  assertType<IsExact<ReturnType<typeof padded>, SymbolicTensor<readonly ["batch", 5], "float32">>>(true);
  assertType<IsExact<ReturnType<typeof tiled>, SymbolicTensor<readonly ["batch*3", 4], "float32">>>(true);
  assertType<IsExact<ReturnType<typeof repeated>, EagerTensor<readonly [12], "float32">>>(true);
  assertType<IsExact<ReturnType<typeof rows>, EagerTensor<readonly [5, 3], "uint8">>>(true);
  assertType<IsExact<ReturnType<typeof flipped>, SymbolicTensor<readonly ["batch", 2], "float32">>>(true);
  assertType<IsExact<ReturnType<typeof rolled>, SymbolicTensor<readonly ["batch", 2], "float32">>>(true);
  assert(padded().rank === 2);
});
