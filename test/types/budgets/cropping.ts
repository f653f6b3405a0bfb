// Images with their edges cut off.
import { zeros } from "../../../mod.ts";
import { Cropping2D } from "../../../src/layers/reshaping/cropping.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 218, 220, 3]> =
  new Cropping2D({ cropping: [3, 2] })(zeros([8, 224, 224, 3])).shape;
