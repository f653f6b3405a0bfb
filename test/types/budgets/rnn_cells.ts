// Two cells that are stacked, along sequences.
import { GRUCell, LSTMCell, RNN, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [2, 6]> = new RNN([new LSTMCell(4), new GRUCell(6)])(zeros([2, 5, 3])).shape;
