/**
 * Categories as vectors.
 *
 * @module
 */
import { encodeCategories } from "../../ops/encoding/categories.ts";
import type { NoOptions } from "../../ops/options.ts";
import type { CategoryMode, encoded } from "../../shape/categories.ts";
import type { Shape } from "../../shape/dim.ts";
import { showShape } from "../../shape/dim.ts";
import { InputError, InputRangeError, ShapeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import { type TensorLike, toTensor } from "../../tensor/like.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ConfigNames } from "../base/config.ts";
import type { CallOptions } from "../base/context.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";
import { InputSpec } from "../base/input_spec.ts";
import type { LayerInput, ResultOf, Signature } from "../base/signature.ts";
import { positiveInteger } from "../base/validate.ts";

/** How {@linkcode CategoryEncoding} writes categories. */
export type EncodingMode = "one_hot" | "multi_hot" | "count";

/** The options of {@linkcode CategoryEncoding}. */
export interface CategoryEncodingOptions extends LayerOptions {
  /**
   * `"one_hot"`: a vector for each category; `"multi_hot"`: one for those along the last axis, with 1 for each that is there;
   * `"count"`: how often each is there. Default: `"multi_hot"`.
   */
  readonly outputMode?: EncodingMode;
}

/** The call options of {@linkcode CategoryEncoding}. */
export interface CategoryEncodingCallOptions extends CallOptions {
  /** For `"count"`: how much each category counts, of the shape of the input. Default: 1 each. */
  readonly countWeights?: TensorLike | null | undefined;
}

/** The configuration of {@linkcode CategoryEncoding}. */
export interface CategoryEncodingConfig extends LayerConfig {
  /** The number of categories. */
  readonly numTokens: number;
  /** The way they are written. */
  readonly outputMode: EncodingMode;
}

/** Any integers, as vectors of `Tokens`. */
export interface EncodedSignature<Tokens extends number | null, Mode extends CategoryMode, D extends DType>
  extends Signature {
  /** Any shape fits. */
  readonly check: unknown;
  /** The shape with one more axis, or with the last one replaced. */
  readonly output: this["input"] extends infer S extends Shape ? encoded<S, Tokens, Mode> : Shape;
  /** The layer's dtype. */
  readonly dtype: D;
}

/** Calls the layer with weights. */
export interface CategoryEncoding<Tokens extends number = number, O extends CategoryEncodingOptions = NoOptions> {
  /** Calls the layer. */
  <const X extends LayerInput>(
    inputs: X,
    options: CategoryEncodingCallOptions,
  ): ResultOf<EncodedSignature<Tokens, OptionFor<O, "outputMode", "multi_hot", EncodingMode>, ResultDType<O>>, X>;
}

/**
 * Categories, integers from 0 to `numTokens - 1`, as vectors of `numTokens`. What is no category counts nowhere.
 *
 * @throws {TypeError} When there are `countWeights` and the mode is not `"count"`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { CategoryEncoding, tensor } from "@strata/nn";
 *
 * const x = tensor([[0, 1], [0, 0]], { dtype: "int32" });
 * assertEquals(new CategoryEncoding(3)(x).array(), [[1, 1, 0], [1, 0, 0]]);
 * assertEquals(new CategoryEncoding(3, { outputMode: "count" })(x).array(), [[1, 1, 0], [2, 0, 0]]);
 * assertEquals(new CategoryEncoding(3, { outputMode: "one_hot" })(x).shape, [2, 2, 3]);
 * ```
 */
export class CategoryEncoding<
  const Tokens extends number = number,
  const O extends CategoryEncodingOptions = NoOptions,
> extends Layer<
  EncodedSignature<Tokens, OptionFor<O, "outputMode", "multi_hot", EncodingMode>, ResultDType<O>>,
  unknown,
  CategoryEncodingConfig
> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { positional: ["numTokens"], options: ["outputMode"] };
  /** The number of categories. */
  readonly numTokens: Tokens;
  /** The way they are written. */
  readonly outputMode: EncodingMode;
  /**
   * Makes the layer.
   *
   * @param numTokens How many categories there are.
   * @throws {RangeError} If that is no positive integer, or the mode is none.
   */
  constructor(numTokens: Tokens, options?: OptionsFor<O, CategoryEncodingOptions>) {
    super(options);
    const given: CategoryEncodingOptions = options ?? {};
    this.inputSpec = new InputSpec();
    this.numTokens = positiveInteger(numTokens, "numTokens", this.name);
    this.outputMode = oneOf(given.outputMode ?? "multi_hot", ["one_hot", "multi_hot", "count"], this.name);
    this.autocast = false;
  }
  /** The categories as vectors. */
  override call(x: Tensor, options: CategoryEncodingCallOptions): Tensor {
    const { numTokens, outputMode, dtype } = this;
    const { countWeights } = options;
    if (countWeights === null || countWeights === undefined) return encodeCategories(x, numTokens, outputMode, dtype);
    if (outputMode !== "count") {
      throw new InputError(`Cannot use countWeights: expected outputMode "count", received "${outputMode}"`);
    }
    const weights = toTensor(countWeights);
    if (weights.shape.length !== x.shape.length) {
      throw new ShapeError(
        `Cannot weigh categories ${showShape(x.shape)} by countWeights ${showShape(weights.shape)}: expected one shape`,
      );
    }
    return encodeCategories(x, numTokens, outputMode, dtype, weights);
  }
  /** Categories are integers. */
  protected override get inputDtype(): DType {
    return "int32";
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: CategoryEncodingConfig): CategoryEncoding<number, CategoryEncodingOptions> {
    return super.fromConfig(config) as CategoryEncoding<number, CategoryEncodingOptions>;
  }
}

/**
 * The mode, where it is one of those.
 *
 * @throws {RangeError} If it is not.
 */
export function oneOf<const Mode extends string>(mode: string, modes: readonly Mode[], layer: string): Mode {
  const found = modes.find((each) => each === mode);
  if (found !== undefined) return found;
  throw new InputRangeError(
    `Cannot make layer ${layer}: received an invalid value for outputMode, expected one of ${modes.join(", ")}, ` +
      `received ${JSON.stringify(mode)}`,
  );
}
