/**
 * Normalization to unit length.
 *
 * @module
 */
import { unitNormalization } from "../../ops/normalization/group_normalization.ts";
import type { NoOptions } from "../../ops/options.ts";
import type { Shape } from "../../shape/dim.ts";
import type { Structure } from "../../tensor/structure.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Normalizes } from "./affine.ts";
import type { ConfigNames } from "../base/config.ts";
import { asFloats } from "../base/as_floats.ts";
import { axesMismatch } from "../base/mismatch.ts";
import { type AxisLike, checkAxis } from "../base/axes.ts";
import { InputSpec } from "../base/input_spec.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { LayerName, OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";

/** The options of {@linkcode UnitNormalization}. */
export interface UnitNormalizationOptions extends LayerOptions {
  /** The axis, or the axes, of the vectors. Default: -1. */
  readonly axis?: AxisLike;
}

/**
 * Divides vectors by their length: `x / sqrt(Σx²)`, along `axis`. Zeros stay zeros.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { UnitNormalization } from "@strata/nn";
 *
 * assertEquals(new UnitNormalization()([[0, 4], [0, 0]]).array(), [[0, 1], [0, 0]]);
 * ```
 */
export class UnitNormalization<
  const O extends UnitNormalizationOptions = NoOptions,
> extends Layer<
  Normalizes<OptionFor<O, "axis", -1, AxisLike>, LayerName<O, "unit_normalization">, ResultDType<O>>,
  unknown,
  LayerConfig & { readonly axis: AxisLike }
> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { options: ["axis"] };
  /** The axis, or the axes, of the vectors. */
  readonly axis: OptionFor<O, "axis", -1, AxisLike>;
  /**
   * Makes the layer.
   *
   * @throws {TypeError} If an axis is no integer.
   */
  constructor(options?: OptionsFor<O, UnitNormalizationOptions>) {
    super(options);
    const given: UnitNormalizationOptions = options ?? {};
    this.supportsMasking = true;
    this.axis = checkAxis(given.axis ?? -1, this.name) as this["axis"];
    this.inputSpec = new InputSpec();
  }
  /** Vectors of length 1. */
  override call(x: Tensor): Tensor {
    return unitNormalization(asFloats(x, this.computeDtype), this.axis);
  }
  /** The mismatch of the axes. */
  protected override mismatch(shape: Structure<Shape | null>): readonly [number, string] | undefined {
    return axesMismatch(shape, this.axis);
  }
}
