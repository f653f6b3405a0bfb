/**
 * Parts of matrices: triangles and diagonals.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { type Emitter, int, ints, text, type Value } from "../../emission/emitter.ts";
import { addDims } from "../../shape/arithmetic.ts";
import { normalizeAxes } from "../../shape/axis.ts";
import { diagonal as diagonalShape } from "../../shape/diagonal.ts";
import { type Dim, type Shape, type ShowShape, showShape } from "../../shape/dim.ts";
import { type Mismatch, ShapeError } from "../../shape/error.ts";
import { type Check, type DTypeOf, type Like, type ShapeOf, type StrongDTypeOf, toTensor } from "../../tensor/like.ts";
import type { TensorLike } from "../../tensor/like.ts";
import { checkOpOptions } from "../arguments.ts";
import { apply, callable } from "../define.ts";
import type { CheckDefaults, NoOptions, Only, OptionOf } from "../options.ts";
import { summed } from "../reduction/entries.ts";
import { rowsBeside, rowsWithout } from "../rows.ts";
import { reduceNode } from "../reduction/sums.ts";

/** The options of {@linkcode tril} and {@linkcode triu}. */
export interface TriangleOptions {
  /** The diagonal that bounds the triangle: 0 is the main one, positive ones are above it. Default: 0. */
  readonly k?: number | undefined;
}

const triangleRank = "Cannot take a triangle of shape ";
/** @internal */
type triangle<S extends Shape> = number extends S["length"] ? Shape
  : S["length"] extends 0 | 1 ? Mismatch<`${typeof triangleRank}${ShowShape<S>}: expected at least 2 axes`>
  : S;

/** A triangle of matrices. */
export interface Triangle {
  /** Keeps a triangle of the matrices that the last two axes make, and sets all else to 0. */
  <const X extends TensorLike>(
    x: X & Check<triangle<ShapeOf<X>>>,
    options?: TriangleOptions,
  ): Like<X, ShapeOf<X>, StrongDTypeOf<X>>;
}

function triangleFunction(name: string, upper: 0 | 1): Triangle {
  const op: Operation<{ readonly k: number }> = {
    name,
    infer([x]) {
      const { shape, dtype } = x!;
      if (shape.length < 2) throw new ShapeError(`${triangleRank}${showShape(shape)}: expected at least 2 axes`);
      return [{ shape, dtype }];
    },
    rows: ([axis], [x]) => [rowsBeside(axis!, [x!.shape.length - 2, x!.shape.length - 1])],
    emit: (emitter, [x], { k }) =>
      emitter.node("Trilu", [x!, emitter.scalar(k, "int64")], { attributes: { upper: int(upper) } }),
  };
  const call = (x: TensorLike, options: TriangleOptions = {}) => {
    checkOpOptions(name, options, ["k"]);
    return apply(op, [toTensor(x)], { k: options.k ?? 0 });
  };
  return callable(call as Triangle, op);
}

/**
 * Keeps the lower triangle of matrices, up to and with a diagonal, and sets all else to 0.
 *
 * @throws {ShapeError} If there are fewer than 2 axes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.tril([[1, 2], [3, 4]]).array(), [[1, 0], [3, 4]]);
 * assertEquals(ops.tril([[1, 2], [3, 4]], { k: -1 }).array(), [[0, 0], [3, 0]]);
 * ```
 */
export const tril: Triangle = triangleFunction("tril", 0);

/**
 * Keeps the upper triangle of matrices, from a diagonal on, and sets all else to 0.
 *
 * @throws {ShapeError} If there are fewer than 2 axes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.triu([[1, 2], [3, 4]]).array(), [[1, 2], [0, 4]]);
 * assertEquals(ops.triu([[1, 2], [3, 4]], { k: 1 }).array(), [[0, 2], [0, 0]]);
 * ```
 */
export const triu: Triangle = triangleFunction("triu", 1);

/** The options of {@linkcode diagonal} and {@linkcode trace}. */
export interface DiagonalOptions {
  /** Which diagonal: 0 is the main one, positive ones are above it. Default: 0. */
  readonly offset?: number | undefined;
  /** The axis of the rows; a negative one counts from the end. Default: 0. */
  readonly axis1?: number | undefined;
  /** The axis of the columns; a negative one counts from the end. Default: 1. */
  readonly axis2?: number | undefined;
}

/** @internal */
type DiagonalShape<S extends Shape, O> =
  [OptionOf<O, "offset", 0>, OptionOf<O, "axis1", 0>, OptionOf<O, "axis2", 1>] extends
    [infer Offset extends number, infer Axis1 extends number, infer Axis2 extends number]
    ? diagonalShape<S, Offset, Axis1, Axis2>
    : Shape;
