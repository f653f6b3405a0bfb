/**
 * The types of branches and loops.
 *
 * @module
 */
import type { Dim, Shape } from "../../shape/dim.ts";
import type { Like } from "../../tensor/like.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Tensor, TensorKind } from "../../tensor/tensor.ts";

/** The tensors in a structure. */
export type Tensors<T> = T extends Tensor ? T
  : T extends readonly unknown[] ? Tensors<T[number]>
  : T extends { readonly [key: string]: unknown } ? Tensors<T[keyof T]>
  : never;

/** The result of one of two branches: one type where the other is the same. */
export type Either<A, B> = [B] extends [A] ? A : [A] extends [B] ? B : A | B;

/** A structure as tensors of the kind that `K` makes. */
export type Chosen<K, T> = T extends Tensor<infer S, infer D> ? Like<Source<K, T>, S, D>
  : T extends number ? Like<K, readonly [], "int32" | "float32">
  : T extends readonly unknown[] ? { readonly [I in keyof T]: Chosen<K, T[I]> }
  : T extends { readonly [key: string]: unknown } ? { readonly [I in keyof T]: Chosen<K, T[I]> }
  : T extends boolean ? Like<K, readonly [], "bool">
  : T;

/** What tells the kind of a result: functions of loops are called with tensors of any kind.
 *
 * @internal
 */
type Source<K, T extends Tensor> = TensorKind extends T["kind"] ? K : K | T;

/** A structure as functions of loops are called with it: numbers are tensors. */
export type Carried<T> = T extends Tensor<infer S, infer D> ? Tensor<S, D>
  : T extends number ? Tensor<readonly []>
  : T extends boolean ? Tensor<readonly [], "bool">
  : T extends readonly unknown[] ? { readonly [I in keyof T]: Carried<T[I]> }
  : T extends { readonly [key: string]: unknown } ? { readonly [I in keyof T]: Carried<T[I]> }
  : T;

/** The parts of tensors along axis 0. */
export type Parts<T> = T extends Tensor<infer S, infer D> ? Tensor<Rest<S>, D>
  : T extends readonly unknown[] ? { readonly [I in keyof T]: Parts<T[I]> }
  : T extends { readonly [key: string]: unknown } ? { readonly [I in keyof T]: Parts<T[I]> }
  : T;

/** @internal */
type Rest<S extends Shape> = S extends readonly [Dim, ...infer R extends readonly Dim[]] ? R : Shape;

/** Results of steps, one after the other along a new axis 0 of size `N`. */
export type Stacked<K, T, N extends Dim> = T extends Tensor<infer S, infer D>
  ? Like<Source<K, T>, readonly [N, ...S], D>
  : T extends number ? Like<K, readonly [N], DType>
  : T extends readonly unknown[] ? { readonly [I in keyof T]: Stacked<K, T[I], N> }
  : T extends { readonly [key: string]: unknown } ? { readonly [I in keyof T]: Stacked<K, T[I], N> }
  : T;

/** The size of axis 0 of the tensors in a structure. */
export type Leading<T> = Tensors<T> extends Tensor<infer S>
  ? S extends readonly [infer N extends Dim, ...unknown[]] ? N : Dim
  : Dim;
