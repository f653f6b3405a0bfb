/**
 * The compile-time signatures of layers: what shapes they take, what they give, and the sentence where that does not fit.
 *
 * @module
 */
import type { rankSentence } from "../../shape/bind.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import type { Mismatch } from "../../shape/error.ts";
import type { Values } from "../../tensor/convert.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Check, Like, ShapeOf, StrongDTypeOf, TensorLike } from "../../tensor/like.ts";
import type { FloatDType } from "../../tensor/promote.ts";
import type { AnyCallOptions } from "./context.ts";
import type { inputMismatch, InputSpecOptions } from "./input_spec.ts";
import type { bound, filled, NotOne, Unknown } from "./inputs.ts";
import type { incompatible } from "./sentences.ts";

/** The inputs of a call: one tensor, or an array or a record of them. */
export type LayerInput = TensorLike | readonly TensorLike[] | { readonly [key: string]: TensorLike | null };

/**
 * A function on shapes that types compute. `input` and `dtypes` are filled in with the shapes and dtypes of a call, in
 * the structure of its input; `check` is then a {@linkcode Mismatch} or `unknown`, `output` the resulting shapes, and
 * `dtype` the resulting dtype.
 */
export interface Signature {
  /** The shapes of a call's input. */
  readonly input: unknown;
  /** The dtypes of a call's input. */
  readonly dtypes: unknown;
  /** A mismatch, or `unknown` where the input fits or that is not known. */
  readonly check: unknown;
  /** The shape of the result, or an array or a record of shapes. */
  readonly output: unknown;
  /** The dtype of the result. */
  readonly dtype: DType;
}

/**
 * The check of an input's type, where input 0 of shape `S` and dtype `D` meets `Spec`.
 *
 * @internal
 */
export type CheckInput<Name extends string, Spec extends InputSpecOptions, S, D> = unknown extends S ? unknown
  : S extends Shape
    ? inputMismatch<Spec, S, D & DType> extends infer Reason
      ? [Reason] extends [never] ? unknown : Mismatch<incompatible<Name, 0, Reason & string>>
    : unknown
  : NotOne<Name, S>;

/**
 * The check of an input's type, where input 0 has shape `S` and any one tensor is taken.
 *
 * @internal
 */
export type CheckOne<Name extends string, S> = S extends Shape ? unknown : unknown extends S ? unknown
: NotOne<Name, S>;

/**
 * The check of an input's type, where input 0 has shape `S` and a tensor of rank `N` is taken: as {@linkcode
 * CheckInput} says it of a spec with this rank alone, for a third of the price.
 *
 * @internal
 */
export type CheckRank<Name extends string, N extends number, S> = S extends Shape ? S["length"] extends N ? unknown
  : number extends S["length"] ? unknown
  : Mismatch<incompatible<Name, 0, rankSentence<"ndim", N, S>>>
  : unknown extends S ? unknown
  : NotOne<Name, S>;

/**
 * A layer that maps one pattern of shapes to another: numbers are required sizes, names bind to what they meet, `"..."`
 * stands for any dims. `In` may be an array or a record of patterns, for several inputs.
 *
 * @example
 * ```ts
 * import { Layer, type Maps, ops, type Tensor } from "@strata/nn";
 *
 * class Double extends Layer<Maps<"double", ["batch", 4], ["batch", 4]>> {
 *   override call(x: Tensor): Tensor {
 *     return ops.add(x, x);
 *   }
 * }
 * ```
 */
export interface Maps<Name extends string, In, Out, D extends DType = "float32"> extends Signature {
  /** The sentence where the shapes do not fit. */
  readonly check: bound<Name, "pattern", In, this["input"]> extends infer Result
    ? Result extends Mismatch<string> ? Result : unknown
    : unknown;
  /** The shapes of the result. */
  readonly output: bound<Name, "pattern", In, this["input"]> extends infer Result
    ? Result extends Mismatch<string> ? Unknown<Out> : filled<Out, Result>
    : Shape;
  /** The dtype of the result. */
  readonly dtype: D;
}

/** Any input. */
export type NoSpec = Record<never, never>;

/**
 * A layer that keeps the shape and takes what `Spec` describes.
 *
 * @typeParam Name The layer's name in messages.
 * @typeParam Spec What it takes.
 * @typeParam Out The dtype of its floats.
 */
