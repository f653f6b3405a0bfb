/**
 * Embeddings.
 *
 * @module
 */
import { notEqual } from "../../ops/elementwise/comparison.ts";
import { take } from "../../ops/shaping/indexing.ts";
import { cast } from "../../ops/elementwise/selection.ts";
import type { NoOptions } from "../../ops/options.ts";
import type { Shape } from "../../shape/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { isFloat } from "../../tensor/promote.ts";
import type { Variable } from "../../tensor/variable.ts";
import type { ConstraintConfig, ConstraintLike } from "../weights/constraints.ts";
import type { InitializerConfig, InitializerLike } from "../weights/initializers.ts";
import type { RegularizerConfig, RegularizerLike } from "../weights/regularizers.ts";
import { WeightSettings } from "../weights/weight_settings.ts";
import { type ConfigNames, withConfig } from "../base/config.ts";
import type { WeightDType } from "../base/dtype_policy.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import { InputSpec } from "../base/input_spec.ts";
import type { CheckOne, Signature } from "../base/signature.ts";
import { positiveInteger } from "../base/validate.ts";
import { declareWeights } from "../base/weight_fields.ts";

/** The options of {@linkcode Embedding}. */
export interface EmbeddingOptions extends LayerOptions {
  /** The initializer of the vectors. Default: `"random_uniform"`, between -0.05 and 0.05. */
  readonly embeddingsInitializer?: InitializerLike;
  /** The penalty on the vectors. Default: none. */
  readonly embeddingsRegularizer?: RegularizerLike | null;
  /** What the vectors are projected to after each update. Default: none. */
  readonly embeddingsConstraint?: ConstraintLike | null;
  /** Whether index 0 marks positions that do not count. Default: `false`. */
  readonly maskZero?: boolean;
}

/** The configuration of {@linkcode Embedding}. */
export interface EmbeddingConfig extends LayerConfig {
  /** The number of vectors. */
  readonly inputDim: number;
  /** The size of each vector. */
  readonly outputDim: number;
  /** The initializer of the vectors. */
  readonly embeddingsInitializer: InitializerConfig;
  /** The penalty on the vectors, or `null`. */
  readonly embeddingsRegularizer: RegularizerConfig | null;
  /** What the vectors are projected to after each update, or `null`. */
  readonly embeddingsConstraint: ConstraintConfig | null;
  /** Whether index 0 marks positions that do not count. */
  readonly maskZero: boolean;
}

/** Any shape, with `F` as one more axis. */
export interface EmbeddingSignature<F extends number, Name extends string, D extends DType> extends Signature {
  /** The sentence where there is more than one input; any shape fits. */
  readonly check: CheckOne<Name, this["input"]>;
  /** The shape of the indices, and the size of a vector. */
  readonly output: this["input"] extends infer S extends Shape ? number extends S["length"] ? Shape : readonly [...S, F]
    : Shape;
  /** The layer's dtype. */
  readonly dtype: D;
}

/**
 * A vector for each index: `[...]` integers from 0 to `inputDim - 1` become `[..., outputDim]`.
 *
 * Weight: `embeddings` `[inputDim, outputDim]`.
 *
 * @throws {EngineError} When called with an index beyond the vectors.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Embedding } from "@strata/nn";
 *
 * const layer = new Embedding(3, 2).build([null]);
 * layer.setWeights([[[0, 0], [2, 2], [3, 3]]]);
 * assertEquals(layer(new Int32Array([2, 1, 0])).array(), [[3, 3], [2, 2], [0, 0]]);
 * ```
 */
export class Embedding<
  const I extends number = number,
  const F extends number = number,
  const O extends EmbeddingOptions = NoOptions,
> extends Layer<EmbeddingSignature<F, LayerName<O, "embedding">, ResultDType<O>>, unknown, EmbeddingConfig> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { positional: ["inputDim", "outputDim"], options: ["maskZero"] };
  /** The weight `[inputDim, outputDim]`; there once the layer is built. */
  declare embeddings: Variable<readonly [I, F], WeightDType<ResultDType<O>>>;
  /** The number of vectors. */
  readonly inputDim: I;
  /** The size of each vector. */
  readonly outputDim: F;
  /** Whether index 0 marks positions that do not count. */
  readonly maskZero: boolean;
  readonly #settings: WeightSettings;
  /**
   * Makes the layer.
   *
   * @param inputDim The number of vectors.
   * @param outputDim The size of each vector.
   * @throws {RangeError} If one of them is no positive integer.
   */
  constructor(inputDim: I, outputDim: F, options?: OptionsFor<O, EmbeddingOptions>) {
    super(options);
    const given: EmbeddingOptions = options ?? {};
    this.inputSpec = new InputSpec();
    this.inputDim = positiveInteger(inputDim, "inputDim", this.name);
    this.outputDim = positiveInteger(outputDim, "outputDim", this.name);
    this.maskZero = given.maskZero ?? false;
    this.#settings = withConfig(this, new WeightSettings("embeddings", "random_uniform", given));
    this.autocast = false;
    this.supportsMasking = this.maskZero;
  }
  /** Makes the vectors, and returns the layer. */
  override build(_inputShape: Shape): this {
    this.embeddings = this.addWeight({
      name: "embeddings",
      shape: [this.inputDim, this.outputDim],
      ...this.#settings,
    }) as Variable as this["embeddings"];
    return this;
  }
  /** The vector of each index; float indices are rounded towards 0. */
  override call(x: Tensor): Tensor {
    const indices = isFloat(x.dtype) || x.dtype === "bool" ? cast(x, "int32") : x;
    const rows = take(this.embeddings, indices, { axis: 0 }) as Tensor;
    return rows.dtype === this.computeDtype ? rows : cast(rows, this.computeDtype) as Tensor;
  }
  /** The positions that count: those whose index is not 0; `null` where all do. */
  override computeMask(x: Tensor): Tensor | null {
    return this.maskZero ? notEqual(x, 0) : null;
  }
  /** Indices are integers. */
  protected override get inputDtype(): DType {
    return "int32";
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: EmbeddingConfig): Embedding {
    return super.fromConfig(config) as Embedding;
  }
}
declareWeights(Embedding, ["embeddings"]);
