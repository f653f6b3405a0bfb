/**
 * Embeddings that are read in both directions.
 *
 * @module
 */
import { divide, multiply } from "../../ops/elementwise/arithmetic.ts";
import { matmul } from "../../ops/products/linear_algebra.ts";
import { cast } from "../../ops/elementwise/selection.ts";
import { transpose } from "../../ops/shaping/shaping.ts";
import { tanh } from "../../ops/elementwise/trigonometry.ts";
import type { NoOptions } from "../../ops/options.ts";
import type { Shape } from "../../shape/dim.ts";
import type { replaceAt } from "../../shape/axis.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { AsShape, Like, ShapeOf } from "../../tensor/like.ts";
import { isFloat } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import type { CallOptions } from "../base/context.ts";
import type { LayerInput } from "../base/signature.ts";
import type { DTypePolicy } from "../base/dtype_policy.ts";
import type { LayerName, OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";
import { Embedding, type EmbeddingConfig, type EmbeddingOptions } from "./embedding.ts";

/** The options of {@linkcode ReversibleEmbedding}. */
export interface ReversibleEmbeddingOptions extends EmbeddingOptions {
  /** Whether the way back has the same weight. Default: `true`. */
  readonly tieWeights?: boolean;
  /** The dtype of the way back. Default: that of the layer. */
  readonly reverseDtype?: DType | null;
  /** Where the scores of the way back end, smoothly: `s tanh(x / s)`. Default: nowhere. */
  readonly logitSoftCap?: number | null;
}

/** The configuration of {@linkcode ReversibleEmbedding}. */
export interface ReversibleEmbeddingConfig extends EmbeddingConfig {
  /** Whether the way back has the same weight. */
  readonly tieWeights: boolean;
  /** The dtype of the way back, or `null`. */
  readonly reverseDtype: DType | null;
  /** Where the scores of the way back end, or `null`. */
  readonly logitSoftCap: number | null;
}

/** The call options of {@linkcode ReversibleEmbedding}. */
export interface ReversibleEmbeddingCallOptions extends CallOptions {
  /** Whether vectors become scores of all indices. Default: `false`. */
  readonly reverse?: boolean | undefined;
}

/**
 * The options `O` as {@linkcode Embedding} reads their types.
 *
 * @internal
 */
type Inherited<O> = {
  readonly name: LayerName<O, "reversible_embedding">;
  readonly dtype: OptionFor<O, "dtype", "float32", DTypePolicy>;
};

/** Calls the layer on the way back. */
export interface ReversibleEmbedding<
  I extends number = number,
  F extends number = number,
  O extends ReversibleEmbeddingOptions = NoOptions,
> {
  /** Makes scores of all indices from vectors. */
  <const X extends LayerInput>(
    inputs: X,
    options: ReversibleEmbeddingCallOptions & { readonly reverse: true },
  ): Like<X, AsShape<replaceAt<ShapeOf<X>, -1, I>>, ResultDType<O>>;
}

/**
 * A vector for each index, as {@linkcode Embedding} has them, and back: with `reverse: true`, `[..., outputDim]` become scores
 * of all indices, `[..., inputDim]`, the products with the vectors.
 *
 * Weights: `embeddings` `[inputDim, outputDim]`, and `reverse_embeddings` `[outputDim, inputDim]` where they are not tied.
 *
 * See O. Press and L. Wolf, Using the Output Embedding to Improve Language Models, 2016.
 *
 * @throws {EngineError} When called with an index beyond the vectors.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ReversibleEmbedding } from "@strata/nn";
 *
 * const layer = new ReversibleEmbedding(3, 2).build([null]);
 * layer.setWeights([[[0, 0], [2, 2], [3, 3]]]);
 * const vectors = layer(new Int32Array([2, 1]));
 * assertEquals(vectors.array(), [[3, 3], [2, 2]]);
 * assertEquals(layer(vectors, { reverse: true }).array(), [[0, 12, 18], [0, 8, 12]]);
 * ```
 */
export class ReversibleEmbedding<
  const I extends number = number,
  const F extends number = number,
  const O extends ReversibleEmbeddingOptions = NoOptions,
> extends Embedding<I, F, Inherited<O>> {
  /** The weight of the way back `[outputDim, inputDim]`, or `null` where it is tied; there once the layer is built. */
  reverseEmbeddings: Variable | null = null;
  /** Whether the way back has the same weight. */
  readonly tieWeights: boolean;
  /** The dtype of the way back, or `null` for that of the vectors and the layer together. */
  readonly reverseDtype: DType | null;
  /** Where the scores of the way back end, or `null`. */
  readonly logitSoftCap: number | null;

  /**
   * Makes the layer.
   *
   * @param inputDim The number of vectors.
   * @param outputDim The size of each vector.
   * @throws {RangeError} If one of them is no positive integer.
   */
  constructor(inputDim: I, outputDim: F, options?: OptionsFor<O, ReversibleEmbeddingOptions>) {
    super(inputDim, outputDim, options as never);
    const given: ReversibleEmbeddingOptions = options ?? {};
    this.tieWeights = given.tieWeights ?? true;
    this.reverseDtype = given.reverseDtype ?? null;
    this.logitSoftCap = given.logitSoftCap ?? null;
  }

  /** Makes the vectors, and returns the layer. */
  override build(inputShape: Shape): this {
    super.build(inputShape);
    if (this.tieWeights) return this;
    this.reverseEmbeddings = this.addWeight({
      name: "reverse_embeddings",
      shape: [this.outputDim, this.inputDim],
      initializer: super.getConfig().embeddingsInitializer,
    });
    return this;
  }

  /** The vector of each index, or the scores of all indices. */
  override call(x: Tensor, { reverse = false }: ReversibleEmbeddingCallOptions = {}): Tensor {
    if (!reverse) return super.call(x);
    const dtype = this.reverseDtype;
    const weight: Tensor = this.reverseEmbeddings ?? transpose(this.embeddings as Tensor);
    // Without a dtype of its own, the way back leaves the vectors as they are, as Keras does.
    const vectors = dtype === null ? x : cast(x, dtype) as Tensor;
    const scores: Tensor = matmul(vectors, cast(weight, dtype ?? this.computeDtype) as Tensor);
    const cap = this.logitSoftCap;
    return cap === null ? scores : multiply(tanh(divide(scores, cap) as Tensor) as Tensor, cap) as Tensor;
  }

  /** The indices that count; vectors on the way back, which are floats, have no mask. */
  override computeMask(x: Tensor): Tensor | null {
    return isFloat(x.dtype) ? null : super.computeMask(x);
  }

  /** The options from which an equal layer can be made. */
  override getConfig(): ReversibleEmbeddingConfig {
    const { tieWeights, reverseDtype, logitSoftCap } = this;
    return { ...super.getConfig(), tieWeights, reverseDtype, logitSoftCap };
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: ReversibleEmbeddingConfig): ReversibleEmbedding {
    return super.fromConfig(config) as ReversibleEmbedding;
  }
}
