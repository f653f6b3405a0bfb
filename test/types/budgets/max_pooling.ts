// A pooling layer over images that is made and called.
import { zeros } from "../../../mod.ts";
import { MaxPooling2D } from "../../../src/layers/pooling/max_pooling.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 56, 56, 64]> =
  new MaxPooling2D({ poolSize: 3, strides: 2, padding: "same" })(zeros([8, 112, 112, 64])).shape;
