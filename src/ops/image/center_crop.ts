/**
 * The middle of images.
 *
 * @module
 */
import type { DataFormat } from "../../shape/conv.ts";
import { showShape } from "../../shape/dim.ts";
import { ShapeError } from "../../shape/error.ts";
import { imageAxes } from "../../shape/images.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { takeSlice } from "../shaping/take_slice.ts";
import { resize } from "./resize.ts";

/**
 * The middle of images, of some height and width. Where that is larger, the part of the same proportions is resized.
 *
 * @throws {ShapeError} If there are other than 3 or 4 axes, or a size is not known.
 */
export function centerCrop(x: Tensor, height: number, width: number, dataFormat: DataFormat): Tensor {
  const axes = imageAxes(x.shape, dataFormat);
  const [rows, columns] = [x.shape[axes.height]!, x.shape[axes.width]!];
  if (typeof rows !== "number" || typeof columns !== "number") {
    throw new ShapeError(`Cannot crop images of shape ${showShape(x.shape)}: expected known sizes`);
  }
  if (rows < height || columns < width) {
    return resize(x, [height, width], { cropToAspectRatio: true, dataFormat }) as Tensor;
  }
  const middle = (value: Tensor, axis: number, size: number, length: number): Tensor => {
    const start = Math.floor((size - length) / 2);
    return takeSlice(value, axis, start, start + length);
  };
  return middle(middle(x, axes.height, rows, height), axes.width, columns, width);
}
