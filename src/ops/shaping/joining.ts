/**
 * Several tensors in one, and one in several.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { type Emitter, int, type Value } from "../../emission/emitter.ts";
import { normalizeAxis } from "../../shape/axis.ts";
import { concatenate as concatenateShapes } from "../../shape/concatenate.ts";
import type { Shape } from "../../shape/dim.ts";
import { type Sections, split as splitShapes, unstack as unstackShapes } from "../../shape/split.ts";
import { stack as stackShapes } from "../../shape/stack.ts";
import type { DType } from "../../tensor/dtype.ts";
import {
  type Check,
  type Like,
  type ShapeOf,
  type StrongDTypeOf,
  type TensorLike,
  toTensor,
} from "../../tensor/like.ts";
import type { promote } from "../../tensor/promote.ts";
import { checkAxes, checkList, checkOpOptions } from "../arguments.ts";
import { apply, commonDType } from "../define.ts";
import { dispatch } from "../../eager/dispatch.ts";
import type { AxisOf, CheckDefaults, NoOptions, OptionOf } from "../options.ts";
import { type RowAxis, rowsBeside, rowsWith, rowsWithout } from "../rows.ts";

/** The options of ops along one axis. */
export interface AxisOptions {
  /** The axis; negative ones count from the end. */
  readonly axis?: number;
}

/** The shapes of a list of tensors. */
export type ShapesOf<Xs extends readonly TensorLike[]> = { readonly [I in keyof Xs]: ShapeOf<Xs[I]> };

/** The dtype in which a list of tensors meets. */
export type CommonDTypeOf<Xs extends readonly TensorLike[]> = number extends Xs["length"] ? StrongDTypeOf<Xs[number]>
  : Xs extends readonly [infer First, ...infer Rest] ? Met<StrongDTypeOf<First>, Rest>
  : DType;

/** @internal */
type Met<D extends DType, Rest extends readonly unknown[]> = Rest extends readonly [infer X, ...infer More]
  ? Met<promote<D, StrongDTypeOf<X>>, More>
  : D;

function cast(emitter: Emitter, inputs: readonly Value[]): readonly Value[] {
  const dtype = commonDType(inputs);
  return inputs.map((input) => emitter.cast(input, dtype));
}

/** The axis of the rows in all inputs: what has none would be joined in one size with whatever number of rows. */
function commonAxis(axes: readonly RowAxis[]): RowAxis {
  return axes.every((axis) => axis === axes[0]) ? axes[0]! : null;
}

export const concatenateOperation: Operation<{ axis: number }> = {
  name: "concatenate",
  infer: (inputs, { axis }) => [{
    shape: concatenateShapes(inputs.map(({ shape }) => shape), axis),
    dtype: inputs.length === 0 ? "float32" : commonDType(inputs),
  }],
  rows: (axes, [x], { axis }) => [rowsBeside(commonAxis(axes), [normalizeAxis(axis, x!.shape)])],
  emit: (emitter, inputs, { axis }) =>
    emitter.node("Concat", cast(emitter, inputs), { attributes: { axis: int(axis) } }),
};

/**
 * Puts tensors one after the other along an axis that they have. Dtypes are promoted.
 *
 * @param xs The tensors, which agree on all other axes.
 * @param options The axis. Default: 0.
 * @throws {ShapeError} If there is no tensor, no such axis, or the others differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.concatenate([[1, 2], [3]]).array(), [1, 2, 3]);
 * assertEquals(ops.concatenate([[[1], [2]], [[3], [4]]], { axis: 1 }).array(), [[1, 3], [2, 4]]);
 * ```
 */
export function concatenate<const Xs extends readonly TensorLike[], const O extends AxisOptions = NoOptions>(
  xs: Xs & Check<concatenateShapes<ShapesOf<Xs>, AxisOf<O, 0>>>,
  options?: O,
): Like<Xs[number], concatenateShapes<ShapesOf<Xs>, AxisOf<O, 0>>, CommonDTypeOf<Xs>> {
  checkList("concatenate", "xs", xs);
  checkOpOptions("concatenate", options, ["axis"]);
  return apply(concatenateOperation, xs as readonly TensorLike[], { axis: options?.axis ?? 0 }) as never;
}