/** @internal */
type WithoutLast<S> = S extends readonly [...infer Others extends Shape, unknown] ? readonly [...Others] : S;

/** The diagonals of matrices. */
export interface Diagonal {
  /** Takes a diagonal of the matrices that two axes make; it is the last axis of the result. */
  <const X extends TensorLike, const O extends DiagonalOptions = NoOptions>(
    x: X & CheckDefaults<O, "axis1" | "axis2", DiagonalShape<ShapeOf<X>, O>>,
    options?: O & Only<O, DiagonalOptions> & Check<DiagonalShape<ShapeOf<X>, O>>,
  ): Like<X, DiagonalShape<ShapeOf<X>, O>, StrongDTypeOf<X>>;
}

/** The sums of diagonals of matrices. */
export interface Trace {
  /** Sums a diagonal of the matrices that two axes make. */
  <const X extends TensorLike, const O extends DiagonalOptions = NoOptions>(
    x: X & CheckDefaults<O, "axis1" | "axis2", DiagonalShape<ShapeOf<X>, O>>,
    options?: O & Only<O, DiagonalOptions> & Check<DiagonalShape<ShapeOf<X>, O>>,
  ): Like<X, WithoutLast<DiagonalShape<ShapeOf<X>, O>>, summed<DTypeOf<X>>>;
}

type DiagonalAttributes = { readonly offset: number; readonly axis1: number; readonly axis2: number };

function attributesOf(op: string, options: DiagonalOptions = {}): DiagonalAttributes {
  checkOpOptions(op, options, ["axis1", "axis2", "offset"]);
  const { offset = 0, axis1 = 0, axis2 = 1 } = options;
  return { offset, axis1, axis2 };
}

export const diagonalOperation: Operation<DiagonalAttributes> = {
  name: "diagonal",
  infer: ([x], { offset, axis1, axis2 }) => [{
    shape: diagonalShape(x!.shape, offset, axis1, axis2),
    dtype: x!.dtype,
  }],
  rows: ([axis], [x], { axis1, axis2 }) => [rowsWithout(axis!, normalizeAxes([axis1, axis2], x!.shape))],
  emit: (emitter, [x], attributes) => diagonalOf(emitter, x!, attributes),
};

// The rows and the columns become the last two axes, those outside the diagonal are cut off, and of the square matrices
// that are left the summation takes the diagonal. Sizes are found when the graph runs.
function diagonalOf(emitter: Emitter, x: Value, { offset, axis1, axis2 }: DiagonalAttributes): Value {
  const rank = x.shape.length;
  const places = normalizeAxes([axis1, axis2], x.shape);
  const others = x.shape.map((_, place) => place).filter((place) => !places.includes(place));
  const matrices = emitter.node("Transpose", [x], { attributes: { perm: ints([...others, ...places]) } });
  const last = emitter.integers([rank - 2, rank - 1]);
  const slice = (value: Value, starts: Value, ends: Value): Value => emitter.node("Slice", [value, starts, ends, last]);
  const sizesOf = (value: Value): Value =>
    emitter.node("Shape", [value], { dtype: "int64", attributes: { start: int(rank - 2) } });
  const starts = emitter.integers([Math.max(-offset, 0), Math.max(offset, 0)]);
  const cut = slice(matrices, starts, sizesOf(matrices));
  const shorter = emitter.node("ReduceMin", [sizesOf(cut), emitter.integers([0])], {
    attributes: { keepdims: int(1) },
  });
  const ends = emitter.node("Expand", [shorter, emitter.integers([2])]);
  const batch = "abcdefghijklmnopqrstuvwxyABCDEFGHIJKLMNOPQRSTUVWXYZ".slice(0, rank - 2);
  const square = slice(cut, emitter.integers([0, 0]), ends);
  return emitter.node("Einsum", [square], { attributes: { equation: text(`${batch}zz->${batch}z`) } });
}

/**
 * Takes a diagonal of the matrices that two axes make: `y_i = x_ii`. It is the last axis of the result.
 *
 * @throws {ShapeError} If an axis is out of range, or both are the same.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.diagonal([[1, 2, 3], [4, 5, 6]]).array(), [1, 5]);
 * assertEquals(ops.diagonal([[1, 2, 3], [4, 5, 6]], { offset: 1 }).array(), [2, 6]);
 * ```
 */
