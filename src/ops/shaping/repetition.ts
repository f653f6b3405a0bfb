/**
 * Tensors made larger by a border or by repeating, and turned round.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { type Emitter, int, text, type Value } from "../../emission/emitter.ts";
import { normalizeAxes, normalizeAxis } from "../../shape/axis.ts";
import { type Shape, showShape } from "../../shape/dim.ts";
import { ShapeError } from "../../shape/error.ts";
import { pad as padShape, type PadWidth, type PadWidths, padWidths } from "../../shape/pad.ts";
import type { AxisOption, reduce } from "../../shape/reduce.ts";
import { repeat as repeatShape, type Repeats } from "../../shape/repeat.ts";
import { tile as tileShape } from "../../shape/tile.ts";
import {
  type Check,
  type Like,
  type ShapeOf,
  type StrongDTypeOf,
  type TensorLike,
  toTensor,
} from "../../tensor/like.ts";
import { checkAxes, checkOpOptions, checkWidths } from "../arguments.ts";
import { apply } from "../define.ts";
import type { AxisOptions } from "./joining.ts";
import type { NoOptions, OptionOf } from "../options.ts";
import { rowsBeside } from "../rows.ts";

const END = Number.MAX_SAFE_INTEGER;

/** The values of a border; for `x = [a, b, c]` and a width of 2: */
export type PadMode =
  /** One value: `v v a b c v v`. */
  | "constant"
  /** The elements in reverse, without the outermost: `c b a b c b a`. */
  | "reflect"
  /** The elements in reverse: `b a a b c c b`. */
  | "symmetric"
  /** The outermost element: `a a a b c c c`. */
  | "edge"
  /** The elements from the other end: `b c a b c a b`. */
  | "wrap";

/** The options of {@linkcode pad}. */
export interface PadOptions {
  /** The values of the border. Default: `"constant"`. */
  readonly mode?: PadMode;
  /** The value of a constant border. Default: 0. */
  readonly value?: number;
}

/** The number of elements that a mode can add to an axis of size 0. */
const SPARED: { readonly [M in PadMode]?: number } = { reflect: 1, symmetric: 0, wrap: 0 };

function checkBorder(shape: Shape, widths: readonly PadWidth[], mode: PadMode): void {
  for (const [axis, dim] of shape.entries()) {
    const widest = Math.max(...widths[axis]!);
    if (typeof dim !== "number" || widest === 0 || mode === "constant") continue;
    const most = mode === "edge" ? (dim === 0 ? 0 : Infinity) : Math.max(0, dim - SPARED[mode]!);
    if (widest <= most) continue;
    throw new ShapeError(
      `Cannot pad ${showShape(shape)} in mode ${mode}: expected widths of at most ${most} for axis ${axis}, ` +
        `received ${showShape(widths[axis])}`,
    );
  }
}

export const padOperation: Operation<{ widths: readonly (readonly [number, number])[]; mode: PadMode; value: number }> =
  {
    name: "pad",
    infer([x], { widths, mode }) {
      const shape = padShape(x!.shape, widths);
      checkBorder(x!.shape, widths, mode);
      return [{ shape, dtype: x!.dtype }];
    },
    rows: ([axis], _, { widths }) => [widths[axis!]!.every((width) => width === 0) ? axis! : undefined],
    emit(emitter, [x], { widths, mode, value }) {
      if (widths.every(([before, after]) => before === 0 && after === 0)) return x!;
      if (mode === "symmetric") return mirror(emitter, x!, widths);
      const pads = emitter.integers([...widths.map(([before]) => before), ...widths.map(([, after]) => after)]);
      const inputs = mode === "constant" ? [x!, pads, emitter.scalar(value, x!.dtype)] : [x!, pads];
      return emitter.node("Pad", inputs, { attributes: { mode: text(mode) } });
    },
  };

/** Pads with the elements in reverse, axis by axis: ONNX's own modes leave the outermost out. */
function mirror(emitter: Emitter, x: Value, widths: readonly PadWidth[]): Value {
  let result = x;
  for (const [axis, [before, after]] of widths.entries()) {
    const reversed = (start: number, end: number): Value =>
      emitter.node("Slice", [result, ...[start, end, axis, -1].map((bound) => emitter.integers([bound]))]);
    const parts = [
      ...before > 0 ? [reversed(before - 1, -END)] : [],
      result,
      ...after > 0 ? [reversed(-1, -1 - after)] : [],
    ];
    if (parts.length > 1) result = emitter.node("Concat", parts, { attributes: { axis: int(axis) } });
  }
  return result;
}

