// Three layers one after the other, and a call.
import { Dense, type EagerTensor, input, Sequential, zeros } from "../../../mod.ts";

const model = new Sequential(input(["batch", 64]), new Dense(32), new Dense(16, { inputDim: 32 }), new Dense(10));
export const y: EagerTensor<readonly [8, 10], "float32"> = model(zeros([8, 64]));