export const diagonal: Diagonal =
  ((x: TensorLike, options?: DiagonalOptions) =>
    apply(diagonalOperation, [toTensor(x)], attributesOf("diagonal", options))) as Diagonal;

export const traceOperation: Operation<DiagonalAttributes> = {
  name: "trace",
  infer: ([x], { offset, axis1, axis2 }) => [{
    shape: diagonalShape(x!.shape, offset, axis1, axis2).slice(0, -1),
    dtype: summed(x!.dtype),
  }],
  rows: ([axis], [x], { axis1, axis2 }) => [rowsWithout(axis!, normalizeAxes([axis1, axis2], x!.shape))],
  emit(emitter, [x], attributes) {
    const input = emitter.cast(x!, summed(x!.dtype));
    return reduceNode(emitter, "ReduceSum", diagonalOf(emitter, input, attributes), [x!.shape.length - 2]);
  },
};

/**
 * Sums a diagonal of the matrices that two axes make: `x_11 + x_22 + ...`. `bool` and `uint8` give `int32`.
 *
 * @throws {ShapeError} If an axis is out of range, or both are the same.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.trace([[1, 2], [3, 4]]).item(), 5);
 * ```
 */
export const trace: Trace =
  ((x: TensorLike, options?: DiagonalOptions) =>
    apply(traceOperation, [toTensor(x)], attributesOf("trace", options))) as Trace;

/** The options of {@linkcode diag}. */
export interface DiagOptions {
  /** Which diagonal: 0 is the main one, positive ones are above it. Default: 0. */
  readonly k?: number | undefined;
}

const diagRank = "Cannot make or take a diagonal of shape ";

/** @internal */
type DiagShape<S extends Shape, O> = number extends S["length"] ? Shape
  : OptionOf<O, "k", 0> extends infer K extends number
    ? S extends readonly [infer D extends Dim] ? readonly [Widened<D, K>, Widened<D, K>]
    : S["length"] extends 2 ? diagonalShape<S, K>
    : Mismatch<`${typeof diagRank}${ShowShape<S>}: expected 1 axis or 2`>
  : Shape;
type Widened<D extends Dim, K extends number> = `${K}` extends `-${infer Down extends number}` ? addDims<D, Down>
  : addDims<D, K>;

function diagShape(shape: Shape, k: number): Shape {
  if (shape.length === 2) return diagonalShape(shape, k);
  if (shape.length !== 1) throw new ShapeError(`${diagRank}${showShape(shape)}: expected 1 axis or 2`);
  const dim = addDims(shape[0]!, Math.abs(k));
  return [dim, dim];
}

export const diagOperation: Operation<{ readonly k: number }> = {
  name: "diag",
  infer: ([x], { k }) => [{ shape: diagShape(x!.shape, k), dtype: x!.dtype }],
  emit(emitter, [x], { k }) {
    if (x!.shape.length === 2) return diagonalOf(emitter, x!, { offset: k, axis1: 0, axis2: 1 });
    const size = emitter.node("Squeeze", [emitter.node("Shape", [x!], { dtype: "int64" })]);
    const places = emitter.node("Range", [emitter.scalar(0, "int64"), size, emitter.scalar(1, "int64")]);
    const column = (value: Value): Value => emitter.node("Unsqueeze", [value, emitter.integers([1])]);
    const onDiagonal = emitter.node("Equal", [column(places), places], { dtype: "bool" });
    const zero = emitter.scalar(0, x!.dtype);
    const square = emitter.node("Where", [onDiagonal, column(x!), zero]);
    const [above, below] = [Math.max(k, 0), Math.max(-k, 0)];
    return k === 0 ? square : emitter.node("Pad", [square, emitter.integers([below, above, above, below]), zero]);
  },
};

/**
 * Makes a matrix with a vector on a diagonal and 0 elsewhere; or takes a diagonal of a matrix.
 *
 * @throws {ShapeError} If there are other than 1 or 2 axes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.diag([1, 2]).array(), [[1, 0], [0, 2]]);
 * assertEquals(ops.diag([[1, 2], [3, 4]], { k: 1 }).array(), [2]);
 * ```
 */
export function diag<const X extends TensorLike, const O extends DiagOptions = NoOptions>(
  x: X & Check<DiagShape<ShapeOf<X>, O>>,
  options?: O,
): Like<X, DiagShape<ShapeOf<X>, O>, StrongDTypeOf<X>> {
  checkOpOptions("diag", options, ["k"]);
  return apply(diagOperation, [toTensor(x)], { k: options?.k ?? 0 }) as never;
}
