// A product of stacks of matrices.
import { type EagerTensor, ops, zeros } from "../../../mod.ts";

export const y: EagerTensor<readonly [7, 8, 2, 5], "float32"> = ops.matmul(zeros([7, 1, 2, 3]), zeros([8, 3, 5]));
