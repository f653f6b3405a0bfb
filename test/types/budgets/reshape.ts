// A reshape with a size that is computed.
import { type EagerTensor, ops, zeros } from "../../../mod.ts";

export const y: EagerTensor<readonly [28, 7, 3, 4], "float32"> = ops.reshape(zeros([7, 28, 12]), [28, 7, -1, 4]);
