// Attention's first einsum.
import { type EagerTensor, ops, zeros } from "../../../mod.ts";

export const y: EagerTensor<readonly [8, 12, 128, 128], "float32"> = ops.einsum("bqhd,bkhd->bhqk", zeros([8, 128, 12, 64]), zeros([8, 128, 12, 64]));
