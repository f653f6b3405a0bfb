/**
 * The types of traced and compiled functions.
 *
 * @module
 */
import type { Graph } from "../graph/graph.ts";
import type { CallOptions } from "../layers/base/context.ts";
import type { bound } from "../layers/base/inputs.ts";
import type { CheckOf, Leaves, ResultOf, ShapesOf, Signature } from "../layers/base/signature.ts";
import type { ShapesOfStructure, SymbolicStructure } from "../models/signature.ts";
import type { fill } from "../shape/bind.ts";
import type { Shape } from "../shape/dim.ts";
import type { Mismatch } from "../shape/error.ts";
import type { AnyTypedArray, Values } from "../tensor/convert.ts";
import type { DType } from "../tensor/dtype.ts";
import type { EagerTensor } from "../tensor/eager.ts";
import type { AsShape, Check } from "../tensor/like.ts";
import type { SymbolicTensor } from "../tensor/symbolic.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Variable } from "../tensor/variable.ts";

/** A structure of tensors with symbolic ones in their place; what is no tensor stays. */
export type Symbols<T> = T extends SymbolicTensor ? T
  : T extends Tensor<infer S extends Shape, infer D extends DType> ? SymbolicTensor<S, D>
  : T extends readonly unknown[] ? { readonly [K in keyof T]: Symbols<T[K]> }
  : T extends { readonly [key: string]: unknown } ? { readonly [K in keyof T]: Symbols<T[K]> }
  : T;

/** A function that is no layer. */
export type Plain<T> = T & { readonly signature?: never };

/** A layer, as far as its types go. */
export interface WithSignature<F extends Signature> {
  /** The signature, for the compiler alone. */
  readonly signature: F;
}

/**
 * A target of tracing: a function, or a layer, which may be a model that knows its inputs.
 *
 * @typeParam In What it is called with.
 * @typeParam Out What a function gives.
 * @typeParam F The signature of a layer; `never` for functions.
 * @typeParam Own The inputs that a model brings along.
 */
export type Traceable<In extends readonly unknown[], Out, F extends Signature, Own> =
  | Plain<(...inputs: Symbols<In>) => Out>
  | WithSignature<F> & { readonly inputs?: Own };

/** The arguments for a trace of a function or a layer: each argument, or the sentence if it does not fit. */
export type TracedWith<In extends readonly unknown[], F extends Signature, Own> = [F] extends [never] ? In
  : In extends readonly [] ? [Own] extends [SymbolicStructure] ? In : readonly [inputs: SymbolicStructure]
  : { readonly [K in keyof In]: K extends "0" ? In[K] & CheckOf<F, In[K]> : In[K] & CallOptions };

/** The graph of a function or of a layer. */
export type TracedGraph<In extends readonly unknown[], Out, F extends Signature, Own> = [F] extends [never]
  ? Graph<Symbols<In>, Symbols<Out>>
  : In extends readonly [] ? Graph<readonly [Own], ResultOf<F, Own>>
  : Graph<Symbols<In>, ResultOf<F, Symbols<In[0]>>>;

/** A tensor or values, as far as the type tells. */
export type ValueLike = Tensor | Values;

/** An argument of a compiled function: values, or an array or a record of them. */
export type ValueInput = ValueLike | readonly ValueLike[] | { readonly [key: string]: ValueLike | null };

/** When a result is there: at once, or when a promise is fulfilled. */
export type When = "now" | "later";

/** A result that is there at once, or a promise of it. */
export type Result<W extends When, T> = W extends "later" ? Promise<T> : T;

/** A compiled layer: it is called as the layer is. */
export type CompiledLayer<F extends Signature, W extends When = "now"> = <const X extends ValueInput>(
  inputs: X & CheckOf<F, X>,
  options?: CallOptions,
) => Result<W, ResultOf<F, X, RunOn<Leaves<X>>>>;

/**
 * The kinds of tensors from which a run computes: they have values, unless all are symbolic, as in a trace.
 *
 * @internal
 */
type RunOn<L> = EagerTensor extends L ? EagerTensor : [L] extends [SymbolicTensor] ? L : EagerTensor;

