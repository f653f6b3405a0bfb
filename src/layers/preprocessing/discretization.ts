/**
 * Numbers as bins.
 *
 * @module
 */
import { discretize, encodeCategories } from "../../ops/encoding/categories.ts";
import type { CategoryMode } from "../../shape/categories.ts";
import { InputError, InputRangeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { EagerTensor } from "../../tensor/eager.ts";
import { type TensorLike, toTensor } from "../../tensor/like.ts";
import { oneOf } from "./category_encoding.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";
import { InputSpec } from "../base/input_spec.ts";
import type { Signature } from "../base/signature.ts";
import { boundariesOf, summarize, type Summary } from "./quantiles.ts";
import type { Shape } from "../../shape/dim.ts";
import type { encoded } from "../../shape/categories.ts";
import { positiveInteger } from "../base/validate.ts";

/** How {@linkcode Discretization} writes bins. */
export type BinMode = Exclude<CategoryMode, "tf_idf">;

/** The options of {@linkcode Discretization}; it needs `binBoundaries` or `numBins`. */
export interface DiscretizationOptions extends LayerOptions {
  /** The values between the bins, in ascending order. */
  readonly binBoundaries?: readonly number[] | null;
  /** The number of bins that {@linkcode Discretization.adapt} makes. */
  readonly numBins?: number | null;
  /** The error allowed for quantiles: the part of values that one point stands for. Default: 0.01. */
  readonly epsilon?: number;
  /** The way the bins are written: their numbers, or as {@linkcode CategoryEncoding} does. Default: `"int"`. */
  readonly outputMode?: BinMode;
}

/** The configuration of {@linkcode Discretization}. */
export interface DiscretizationConfig extends LayerConfig {
  /** The values between the bins. */
  readonly binBoundaries: readonly number[] | null;
  /** The number of bins that were asked for. */
  readonly numBins: number | null;
  /** The error allowed for quantiles. */
  readonly epsilon: number;
  /** The way the bins are written. */
  readonly outputMode: BinMode;
}

/** @internal */
type OneMore<Boundaries> = Boundaries extends readonly unknown[]
  ? number extends Boundaries["length"] ? number : [...Boundaries, unknown]["length"] & number
  : number;

/** Any numbers, as bins. */
export interface BinnedSignature<Boundaries, Mode extends BinMode, D extends DType> extends Signature {
  /** Any shape fits. */
  readonly check: unknown;
  /** The shape, or with one more axis, or with the last one replaced. */
  readonly output: this["input"] extends infer S extends Shape ? encoded<S, OneMore<Boundaries>, Mode> : Shape;
  /** Integers where the bins are written as numbers. */
  readonly dtype: [Mode] extends ["int"] ? "int32" : "int" extends Mode ? "int32" | D : D;
}

/**
 * The bin in which each number lies: 0 below the first boundary, then as many as boundaries are at most the number.
 *
 * The boundaries are given, or found by {@linkcode Discretization.adapt} so that the bins hold about as many values each.
 *
 * @throws {TypeError} When called before it has boundaries.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Discretization } from "@strata/nn";
 *
 * const layer = new Discretization({ binBoundaries: [0, 1, 2] });
 * assertEquals(layer([[-1.5, 1], [3.4, 0.5]]).array(), [[0, 2], [3, 1]]);
 *
 * const adapted = new Discretization({ numBins: 2 }).adapt([1, 2, 3, 4]);
 * assertEquals(adapted.binBoundaries, [2]);
 * ```
 */
export class Discretization<
  const O extends DiscretizationOptions = DiscretizationOptions,
> extends Layer<
  BinnedSignature<
    OptionFor<O, "binBoundaries", null, readonly number[] | null>,
    OptionFor<O, "outputMode", "int", BinMode>,
    ResultDType<O>
  >
> {
  /** The number of bins that were asked for. */
  readonly numBins: number | null;
  /** The error allowed for quantiles. */
  readonly epsilon: number;
  /** The way the bins are written. */
  readonly outputMode: BinMode;
  #boundaries: readonly number[] | null;
  #summary: Summary | null = null;
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If there are both `binBoundaries` and `numBins` or none of them, or one has a wrong value.
   */
  constructor(options: OptionsFor<O, DiscretizationOptions>) {
    super(options);
    const given: DiscretizationOptions = options ?? {};
    this.inputSpec = new InputSpec();
    const { binBoundaries = null, numBins = null, epsilon = 0.01 } = given;
    const fail = (reason: string): never => {
      throw new InputRangeError(`Cannot make layer ${this.name}: ${reason}`);
    };
    if (binBoundaries === null && numBins === null) fail("expected numBins or binBoundaries, received none of them");
    if (binBoundaries !== null && numBins !== null) fail("expected numBins or binBoundaries, received both");
    if (!(epsilon > 0 && epsilon < 1)) fail(`expected an epsilon between 0 and 1, received ${epsilon}`);
    if (binBoundaries?.some((value, index) => !(index === 0 || value >= binBoundaries[index - 1]!))) {
      fail("expected binBoundaries in ascending order");
    }
    this.numBins = numBins === null ? null : positiveInteger(numBins, "numBins", this.name);
    this.epsilon = epsilon;
    this.outputMode = oneOf(given.outputMode ?? "int", ["int", "one_hot", "multi_hot", "count"], this.name);
    this.#boundaries = binBoundaries === null ? null : [...binBoundaries];
  }
  /** The values between the bins, or `null` before {@linkcode Discretization.adapt}. */
  get binBoundaries(): readonly number[] | null {
    return this.#boundaries;
  }
  /**
   * Finds boundaries between bins that hold about as many of the values each, and returns the layer. Values of earlier calls
   * are forgotten.
   *
   * @throws {TypeError} If the layer was made with boundaries.
   */
  adapt(data: TensorLike): this {
    this.#refuseGiven();
    this.#summary = null;
    return this.update(data);
  }
  /**
   * As {@linkcode Discretization.adapt}, with the values of earlier calls.
   *
   * @throws {TypeError} If the layer was made with boundaries.
   */
  update(data: TensorLike): this {
    this.#refuseGiven();
    const values = Array.from((toTensor(data) as EagerTensor).dataSync() as Iterable<number | bigint>, Number);
    if (values.length === 0) return this;
    this.#summary = summarize(values, this.epsilon, this.#summary);
    this.#boundaries = boundariesOf(this.#summary, this.numBins!);
    return this;
  }
  #refuseGiven(): void {
    if (this.numBins === null) {
      throw new InputError(
        `Cannot adapt layer ${this.name}: it was made with binBoundaries; expected one that was made with numBins`,
      );
    }
  }
  /** The bins. */
  override call(x: Tensor): Tensor {
    const boundaries = this.#boundaries;
    if (boundaries === null) {
      throw new TypeError(`Cannot call layer ${this.name}: it has no boundaries; expected adapt(data) before`);
    }
    const bins = discretize(x, boundaries);
    const { outputMode } = this;
    return outputMode === "int" ? bins : encodeCategories(bins, boundaries.length + 1, outputMode, this.dtype);
  }
  /** The options from which an equal layer can be made; the boundaries that it found are among them. */
  override getConfig(): DiscretizationConfig {
    const found = this.#boundaries;
    const { numBins, epsilon, outputMode } = this;
    return { ...super.getConfig(), binBoundaries: found, numBins, epsilon, outputMode };
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: DiscretizationConfig): Discretization {
    const { binBoundaries, numBins, ...options } = config;
    const given = numBins === null ? { binBoundaries } : { numBins };
    const layer = new Discretization<DiscretizationOptions>(
      { ...options, ...given },
    );
    layer.#boundaries = binBoundaries;
    return layer;
  }
}
