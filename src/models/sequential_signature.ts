/**
 * The compile-time signature of layers one after the other.
 *
 * @module
 */
import type { inputMismatch } from "../layers/base/input_spec.ts";
import type { AnyLayer } from "../layers/base/layer.ts";
import type { incompatible } from "../layers/base/sentences.ts";
import type { NameOr, Signature } from "../layers/base/signature.ts";
import type { Shape } from "../shape/dim.ts";
import type { Mismatch } from "../shape/error.ts";
import type { DType } from "../tensor/dtype.ts";
import type { AsShape, Listed } from "../tensor/like.ts";
import type { SymbolicTensor } from "../tensor/symbolic.ts";

/** The options of a {@linkcode Sequential}, after its layers. */
export interface SequentialOptions<Name extends string = string> {
  /** The name. Default: `"sequential"`, numbered. */
  readonly name?: Name;
  /** Whether training may change the weights. Default: `true`. */
  readonly trainable?: boolean;
}

/**
 * The arguments of {@linkcode Sequential}: a symbolic input, which may be left out, layers, and options at the end. The
 * input and the layers may also be in one array.
 */
export type SequentialParts = readonly (
  | SymbolicTensor
  | AnyLayer
  | SequentialOptions
  | readonly (SymbolicTensor | AnyLayer)[]
)[];

/**
 * The parts, one by one.
 *
 * @internal
 */
export type OneByOne<Parts> = Parts extends readonly [infer Layers extends readonly unknown[], ...infer Options]
  ? readonly [...Layers, ...Options]
  : Parts;

/** A signature applied to one shape. */
type Applied<L, S, D> = L extends { readonly signature: infer F extends Signature }
  ? F & { readonly input: S; readonly dtypes: D }
  : never;

/** Whether a list is a plain array, of which the length is not known. */
type IsUnknownLength<Layers> = Layers extends readonly unknown[] ? number extends Layers["length"] ? true : false
  : false;

/**
 * The shape and the dtype that come out of a chain of layers; unknown after what does not fit.
 *
 * @internal
 */
type ChainOut<Layers, S extends Shape, D extends DType> = IsUnknownLength<Layers> extends true ? readonly [Shape, DType]
  : Layers extends readonly [infer First, ...infer Rest]
    ? ChainOut<Rest, AsShape<Applied<First, S, D>["output"]>, Applied<First, S, D>["dtype"]>
  : readonly [S, D];

/**
 * The first sentence in a chain of layers, or `unknown`.
 *
 * @internal
 */
type ChainCheck<Layers, S extends Shape, D extends DType> = Layers extends readonly [infer First, ...infer Rest]
  ? Applied<First, S, D>["check"] extends infer C ? C extends Mismatch<string> ? C
    : ChainCheck<Rest, AsShape<Applied<First, S, D>["output"]>, Applied<First, S, D>["dtype"]>
  : unknown
  : unknown;

/**
 * The parts, of which the first layer that does not fit must be a sentence besides. Each has a place of its own in the
 * list, so that the compiler can say which it is.
 */
export type CheckedParts<Parts extends SequentialParts> = {
  readonly [K in keyof Parts]:
    & Parts[K]
    & (Parts[K] extends readonly unknown[] ? Checked<Parts[K]> : FaultAt<FaultIn<Parts>, K>);
};

/** The parts of a list inside. */
type Checked<Layers extends readonly unknown[]> = {
  readonly [K in keyof Layers]: Layers[K] & FaultAt<FaultIn<Layers>, K>;
};

/** @internal */
type FaultAt<Faults, K> = readonly [...Listed<Faults>] extends readonly [{ readonly [place: string]: Mismatch<string> }]
  ? K extends keyof Faults ? Faults[K] : unknown
  : unknown;

/** @internal */
type FaultIn<Parts> = Parts extends readonly [SymbolicTensor<infer S, infer D>, ...infer Rest]
  ? Fault<Rest, S, D, readonly [unknown]>
  : unknown;

/**
 * The first sentence in a chain of layers, at its place after those `Before`; or `unknown`.
 *
 * @internal
 */
type Fault<Layers, S extends Shape, D extends DType, Before extends readonly unknown[]> = Layers extends
  readonly [infer First extends { readonly signature: unknown }, ...infer Rest]
  ? Applied<First, S, D> extends infer A extends Signature
    ? A["check"] extends Mismatch<string> ? { readonly [K in `${Before["length"]}`]: A["check"] }
    : Fault<Rest, AsShape<A["output"]>, A["dtype"], readonly [...Before, unknown]>
  : unknown
  : unknown;

/**
 * One layer after the other; an input in front says what is expected before the first call.
 *
 * The questions about the shape of the input keep the chain closed until that is known: it would else be instantiated
 * once for each layer inside the one before, and the compiler goes no deeper than 100 of them.
 */
export interface SequentialSignature<Parts, Name extends string> extends Signature {
  /** The sentence of the input, or of the first layer that does not fit. */
  readonly check: AsShape<this["input"]> extends infer X extends Shape
    ? Parts extends readonly [SymbolicTensor<infer S, DType>, ...unknown[]]
      ? inputMismatch<{ readonly shape: S }, X, DType> extends infer Reason
        ? [Reason] extends [never] ? ChainCheck<LayersOf<Parts>, X, this["dtypes"] & DType>
        : Mismatch<incompatible<Name, 0, Reason & string>>
      : unknown
    : ChainCheck<LayersOf<Parts>, X, this["dtypes"] & DType>
    : unknown;
  /** The shape that comes out of the last layer. */
  readonly output: AsShape<this["input"]> extends infer X extends Shape
    ? ChainOut<LayersOf<Parts>, X, this["dtypes"] & DType>[0]
    : Shape;
  /** The dtype that comes out of the last layer. */
  readonly dtype: AsShape<this["input"]> extends infer X extends Shape
    ? ChainOut<LayersOf<Parts>, X, this["dtypes"] & DType>[1]
    : DType;
}

/**
 * The layers, without an input in front and options at the end.
 *
 * @internal
 */
type LayersOf<Parts> = Parts extends readonly [SymbolicTensor, ...infer Rest] ? WithoutOptions<Rest>
  : WithoutOptions<Parts>;

type WithoutOptions<Parts> = Parts extends readonly [...infer Layers, infer Last]
  ? Last extends { readonly signature: unknown } ? Parts : Layers
  : Parts;

/** @internal */
type OptionsOf<Parts> = Parts extends readonly [...unknown[], infer Last]
  ? Last extends { readonly signature: unknown } | SymbolicTensor ? readonly [] : readonly [Last]
  : readonly [];

/** The input in front; a tensor of any shape where there is none. */
export type InputsOf<Parts> = Parts extends readonly [infer In extends SymbolicTensor, ...unknown[]] ? In
  : SymbolicTensor;

/** The result of the last layer; a tensor of any shape if there is no input in front. */
export type OutputsOf<Parts> = Parts extends readonly [SymbolicTensor<infer S, infer D>, ...unknown[]]
  ? SymbolicTensor<ChainOut<LayersOf<Parts>, S, D>[0], ChainOut<LayersOf<Parts>, S, D>[1]>
  : SymbolicTensor;

/**
 * The name in the options, else `"sequential"`.
 *
 * @internal
 */
export type NameIn<Parts> = OptionsOf<Parts> extends readonly [{ readonly name: infer Name extends string }]
  ? NameOr<Name, "sequential">
  : "sequential";