/** A compiled graph: it is called as what was traced. What is no tensor may be left out, or must be as it was. */
export type CompiledGraph<In extends readonly unknown[], Out, W extends When = "now"> = number extends In["length"]
  ? (...inputs: readonly unknown[]) => Result<W, Evaluated<Out>>
  : In extends readonly [infer One extends SymbolicStructure] ? <const X extends ValueInput>(
      input: X & Check<Fit<One, GivenShapes<X>>>,
    ) => Result<W, Evaluated<Out, Fit<One, GivenShapes<X>>>>
  : In extends readonly SymbolicTensor[] ? <const X extends readonly ValueLike[]>(
      ...inputs: { readonly [K in keyof X]: X[K] & At<K, Fit<In, ShapesOfEach<X>>> }
    ) => Result<W, Evaluated<Out, Fit<In, ShapesOfEach<X>>>>
  : (...inputs: AcceptedArguments<In>) => Result<W, Evaluated<Out>>;

/** A layer or a function, compiled with given inputs. */
export type Compiled<In extends readonly unknown[], Out, F extends Signature, W extends When = "now"> = [F] extends
  [never] ? CompiledGraph<Symbols<In>, Symbols<Out>, W> : CompiledLayer<F, W>;

/**
 * The dims that the names in a graph's inputs meet, or the sentence if shapes do not fit.
 *
 * @internal
 */
type Fit<In, Shapes> = bound<"graph", "shape", ShapesOfStructure<In>, Shapes>;

/** @internal */
type GivenShapes<X> = ShapesOf<X>;

/** @internal */
type ShapesOfEach<X> = { readonly [K in keyof X]: ShapesOf<X[K]> };

/**
 * The sentence at the argument that it is about; at each where it is about their number.
 *
 * @internal
 */
type At<K, Found> = Found extends Mismatch<infer Sentence>
  ? Sentence extends `Input ${infer Index} of ${string}` ? K extends Index ? NoInfer<Found> : unknown : NoInfer<Found>
  : unknown;

/**
 * A structure of symbolic tensors with tensors that have values in their place. Names become what they met; without
 * `Env`, what is open is not known.
 */
export type Evaluated<T, Env = undefined> = T extends Tensor<infer S extends Shape, infer D extends DType>
  ? EagerTensor<EvaluatedShape<S, Env>, D>
  : T extends readonly unknown[] ? { readonly [K in keyof T]: Evaluated<T[K], Env> }
  : T extends { readonly [key: string]: unknown } ? { readonly [K in keyof T]: Evaluated<T[K], Env> }
  : T;

/** @internal */
type EvaluatedShape<S extends Shape, Env> = Env extends Mismatch<string> ? Shape
  : Env extends undefined
    ? number extends S["length"] ? S : { readonly [K in keyof S]: S[K] extends number ? S[K] : number }
  : AsShape<fill<S, Env>>;

/** A function compiled for each signature that it is called with: tensors in, tensors with values out. */
export type CompiledFunction<F extends (...inputs: never) => unknown, W extends When = "now"> = (
  ...inputs: Accepted<Parameters<F>>
) => Result<W, Evaluated<ReturnType<F>>>;

/** The values accepted in place of tensors; arrays of numbers inside records are no tensors. */
export type Accepted<T, V = ValueLike> = {
  readonly [K in keyof T]: T[K] extends Tensor ? T[K] | V
    : T[K] extends object ? T[K] extends (...args: never) => unknown ? T[K]
      : Accepted<T[K], T[K] extends readonly unknown[] ? V : EagerTensor | Variable | AnyTypedArray>
    : T[K];
};

/**
 * The values accepted as arguments of a graph; those at the end that are no tensors may be left out.
 *
 * @internal
 */
type AcceptedArguments<In extends readonly unknown[]> = In extends readonly [...infer First, infer Last]
  ? true extends HoldsTensor<Last> ? AcceptedValues<In> : readonly [...AcceptedArguments<First>, fixed?: Last]
  : readonly [];

type HoldsTensor<T> = T extends Tensor ? true
  : T extends readonly unknown[] ? HoldsTensor<T[number]>
  : T extends { readonly [key: string]: unknown } ? HoldsTensor<T[keyof T]>
  : false;

/** Values in the structure of symbolic tensors. */
type AcceptedValues<T> = {
  readonly [K in keyof T]: T[K] extends Tensor ? ValueLike : T[K] extends object ? AcceptedValues<T[K]>
  : T[K];
};
