/**
 * The compile-time signatures of recurrent layers.
 *
 * @module
 */
import type { Dim, Shape } from "../../shape/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { CheckRank, Signature } from "../base/signature.ts";

/** The shape of the outputs of all steps, or of the last one; `O` is what is after the batch. */
export type Outputs<B extends Dim, T extends Dim, O extends readonly Dim[], Sequences extends boolean> =
  [Sequences] extends [true] ? readonly [B, T, ...O] : [Sequences] extends [false] ? readonly [B, ...O] : Shape;

/** The result of a recurrent layer: its outputs, and where `State` is set the states `H` after them. */
export type WithStates<Out extends Shape, B extends Dim, H extends readonly Dim[], State extends boolean> =
  [State] extends [true] ? readonly [Out, ...{ readonly [K in keyof H]: readonly [B, H[K]] }] : Out;

/**
 * From sequences `[batch, time, features]` to outputs of size `O`, and states of the sizes `H`.
 *
 * @typeParam Sequences Whether the outputs of all steps are given.
 * @typeParam State Whether the states are given.
 */
export interface RecurrentSignature<
  O extends Dim,
  H extends readonly Dim[],
  Sequences extends boolean,
  State extends boolean,
  Name extends string,
  D extends DType,
> extends Signature {
  /** The rank of the input. */
  readonly ndim: 3;
  /** The sentence where the input is no batch of sequences. */
  readonly check: CheckRank<Name, 3, this["input"]>;
  /** The shape of the outputs; with states, an array of shapes. */
  readonly output: this["input"] extends readonly [infer B extends Dim, infer T extends Dim, Dim]
    ? WithStates<Outputs<B, T, readonly [O], Sequences>, B, H, State>
    : [State] extends [true] ? readonly [Shape, ...{ readonly [K in keyof H]: Shape }]
    : Shape;
  /** The layer's dtype. */
  readonly dtype: D;
}
