/**
 * Convolutions of inputs without channels, over places of which only the run knows how many there are. The engine's kernels
 * take one channel of zeros instead, which adds nothing; what a depthwise convolution makes of it is cut off.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { channelAxis } from "../../shape/conv.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ConvolutionAttributes } from "./nodes.ts";
import { dispatchOne } from "../../eager/dispatch.ts";
import { pad } from "../shaping/repetition.ts";
import { takeSlice } from "../shaping/take_slice.ts";

/** The axis of a kernel that meets the channels of the input. */
function kernelAxis({ name }: { readonly name: string }, kernel: Tensor): number {
  return kernel.shape.length - (name === "convTranspose" ? 1 : 2);
}

/** Whether a kernel says that there are no channels; of a plain convolution the engine takes none. */
export function lacksChannels(operation: { readonly name: string }, [, kernel]: readonly Tensor[]): boolean {
  return operation.name !== "conv" && kernel!.shape[kernelAxis(operation, kernel!)] === 0;
}

/** The convolution of no channels. */
export function convolveNone<A extends ConvolutionAttributes>(
  operation: Operation<A>,
  [x, kernel, ...others]: readonly Tensor[],
  attributes: A,
): Tensor {
  const channels = channelAxis(x!.shape.length, attributes.dataFormat);
  const first = [longer(x!, channels, 1), longer(kernel!, kernelAxis(operation, kernel!), 1)];
  const one = { ...attributes, groups: 1 };
  const multiplier = kernel!.shape.at(-1) as number;
  if (operation.name === "depthwiseConv") {
    const result = dispatchOne(operation, [...first, ...others.map((bias) => longer(bias, 0, multiplier))], one);
    return takeSlice(result, channels, 0, 0);
  }
  if (operation.name === "convTranspose") return dispatchOne(operation, [...first, ...others], one);
  const [pointwise, ...bias] = others;
  return dispatchOne(operation, [...first, longer(pointwise!, pointwise!.shape.length - 2, multiplier), ...bias], one);
}

/** A tensor with zeros at the end of an axis. */
function longer(x: Tensor, axis: number, count: number): Tensor {
  return pad(x, x.shape.map((_, place): readonly [number, number] => [0, place === axis ? count : 0])) as Tensor;
}
