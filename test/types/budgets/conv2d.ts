// A convolution over images that is made and called.
import { zeros } from "../../../mod.ts";
import { Conv2D } from "../../../src/layers/convolution/conv.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 112, 112, 64]> =
  new Conv2D(64, 7, { strides: 2, padding: "same", activation: "relu" })(zeros([8, 224, 224, 3])).shape;
