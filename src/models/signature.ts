/**
 * The compile-time signatures of models.
 *
 * @module
 */
import type { Shape } from "../shape/dim.ts";
import type { Mismatch } from "../shape/error.ts";
import type { DType } from "../tensor/dtype.ts";
import type { SymbolicTensor } from "../tensor/symbolic.ts";
import type { bound, filled, Unknown } from "../layers/base/inputs.ts";
import type { Anything, NameOr, Signature } from "../layers/base/signature.ts";

/** The structure of a model's inputs and outputs: a symbolic tensor, or an array or a record of them. */
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
  /** The sentence where an input does not fit. */
  readonly check: bound<Name, "shape", In, this["input"]> extends infer Result
    ? Result extends Mismatch<string> ? Result : unknown
    : unknown;
  /** The shapes of the outputs. */
  readonly output: bound<Name, "shape", In, this["input"]> extends infer Result
    ? Result extends Mismatch<string> ? Unknown<Out> : filled<Out, Result>
    : Shape;
  /** The dtype of the outputs. */
  readonly dtype: D;
}

/** The signature of a model of inputs `In` and outputs `Out`; nothing is known where they may be any. */
export type SignatureOf<In, Out, Name extends string> = SymbolicStructure extends In ? Anything
  : ModelSignature<ShapesOfStructure<In>, ShapesOfStructure<Out>, NameOr<Name, "model">, DTypeOfStructure<Out>>;
