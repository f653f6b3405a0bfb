// A model of three layers, and a call.
import { Dense, type EagerTensor, input, Model, zeros } from "../../../mod.ts";

const x = input(["batch", 64]);
const h = new Dense(32)(x);
const model = new Model({ inputs: x, outputs: new Dense(10)(new Dense(16)(h)) });
export const y: EagerTensor<readonly [8, 10], "float32"> = model(zeros([8, 64]));
