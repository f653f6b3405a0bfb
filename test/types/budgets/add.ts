// A sum with broadcasting.
import { type EagerTensor, ops, zeros } from "../../../mod.ts";

export const y: EagerTensor<readonly [8, 4, 3], "float32"> = ops.add(zeros([8, 1, 3]), zeros([4, 3]));