/**
 * Adds a border.
 *
 * @param x The tensor.
 * @param widths For each axis how much to add before and after it.
 * @param options What the border holds.
 * @throws {ShapeError} If there are not as many widths as axes, one is negative, or the axis has not the elements that
 * the border repeats: as many as its width, and one more in mode `"reflect"`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.pad([1, 2, 3], [[1, 2]]).array(), [0, 1, 2, 3, 0, 0]);
 * assertEquals(ops.pad([1, 2, 3], 1).array(), [0, 1, 2, 3, 0]);
 * assertEquals(ops.pad([1, 2, 3], [[2, 0]], { mode: "reflect" }).array(), [3, 2, 1, 2, 3]);
 * ```
 */
export function pad<const X extends TensorLike, const Widths extends PadWidths>(
  x: X,
  widths: Widths & Check<padShape<ShapeOf<X>, padWidths<ShapeOf<X>, Widths>>>,
  options: PadOptions = {},
): Like<X, padShape<ShapeOf<X>, padWidths<ShapeOf<X>, Widths>>, StrongDTypeOf<X>> {
  checkWidths("pad", "widths", widths);
  checkOpOptions("pad", options, ["mode", "value"]);
  const { mode = "constant", value = 0 } = options;
  const tensor = toTensor(x);
  return apply(padOperation, [tensor], { widths: padWidths(tensor.shape, widths as PadWidths), mode, value }) as never;
}

/**
 * One number as a list.
 *
 * @internal
 */
type listed<R extends number | readonly number[]> = R extends readonly number[] ? R : readonly [R & number];

export const tileOperation: Operation<{ repeats: readonly number[] }> = {
  name: "tile",
  infer: ([x], { repeats }) => [{ shape: tileShape(x!.shape, repeats), dtype: x!.dtype }],
  rows([axis], [x], { repeats }) {
    const added = repeats.length - x!.shape.length;
    return [(repeats[axis! + added] ?? 1) === 1 ? axis! + Math.max(0, added) : undefined];
  },
  emit(emitter, [x], { repeats }) {
    const rank = x!.shape.length;
    const added = repeats.length - rank;
    const all = [...Array<number>(Math.max(0, -added)).fill(1), ...repeats];
    if (all.length === 0) return x!;
    const input = added > 0 ? emitter.node("Unsqueeze", [x!, emitter.integers([...Array(added).keys()])]) : x!;
    return emitter.node("Tile", [input, emitter.integers(all)]);
  },
};

/**
 * Repeats a tensor as a whole along its axes.
 *
 * @param x The tensor.
 * @param repeats The number of copies along each axis, the last for the last axis; more of them add axes in front. One
 * number is for the last axis.
 * @throws {ShapeError} If a number is negative.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.tile([1, 2], [2, 2]).array(), [[1, 2, 1, 2], [1, 2, 1, 2]]);
 * ```
 */
export function tile<const X extends TensorLike, const R extends number | readonly number[]>(
  x: X,
  repeats: R & Check<tileShape<ShapeOf<X>, listed<R>>>,
): Like<X, tileShape<ShapeOf<X>, listed<R>>, StrongDTypeOf<X>> {
  checkAxes("tile", "repeats", repeats);
  return apply(tileOperation, [x], { repeats: typeof repeats === "number" ? [repeats] : repeats }) as never;
}

