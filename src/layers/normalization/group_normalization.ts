/**
 * Group normalization.
 *
 * @module
 */
import { groupNormalization } from "../../ops/normalization/group_normalization.ts";
import type { NoOptions } from "../../ops/options.ts";
import { type Shape, showShape } from "../../shape/dim.ts";
import { InputRangeError, type Mismatch, ShapeError } from "../../shape/error.ts";
import { groups } from "../../shape/groups.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Structure } from "../../tensor/structure.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import { type AffineConfig, type AffineOptions, AffineSettings } from "./affine.ts";
import { type ConfigNames, withConfig } from "../base/config.ts";
import { asFloats } from "../base/as_floats.ts";
import { checkAxis, sizesAt } from "../base/axes.ts";
import { relationMismatch } from "../base/mismatch.ts";
import { InputSpec } from "../base/input_spec.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig } from "../base/options.ts";
import type { LayerName, OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { incompatible } from "../base/sentences.ts";
import type { CheckOne, Signature } from "../base/signature.ts";

/** The options of {@linkcode GroupNormalization}. */
export interface GroupNormalizationOptions extends AffineOptions {
  /** The number of groups that the channels make, each of which is normalized by itself; -1 for as many as channels. Default: 32. */
  readonly groups?: number;
  /** The axis of the channels, not that of the batch. Default: -1. */
  readonly axis?: number;
}

/** The configuration of {@linkcode GroupNormalization}. */
export interface GroupNormalizationConfig extends LayerConfig, AffineConfig {
  /** The number of groups that the channels make. */
  readonly groups: number;
  /** The axis of the channels. */
  readonly axis: number;
}

/** Any shape whose channels make groups of one size; the result is a float of the same shape. */
export interface GroupNormalizationSignature<
  Groups extends number,
  Axis extends number,
  Name extends string,
  D extends DType,
> extends Signature {
  /** The sentence where the channels do not make such groups. */
  readonly check: this["input"] extends infer S extends Shape
    ? groups<S, Groups, Axis> extends Mismatch<infer Reason> ? Mismatch<incompatible<Name, 0, Reason>> : unknown
    : CheckOne<Name, this["input"]>;
  /** The shape of the input. */
  readonly output: this["input"];
  /** The layer's dtype. */
  readonly dtype: D;
}

/**
 * Normalizes groups of channels of each row by themselves: `(x - mean) / sqrt(variance + epsilon) * gamma + beta`.
 *
 * Weights, one value a channel: `gamma` and `beta`. See Y. Wu and K. He, Group Normalization, 2018.
 *
 * @throws {ShapeError} When called with channels that do not make such groups, or with others than it was built for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { GroupNormalization } from "@strata/nn";
 *
 * const layer = new GroupNormalization({ groups: 2, epsilon: 0 });
 * assertEquals(layer([[1, 3, 20, 10]]).array(), [[-1, 1, 1, -1]]);
 * ```
 */
export class GroupNormalization<
  const O extends GroupNormalizationOptions = NoOptions,
> extends Layer<
  GroupNormalizationSignature<
    OptionFor<O, "groups", 32, number>,
    OptionFor<O, "axis", -1, number>,
    LayerName<O, "group_normalization">,
    ResultDType<O>
  >,
  unknown,
  GroupNormalizationConfig
> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { options: ["groups", "axis"] };
  /** The scale of each channel, or `null` without; there once the layer is built. */
  gamma: Variable | null = null;
  /** The offset of each channel, or `null` without; there once the layer is built. */
  beta: Variable | null = null;
  /** The number of groups that the channels make; -1 for as many as channels. */
  readonly groups: OptionFor<O, "groups", 32, number>;
  /** The axis of the channels. */
  readonly axis: OptionFor<O, "axis", -1, number>;
  readonly #settings: AffineSettings;
  /** The number of groups for the number of channels that the layer was built for. */
  #count = 1;
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If the number of groups is neither a positive integer nor -1.
   * @throws {TypeError} If the axis is no integer.
   */
  constructor(options?: OptionsFor<O, GroupNormalizationOptions>) {
    super(options);
    const given: GroupNormalizationOptions = options ?? {};
    this.supportsMasking = true;
    this.groups = (given.groups ?? 32) as this["groups"];
    if (!Number.isSafeInteger(this.groups) || (this.groups < 1 && this.groups !== -1)) {
      throw new InputRangeError(
        `Cannot make layer ${this.name}: expected groups to be a positive integer, or -1 for as many as channels, ` +
          `received ${this.groups}`,
      );
    }
    this.axis = checkAxis(given.axis ?? -1, this.name) as this["axis"];
    this.#settings = withConfig(this, new AffineSettings(given));
    this.inputSpec = new InputSpec();
  }
  /** Makes the scale and the offset, and returns the layer. */
  override build(inputShape: Shape): this {
    const channels = inputShape.at(this.axis)!;
    const shape = [channels];
    if (typeof channels !== "number") {
      throw new ShapeError(
        `Cannot build layer ${this.name}: expected a known size of axis ${this.axis}, received shape ${
          showShape(inputShape)
        }`,
      );
    }
    this.#count = this.groups === -1 ? channels : this.groups;
    if (this.#settings.scale) this.gamma = this.addWeight(this.#settings.gamma(shape));
    if (this.#settings.center) this.beta = this.addWeight(this.#settings.beta(shape));
    this.inputSpec = new InputSpec({ ndim: inputShape.length, axes: sizesAt(inputShape, [this.axis]) });
    return this;
  }
  /** The normalized input. */
  override call(x: Tensor): Tensor {
    const { gamma, beta, axis } = this;
    const options = { groups: this.#count, axis, epsilon: this.#settings.epsilon, gamma, beta };
    return groupNormalization(asFloats(x, this.computeDtype), options);
  }
  /** The mismatch of the channels. */
  protected override mismatch(shape: Structure<Shape | null>): readonly [number, string] | undefined {
    return relationMismatch(() => groups(shape as Shape, this.groups, this.axis));
  }
}
