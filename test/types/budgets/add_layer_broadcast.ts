// Two tensors of other ranks multiplied by a layer.
import { input } from "../../../mod.ts";
import { Multiply } from "../../../src/layers/merging/merging.ts";
import type { Expected } from "../first_use.ts";

const x = input(["batch", 32, 32, 64]);
const y = input(["batch", 1, 64]);
export const shape: Expected<readonly ["batch", 32, 32, 64]> = new Multiply()([x, y]).shape;
