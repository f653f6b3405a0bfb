/**
 * Convolutional long short-term memory.
 *
 * @module
 */
import type { conv, Convolution, DataFormat } from "../../shape/conv.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import type { Mismatch } from "../../shape/error.ts";
import { InputRangeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Structure } from "../../tensor/structure.ts";
import { type ActivationLike, serializeActivation } from "../core/activation.ts";
import type { CellConfig } from "./cell_settings.ts";
import { oneOf, type Sizes2D, sizesFor, type SpatialPadding } from "../convolution/conv_options.ts";
import type { ConvolutionOf } from "../convolution/conv_signature.ts";
import { ConvLSTMCell } from "./conv_lstm_cell.ts";
import { InputSpec } from "../base/input_spec.ts";
import type { LSTMCellOptions } from "./lstm_cell.ts";
import { Recurrent, type RecurrentConfig, type RecurrentOptions } from "./recurrent.ts";
import type { RecurrentCell } from "./recurrent_cell.ts";
import { relationMismatch } from "../base/mismatch.ts";
import type { incompatible } from "../base/sentences.ts";
import type { CheckRank, NameOr, Signature } from "../base/signature.ts";
import { checkLayerOptions } from "../base/known_options.ts";
import { positiveInteger } from "../base/validate.ts";

/** The options of {@linkcode ConvLSTM2D}. */
export interface ConvLSTM2DOptions<
  S extends Sizes2D | undefined = Sizes2D,
  P extends SpatialPadding | undefined = SpatialPadding,
  L extends Sizes2D | undefined = Sizes2D,
  Format extends DataFormat | undefined = DataFormat,
  Sequences extends boolean = boolean,
  State extends boolean = boolean,
  Name extends string = string,
  D extends DType = DType,
> extends RecurrentOptions<Sequences, State, Name, D>, LSTMCellOptions<Name, D> {
  /** How far the kernel goes at a time. Default: 1. */
  readonly strides?: S;
  /** Where the kernel may go. Default: `"valid"`. */
  readonly padding?: P;
  /** How far apart the values are that the kernel takes. Default: 1. */
  readonly dilationRate?: L;
  /** Whether the channels are the last axis or the first one behind the time. Default: `"channels_last"`. */
  readonly dataFormat?: Format;
}

/** The configuration of {@linkcode ConvLSTM2D}. */
export interface ConvLSTM2DConfig extends RecurrentConfig, Omit<CellConfig, "units"> {
  /** The number of channels of the results. */
  readonly filters: number;
  /** The sizes of the kernel. */
  readonly kernelSize: readonly number[];
  /** How far the kernel goes at a time. */
  readonly strides: readonly number[];
  /** Where the kernel may go. */
  readonly padding: string;
  /** How far apart the values are that the kernel takes. */
  readonly dilationRate: readonly number[];
  /** Where the channels are. */
  readonly dataFormat: DataFormat;
  /** The name of the gates' activation. */
  readonly recurrentActivation: string;
  /** Whether the bias of the forget gate begins with ones. */
  readonly unitForgetBias: boolean;
}

/**
 * What the layer gives, where one step gives `Step`.
 *
 * @internal
 */
type Along<Step, T extends Dim, Sequences extends boolean, State extends boolean> = Step extends
  readonly [infer B extends Dim, ...infer Rest extends readonly Dim[]]
  ? ([Sequences] extends [true] ? readonly [B, T, ...Rest] : [Sequences] extends [false] ? Step : Shape) extends
    infer Out ? [State] extends [true] ? readonly [Out, Step, Step] : Out
  : never
  : [State] extends [true] ? readonly [Shape, Shape, Shape]
  : Shape;

/**
 * The sentence where the kernel does not fit on an axis of a step.
 *
 * @internal
 */
type CheckStep<Name extends string, Step> = Step extends Mismatch<infer Reason>
  ? Mismatch<incompatible<Name, 0, Reason>>
  : unknown;

/** From sequences of images to sequences of images, or the last of them. */
export interface ConvLSTM2DSignature<
  C extends Convolution,
  Sequences extends boolean,
  State extends boolean,
  Name extends string,
  D extends DType,
> extends Signature {
  /** The rank of the input. */
  readonly ndim: 5;
  /** The sentence where the input has another rank, or the kernel does not fit on an axis. */
  readonly check: this["input"] extends
    readonly [infer B extends Dim, Dim, infer H extends Dim, infer W extends Dim, infer Z extends Dim]
    ? CheckStep<Name, conv<readonly [B, H, W, Z], C>>
    : CheckRank<Name, 5, this["input"]>;
  /** The shape of the outputs; with states, an array of shapes. */
  readonly output: this["input"] extends
    readonly [infer B extends Dim, infer T extends Dim, ...infer Rest extends Shape]
    ? Along<conv<readonly [B, ...Rest], C>, T, Sequences, State>
    : [State] extends [true] ? readonly [Shape, Shape, Shape]
    : Shape;
  /** The layer's dtype. */
  readonly dtype: D;
}

