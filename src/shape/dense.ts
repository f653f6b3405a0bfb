/**
 * Dense layers: a matrix product with a kernel, and a bias.
 *
 * @module
 */

import { sizesDiffer } from "./broadcast.ts";
import { type Shape, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";
import { matmul } from "./matmul.ts";

/**
 * The sentence for a kernel that is no matrix.
 *
 * @internal
 */
export type kernelNoMatrix<Kernel extends Shape> = `Cannot multiply by a kernel of shape ${ShowShape<
  Kernel
>}: expected 2 axes`;

/** The sentence for a kernel that is no matrix. */
export function kernelNoMatrix(kernel: Shape): string {
  return `Cannot multiply by a kernel of shape ${showShape(kernel)}: expected 2 axes`;
}

/** The sentence for a bias that is not one value a unit. */
export type biasDiffers<Bias extends Shape, Kernel extends Shape> = `Cannot add a bias of shape ${ShowShape<
  Bias
>} with a kernel of shape ${ShowShape<Kernel>}: expected one axis, of the kernel's last size`;

/** The sentence for a bias that is not one value a unit. */
export function biasDiffers(bias: Shape, kernel: Shape): string {
  return `Cannot add a bias of shape ${showShape(bias)} with a kernel of shape ${
    showShape(kernel)
  }: expected one axis, of the kernel's last size`;
}

/** The shape of `[..., in]` by a kernel `[in, units]`, which is `[..., units]`, or the {@linkcode Mismatch}. */
export type dense<X extends Shape, Kernel extends Shape> = number extends Kernel["length"] ? Shape
  : Kernel["length"] extends 2 ? matmul<X, Kernel>
  : Mismatch<kernelNoMatrix<Kernel>>;

/** The shape of the bias that goes with a kernel, or the {@linkcode Mismatch}. */
export type denseBias<Bias extends Shape, Kernel extends Shape> = number extends Bias["length"] | Kernel["length"]
  ? Shape
  : [Bias, Kernel] extends [readonly [infer B], readonly [...unknown[], infer Units]]
    ? sizesDiffer<B, Units> extends true ? Mismatch<biasDiffers<Bias, Kernel>> : Bias
  : Mismatch<biasDiffers<Bias, Kernel>>;

/**
 * The shape of `[..., in]` by a kernel `[in, units]`, which is `[..., units]`.
 *
 * @throws {ShapeError} If the kernel is no matrix, the inner dims are known and differ, or the bias does not have one
 * value a unit.
 */
export function dense(x: Shape, kernel: Shape, bias?: Shape): Shape {
  if (kernel.length !== 2) throw new ShapeError(kernelNoMatrix(kernel));
  const result = matmul(x, kernel);
  if (bias !== undefined && (bias.length !== 1 || sizesDiffer(bias[0]!, kernel[1]!))) {
    throw new ShapeError(biasDiffers(bias, kernel));
  }
  return result;
}
