// Two convolutions over images one after the other, of which none goes over the border.
import { input } from "../../../mod.ts";
import { Conv2D } from "../../../src/layers/convolution/conv.ts";
import type { Expected } from "../first_use.ts";

const x = new Conv2D(32, 3)(input(["batch", 224, 224, 3]));
export const shape: Expected<readonly ["batch", 109, 217, 64]> =
  new Conv2D(64, [5, 6], { strides: [2, 1], groups: 4 })(x).shape;
