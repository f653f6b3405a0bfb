/**
 * The values of a tensor, each once.
 *
 * @module
 */
import { normalizeAxis } from "../../shape/axis.ts";
import { InputRangeError } from "../../shape/error.ts";
import { castValues } from "../../tensor/convert.ts";
import type { DType, TypedArrayOf } from "../../tensor/dtype.ts";
import { EagerTensor } from "../../tensor/eager.ts";
import { type ShapeOf, type StrongDTypeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import { checkOpOptions } from "../arguments.ts";
import type { NoOptions } from "../options.ts";
import { valuesFor } from "../values.ts";

/** The options of {@linkcode unique}. */
export interface UniqueOptions {
  /** Whether to give the first place of each value too. Default: `false`. */
  readonly returnIndex?: boolean | undefined;
  /** Whether to give, for each element, the place of its value among the unique ones too. Default: `false`. */
  readonly returnInverse?: boolean | undefined;
  /** Whether to give the number of occurrences of each value too. Default: `false`. */
  readonly returnCounts?: boolean | undefined;
  /** The axis whose parts are compared. Default: all elements are, as if there were one axis. */
  readonly axis?: number | undefined;
  /** The number of values in the result: more are cut off, and fewer are filled up. Default: as many as there are. */
  readonly size?: number | undefined;
  /** The value that fills the result up to `size`. Default: the least value. */
  readonly fillValue?: number | undefined;
}

/** @internal */
type Values<S, D extends DType, O> = EagerTensor<
  O extends { readonly axis: number }
    ? S extends readonly unknown[]
      ? number extends S["length"] ? readonly number[] : { readonly [I in keyof S]: number }
    : never
    : readonly [O extends { readonly size: infer N extends number } ? N : number],
  D
>;

/** @internal */
type Extra<O, Name extends string> = O extends { readonly [N in Name]: true }
  ? [EagerTensor<readonly number[], "int32">]
  : [];

/** @internal */
type Unique<X extends TensorLike, O> = [
  ...Extra<O, "returnIndex">,
  ...Extra<O, "returnInverse">,
  ...Extra<O, "returnCounts">,
] extends infer E extends readonly unknown[]
  ? E["length"] extends 0 ? Values<ShapeOf<X>, StrongDTypeOf<X>, O> : [Values<ShapeOf<X>, StrongDTypeOf<X>, O>, ...E]
  : never;

/**
 * The values of a tensor in rising order, each once; every NaN counts as a value of its own. It needs values, since they
 * say how many there are.
 *
 * @param x Values of any shape.
 * @param options What else to give, and the axis whose parts are compared.
 * @returns The values. Where more is asked for, an array: the values, then the first places, the inverse and the counts,
 * all `int32`. The inverse has the shape of `x`, or the length of the axis.
 * @throws {RangeError} If the axis does not exist, or `size` is not an integer of at least 0.
 * @throws {TypeError} If `x` has no values yet.
 * @see https://keras.io/api/ops/numpy/
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.unique([3, 1, 3]).array(), [1, 3]);
 * const [values, counts] = ops.unique([3, 1, 3], { returnCounts: true });
 * assertEquals([values.array(), counts.array()], [[1, 3], [1, 2]]);
 * ```
 */
export function unique<const X extends TensorLike, const O extends UniqueOptions = NoOptions>(
  x: X,
  options?: O,
): Unique<X, O> {
  checkOpOptions("unique", options, ["axis", "fillValue", "returnCounts", "returnIndex", "returnInverse", "size"]);
  const { axis, size, fillValue, returnIndex, returnInverse, returnCounts } = (options ?? {}) as UniqueOptions;
  if (size !== undefined && (!Number.isSafeInteger(size) || size < 0)) {
    throw new InputRangeError(`Cannot apply unique: expected size to be an integer of at least 0, received ${size}`);
  }
  const tensor = toTensor(x);
  const values = Array.from(valuesFor(tensor, "unique") as ArrayLike<number | bigint>);
  const shape = tensor.shape as readonly number[];
  const along = axis === undefined ? undefined : normalizeAxis(axis, shape);
  const parts = along === undefined ? values.map((value) => [value]) : partsAlong(values, shape, along);
  const order = parts.map((_, index) => index).sort((a, b) => compare(parts[a]!, parts[b]!) || a - b);
  const groups: number[][] = [];
  for (const index of order) {
    const last = groups.at(-1);
    if (last !== undefined && isSame(parts[last[0]!]!, parts[index]!)) last.push(index);
    else groups.push([index]);
  }
  const inverse = new Array<number>(parts.length).fill(0);
  groups.forEach((group, place) => group.forEach((index) => inverse[index] = place));
  const kept = Array.from({ length: size ?? groups.length }, (_, place) => groups[place]);
  const least = groups[0] === undefined ? [] : parts[groups[0][0]!]!;
  const fill = fillValue === undefined ? least : least.map(() => fillValue);
  const found = kept.map((group) => group === undefined ? fill : parts[group[0]!]!);
  const integers = (numbers: readonly number[], dims: readonly number[] = [numbers.length]): EagerTensor =>
    new EagerTensor(dims, "int32", Int32Array.from(numbers));
  const extra = [
    ...(returnIndex === true ? [integers(kept.map((group) => (group ?? groups[0])?.[0] ?? 0))] : []),
    ...(returnInverse === true ? [integers(inverse, along === undefined ? shape : [parts.length])] : []),
    ...(returnCounts === true ? [integers(kept.map((group) => group?.length ?? 0))] : []),
  ];
  const result = joined(found, tensor.dtype, shape, along);
  return (extra.length === 0 ? result : [result, ...extra]) as never;
}

/** The parts along an axis, each as its values in row-major order. */
function partsAlong<T>(values: readonly T[], shape: readonly number[], axis: number): readonly (readonly T[])[] {
  const inner = shape.slice(axis + 1).reduce((size, dim) => size * dim, 1);
  const parts = Array.from({ length: shape[axis]! }, (): T[] => []);
  values.forEach((value, place) => parts[Math.floor(place / inner) % shape[axis]!]!.push(value));
  return parts;
}

/** Parts side by side along an axis. */
function joined(
  parts: readonly (readonly (number | bigint)[])[],
  dtype: DType,
  shape: readonly number[],
  axis: number | undefined,
): EagerTensor {
  const dims = axis === undefined ? [parts.length] : shape.map((dim, place) => place === axis ? parts.length : dim);
  const inner = axis === undefined ? 1 : shape.slice(axis + 1).reduce((size, dim) => size * dim, 1);
  const size = dims.reduce((product, dim) => product * dim, 1);
  const count = Math.max(parts.length, 1);
  const values = Array.from({ length: size }, (_, place) => {
    const [outer, rest] = [Math.floor(place / (inner * count)), place % inner];
    return parts[Math.floor(place / inner) % count]![outer * inner + rest]!;
  });
  return new EagerTensor(dims, dtype, castValues(values, dtype) as TypedArrayOf<DType>);
}

/** The order of two parts, by their first values that differ; NaN is last. */
function compare(a: readonly (number | bigint)[], b: readonly (number | bigint)[]): number {
  for (const [place, value] of a.entries()) {
    const other = b[place]!;
    if (value < other) return -1;
    if (value > other) return 1;
    const [noNumber, noOther] = [Number.isNaN(value), Number.isNaN(other)];
    if (noNumber !== noOther) return noNumber ? 1 : -1;
  }
  return 0;
}

function isSame(a: readonly (number | bigint)[], b: readonly (number | bigint)[]): boolean {
  return a.every((value, place) => value === b[place]);
}
