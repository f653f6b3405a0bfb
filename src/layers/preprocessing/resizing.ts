/**
 * Images of another size.
 *
 * @module
 */
import { checkResize, resize } from "../../ops/image/resize.ts";
import type { Interpolation } from "../../ops/convolution/up_sampling.ts";
import type { DataFormat } from "../../shape/conv.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { CastFloats, NameOr } from "../base/signature.ts";
import { ImageLayer, type ImageLayerConfig, type ImageLayerOptions, type ImageSignature } from "./image_layer.ts";

/** The options of {@linkcode Resizing}. */
export interface ResizingOptions<
  F extends DataFormat | undefined = DataFormat,
  Name extends string = string,
  D extends DType = DType,
> extends ImageLayerOptions<F, Name, D> {
  /** How the values between are found. Default: `"bilinear"`. */
  readonly interpolation?: Interpolation;
  /** Whether the images are cut off so that they keep their proportions. Default: `false`. */
  readonly cropToAspectRatio?: boolean;
  /** Whether the images get a border so that they keep their proportions. Default: `false`. */
  readonly padToAspectRatio?: boolean;
  /** What the border holds; there is only `"constant"`. Default: `"constant"`. */
  readonly fillMode?: "constant";
  /** The value of the border. Default: 0. */
  readonly fillValue?: number;
  /** Whether all values count where there become fewer. Default: `false`. */
  readonly antialias?: boolean;
}

/** How images are resized. */
export interface ResizingSettings {
  /** How the values between are found. */
  readonly interpolation: Interpolation;
  /** Whether the images are cut off so that they keep their proportions. */
  readonly cropToAspectRatio: boolean;
  /** Whether the images get a border so that they keep their proportions. */
  readonly padToAspectRatio: boolean;
  /** What the border holds. */
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
  const F extends DataFormat | undefined = DataFormat | undefined,
  const Name extends string = string,
  const D extends DType = "float32",
> extends ImageLayer<H, W, ResizingSignature<H, W, F, NameOr<Name, "resizing">, D>> {
  /** How the images are resized. */
  readonly settings: ResizingSettings;

  /**
   * Makes the layer.
   *
   * @param height The height of the results.
   * @param width The width of the results.
   * @throws {RangeError} If a size is no positive integer, or an option is none that there is.
   */
  constructor(height: H, width: W, options: ResizingOptions<F, Name, D> = {}) {
    super(height, width, options as ImageLayerOptions);
    this.settings = {
      interpolation: options.interpolation ?? "bilinear",
      cropToAspectRatio: options.cropToAspectRatio ?? false,
      padToAspectRatio: options.padToAspectRatio ?? false,
      fillMode: options.fillMode ?? "constant",
      fillValue: options.fillValue ?? 0,
      antialias: options.antialias ?? false,
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
