// A dense layer that is made and called.
import { Dense, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [10, 3]> = new Dense(3, { inputDim: 5 })(zeros([10, 5])).shape;
