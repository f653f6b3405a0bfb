/**
 * The common parts of layers that give images another size.
 *
 * @module
 */
import type { DataFormat } from "../../shape/conv.ts";
import type { Shape } from "../../shape/dim.ts";
import type { Mismatch } from "../../shape/error.ts";
import { replaceImage } from "../../shape/images.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { AsShape } from "../../tensor/like.ts";
import type { Structure } from "../../tensor/structure.ts";
import type { ConfigNames } from "../base/config.ts";
import { InputSpec } from "../base/input_spec.ts";
import { Layer } from "../base/layer.ts";
import { relationMismatch } from "../base/mismatch.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { incompatible } from "../base/sentences.ts";
import type { NameOr, Signature } from "../base/signature.ts";
import { positiveInteger } from "../base/validate.ts";
import { wordOf } from "../base/spatial_options.ts";

/** The options of layers that give images another size. */
export interface ImageLayerOptions<
  F extends DataFormat | undefined = DataFormat,
  Name extends string = string,
  D extends DType = DType,
> extends LayerOptions<Name, D> {
  /** Whether the channels are the last axis or the one before the height. Default: `"channels_last"`. */
  readonly dataFormat?: F;
}

/** The configuration of layers that give images another size. */
export interface ImageLayerConfig extends LayerConfig {
  /** The height of the results. */
  readonly height: number;
  /** The width of the results. */
  readonly width: number;
  /** The position of the channel axis. */
  readonly dataFormat: DataFormat;
}

/** @internal */
type Format<F> = undefined extends F ? "channels_last" : F & DataFormat;

/** Images, with or without a batch, get another height and width. */
export interface ImageSignature<H extends number, W extends number, F, Name extends string, D extends DType>
  extends Signature {
  /** The sentence where there are other than 3 or 4 axes. */
  readonly check: this["input"] extends Shape
    ? replaceImage<this["input"], Format<F>, H, W> extends Mismatch<infer Reason>
      ? Mismatch<incompatible<Name, 0, Reason>>
    : unknown
    : unknown;
  /** The shape with the height and the width of the layer. */
  readonly output: this["input"] extends Shape ? AsShape<replaceImage<this["input"], Format<F>, H, W>> : Shape;
  /** The dtype of the result. */
  readonly dtype: D;
}

/** A layer that gives images another size. */
export abstract class ImageLayer<
  H extends number = number,
  W extends number = number,
  S extends Signature = ImageSignature<H, W, DataFormat, NameOr<string, string>, DType>,
  C extends ImageLayerConfig = ImageLayerConfig,
> extends Layer<S, unknown, C> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { positional: ["height", "width"], options: ["dataFormat"] };
  /** The height of the results. */
  readonly height: H;
  /** The width of the results. */
  readonly width: W;
  /** The position of the channel axis. */
  readonly dataFormat: DataFormat;

  /**
   * Makes the layer.
   *
   * @throws {RangeError} If a size is no positive integer, or the data format is none.
   */
  constructor(height: H, width: W, options: ImageLayerOptions = {}) {
    super(options);
    this.height = positiveInteger(height, "height", this.name);
    this.width = positiveInteger(width, "width", this.name);
    this.dataFormat = wordOf(options.dataFormat, ["channels_last", "channels_first"], "dataFormat", this.name);
    this.inputSpec = new InputSpec();
  }

  /** The mismatch of the shape. */
  protected override mismatch(shape: Structure<Shape | null>): readonly [number, string] | undefined {
    return relationMismatch(() => replaceImage(shape as Shape, this.dataFormat, this.height, this.width));
  }
}
