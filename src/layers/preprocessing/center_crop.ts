/**
 * The middle of images.
 *
 * @module
 */
import { centerCrop } from "../../ops/image/center_crop.ts";
import { cast } from "../../ops/elementwise/selection.ts";
import type { NoOptions } from "../../ops/options.ts";
import type { DataFormat } from "../../shape/conv.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { LayerName, OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";
import { ImageLayer, type ImageLayerConfig, type ImageLayerOptions, type ImageSignature } from "./image_layer.ts";

/**
 * Cuts out the middle of images, a float; where they are smaller, resizes the largest part of the same proportions.
 *
 * Input: `[height, width, channels]`, or `[channels, height, width]` where `dataFormat` is `"channels_first"`, with or
 * without a batch; sizes are known. Output: the same with the height and the width of the layer.
 *
 * @throws {ShapeError} When called with images whose sizes are not known.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { CenterCrop, ops } from "@strata/nn";
 *
 * const images = ops.reshape([1, 2, 3, 4, 5, 6, 7, 8], [2, 4, 1]);
 * assertEquals(new CenterCrop(1, 2)(images).array(), [[[2], [3]]]);
 * ```
 */
export class CenterCrop<
  const H extends number = number,
  const W extends number = number,
  const O extends ImageLayerOptions = NoOptions,
> extends ImageLayer<
  H,
  W,
  ImageSignature<
    H,
    W,
    OptionFor<O, "dataFormat", "channels_last", DataFormat>,
    LayerName<O, "center_crop">,
    ResultDType<O>
  >
> {
  /**
   * Makes the layer.
   *
   * @param height The height of the results.
   * @param width The width of the results.
   * @throws {RangeError} If a size is no positive integer, or the data format is none.
   */
  constructor(height: H, width: W, options?: OptionsFor<O, ImageLayerOptions>) {
    super(height, width, options);
  }

  /** The middle of the images. */
  override call(x: Tensor): Tensor {
    return centerCrop(cast(x, this.computeDtype) as Tensor, this.height, this.width, this.dataFormat);
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: ImageLayerConfig): CenterCrop {
    return super.fromConfig(config) as CenterCrop;
  }
}
