// A gated recurrent layer: the outputs of all steps.
import { GRU, input } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

const x = input(["batch", "time", 3]);
export const shape: Expected<readonly ["batch", "time", 4]> = new GRU(4, { returnSequences: true })(x).shape;
