// A lookup of vectors.
import { type EagerTensor, Embedding, zeros } from "../../../mod.ts";

export const y: EagerTensor<readonly [8, 128, 768], "float32"> = new Embedding(30522, 768)(zeros([8, 128], { dtype: "int32" }));
