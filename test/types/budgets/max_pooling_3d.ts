// A pooling layer over three axes whose windows stay inside and overlap.
import { zeros } from "../../../mod.ts";
import { MaxPooling3D } from "../../../src/layers/pooling/max_pooling.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 4, 37, 55, 64]> =
  new MaxPooling3D({ poolSize: [3, 4, 5], strides: [2, 3, 2] })(zeros([8, 9, 112, 113, 64])).shape;
