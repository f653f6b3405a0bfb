/**
 * Tensors stacked along the first axes, and taken apart there, by NumPy's names.
 *
 * @module
 */
import type { size } from "../../shape/arithmetic.ts";
import type { atLeast1, atLeast2, atLeast3 } from "../../shape/at_least.ts";
import { normalizeAxis, type replaceAt } from "../../shape/axis.ts";
import type { concatenate as concatenateShapes } from "../../shape/concatenate.ts";
import type { Shape } from "../../shape/dim.ts";
import { cannotSplit, type Sections, type split as splitShapes } from "../../shape/split.ts";
import { ShapeError } from "../../shape/error.ts";
import {
  type Check,
  type DTypeOf,
  type Like,
  type ShapeOf,
  type StrongDTypeOf,
  type TensorLike,
  toTensor,
} from "../../tensor/like.ts";
import type { promote } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkAxes, checkList, checkOpOptions } from "../arguments.ts";
import { toOperands } from "../define.ts";
import { type AxisOptions, type CommonDTypeOf, concatenate, type EachPart, type ShapesOf, split } from "./joining.ts";
import type { AxisOf, NoOptions, OptionOf } from "../options.ts";
import { expandDims, reshape } from "./shaping.ts";

/**
 * All elements along one axis, in row-major order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.ravel([[1, 2], [3, 4]]).array(), [1, 2, 3, 4]);
 * ```
 */
export function ravel<const X extends TensorLike>(x: X): Like<X, readonly [size<ShapeOf<X>>], StrongDTypeOf<X>> {
  return reshape(toTensor(x), [-1]) as never;
}

/** @internal */
type AppendShape<A extends Shape, B extends Shape, O> = OptionOf<O, "axis"> extends infer Axis
  ? Axis extends number ? concatenateShapes<readonly [A, B], Axis>
  : concatenateShapes<readonly [readonly [size<A>], readonly [size<B>]], 0>
  : Shape;

/**
 * Puts one tensor after another along an axis; without one, all elements of both along one axis. Dtypes are promoted.
 *
 * @throws {ShapeError} If there is no such axis, or the shapes differ on another one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.append([1, 2], [[3], [4]]).array(), [1, 2, 3, 4]);
 * assertEquals(ops.append([[1, 2]], [[3, 4]], { axis: 0 }).array(), [[1, 2], [3, 4]]);
 * ```
 */
export function append<const A extends TensorLike, const B extends TensorLike, const O extends AxisOptions = NoOptions>(
  a: A,
  b: B & Check<AppendShape<ShapeOf<A>, ShapeOf<B>, O>>,
  options?: O,
): Like<A | B, AppendShape<ShapeOf<A>, ShapeOf<B>, O>, promote<DTypeOf<A>, DTypeOf<B>>> {
  checkOpOptions("append", options, ["axis"]);
  const [first, second] = toOperands(a, b as TensorLike);
  const axis = options?.axis;
  if (axis !== undefined) return concatenate([first, second], { axis }) as never;
  return concatenate([ravel(first), ravel(second)]) as never;
}

/** @internal */
type Each1<Shapes extends readonly Shape[]> = { readonly [I in keyof Shapes]: atLeast1<Shapes[I]> };
/** @internal */
type Each2<Shapes extends readonly Shape[]> = { readonly [I in keyof Shapes]: atLeast2<Shapes[I]> };
/** @internal */
type Each3<Shapes extends readonly Shape[]> = { readonly [I in keyof Shapes]: atLeast3<Shapes[I]> };
/** @internal */
type Horizontal<Shapes extends readonly Shape[]> = number extends Shapes["length"] ? Shape
  : Shapes extends readonly [infer First extends Shape, ...unknown[]] ? number extends First["length"] ? Shape
    : concatenateShapes<Each1<Shapes>, First["length"] extends 0 | 1 ? 0 : 1>
  : concatenateShapes<Shapes, 1>;

/** A tensor with new axes at `axes` for its rank. */
function widened(x: TensorLike, axes: readonly (readonly number[])[]): Tensor {
  const tensor = toTensor(x);
  const added = axes[tensor.shape.length] ?? [];
  return added.length === 0 ? tensor : expandDims(tensor, added);
}

/**
 * Puts tensors side by side: along the second axis, or the first of tensors of one axis. Dtypes are promoted.
 *
 * @throws {ShapeError} If there is no tensor, or the shapes differ on another axis.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.hstack([[1, 2], [3]]).array(), [1, 2, 3]);
 * assertEquals(ops.hstack([[[1], [2]], [[3], [4]]]).array(), [[1, 3], [2, 4]]);
 * ```
 */
export function hstack<const Xs extends readonly TensorLike[]>(
  xs: Xs & Check<Horizontal<ShapesOf<Xs>>>,
): Like<Xs[number], Horizontal<ShapesOf<Xs>>, CommonDTypeOf<Xs>> {
  checkList("hstack", "xs", xs);
  const tensors = (xs as readonly TensorLike[]).map((x) => widened(x, [[0]]));
  return concatenate(tensors, { axis: tensors[0]?.shape.length === 1 ? 0 : 1 }) as never;
}

/**
 * Puts tensors below one another: along the first axis, each of at least two axes. Dtypes are promoted.
 *
 * @throws {ShapeError} If there is no tensor, or the shapes differ on another axis.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.vstack([[1, 2], [3, 4]]).array(), [[1, 2], [3, 4]]);
 * ```
 */
