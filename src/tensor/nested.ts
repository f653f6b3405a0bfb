/**
 * Values as nested arrays: how shapes are read off them, and how they are made from flat ones.
 *
 * @module
 */
import type { Dim, Shape } from "../shape/dim.ts";
import { showShape } from "../shape/dim.ts";
import { ShapeError } from "../shape/error.ts";
import type { DType, TypedArrayOf } from "./dtype.ts";

/** One value as JavaScript has it. */
export type Scalar = number | bigint | boolean;

/** One value of dtype `D`: `bool` is a boolean, `int64` a bigint, all others a number. */
export type ScalarOf<D extends DType> = D extends "bool" ? boolean : D extends "int64" ? bigint : number;

/** Values of dtype `D` in arrays nested as deep as `S` has axes. */
export type Nested<S extends Shape, D extends DType> = number extends S["length"] ? NestedValues<ScalarOf<D>>
  : S extends readonly [Dim, ...infer Rest extends Shape] ? Nested<Rest, D>[]
  : ScalarOf<D>;

/** A value, or arrays of values nested to any depth. */
export type NestedValues<V> = V | readonly NestedValues<V>[];

/** Numbers, bigints or booleans in arrays nested to any depth. */
export type NestedArray = readonly NestedValues<Scalar>[];

/** @internal */
type Axis<Length extends number> = number extends Length ? number : Length;

/**
 * The shape of a nested array: literal where the array is a literal, `number` where a length is not known, and of unknown
 * rank where values and arrays may stand side by side.
 */
export type NestedShape<X> = X extends Scalar ? readonly []
  : X extends readonly [infer First, ...unknown[]] ? Prepend<Axis<X["length"]>, NestedShape<First>>
  : X extends readonly (infer Element)[] ? [Element] extends [Scalar] ? readonly [Axis<X["length"]>]
    : [Element] extends [readonly unknown[]] ? Prepend<Axis<X["length"]>, NestedShape<Element>>
    : Shape
  : Shape;

/** @internal */
type Prepend<Head extends number, Tail extends Shape> = number extends Tail["length"] ? Shape
  : readonly [Head, ...Tail];

/** The dtype that nested values take: numbers `float32`, bigints `int64`, booleans `bool`. */
export type NestedDType<X> = [X] extends [boolean] ? "bool"
  : [X] extends [bigint] ? "int64"
  : [X] extends [number] ? "float32"
  : X extends readonly (infer Element)[] ? [Element] extends [Scalar | readonly Scalar[]] ? NestedDType<Element>
    : [Element] extends [readonly unknown[]] ? NestedDType<Element>
    : DType
  : DType;

/** The JavaScript value of one element. */
function elementOf(data: TypedArrayOf<DType>, index: number, dtype: DType): Scalar {
  const value = data[index]!;
  return dtype === "bool" ? value !== 0 : value;
}

/** Arranges flat row-major values in arrays nested as `shape` says. */
export function nest(data: TypedArrayOf<DType>, shape: readonly number[], dtype: DType): NestedValues<Scalar> {
  let position = 0;
  const level = (axis: number): NestedValues<Scalar> =>
    axis === shape.length
      ? elementOf(data, position++, dtype)
      : Array.from({ length: shape[axis]! }, () => level(axis + 1));
  return level(0);
}

/** The one value of a tensor of size 1. */
export function scalarOf<D extends DType>(data: TypedArrayOf<D>, shape: Shape, dtype: D): ScalarOf<D> {
  if (data.length !== 1) {
    throw new RangeError(`Cannot read one item: expected a tensor of size 1, received shape ${showShape(shape)}`);
  }
  return elementOf(data, 0, dtype) as ScalarOf<D>;
}

/** Whether an array holds plain values, not tensors, all the way down: its first leaf decides. */
export function isNestedArray(value: unknown): value is NestedArray {
  if (!Array.isArray(value)) return false;
  let first: unknown = value;
  while (Array.isArray(first)) first = first[0];
  return first === undefined || typeof first === "number" || typeof first === "bigint" || typeof first === "boolean";
}

/**
 * Whether an array stands for values, be they wrong ones: it holds no objects, so that it is no list of tensors or records.
 */
export function isPlainArray(value: unknown): value is readonly unknown[] {
  const isPlain = (part: unknown): boolean =>
    Array.isArray(part) ? part.every(isPlain) : part === null || typeof part !== "object";
  return Array.isArray(value) && isPlain(value);
}

/**
 * Flattens a nested array in row-major order.
 *
 * @throws {ShapeError} If arrays on one level have different lengths, or values stand on different levels.
 */
export function flattenNested(values: NestedValues<Scalar>): { shape: number[]; flat: Scalar[] } {
  const shape: number[] = [];
  for (let level: NestedValues<Scalar> | undefined = values; Array.isArray(level); level = level[0]) {
    shape.push(level.length);
  }
  const flat: Scalar[] = [];
  const path: number[] = [];
  const visit = (value: NestedValues<Scalar>, axis: number): void => {
    if (Array.isArray(value)) {
      if (axis === shape.length) throw ragged(path, "a value", `an array of length ${value.length}`);
      if (value.length !== shape[axis]) {
        throw ragged(path, `an array of length ${shape[axis]}`, `one of length ${value.length}`);
      }
      for (let i = 0; i < value.length; i++) {
        path.push(i);
        visit(value[i]!, axis + 1);
        path.pop();
      }
    } else {
      if (axis !== shape.length) throw ragged(path, `an array of length ${shape[axis]}`, `a ${typeof value}`);
      flat.push(value as Scalar);
    }
  };
  visit(values, 0);
  return { shape, flat };
}

function ragged(path: readonly number[], expected: string, received: string): ShapeError {
  return new ShapeError(
    `Cannot make a tensor from a ragged array: expected ${expected} at [${path.join(", ")}], received ${received}`,
  );
}
