// A transposed convolution over images that is made and called.
import { input } from "../../../mod.ts";
import { Conv2DTranspose } from "../../../src/layers/convolution/conv_transpose.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly ["batch", 57, 113, 32]> =
  new Conv2DTranspose(32, 3, { strides: 2 })(input(["batch", 28, 56, 64])).shape;
