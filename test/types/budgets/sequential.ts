// Three layers one after the other, and a call.
import { Dense, input, Sequential, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

const model = new Sequential(input(["batch", 64]), new Dense(32), new Dense(16, { inputDim: 32 }), new Dense(10));
export const shape: Expected<readonly [8, 10]> = model(zeros([8, 64])).shape;
