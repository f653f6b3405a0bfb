// A recurrent layer whose products are convolutions.
import { ConvLSTM2D, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

const x = zeros([2, 5, 28, 28, 3]);
export const shape: Expected<readonly [2, 26, 26, 8]> = new ConvLSTM2D(8, 3)(x).shape;