export const repeatOperation: Operation<{ repeats: Repeats; axis: number | undefined }> = {
  name: "repeat",
  infer: ([x], { repeats, axis }) => [{ shape: repeatShape(x!.shape, repeats, axis), dtype: x!.dtype }],
  rows: (
    [place],
    [x],
    { axis },
  ) => [axis === undefined ? undefined : rowsBeside(place!, [normalizeAxis(axis, x!.shape)])],
  emit(emitter, [x], { repeats, axis }) {
    const flat = axis === undefined;
    const input = flat ? emitter.node("Reshape", [x!, emitter.integers([-1])]) : x!;
    const rank = flat ? 1 : x!.shape.length;
    const place = flat ? 0 : axis < 0 ? axis + rank : axis;
    if (typeof repeats !== "number") {
      const indices = repeats.flatMap((count, index) => Array<number>(count).fill(index));
      return emitter.node("Gather", [input, emitter.integers(indices)], { attributes: { axis: int(place) } });
    }
    // Copies along a new axis after the repeated one, which then takes it in.
    const behind = emitter.node("Unsqueeze", [input, emitter.integers([place + 1])]);
    const times = (length: number, at: number) =>
      emitter.integers(Array.from({ length }, (_, i) => i === at ? repeats : 1));
    const copies = emitter.node("Tile", [behind, times(rank + 1, place + 1)]);
    const shape = emitter.node("Shape", [input], { dtype: "int64" });
    const target = emitter.node("Mul", [shape, times(rank, place)]);
    return emitter.node("Reshape", [copies, target], { attributes: { allowzero: int(1) } });
  },
};

/**
 * Repeats each element along an axis.
 *
 * @param x The tensor.
 * @param repeats How often: one number, or one for each element along the axis.
 * @param options The axis. Without one, all elements are repeated in row-major order.
 * @throws {ShapeError} If there is no such axis, a number is negative, or there are not as many as elements.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.repeat([[1, 2]], 2, { axis: 1 }).array(), [[1, 1, 2, 2]]);
 * assertEquals(ops.repeat([1, 2], [1, 2]).array(), [1, 2, 2]);
 * ```
 */
export function repeat<
  const X extends TensorLike,
  const R extends Repeats,
  const O extends AxisOptions = NoOptions,
>(
  x: X,
  repeats: R & Check<repeatShape<ShapeOf<X>, R, OptionOf<O, "axis">>>,
  options?: O,
): Like<X, repeatShape<ShapeOf<X>, R, OptionOf<O, "axis">>, StrongDTypeOf<X>> {
  checkAxes("repeat", "repeats", repeats);
  checkOpOptions("repeat", options, ["axis"]);
  const counts = repeats as Repeats;
  // One count for all is written for any number of elements.
  const single = typeof counts !== "number" && counts.length === 1 ? counts[0]! : counts;
  return apply(repeatOperation, [x], { repeats: single, axis: options?.axis }) as never;
}

/** The options of {@linkcode flip}. */
export interface FlipOptions {
  /** The axis, or several. Default: all. */
  readonly axis?: AxisOption;
}

export const flipOperation: Operation<{ axes: readonly number[] }> = {
  name: "flip",
  infer([x], { axes }) {
    normalizeAxes(axes, x!.shape);
    return [{ shape: x!.shape, dtype: x!.dtype }];
  },
  rows: ([place], [x], { axes }) => [rowsBeside(place!, normalizeAxes(axes, x!.shape))],
  emit(emitter, [x], { axes }) {
    if (axes.length === 0) return x!;
    const each = (bound: number): Value => emitter.integers(axes.map(() => bound));
    return emitter.node("Slice", [x!, each(-1), each(-END), emitter.integers(axes), each(-1)]);
  },
};

/**
 * Reverses the order of the elements along axes.
 *
 * @param x The tensor.
 * @param options The axis or axes.
 * @throws {ShapeError} If an axis is out of range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.flip([[1, 2], [3, 4]]).array(), [[4, 3], [2, 1]]);
 * assertEquals(ops.flip([[1, 2], [3, 4]], { axis: 0 }).array(), [[3, 4], [1, 2]]);
 * ```
 */
export function flip<const X extends TensorLike, const O extends FlipOptions = NoOptions>(
  x: X,
  options?: O & Check<reduce<ShapeOf<X>, OptionOf<O, "axis">>>,
): Like<X, ShapeOf<X>, StrongDTypeOf<X>> {
  checkOpOptions("flip", options, ["axis"]);
  const tensor = toTensor(x);
  const { axis } = options ?? {} as FlipOptions;
  const axes = axis === undefined ? [...tensor.shape.keys()] : listOf(axis as number | readonly number[]);
  return apply(flipOperation, [tensor], { axes }) as never;
}

function listOf(value: number | readonly number[]): readonly number[] {
  return typeof value === "number" ? [value] : value;
}

/** The options of {@linkcode roll}. */
export interface RollOptions {
  /** The axis, or one for each shift. Default: all elements in a row. */
  readonly axis?: AxisOption;
}

