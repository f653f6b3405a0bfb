// A vector for each step.
import { input, RepeatVector } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly ["batch", 7, 64]> = new RepeatVector(7)(input(["batch", 64])).shape;
