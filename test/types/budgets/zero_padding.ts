// A border around images.
import { zeros } from "../../../mod.ts";
import { ZeroPadding2D } from "../../../src/layers/reshaping/zero_padding.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 230, 231, 3]> =
  new ZeroPadding2D({ padding: [[3, 3], [3, 4]] })(zeros([8, 224, 224, 3])).shape;
