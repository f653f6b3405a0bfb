// A part of each of three axes.
import { ops, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [4, 20, 2]> = ops.slice(zeros([8, 28, 3]), [2, 8, 1], [4, -1, 2]).shape;
