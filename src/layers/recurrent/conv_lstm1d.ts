/**
 * Convolutional long short-term memory over lines.
 *
 * @module
 */
import type { DataFormat } from "../../shape/conv.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { NameOr } from "../base/signature.ts";
import type { Sizes1D, SpatialPadding } from "../convolution/conv_options.ts";
import type { ConvolutionOf } from "../convolution/conv_signature.ts";
import { ConvLSTM, type ConvLSTMConfig, type ConvLSTMOptions, type ConvLSTMSignature } from "./conv_lstm.ts";

/**
 * Long short-term memory whose products are convolutions, for sequences of lines.
 *
 * Input: `[batch, time, steps, channels]`, or `[batch, time, channels, steps]` where `dataFormat` is
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
 * import { ConvLSTM1D, zeros } from "@strata/nn";
 *
 * const layer = new ConvLSTM1D(3, 2, { returnSequences: true });
 * assertEquals(layer(zeros([1, 4, 5, 2])).shape, [1, 4, 4, 3]);
 * ```
 */
export class ConvLSTM1D<
  const F extends number = number,
  const K extends Sizes1D = Sizes1D,
  const S extends Sizes1D | undefined = Sizes1D | undefined,
  const P extends SpatialPadding | undefined = SpatialPadding | undefined,
  const L extends Sizes1D | undefined = Sizes1D | undefined,
  const Format extends DataFormat | undefined = DataFormat | undefined,
  const Sequences extends boolean = false,
  const State extends boolean = false,
  const Name extends string = string,
  const D extends DType = "float32",
> extends ConvLSTM<
  ConvLSTMSignature<
    4,
    ConvolutionOf<F, K, S, P, L, Format>,
    Sequences,
    State,
    NameOr<Name, "conv_lstm1d">,
    D
  >
> {
  /**
   * Makes the layer.
   *
   * @param filters The number of channels of the results, a positive integer.
   * @param kernelSize The size of the kernel, one number or one for each spatial axis.
   * @throws {RangeError} If an option is none that there is, or strides and dilation are both greater than 1.
   */
  constructor(
    filters: F,
    kernelSize: K,
    options: ConvLSTMOptions<S, P, L, Format, Sequences, State, Name, D> = {},
  ) {
    super(1, "conv_lstm1d", filters, kernelSize, options as ConvLSTMOptions);
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: ConvLSTMConfig): ConvLSTM1D {
    const { filters, kernelSize, ...options } = config;
    return new ConvLSTM1D<number, Sizes1D>(filters, kernelSize as Sizes1D, options as never);
  }
}
