// Dot products of rows, by a layer.
import { input } from "../../../mod.ts";
import { Dot } from "../../../src/layers/merging/dot.ts";
import type { Expected } from "../first_use.ts";

const x = input(["batch", 32, 64]);
const y = input(["batch", 16, 64]);
export const shape: Expected<readonly ["batch", 32, 16]> = new Dot(2)([x, y]).shape;
