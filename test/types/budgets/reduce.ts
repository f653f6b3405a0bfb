// A mean over two of four axes.
import { type EagerTensor, ops, zeros } from "../../../mod.ts";

export const y: EagerTensor<readonly [2, 1, 4, 1], "float32"> = ops.mean(zeros([2, 3, 4, 5]), { axis: [1, -1], keepDims: true });
