/**
 * Convolutional long short-term memory over volumes.
 *
 * @module
 */
import type { KindOf, NoOptions } from "../../ops/options.ts";
import type { Sizes } from "../../shape/spatial.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { ConvolutionOf } from "../convolution/conv_signature.ts";
import { ConvLSTM, type ConvLSTMConfig, type ConvLSTMOptions, type ConvLSTMSignature } from "./conv_lstm.ts";

/**
 * Long short-term memory whose products are convolutions, for sequences of volumes.
 *
 * Input: `[batch, time, depth, height, width, channels]`, or `[batch, time, channels, depth, height, width]` where `dataFormat` is
 * `"channels_first"`; sizes after the time are known. Output: the result of the last step, with `filters` channels; with
 * `returnSequences` those of all steps; with `returnState` an array of that and the states `h` and `c`. The kernel slides
 * over the input as the options say, and over the state so that its size stays.
 *
 * Weights: `kernel` `[...kernelSize, channels, 4 * filters]`, `recurrent_kernel` `[...kernelSize, filters, 4 * filters]` and
 * `bias` `[4 * filters]`.
 *
 * See X. Shi et al., Convolutional LSTM Network: A Machine Learning Approach for Precipitation Nowcasting, 2015.
 *
 * @throws {ShapeError} When called with steps of other sizes than it was built for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ConvLSTM3D, zeros } from "@strata/nn";
 *
 * const layer = new ConvLSTM3D(3, 2, { returnSequences: true });
 * assertEquals(layer(zeros([1, 4, 5, 6, 3, 2])).shape, [1, 4, 4, 5, 2, 3]);
 * ```
 */
export class ConvLSTM3D<
  const F extends number = number,
  const K extends Sizes<3> = Sizes<3>,
  const O extends ConvLSTMOptions<3> = NoOptions,
> extends ConvLSTM<
  ConvLSTMSignature<
    6,
    ConvolutionOf<F, K, O>,
    KindOf<O, "returnSequences", boolean, false>,
    KindOf<O, "returnState", boolean, false>,
    LayerName<O, "conv_lstm3d">,
    ResultDType<O>
  >
> {
  /**
   * Makes the layer.
   *
   * @param filters The number of channels of the results, a positive integer.
   * @param kernelSize The size of the kernel, one number or one for each spatial axis.
   * @throws {RangeError} If an option has an unsupported value, or strides and dilation are both greater than 1.
   */
  constructor(filters: F, kernelSize: K, options?: OptionsFor<O, ConvLSTMOptions<3>>) {
    super(3, "conv_lstm3d", filters, kernelSize, options);
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: ConvLSTMConfig): ConvLSTM3D<number, Sizes<3>, ConvLSTMOptions<3>> {
    const { filters, kernelSize, ...options } = config;
    return new this<number, Sizes<3>, ConvLSTMOptions<3>>(
      filters,
      kernelSize as Sizes<3>,
      options as ConvLSTMOptions<3>,
    );
  }
}