export const stackOperation: Operation<{ axis: number }> = {
  name: "stack",
  infer: (inputs, { axis }) => [{
    shape: stackShapes(inputs.map(({ shape }) => shape), axis),
    dtype: inputs.length === 0 ? "float32" : commonDType(inputs),
  }],
  rows: (axes, [x], { axis }) => [rowsWith(commonAxis(axes), [axis], x!.shape.length + 1)],
  emit(emitter, inputs, { axis }) {
    const place = emitter.integers([axis]);
    const expanded = cast(emitter, inputs).map((input) => emitter.node("Unsqueeze", [input, place]));
    // Concat, unlike Unsqueeze, counts negative axes in the rank that it reads, which is the result's.
    return emitter.node("Concat", expanded, { attributes: { axis: int(axis) } });
  },
};

/**
 * Puts tensors of one shape one after the other along a new axis. Dtypes are promoted.
 *
 * @param xs The tensors.
 * @param options Where the new axis is in the result. Default: 0.
 * @throws {ShapeError} If there is no tensor, the shapes differ, or the axis is out of the result's range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.stack([[1, 2], [3, 4]]).array(), [[1, 2], [3, 4]]);
 * assertEquals(ops.stack([[1, 2], [3, 4]], { axis: -1 }).array(), [[1, 3], [2, 4]]);
 * ```
 */
export function stack<const Xs extends readonly TensorLike[], const O extends AxisOptions = NoOptions>(
  xs: Xs & Check<stackShapes<ShapesOf<Xs>, AxisOf<O, 0>>>,
  options?: O,
): Like<Xs[number], stackShapes<ShapesOf<Xs>, AxisOf<O, 0>>, CommonDTypeOf<Xs>> {
  checkList("stack", "xs", xs);
  checkOpOptions("stack", options, ["axis"]);
  return apply(stackOperation, xs as readonly TensorLike[], { axis: options?.axis ?? 0 }) as never;
}

export const splitOperation: Operation<{ sections: Sections; axis: number; even: boolean }> = {
  name: "split",
  infer: ([x], { sections, axis }) =>
    splitShapes(x!.shape, sections, axis).map((shape) => ({ shape, dtype: x!.dtype })),
  rows([place], [x], { sections, axis }) {
    const rows = rowsBeside(place!, [normalizeAxis(axis, x!.shape)]);
    return Array<number | undefined>(typeof sections === "number" ? sections : sections.length + 1).fill(rows);
  },
  emit(emitter, [x], { sections, axis, even }) {
    if (typeof sections !== "number") return between(emitter, x!, sections, axis);
    const attributes = { axis: int(axis) };
    const dtypes = Array<null>(sections).fill(null);
    if (even) {
      return emitter.nodeWithOutputs("Split", [x!], dtypes, {
        attributes: { ...attributes, num_outputs: int(sections) },
      });
    }
    // Left to itself, Split makes the last part smaller; told the sizes, it refuses them.
    const shape = emitter.node("Shape", [x!], { dtype: "int64" });
    const place = axis < 0 ? axis + x!.shape.length : axis;
    const dim = emitter.node("Gather", [shape, emitter.integers([place])]);
    const length = emitter.node("Div", [dim, emitter.integers([sections])]);
    const lengths = emitter.node("Expand", [length, emitter.integers([sections])]);
    return emitter.nodeWithOutputs("Split", [x!, lengths], dtypes, { attributes });
  },
};

const END = Number.MAX_SAFE_INTEGER;

function between(emitter: Emitter, x: Value, indices: readonly number[], axis: number): readonly Value[] {
  return [...indices, END].map((end, i) =>
    emitter.node("Slice", [
      x,
      emitter.integers([indices[i - 1] ?? 0]),
      emitter.integers([end]),
      emitter.integers([axis]),
    ])
  );
}

