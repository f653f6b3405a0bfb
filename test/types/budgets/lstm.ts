// Outputs of all steps, and states.
import { zeros } from "../../../mod.ts";
import { LSTM } from "../../../src/layers/recurrent/lstm.ts";
import type { Expected } from "../first_use.ts";

const x = zeros([2, 5, 3]);
export const shape: Expected<readonly [2, 5, 4]> =
  new LSTM(4, { returnSequences: true, returnState: true })(x)[0].shape;
