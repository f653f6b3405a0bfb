// A lookup of vectors.
import { Embedding, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 128, 768]> =
  new Embedding(30522, 768)(zeros([8, 128], { dtype: "int32" })).shape;
