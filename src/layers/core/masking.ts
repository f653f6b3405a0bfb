/**
 * Masking of steps.
 *
 * @module
 */
import { maskSteps } from "../../ops/recurrent/mask_steps.ts";
import type { NoOptions } from "../../ops/options.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ConfigNames } from "../base/config.ts";
import { InputSpec } from "../base/input_spec.ts";
import { Layer } from "../base/layer.ts";
import { setMask } from "../base/masks.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { Keeps } from "../base/signature.ts";

/** The options of {@linkcode Masking}. */
export interface MaskingOptions extends LayerOptions {
  /** A step of which all features have this value does not count. Default: 0. */
  readonly maskValue?: number;
}

/** The configuration of {@linkcode Masking}. */
export interface MaskingConfig extends LayerConfig {
  /** A step of which all features have this value does not count. */
  readonly maskValue: number;
}

/**
 * Leaves out steps of sequences: those of which all features have `maskValue` become 0, and later layers that take masks
 * skip them. The shape stays.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { EagerTensor, Masking, maskOf } from "@strata/nn";
 *
 * const y = new Masking({ maskValue: 9 })([[[1, 9], [9, 9]]]);
 * assertEquals(y.array(), [[[1, 9], [0, 0]]]);
 * assertEquals((maskOf(y) as EagerTensor).array(), [[true, false]]);
 * ```
 */
export class Masking<
  const O extends MaskingOptions = NoOptions,
> extends Layer<Keeps<LayerName<O, "masking">, { readonly minNdim: 1 }, ResultDType<O>>, unknown, MaskingConfig> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { options: ["maskValue"] };
  /** A step of which all features have this value does not count. */
  readonly maskValue: number;
  /**
   * Makes the layer.
   *
   * @param options The value.
   */
  constructor(options?: OptionsFor<O, MaskingOptions>) {
    super(options);
    const given: MaskingOptions = options ?? {};
    this.maskValue = given.maskValue ?? 0;
    this.inputSpec = new InputSpec({ minNdim: 1 });
    this.supportsMasking = true;
  }
  /** The input, with steps that do not count set to 0. */
  override call(x: Tensor): Tensor {
    const [values, counts] = maskSteps(x, this.maskValue);
    setMask(values, counts);
    return values;
  }
  /** The steps that count. */
  override computeMask(x: Tensor): Tensor {
    return maskSteps(x, this.maskValue)[1];
  }
}
