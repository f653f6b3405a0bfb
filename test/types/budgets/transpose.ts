// Four axes in another order.
import { type EagerTensor, ops, zeros } from "../../../mod.ts";

export const y: EagerTensor<readonly [8, 3, 28, 32], "float32"> = ops.transpose(zeros([8, 28, 32, 3]), [0, 3, 1, -2]);
