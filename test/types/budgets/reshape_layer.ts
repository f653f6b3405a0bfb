// A reshape of each row of a batch.
import { type EagerTensor, Reshape, zeros } from "../../../mod.ts";

export const y: EagerTensor<readonly [32, 7, 7, 512], "float32"> = new Reshape([7, -1, 512])(zeros([32, 25088]));
