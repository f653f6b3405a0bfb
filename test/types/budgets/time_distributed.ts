// A dense layer applied to each step.
import { Dense, TimeDistributed, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [2, 5, 4]> = new TimeDistributed(new Dense(4))(zeros([2, 5, 3])).shape;
