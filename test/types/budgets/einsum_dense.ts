// A projection to heads.
import { EinsumDense, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 128, 12, 64]> = new EinsumDense("abc,cde->abde", [null, 12, 64])(
  zeros([8, 128, 768]),
).shape;
