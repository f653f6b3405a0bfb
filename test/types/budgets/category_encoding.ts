// One-hot vectors of categories.
import { CategoryEncoding, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

const x = zeros([8, 1], { dtype: "int32" });
export const shape: Expected<readonly [8, 10]> = new CategoryEncoding(10, { outputMode: "one_hot" })(x).shape;
