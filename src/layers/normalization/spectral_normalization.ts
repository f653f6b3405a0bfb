/**
 * Spectral normalization.
 *
 * @module
 */
import { divide } from "../../ops/elementwise/arithmetic.ts";
import { notEqual } from "../../ops/elementwise/comparison.ts";
import { matmul } from "../../ops/products/linear_algebra.ts";
import { normalize } from "../../ops/reduction/norm.ts";
import { any } from "../../ops/reduction/reduction.ts";
import { where } from "../../ops/elementwise/selection.ts";
import { reshape, transpose } from "../../ops/shaping/shaping.ts";
import type { Shape } from "../../shape/dim.ts";
import { InputError } from "../../shape/error.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Variable } from "../../tensor/variable.ts";
import type { ConfigNames } from "../base/config.ts";
import type { CallOptions } from "../base/context.ts";
import { InputSpec } from "../base/input_spec.ts";
import type { AnyLayer } from "../base/layer.ts";
import type { LayerOptions } from "../base/options.ts";
import { TruncatedNormal } from "../weights/random_initializers.ts";
import { positiveInteger } from "../base/validate.ts";
import { stateOf } from "../base/state.ts";
import { Wrapper, type WrapperConfig } from "../base/wrapper.ts";
import { declareWeights } from "../base/weight_fields.ts";

/** The options of {@linkcode SpectralNormalization}. */
export interface SpectralNormalizationOptions extends LayerOptions {
  /** The number of steps of the power iteration in a training call. Default: 1. */
  readonly powerIterations?: number;
}

/** The configuration of {@linkcode SpectralNormalization}. */
export interface SpectralNormalizationConfig extends WrapperConfig {
  /** The number of steps of the power iteration in a training call. */
  readonly powerIterations: number;
}

/**
 * Divides the kernel of a layer, or its embeddings, by its spectral norm at each call in training, so that the layer
 * stretches no input; the norm is estimated by power iteration.
 *
 * Weights: the kernel, `vector_u` `[1, last axis of the kernel]`, which is not trained, and the others of the layer. See
 * T. Miyato et al., Spectral Normalization for Generative Adversarial Networks, 2018.
 *
 * @typeParam L The wrapped layer.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { Dense, SpectralNormalization } from "@strata/nn";
 *
 * const layer = new SpectralNormalization(new Dense(1, { kernelInitializer: "ones" }));
 * // The spectral norm of a column of four ones is 2.
 * assertAlmostEquals(layer([[1, 1, 1, 1]], { training: true }).array()[0]![0]!, 2, 1e-6);
 * ```
 */
export class SpectralNormalization<L extends AnyLayer = AnyLayer>
  extends Wrapper<L["signature"], L, SpectralNormalizationConfig> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { options: ["powerIterations"] };
  /** The kernel or the embeddings of the layer; there once it is built. */
  declare kernel: Variable;
  /** The singular vector as it was estimated last; there once the layer is built. */
  declare vectorU: Variable;
  /** The number of steps of the power iteration in a training call. */
  readonly powerIterations: number;
  /**
   * Makes the layer.
   *
   * @param layer The layer, which has a kernel or embeddings.
   * @param options The number of steps.
   * @throws {RangeError} If the number of steps is no positive integer.
   */
  constructor(layer: L, options: SpectralNormalizationOptions = {}) {
    super(layer, options);
    this.powerIterations = positiveInteger(options.powerIterations ?? 1, "powerIterations", this.name);
  }
  /**
   * Builds the wrapped layer and makes the vector, and returns the layer.
   *
   * @throws {TypeError} If the wrapped layer has neither a kernel nor embeddings.
   */
  override build(inputShape: Shape): this {
    super.build(inputShape);
    const { kernel, embeddings } = this.layer as unknown as {
      readonly kernel?: unknown;
      readonly embeddings?: unknown;
    };
    const weight = kernel instanceof Variable ? kernel : embeddings;
    if (!(weight instanceof Variable)) {
      throw new InputError(
        `Cannot build layer ${this.name}: expected a layer with a kernel or embeddings, received ${this.layer.className}`,
      );
    }
    this.kernel = weight;
    // As in Keras the kernel comes before the vector, also where it is frozen.
    const { made, trainables } = stateOf(this);
    made.add(weight);
    if (weight.trainable) trainables.add(weight);
    this.vectorU = this.addWeight({
      name: "vector_u",
      shape: [1, weight.shape.at(-1)],
      dtype: weight.dtype,
      initializer: new TruncatedNormal({ stddev: 0.02 }),
      trainable: false,
    });
    this.inputSpec = new InputSpec();
    return this;
  }
  /** The result of the layer, in training with its kernel divided first. */
  override call(x: Tensor, { training }: CallOptions): Tensor {
    if (training === true) this.#divideKernel();
    return (this.layer as unknown as (x: Tensor) => Tensor)(x);
  }
  #divideKernel(): void {
    const kernel = this.kernel as Tensor;
    const matrix: Tensor = reshape(kernel, [-1, kernel.shape.at(-1)! as number]);
    const flipped: Tensor = transpose(matrix);
    let u = this.vectorU as Tensor;
    let v = u;
    for (let step = 0; step < this.powerIterations; step++) {
      v = unit(matmul(u, flipped));
      u = unit(matmul(v, matrix));
    }
    const sigma: Tensor = matmul(matmul(v, matrix) as Tensor, transpose(u) as Tensor);
    // A kernel of zeros has no direction, and stays as it is.
    const some = any(notEqual(kernel, 0) as Tensor) as Tensor;
    const divided = divide(kernel, reshape(sigma, []) as Tensor) as Tensor;
    const [before, unchanged] = [this.vectorU, this.kernel];
    this.vectorU.assign(where(some, u, before) as Tensor);
    this.kernel.assign(where(some, divided, unchanged) as Tensor);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: SpectralNormalizationConfig): SpectralNormalization {
    return super.fromConfig(config) as SpectralNormalization;
  }
}
declareWeights(SpectralNormalization, ["kernel", "vectorU"]);

/** A row of length 1; zeros stay zeros. */
function unit(row: Tensor): Tensor {
  return normalize(row, { axis: -1, epsilon: 1e-12 }) as Tensor;
}
