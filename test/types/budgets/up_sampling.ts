// Images made larger.
import { zeros } from "../../../mod.ts";
import { UpSampling2D } from "../../../src/layers/reshaping/up_sampling.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 112, 112, 64]> =
  new UpSampling2D({ interpolation: "bilinear" })(zeros([8, 56, 56, 64])).shape;
