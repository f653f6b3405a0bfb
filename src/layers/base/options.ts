/**
 * The options of all layers.
 *
 * @module
 */
import type { Dim, Shape } from "../../shape/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { ConstraintLike } from "../weights/constraints.ts";
import type { DTypePolicy } from "./dtype_policy.ts";
import type { InitializerLike } from "../weights/initializers.ts";
import type { RegularizerLike } from "../weights/regularizers.ts";

/** The options that every layer takes. */
export interface LayerOptions<Name extends string = string, D extends DType = DType> {
  /** The name, without `/`. Default: the class's name in snake case, numbered. */
  readonly name?: Name;
  /** Whether training may change the weights. Default: `true`. */
  readonly trainable?: boolean;
  /** The dtype of weights and computation, or `"mixed_float16"`. Default: `"float32"`. */
  readonly dtype?: DTypePolicy<D>;
}

/** The options of {@linkcode Layer.addWeight}. */
export interface WeightOptions<S extends readonly (Dim | undefined)[] = Shape, D extends DType = DType> {
  /** The name in the layer, without `/`. Default: `"variable"`, numbered. */
  readonly name?: string;
  /** The shape; every dim must be known. Default: `[]`. */
  readonly shape?: S;
  /** The dtype. Default: the layer's. */
  readonly dtype?: D;
  /** The initializer of the first values. Default: `"glorot_uniform"` for floats, else `"zeros"`. */
  readonly initializer?: InitializerLike;
  /** Whether training may change it. Default: `true`. */
  readonly trainable?: boolean;
  /** Whether a layer that computes in another dtype than its weights have, reads it in that. Default: `true`. */
  readonly autocast?: boolean;
  /** The penalty on its values. Default: none. */
  readonly regularizer?: RegularizerLike | null;
  /** The constraint to which its values are projected after each update. Default: none. */
  readonly constraint?: ConstraintLike | null;
}

/** The shape of a weight: what {@linkcode WeightOptions.shape} says, where a dim that is not there is unknown. */
export type WeightShape<S extends readonly (Dim | undefined)[]> = {
  readonly [Axis in keyof S]: S[Axis] extends Dim ? S[Axis] : Dim;
};

/** The configuration of a layer: plain data, from which an equal layer can be made. */
export interface LayerConfig {
  /** The name. */
  readonly name: string;
  /** Whether training may change the weights. */
  readonly trainable: boolean;
  /** The dtype of weights and computation, or the policy. */
  readonly dtype: DTypePolicy;
}
