// Three tensors in a row.
import { type EagerTensor, ops, zeros } from "../../../mod.ts";

export const y: EagerTensor<readonly [8, 96, 3], "float32"> = ops.concatenate([zeros([8, 32, 3]), zeros([8, 40, 3]), zeros([8, 24, 3])], { axis: 1 });
