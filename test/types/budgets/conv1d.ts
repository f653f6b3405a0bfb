// A convolution over sequences, made and called.
import { Conv1D, input } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

const x = input(["batch", 128, 8]);
export const shape: Expected<readonly ["batch", 126, 16]> = new Conv1D(16, 3)(x).shape;