/**
 * The shape of `S` without the axis of a roll, which is the {@linkcode Mismatch} where there is none. Of several axes one
 * may come twice: then it is rolled twice.
 */
export type rolledAxes<S extends Shape, Axis extends AxisOption> = [Axis] extends [number] ? reduce<S, Axis> : unknown;

/** One axis of a roll: `wrapped` where the shift may be more than the size, which only the run knows. */
type Turn = readonly [axis: number, shift: number, wrapped: boolean];

export const rollOperation: Operation<{ turns: readonly Turn[]; flat: boolean }> = {
  name: "roll",
  infer: ([x]) => [{ shape: x!.shape, dtype: x!.dtype }],
  rows: ([place], _, { turns, flat }) => [flat ? undefined : rowsBeside(place!, turns.map(([axis]) => axis))],
  emit(emitter, [x], { turns, flat }) {
    if (turns.length === 0) return x!;
    const start = flat ? emitter.node("Reshape", [x!, emitter.integers([-1])]) : x!;
    const rolled = turns.reduce((value, turn) => rollAxis(emitter, value, turn), start);
    if (!flat) return rolled;
    const shape = emitter.node("Shape", [x!], { dtype: "int64" });
    return emitter.node("Reshape", [rolled, shape], { attributes: { allowzero: int(1) } });
  },
};

/** Cuts an axis in two and swaps the parts. */
function rollAxis(emitter: Emitter, x: Value, [axis, shift, wrapped]: Turn): Value {
  let cut = emitter.integers([-shift]);
  if (wrapped) {
    const shape = emitter.node("Shape", [x], { dtype: "int64" });
    const size = emitter.node("Gather", [shape, emitter.integers([axis])]);
    // An axis of size 0 may not divide.
    cut = emitter.node("Mod", [cut, emitter.node("Max", [size, emitter.integers([1])])]);
  }
  const axes = emitter.integers([axis]);
  const tail = emitter.node("Slice", [x, cut, emitter.integers([END]), axes]);
  const head = emitter.node("Slice", [x, emitter.integers([0]), cut, axes]);
  return emitter.node("Concat", [tail, head], { attributes: { axis: int(axis) } });
}

/**
 * Moves the elements along axes; those that leave one end come in at the other.
 *
 * @param x The tensor.
 * @param shift By how many places; or, for a list of axes, a list as long.
 * @param options The axis or axes.
 * @throws {ShapeError} If an axis is out of range, or the shifts are not one, nor one for each axis.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.roll([1, 2, 3, 4], 1).array(), [4, 1, 2, 3]);
 * assertEquals(ops.roll([[1, 2], [3, 4]], 1, { axis: 0 }).array(), [[3, 4], [1, 2]]);
 * ```
 */
export function roll<const X extends TensorLike, const O extends RollOptions = NoOptions>(
  x: X,
  shift: number | readonly number[],
  options?: O & Check<rolledAxes<ShapeOf<X>, OptionOf<O, "axis">>>,
): Like<X, ShapeOf<X>, StrongDTypeOf<X>> {
  checkAxes("roll", "shift", shift);
  checkOpOptions("roll", options, ["axis"]);
  const tensor = toTensor(x);
  const { shape } = tensor;
  const { axis } = options ?? {} as RollOptions;
  const flat = axis === undefined;
  const axes = flat ? [0] : listOf(axis as number | readonly number[]);
  const shifts = listOf(shift);
  if (shifts.length !== 1 && shifts.length !== axes.length || !shifts.every(Number.isSafeInteger)) {
    throw new ShapeError(
      `Cannot roll ${showShape(shape)} along ${flat ? "all elements" : `axes ${showShape(axes)}`}: ` +
        `expected an integer, or one for each axis, received ${showShape(shifts)}`,
    );
  }
  const turns = axes.flatMap((axis, index): Turn[] => {
    const place = flat ? 0 : normalizeAxis(axis, shape);
    const size = flat ? tensor.size : shape[place]!;
    const by = shifts[shifts.length === 1 ? 0 : index]!;
    if (typeof size !== "number") return by === 0 ? [] : [[place, by, true]];
    // Cutting at the given place serves all sizes that reach so far, with one model.
    const short = Math.abs(by) <= size ? by : size === 0 ? 0 : by % size;
    return short === 0 ? [] : [[place, short, false]];
  });
  return apply(rollOperation, [tensor], { turns, flat }) as never;
}