export function vstack<const Xs extends readonly TensorLike[]>(
  xs: Xs & Check<concatenateShapes<Each2<ShapesOf<Xs>>, 0>>,
): Like<Xs[number], concatenateShapes<Each2<ShapesOf<Xs>>, 0>, CommonDTypeOf<Xs>> {
  checkList("vstack", "xs", xs);
  return concatenate((xs as readonly TensorLike[]).map((x) => widened(x, [[0, 1], [0]]))) as never;
}

/**
 * Puts tensors one after the other: along the third axis, each of at least three axes. Dtypes are promoted.
 *
 * @throws {ShapeError} If there is no tensor, or the shapes differ on another axis.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.dstack([[1, 2], [3, 4]]).array(), [[[1, 3], [2, 4]]]);
 * ```
 */
export function dstack<const Xs extends readonly TensorLike[]>(
  xs: Xs & Check<concatenateShapes<Each3<ShapesOf<Xs>>, 2>>,
): Like<Xs[number], concatenateShapes<Each3<ShapesOf<Xs>>, 2>, CommonDTypeOf<Xs>> {
  checkList("dstack", "xs", xs);
  const tensors = (xs as readonly TensorLike[]).map((x) => widened(x, [[0, 1, 2], [0, 2], [2]]));
  return concatenate(tensors, { axis: 2 }) as never;
}

/** @internal */
type HorizontalAxis<S extends Shape> = number extends S["length"] ? number : S["length"] extends 0 | 1 ? 0 : 1;

/**
 * Splits a tensor along the second axis, or the first of a tensor of one axis, as {@linkcode split} does.
 *
 * @throws {ShapeError} If there is no such axis, or the parts would differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.hsplit([[1, 2], [3, 4]], 2).map((part) => part.array()), [[[1], [3]], [[2], [4]]]);
 * ```
 */
export function hsplit<const X extends TensorLike, const By extends Sections>(
  x: X,
  sections: By & Check<splitShapes<ShapeOf<X>, By, HorizontalAxis<ShapeOf<X>>>>,
): EachPart<X, splitShapes<ShapeOf<X>, By, HorizontalAxis<ShapeOf<X>>>, StrongDTypeOf<X>> {
  const tensor = toTensor(x);
  return split(tensor, sections as Sections, { axis: tensor.shape.length < 2 ? 0 : 1 }) as never;
}

/**
 * Splits a tensor along the first axis, as {@linkcode split} does.
 *
 * @throws {ShapeError} If there is no such axis, or the parts would differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.vsplit([[1, 2], [3, 4]], 2).map((part) => part.array()), [[[1, 2]], [[3, 4]]]);
 * ```
 */
export function vsplit<const X extends TensorLike, const By extends Sections>(
  x: X,
  sections: By & Check<splitShapes<ShapeOf<X>, By, 0>>,
): EachPart<X, splitShapes<ShapeOf<X>, By, 0>, StrongDTypeOf<X>> {
  return split(toTensor(x), sections as Sections) as never;
}

/**
 * Splits a tensor along the third axis, as {@linkcode split} does.
 *
 * @throws {ShapeError} If there is no such axis, or the parts would differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.dsplit([[[1, 2]]], 2).map((part) => part.array()), [[[[1]]], [[[2]]]]);
 * ```
 */
export function dsplit<const X extends TensorLike, const By extends Sections>(
  x: X,
  sections: By & Check<splitShapes<ShapeOf<X>, By, 2>>,
): EachPart<X, splitShapes<ShapeOf<X>, By, 2>, StrongDTypeOf<X>> {
  return split(toTensor(x), sections as Sections, { axis: 2 }) as never;
}

/**
 * The shapes of parts that need not be equal: the sizes along the axis are not known.
 *
 * @internal
 */
type UnevenParts<S extends Shape, By extends Sections, Axis extends number> = replaceAt<S, Axis, null> extends
  infer Open ? Open extends Shape ? splitShapes<Open, By, Axis> : Open : never;

/**
 * Splits a tensor along an axis into parts that need not be equal: the first ones are longer by 1.
 *
 * @param x The tensor.
 * @param sections Into how many parts; or the indices at which parts begin, except the first.
 * @param options The axis. Default: 0.
 * @throws {ShapeError} If there is no such axis, or its size is not known.
 * @throws {RangeError} If the number of parts is not a positive integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.arraySplit([1, 2, 3, 4, 5], 3).map((part) => part.array()), [[1, 2], [3, 4], [5]]);
 * ```
 */
export function arraySplit<
  const X extends TensorLike,
  const By extends Sections,
  const O extends AxisOptions = NoOptions,
>(
  x: X,
  sections: By & Check<UnevenParts<ShapeOf<X>, By, AxisOf<O, 0>>>,
  options?: O,
): EachPart<X, UnevenParts<ShapeOf<X>, By, AxisOf<O, 0>>, StrongDTypeOf<X>> {
  checkAxes("arraySplit", "sections", sections);
  checkOpOptions("arraySplit", options, ["axis"]);
  const tensor = toTensor(x);
  const axis = options?.axis ?? 0;
  return split(tensor, unevenIndices(tensor.shape, sections as Sections, axis), { axis }) as never;
}

/** The indices at which parts begin; a number that is no count is left for the split to refuse. */
function unevenIndices(shape: Shape, sections: Sections, axis: number): Sections {
  if (typeof sections !== "number" || !(Number.isSafeInteger(sections) && sections > 0)) return sections;
  const dim = shape[normalizeAxis(axis, shape)];
  if (typeof dim !== "number") {
    throw new ShapeError(cannotSplit(shape, axis, `expected a known size to make ${sections} parts of`));
  }
  const [least, longer] = [Math.floor(dim / sections), dim % sections];
  return Array.from({ length: sections - 1 }, (_, part) => (part + 1) * least + Math.min(part + 1, longer));
}
