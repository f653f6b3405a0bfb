// A simple recurrent layer: the last output.
import { SimpleRNN, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [2, 4]> = new SimpleRNN(4)(zeros([2, 5, 3])).shape;
