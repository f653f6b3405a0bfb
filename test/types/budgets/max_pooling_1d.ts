// A pooling layer over sequences.
import { input, MaxPooling1D } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly ["batch", 64, 8]> = new MaxPooling1D()(input(["batch", 128, 8])).shape;
