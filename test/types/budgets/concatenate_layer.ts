// Two tensors in a row, by a layer.
import { input } from "../../../mod.ts";
import { Concatenate } from "../../../src/layers/merging/concatenate.ts";
import type { Expected } from "../first_use.ts";

const x = input(["batch", 32, 32, 64]);
const y = input(["batch", 32, 32, 32]);
export const shape: Expected<readonly ["batch", 32, 32, 96]> = new Concatenate()([x, y]).shape;
