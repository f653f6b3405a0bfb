/**
 * A penalty on what passes.
 *
 * @module
 */
import type { NoOptions } from "../../ops/options.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ConfigNames } from "../base/config.ts";
import { InputSpec } from "../base/input_spec.ts";
import { checkedOptions, checkLayerOptions } from "../base/known_options.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import { L1L2, type RegularizerLike } from "../weights/regularizers.ts";
import type { Keeps, NoSpec } from "../base/signature.ts";

/** The options of {@linkcode ActivityRegularization}. */
export interface ActivityRegularizationOptions extends LayerOptions {
  /** The factor of the absolute values. Default: 0. */
  readonly l1?: number;
  /** The factor of the squares. Default: 0. */
  readonly l2?: number;
}

/** The configuration of {@linkcode ActivityRegularization}. */
export interface ActivityRegularizationConfig extends LayerConfig {
  /** The factor of the absolute values. */
  readonly l1: number;
  /** The factor of the squares. */
  readonly l2: number;
}

/**
 * Gives its input, and adds `(l1 * Σ|x| + l2 * Σx²) / rows` to the {@linkcode Layer.losses} of the call.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ActivityRegularization, type EagerTensor } from "@strata/nn";
 *
 * const layer = new ActivityRegularization({ l1: 0.5 });
 * assertEquals(layer([[1, -2], [3, 2]]).array(), [[1, -2], [3, 2]]);
 * assertEquals((layer.losses[0] as EagerTensor).item(), 2); // 0.5 * 8 / 2
 * ```
 */
export class ActivityRegularization<
  const O extends ActivityRegularizationOptions = NoOptions,
> extends Layer<
  Keeps<LayerName<O, "activity_regularization">, NoSpec, ResultDType<O>>,
  unknown,
  ActivityRegularizationConfig
> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { options: ["l1", "l2"] };
  /** The factor of the absolute values. */
  readonly l1: number;
  /** The factor of the squares. */
  readonly l2: number;
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If a factor is negative.
   */
  constructor(options?: OptionsFor<O, ActivityRegularizationOptions>) {
    checkLayerOptions(new.target, options);
    const penalty = new L1L2({ l1: options?.l1 ?? 0, l2: options?.l2 ?? 0 });
    const penalized: LayerOptions & { readonly activityRegularizer: RegularizerLike } = {
      ...options,
      activityRegularizer: penalty,
    };
    super(checkedOptions(penalized));
    this.supportsMasking = true;
    this.l1 = penalty.l1;
    this.l2 = penalty.l2;
    this.inputSpec = new InputSpec();
  }
  /** The input. */
  override call(x: Tensor): Tensor {
    return x;
  }
}
