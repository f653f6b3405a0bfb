/**
 * The compile-time signatures of models.
 *
 * @module
 */
import type { bind, Bindings, fill } from "../shape/bind.ts";
import type { Shape } from "../shape/dim.ts";
import type { Mismatch } from "../shape/error.ts";
import type { DType } from "../tensor/dtype.ts";
import type { AsShape } from "../tensor/like.ts";
import type { SymbolicTensor } from "../tensor/symbolic.ts";
import type { inputMismatch } from "../layers/input_spec.ts";
import type { CountOf, incompatible, missing, Signature, wrongCount } from "../layers/signature.ts";

/** What a model's inputs and outputs are: a symbolic tensor, or an array or a record of them. */
export type SymbolicStructure = SymbolicTensor | readonly SymbolicTensor[] | { readonly [key: string]: SymbolicTensor };

/** The shapes of symbolic tensors, in their structure. */
export type ShapesOfStructure<T> = T extends { readonly shape: infer S extends Shape } ? S
  : { readonly [K in keyof T]: T[K] extends { readonly shape: infer S extends Shape } ? S : Shape };

/** The dtype of the outputs where it is one. */
export type DTypeOfStructure<T> = T extends { readonly dtype: infer D extends DType } ? D
  : T extends readonly { readonly dtype: infer D extends DType }[] ? D
  : T extends { readonly [key: string]: { readonly dtype: infer D extends DType } } ? D
  : DType;

/** From the shapes of a model's inputs to those of its outputs; names are bound when the model is called. */
export interface ModelSignature<In, Out, Name extends string, D extends DType = "float32"> extends Signature {
  /** The model's name in messages. */
  readonly name: Name;
  /** The sentence where an input does not fit. */
  readonly check: Bound<Name, In, this["input"]> extends infer Result
    ? Result extends Mismatch<string> ? Result : unknown
    : unknown;
  /** The shapes of the outputs. */
  readonly output: Bound<Name, In, this["input"]> extends infer Result
    ? Result extends Mismatch<string> ? Shape : Filled<Out, Result>
    : Shape;
  /** The dtype of the outputs. */
  readonly dtype: D;
}

type Bound<Name extends string, In, X> = In extends Shape ? BoundOne<Name, 0, In, X, Record<never, never>, 0>
  : In extends readonly unknown[] ? BoundCounted<Name, In, X>
  : BoundRecord<Name, In, X>;

type BoundCounted<Name extends string, In extends readonly unknown[], X> = X extends readonly unknown[]
  ? number extends X["length"] ? Record<never, never>
  : X["length"] extends In["length"] ? BoundList<Name, In, X, Record<never, never>, []>
  : Mismatch<wrongCount<Name, In["length"], X["length"]>>
  : unknown;

// The shape first, in Keras's words; then the names.
type BoundOne<Name extends string, Key extends number | string, Expected, S, Env, I extends number> = S extends Shape
  ? inputMismatch<{ readonly shape: AsShape<Expected> }, S, DType> extends infer Reason
    ? [Reason] extends [never] ? Located<Name, Key, bind<AsShape<Expected>, S, Env extends Bindings ? Env : never, I>>
    : Mismatch<incompatible<Name, Key, Reason & string>>
  : never
  : Mismatch<wrongCount<Name, 1, CountOf<S>>>;

type Located<Name extends string, Key extends number | string, Result> = Result extends Mismatch<infer Reason>
  ? Mismatch<incompatible<Name, Key, Reason>>
  : Result;

type BoundList<Name extends string, In, X, Env, Done extends readonly unknown[]> = Env extends Mismatch<string> ? Env
  : In extends readonly [infer Expected, ...infer Rest] ? X extends readonly [infer S, ...infer Others] ? BoundList<
        Name,
        Rest,
        Others,
        BoundOne<Name, Done["length"], Expected, S, Env, Done["length"]>,
        [...Done, unknown]
      >
    : Env
  : Env;

// Each key on its own: which of them comes first is not known to types.
type BoundRecord<Name extends string, In, X> = {
  readonly [K in keyof In]: K extends keyof X ? BoundOne<Name, K & string, In[K], X[K], Record<never, never>, 0>
    : Mismatch<missing<K & string, Name>>;
} extends infer Results
  ? Extract<Results[keyof Results], Mismatch<string>> extends infer Failed
    ? [Failed] extends [never] ? Intersection<Results[keyof Results]> : Failed
  : never
  : never;

type Intersection<U> = (U extends unknown ? (value: U) => void : never) extends (value: infer I) => void ? I : never;

type Filled<Out, Env> = Out extends Shape ? fill<Out, Env> : { readonly [K in keyof Out]: fill<AsShape<Out[K]>, Env> };
