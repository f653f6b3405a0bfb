/**
 * The values accepted in place of tensors, and the kinds of results.
 *
 * @module
 */
import type { Shape } from "../shape/dim.ts";
import type { Mismatch } from "../shape/error.ts";
import { convertValues, type Values } from "./convert.ts";
import type { DTypeOfValues, ShapeOfValues } from "./creation.ts";
import type { DType } from "./dtype.ts";
import { EagerTensor } from "./eager.ts";
import type { WeakDType } from "./promote.ts";
import type { SymbolicTensor } from "./symbolic.ts";
import { currentReading } from "./scope.ts";
import { Tensor } from "./tensor.ts";

/** An argument of ops: a tensor of any kind, or values from which one is made. */
export type TensorLike = Tensor | Values;

/** The shape of what is accepted where a tensor is. */
export type ShapeOf<X> = X extends { readonly shape: infer S extends Shape } ? S : ShapeOfValues<X>;

/** The dtype of what is accepted where a tensor is; plain numbers are weak. */
export type DTypeOf<X> = X extends { readonly dtype: infer D extends DType } ? D
  : X extends number ? WeakOf<X>
  : DTypeOfValues<X>;

/** @internal */
type WeakOf<X extends number> = number extends X ? "weak"
  : `${X}` extends `${string}.${string}` | `${string}e-${string}` ? "weak_float"
  : "weak_int";

/** The dtype of what is accepted where a tensor is, plain numbers being `float32`. */
export type StrongDTypeOf<X> = DTypeOf<X> extends infer D ? D extends WeakDType ? "float32" : D & DType : never;

/**
 * The kind of result for `X`: the kinds of a union add up.
 *
 * @internal
 */
type KindOf<X> = X extends { readonly kind: infer K } ? "symbolic" extends K ? ("eager" extends K ? "any" : "symbolic")
  : "eager"
  : "eager";

/**
 * The result of an operation on `X` (a union of all operands): symbolic if one of them is, eager if all have values, a
 * plain {@linkcode Tensor} where that is not known. A shape that is a mismatch leaves an unknown one.
 */
export type Like<X, S, D extends DType> = "symbolic" extends KindOf<X> ? SymbolicTensor<AsShape<S>, D>
  : "any" extends KindOf<X> ? Tensor<AsShape<S>, D>
  : EagerTensor<AsShape<S>, D>;

/** `S` where it is a shape; an unknown one where it is a mismatch. */
export type AsShape<S> = [S] extends [never] ? Shape : S extends Shape ? S : Shape;

/**
 * The check of an argument besides its own type: nothing more if the shapes fit, else the mismatch. While a shape is a
 * type parameter the result is not known, and the argument is accepted: the spread keeps the question open until then.
 */
export type Check<R> = NoInfer<readonly [...Listed<R>] extends readonly [Mismatch<string>] ? R : unknown>;

/**
 * Anything but a list, in a list: spread, it keeps a question open until `R` is known.
 *
 * @internal
 */
export type Listed<R> = R extends readonly unknown[] ? readonly [] : readonly [R];

/** Makes a tensor of what is accepted where one is; tensors come back as they are, and variables as they are read here. */
export function toTensor(value: TensorLike): Tensor {
  if (value instanceof Tensor) return value.kind === "variable" ? currentReading()?.(value) ?? value : value;
  if (typeof value === "number") return scalarTensor(value, "float32");
  const { shape, dtype, data } = convertValues(value);
  return new EagerTensor(shape, dtype, data);
}

const scalars = new Map<string, EagerTensor>();
const SCALARS_KEPT = 1024;

/** The tensor of one number; the same number and dtype give the same tensor while it is remembered. */
export function scalarTensor(value: number, dtype: DType): EagerTensor {
  const key = `${dtype}:${Object.is(value, -0) ? "-0" : value}`;
  let tensor = scalars.get(key);
  if (tensor === undefined) {
    const { shape, data } = convertValues(value, { dtype });
    tensor = new EagerTensor(shape, dtype, data);
    if (scalars.size >= SCALARS_KEPT) scalars.clear();
    scalars.set(key, tensor);
  }
  return tensor;
}

/** Forgets the remembered scalars. */
export function clearScalars(): void {
  scalars.clear();
}
