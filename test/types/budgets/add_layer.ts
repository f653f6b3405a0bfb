// Two tensors of one shape added by a layer, as residual connections do.
import { input } from "../../../mod.ts";
import { Add } from "../../../src/layers/merging/merging.ts";
import type { Expected } from "../first_use.ts";

const x = input(["batch", 32, 32, 64]);
const y = input(["batch", 32, 32, 64]);
export const shape: Expected<readonly ["batch", 32, 32, 64]> = new Add()([x, y]).shape;
