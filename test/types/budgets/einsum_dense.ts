// A projection to heads.
import { type EagerTensor, EinsumDense, zeros } from "../../../mod.ts";

export const y: EagerTensor<readonly [8, 128, 12, 64], "float32"> = new EinsumDense("abc,cde->abde", [null, 12, 64])(zeros([8, 128, 768]));