export interface Keeps<Name extends string, Spec extends InputSpecOptions = NoSpec, Out extends DType = "float32">
  extends Signature {
  /** The sentence where the input does not fit. */
  readonly check: [keyof Spec] extends [never] ? CheckOne<Name, this["input"]>
    : CheckInput<Name, Spec, this["input"], this["dtypes"]>;
  /** The shape of the input. */
  readonly output: this["input"];
  /** Floats become `Out`, all else stays. */
  readonly dtype: CastFloats<this["dtypes"], Out>;
}

/**
 * The name that a layer was given, else `Default`; a layer's class, without arguments, has any name.
 *
 * @internal
 */
export type NameOr<Name extends string, Default extends string> = string extends Name ? Default : Name;

/**
 * Floats as `Out`; other dtypes as they are.
 *
 * @internal
 */
export type CastFloats<D, Out extends DType> = D extends FloatDType ? Out : D extends DType ? D : Out;

/** A layer of which the compiler knows nothing: it takes what it is given, and gives a tensor of unknown shape. */
export interface Anything extends Signature {
  /** Nothing is checked. */
  readonly check: unknown;
  /** The shape is not known. */
  readonly output: unknown;
}

/**
 * The result of a call, as a property of a type parameter `R extends Returned` whose default says what it is. The results of
 * two methods are then compared as properties of the constraint, not as what each works out for an input that is open.
 *
 * @internal
 */
export interface Returned<T = unknown> {
  /** The result. */
  readonly value: T;
}

/** @internal */
interface CallMethod<F extends Signature, Options> {
  call<const X extends LayerInput, R extends Returned = Returned<ResultOf<F, X>>>(
    inputs: X & CheckOf<F, X>,
    options?: AnyCallOptions & Options,
  ): R["value"];
}

/**
 * A call of a layer of signature `F`, which may be told `Options` beside what every layer may be told. It is the type of a
 * method, whose parameters are compared both ways: a layer that asks more of its input is given where any layer is taken.
 *
 * @internal
 */
export type CallOf<F extends Signature, Options> = CallMethod<F, Options>["call"];

/** The shapes of a layer's input, in its structure. */
export type ShapesOf<X> = X extends { readonly shape: infer S extends Shape } ? S
  : X extends readonly { readonly shape: Shape }[]
    ? { readonly [K in keyof X]: X[K] extends { readonly shape: infer S } ? S : never }
  : X extends TensorLike ? ShapeOf<X>
  : { readonly [K in keyof X]: X[K] extends null ? null : ShapeOf<X[K]> };

/** The dtypes of a layer's input, in its structure. */
export type DTypesOf<X> = X extends { readonly dtype: infer D extends DType } ? D
  : X extends readonly { readonly dtype: DType }[]
    ? { readonly [K in keyof X]: X[K] extends { readonly dtype: infer D } ? D : never }
  : X extends TensorLike ? StrongDTypeOf<X>
  : { readonly [K in keyof X]: StrongDTypeOf<X[K]> };

/** `F` with the shapes and dtypes of a call with `X`. */
export type Applied<F extends Signature, X> = F & { readonly input: ShapesOf<X>; readonly dtypes: DTypesOf<X> };

/**
 * The check of an input of type `X`: nothing more where it fits, else the mismatch.
 *
 * @internal
 */
export type CheckOf<F extends Signature, X> = Check<Applied<F, X>["check"]>;

/**
 * The tensors in a layer's input.
 *
 * @internal
 */
export type Leaves<X> = X extends { readonly shape: Shape } | Values ? X : X extends readonly (infer E)[] ? Leaves<E>
: X extends { readonly [key: string]: infer V } ? Leaves<V>
: X;

/**
 * The result of calling a layer of signature `F` with `X`, computed from tensors of the kinds of `L`.
 *
 * @internal
 */
// What is asked is `F["output"]`, not `F`: in the branch of a question about `F` the compiler may take `F` for
// `F & { output: Shape }`, whose `this["input"]` it cannot look up without end.
export type ResultOf<F extends Signature, X, L = Leaves<X>> = F["output"] extends Shape
  ? Like<L, Applied<F, X>["output"], Applied<F, X>["dtype"]>
  : Results<Applied<F, X>["output"], L, Applied<F, X>["dtype"]>;

type Results<O, L, D extends DType> = O extends readonly Dim[] ? Like<L, O, D>
  : unknown extends O ? Like<L, Shape, D>
  : { readonly [K in keyof O]: Like<L, O[K], D> };
