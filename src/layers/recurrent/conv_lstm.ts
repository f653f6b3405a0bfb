/**
 * Base class of the convolutional long short-term memories of any spatial rank.
 *
 * @module
 */
import type { conv, Convolution } from "../../shape/conv.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import { InputRangeError, type Mismatch } from "../../shape/error.ts";
import type { AnyCase, DataFormat, PerAxis, SpatialRank } from "../../shape/spatial.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Structure } from "../../tensor/structure.ts";
import { type ActivationLike, serializeActivation } from "../core/activation.ts";
import type { CellConfig } from "./cell_settings.ts";
import type { BaseConvOptions } from "../convolution/conv_options.ts";
import { ConvLSTMCell } from "./conv_lstm_cell.ts";
import { InputSpec } from "../base/input_spec.ts";
import { checkLayerOptions } from "../base/known_options.ts";
import type { LSTMCellOptions } from "./lstm_cell.ts";
import { Recurrent, type RecurrentConfig, type RecurrentOptions } from "./recurrent.ts";
import type { RecurrentCell } from "./recurrent_cell.ts";
import { relationMismatch } from "../base/mismatch.ts";
import type { incompatible } from "../base/sentences.ts";
import type { CheckRank, Signature } from "../base/signature.ts";
import { sizesOf, wordOf } from "../base/spatial_options.ts";
import { positiveInteger } from "../base/validate.ts";

/** The options of convolutional LSTMs. */
export interface ConvLSTMOptions<N extends SpatialRank = SpatialRank>
  extends RecurrentOptions, LSTMCellOptions, Omit<BaseConvOptions<N>, "dataFormat"> {
  /** Position of the channel axis: last, or right after the time. Default: `"channels_last"`. */
  readonly dataFormat?: AnyCase<DataFormat>;
}

/** The configuration of convolutional LSTMs. */
export interface ConvLSTMConfig extends RecurrentConfig, Omit<CellConfig, "units"> {
  /** The number of channels of the results. */
  readonly filters: number;
  /** The sizes of the kernel. */
  readonly kernelSize: readonly number[];
  /** The distance that the kernel moves at a time. */
  readonly strides: readonly number[];
  /** The positions that the kernel may have. */
  readonly padding: string;
  /** The distance between the values that the kernel takes. */
  readonly dilationRate: readonly number[];
  /** The position of the channel axis. */
  readonly dataFormat: DataFormat;
  /** The name of the gates' activation. */
  readonly recurrentActivation: string;
  /** Whether the bias of the forget gate begins with ones. */
  readonly unitForgetBias: boolean;
}

/**
 * The result of the layer, where one step gives `Step`.
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

/** From sequences of images to sequences of images, or the last of them; `Rank` is that of the input. */
export interface ConvLSTMSignature<
  Rank extends number,
  C extends Convolution,
  Sequences extends boolean,
  State extends boolean,
  Name extends string,
  D extends DType,
> extends Signature {
  /** The rank of the input. */
  readonly ndim: Rank;
  /** The sentence where the input has another rank, or the kernel does not fit on an axis. */
  readonly check: this["input"] extends { readonly length: Rank }
    ? this["input"] extends readonly [infer B extends Dim, Dim, ...infer Rest extends Shape]
      ? CheckStep<Name, conv<readonly [B, ...Rest], C>>
    : unknown
    : CheckRank<Name, Rank, this["input"]>;
  /** The shape of the outputs; with states, an array of shapes. */
  readonly output: this["input"] extends
    readonly [infer B extends Dim, infer T extends Dim, ...infer Rest extends Shape]
    ? Along<conv<readonly [B, ...Rest], C>, T, Sequences, State>
    : [State] extends [true] ? readonly [Shape, Shape, Shape]
    : Shape;
  /** The layer's dtype. */
  readonly dtype: D;
}

/** A convolutional LSTM over some number of spatial axes. */
export abstract class ConvLSTM<S extends Signature = Signature> extends Recurrent<RecurrentCell, S> {
  readonly #cell: ConvLSTMCell;
  readonly #rank: number;

  /** Makes the layer for `spatialRank` axes; `name` is what it is called unless the options say so. */
  constructor(
    spatialRank: SpatialRank,
    name: string,
    filters: number,
    kernelSize: PerAxis,
    options: ConvLSTMOptions = {},
  ) {
    checkLayerOptions(new.target, options);
    const named = options.name ?? name;
    const convolution = {
      filters: positiveInteger(filters, "filters", named),
      kernelSize: sizesOf(kernelSize, spatialRank, "kernelSize", named),
      strides: sizesOf(options.strides ?? 1, spatialRank, "strides", named),
      padding: wordOf(options.padding, ["valid", "same"], "padding", named),
      dilationRate: sizesOf(options.dilationRate ?? 1, spatialRank, "dilationRate", named),
      dataFormat: wordOf(options.dataFormat, ["channels_last", "channels_first"], "dataFormat", named),
    };
    if (Math.max(...convolution.strides) > 1 && Math.max(...convolution.dilationRate) > 1) {
      throw new InputRangeError(
        `Cannot make layer ${named}: expected strides or dilationRate to be 1, received strides ` +
          `[${convolution.strides.join(", ")}] and dilationRate [${convolution.dilationRate.join(", ")}]`,
      );
    }
    const cell = new ConvLSTMCell(
      convolution,
      { ...options, name: "conv_lstm_cell", activityRegularizer: null } as LSTMCellOptions,
    );
    super(cell as unknown as RecurrentCell, options as RecurrentOptions);
    this.#cell = cell;
    this.#rank = spatialRank + 3;
    this.inputSpec = new InputSpec({ ndim: this.#rank });
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
    return new InputSpec({ ndim: this.#rank, axes: this.stateful ? { 0: inputShape[0]!, ...sizes } : sizes });
  }

  /** The mismatch of a step. */
  protected override mismatch(shape: Structure<Shape | null>): readonly [number, string] | undefined {
    const [batch, , ...rest] = shape as Shape;
    return relationMismatch(() => this.#cell.stepShape([batch!, ...rest]));
  }

  /** The activation of a step's result. */
  get activation(): ActivationLike {
    return this.#cell.settings.activationLike;
  }

  /** The options from which an equal layer can be made. */
  override getConfig(): ConvLSTMConfig {
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
}
