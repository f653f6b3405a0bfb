// A depthwise convolution and a separable one.
import { input } from "../../../mod.ts";
import { DepthwiseConv2D } from "../../../src/layers/convolution/depthwise_conv.ts";
import { SeparableConv2D } from "../../../src/layers/convolution/separable_conv.ts";
import type { Expected } from "../first_use.ts";

const x = new DepthwiseConv2D(3, { depthMultiplier: 2, padding: "same" })(input(["batch", 56, 56, 64]));
export const shape: Expected<readonly ["batch", 28, 28, 32]> =
  new SeparableConv2D(32, 3, { strides: 2, padding: "same" })(x).shape;