/** The parts of `X` for a tuple or a list of shapes. */
export type EachPart<X, Shapes, D extends DType> = Shapes extends readonly Shape[]
  ? { readonly [I in keyof Shapes]: Like<X, Shapes[I], D> }
  : readonly Like<X, Shape, D>[];

/**
 * Splits a tensor into parts along an axis.
 *
 * @param x The tensor.
 * @param sections Into how many equal parts; or the indices at which parts begin, except the first.
 * @param options The axis. Default: 0.
 * @throws {ShapeError} If there is no such axis, the parts would differ, or the indices do not ascend within it.
 * @throws {RangeError} If the number of parts is not a positive integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const [a, b] = ops.split([1, 2, 3, 4], 2);
 * assertEquals([a.array(), b.array()], [[1, 2], [3, 4]]);
 * assertEquals(ops.split([1, 2, 3, 4], [1]).map((part) => part.size), [1, 3]);
 * ```
 */
export function split<
  const X extends TensorLike,
  const By extends Sections,
  const O extends AxisOptions = NoOptions,
>(
  x: X,
  sections: By & Check<splitShapes<ShapeOf<X>, By, AxisOf<O, 0>>>,
  options?: O,
): EachPart<X, splitShapes<ShapeOf<X>, By, AxisOf<O, 0>>, StrongDTypeOf<X>> {
  checkAxes("split", "sections", sections);
  checkOpOptions("split", options, ["axis"]);
  const tensor = toTensor(x);
  const axis = options?.axis ?? 0;
  const dim = tensor.shape[normalizeAxis(axis, tensor.shape)];
  // Of a known size it has been checked that the parts are equal.
  const even = typeof dim === "number" && dim > 0;
  return dispatch(splitOperation, [tensor], { sections: sections as Sections, axis, even }) as never;
}

/** The options of {@linkcode unstack}. */
export interface UnstackOptions extends AxisOptions {
  /** The size of the axis, where it is open. */
  readonly num?: number;
}

export const unstackOperation: Operation<{ axis: number; num: number }> = {
  name: "unstack",
  infer: ([x], { axis, num }) => unstackShapes(x!.shape, axis, num).map((shape) => ({ shape, dtype: x!.dtype })),
  rows: ([place], [x], { axis, num }) =>
    Array<number | undefined>(num).fill(rowsWithout(place!, [normalizeAxis(axis, x!.shape)])),
  emit(emitter, [x], { axis, num }) {
    const place = emitter.integers([axis]);
    const lengths = emitter.integers(Array<number>(num).fill(1));
    const parts = emitter.nodeWithOutputs("Split", [x!, lengths], Array<null>(num).fill(null), {
      attributes: { axis: int(axis) },
    });
    return parts.map((part) => emitter.node("Squeeze", [part, place]));
  },
};

/**
 * Takes a tensor apart along an axis, which the parts do not have: the inverse of {@linkcode stack}.
 *
 * @param x The tensor.
 * @param options The axis, by default 0; and its size, where that is open.
 * @throws {ShapeError} If there is no such axis, or its size is not known or another than `num`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const [a, b] = ops.unstack([[1, 2], [3, 4]]);
 * assertEquals([a.array(), b.array()], [[1, 2], [3, 4]]);
 * ```
 */
export function unstack<const X extends TensorLike, const O extends UnstackOptions = NoOptions>(
  x: X & CheckDefaults<O, "axis" | "num", unstackShapes<ShapeOf<X>, AxisOf<O, 0>, OptionOf<O, "num">>>,
  options?: O & Check<unstackShapes<ShapeOf<X>, AxisOf<O, 0>, OptionOf<O, "num">>>,
): EachPart<X, unstackShapes<ShapeOf<X>, AxisOf<O, 0>, OptionOf<O, "num">>, StrongDTypeOf<X>> {
  checkOpOptions("unstack", options, ["axis", "num"]);
  const tensor = toTensor(x);
  const { axis = 0, num } = options ?? {} as UnstackOptions;
  const { length } = unstackShapes(tensor.shape, axis, num);
  if (length === 0) return [] as never;
  return dispatch(unstackOperation, [tensor], { axis, num: length }) as never;
}