/**
 * Long short-term memory whose products are convolutions, for sequences of images.
 *
 * Input: `[batch, time, height, width, channels]`, or `[batch, time, channels, height, width]` where `dataFormat` is
 * `"channels_first"`; sizes behind the time are known. Output: the image of the last step, with `filters` channels; with
 * `returnSequences` those of all steps; with `returnState` an array of that and the states `h` and `c`. The kernel slides
 * over the input as the options say, and over the state so that its size stays.
 *
 * Weights: `kernel` `[...kernelSize, channels, 4 * filters]`, `recurrent_kernel` `[...kernelSize, filters, 4 * filters]` and
 * `bias` `[4 * filters]`.
 *
 * See X. Shi et al., Convolutional LSTM Network: A Machine Learning Approach for Precipitation Nowcasting, 2015.
 *
 * @throws {ShapeError} When called with images of other sizes than it was built for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ConvLSTM2D, zeros } from "@strata/nn";
 *
 * const layer = new ConvLSTM2D(3, 2, { returnSequences: true });
 * assertEquals(layer(zeros([1, 4, 5, 6, 2])).shape, [1, 4, 4, 5, 3]);
 * ```
 */
export class ConvLSTM2D<
  const F extends number = number,
  const K extends Sizes2D = Sizes2D,
  const S extends Sizes2D | undefined = Sizes2D | undefined,
  const P extends SpatialPadding | undefined = SpatialPadding | undefined,
  const L extends Sizes2D | undefined = Sizes2D | undefined,
  const Format extends DataFormat | undefined = DataFormat | undefined,
  const Sequences extends boolean = false,
  const State extends boolean = false,
  const Name extends string = string,
  const D extends DType = "float32",
> extends Recurrent<
  RecurrentCell,
  ConvLSTM2DSignature<ConvolutionOf<F, K, S, P, L, Format>, Sequences, State, NameOr<Name, "conv_lstm2d">, D>
> {
  readonly #cell: ConvLSTMCell;
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
    options: ConvLSTM2DOptions<S, P, L, Format, Sequences, State, Name, D> = {},
  ) {
    checkLayerOptions(new.target, options);
    const name = options.name ?? "conv_lstm2d";
    const convolution = {
      filters: positiveInteger(filters as number, "filters", name),
      kernelSize: sizesFor(kernelSize, 2, "kernelSize", name),
      strides: sizesFor(options.strides, 2, "strides", name),
      padding: oneOf(options.padding, ["valid", "same"], "padding", name),
      dilationRate: sizesFor(options.dilationRate, 2, "dilationRate", name),
      dataFormat: oneOf(options.dataFormat, ["channels_last", "channels_first"], "dataFormat", name),
    };
    if (Math.max(...convolution.strides) > 1 && Math.max(...convolution.dilationRate) > 1) {
      throw new InputRangeError(
        `Cannot make layer ${name}: expected strides or dilationRate to be 1, received strides ` +
          `[${convolution.strides.join(", ")}] and dilationRate [${convolution.dilationRate.join(", ")}]`,
      );
    }
    const cell = new ConvLSTMCell(
      convolution,
      { ...options, name: "conv_lstm_cell", activityRegularizer: null } as LSTMCellOptions,
    );
    super(cell as unknown as RecurrentCell, options);
    this.#cell = cell;
    this.inputSpec = new InputSpec({ ndim: 5 });
  }

  /** Builds the cell, and returns the layer. */
  override build(inputShape: Shape): this {
    const [batch, , ...rest] = inputShape;
    const size = this.#cell.stateSizeFor([batch!, ...rest]);
    this.#cell.stateSize = [size, size];
    return super.build(inputShape);
  }

  /** The sizes of the images are fixed once it is built. */
  protected override specFor(inputShape: Shape): InputSpec {
    const sizes = Object.fromEntries(inputShape.slice(2).map((dim, index) => [index + 2, dim]));
    return new InputSpec({ ndim: 5, axes: this.stateful ? { 0: inputShape[0]!, ...sizes } : sizes });
  }

  /** What does not fit about a step. */
  protected override mismatch(shape: Structure<Shape | null>): readonly [number, string] | undefined {
    const [batch, , ...rest] = shape as Shape;
    return relationMismatch(() => this.#cell.stepShape([batch!, ...rest]));
  }

  /** What is applied to what a step makes. */
  get activation(): ActivationLike {
    return this.#cell.settings.activationLike;
  }
  /** The options from which an equal layer can be made. */
  override getConfig(): ConvLSTM2DConfig {
    const { convolution, settings, unitForgetBias } = this.#cell;
    const { filters, kernelSize, strides, padding, dilationRate, dataFormat } = convolution;
    return {
      ...settings.getConfig(),
      recurrentActivation: serializeActivation(settings.recurrentActivationLike),
      unitForgetBias,
      filters,
      kernelSize,
      strides: strides as readonly number[],
      padding: padding!,
      dilationRate: dilationRate as readonly number[],
      dataFormat: dataFormat!,
      ...super.getConfig(),
    };
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: ConvLSTM2DConfig): ConvLSTM2D {
    const { filters, kernelSize, ...options } = config;
    return new ConvLSTM2D<number, Sizes2D>(filters, kernelSize as Sizes2D, options as never);
  }
}
