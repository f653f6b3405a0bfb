// A model of three layers, and a call.
import { Dense, input, Model, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

const x = input(["batch", 64]);
const h = new Dense(32)(x);
const model = new Model({ inputs: x, outputs: new Dense(10)(new Dense(16)(h)) });
export const shape: Expected<readonly [8, 10]> = model(zeros([8, 64])).shape;
