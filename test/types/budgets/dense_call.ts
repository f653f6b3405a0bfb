// A call of a dense layer.
import type { Dense, EagerTensor } from "../../../mod.ts";

declare const dense: Dense<3, 5>;
declare const x: EagerTensor<readonly [10, 5], "float32">;
export const y: EagerTensor<readonly [10, 3], "float32"> = dense(x);
