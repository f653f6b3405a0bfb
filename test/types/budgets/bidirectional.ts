// Both directions, all steps.
import { zeros } from "../../../mod.ts";
import { Bidirectional } from "../../../src/layers/recurrent/bidirectional.ts";
import { LSTM } from "../../../src/layers/recurrent/lstm.ts";
import type { Expected } from "../first_use.ts";

const x = zeros([2, 5, 3]);
export const shape: Expected<readonly [2, 5, 8]> = new Bidirectional(new LSTM(4, { returnSequences: true }))(x).shape;
