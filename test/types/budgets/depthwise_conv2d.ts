// A convolution of each channel by itself, made and called.
import { DepthwiseConv2D, input } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

const x = input(["batch", 112, 112, 32]);
export const shape: Expected<readonly ["batch", 56, 56, 32]> =
  new DepthwiseConv2D(3, { strides: 2, padding: "same", useBias: false })(x).shape;
