/**
 * Images of another size.
 *
 * @module
 */
import { checkResize, resize } from "../../ops/image/resize.ts";
import type { Interpolation } from "../../ops/convolution/up_sampling.ts";
import type { NoOptions } from "../../ops/options.ts";
import type { DataFormat } from "../../shape/conv.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { LayerName, OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { CastFloats } from "../base/signature.ts";
import { ImageLayer, type ImageLayerConfig, type ImageLayerOptions, type ImageSignature } from "./image_layer.ts";

/** The options of {@linkcode Resizing}. */
export interface ResizingOptions extends ImageLayerOptions {
  /** The interpolation of the values between. Default: `"bilinear"`. */
  readonly interpolation?: Interpolation;
  /** Whether the images are cut off so that they keep their proportions. Default: `false`. */
  readonly cropToAspectRatio?: boolean;
  /** Whether the images get a border so that they keep their proportions. Default: `false`. */
  readonly padToAspectRatio?: boolean;
  /** The values of the border; there is only `"constant"`. Default: `"constant"`. */
  readonly fillMode?: "constant";
  /** The value of the border. Default: 0. */
  readonly fillValue?: number;
  /** Whether all values count where there become fewer. Default: `false`. */
  readonly antialias?: boolean;
}

/** The way images are resized. */
export interface ResizingSettings {
  /** The interpolation of the values between. */
  readonly interpolation: Interpolation;
  /** Whether the images are cut off so that they keep their proportions. */
  readonly cropToAspectRatio: boolean;
  /** Whether the images get a border so that they keep their proportions. */
  readonly padToAspectRatio: boolean;
  /** The values of the border. */
  readonly fillMode: "constant";
  /** The value of the border. */
  readonly fillValue: number;
  /** Whether all values count where there become fewer. */
  readonly antialias: boolean;
}

/** The configuration of {@linkcode Resizing}. */
export interface ResizingConfig extends ImageLayerConfig, ResizingSettings {}

/** Images get another height and width. */
export interface ResizingSignature<H extends number, W extends number, F, Name extends string, D extends DType>
  extends Omit<ImageSignature<H, W, F, Name, DType>, "dtype"> {
  /** Floats become the layer's dtype, all else stays. */
  readonly dtype: CastFloats<this["dtypes"], D>;
}

/**
 * Gives images another size, as `ops.image.resize` does.
 *
 * Input: `[height, width, channels]`, or `[channels, height, width]` where `dataFormat` is `"channels_first"`, with or
 * without a batch. Output: the same with the height and the width of the layer. The dtype of integers stays.
 *
 * @throws {ShapeError} When called with images of unknown sizes that are to keep their proportions.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops, Resizing } from "@strata/nn";
 *
 * const images = ops.reshape([1, 2, 3, 4], [1, 2, 2, 1]);
 * assertEquals(ops.ravel(new Resizing(1, 4)(images)).array(), [2, 2.25, 2.75, 3]);
 * ```
 */
export class Resizing<
  const H extends number = number,
  const W extends number = number,
  const O extends ResizingOptions = NoOptions,
> extends ImageLayer<
  H,
  W,
  ResizingSignature<
    H,
    W,
    OptionFor<O, "dataFormat", "channels_last", DataFormat>,
    LayerName<O, "resizing">,
    ResultDType<O>
  >
> {
  /** The way the images are resized. */
  readonly settings: ResizingSettings;

  /**
   * Makes the layer.
   *
   * @param height The height of the results.
   * @param width The width of the results.
   * @throws {RangeError} If a size is no positive integer, or an option is none that there is.
   */
  constructor(height: H, width: W, options?: OptionsFor<O, ResizingOptions>) {
    super(height, width, options);
    const given: ResizingOptions = options ?? {};
    this.settings = {
      interpolation: given.interpolation ?? "bilinear",
      cropToAspectRatio: given.cropToAspectRatio ?? false,
      padToAspectRatio: given.padToAspectRatio ?? false,
      fillMode: given.fillMode ?? "constant",
      fillValue: given.fillValue ?? 0,
      antialias: given.antialias ?? false,
    };
    checkResize([height, width], this.settings);
  }

  /** The images in the layer's size. */
  override call(x: Tensor): Tensor {
    return resize(x, [this.height, this.width], { ...this.settings, dataFormat: this.dataFormat }) as Tensor;
  }

  /** The options from which an equal layer can be made. */
  override getConfig(): ResizingConfig {
    return { ...super.getConfig(), ...this.settings };
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: ResizingConfig): Resizing {
    return super.fromConfig(config) as Resizing;
  }
}
