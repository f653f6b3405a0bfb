// A dense layer that is made and called.
import { Dense, type EagerTensor, zeros } from "../../../mod.ts";

export const y: EagerTensor<readonly [10, 3], "float32"> = new Dense(3, { inputDim: 5 })(zeros([10, 5]));
