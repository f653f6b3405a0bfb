// A part of each of three axes.
import { type EagerTensor, ops, zeros } from "../../../mod.ts";

export const y: EagerTensor<readonly [4, 20, 2], "float32"> = ops.slice(zeros([8, 28, 3]), [2, 8, 1], [4, -1, 2]);
