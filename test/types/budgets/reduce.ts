// A mean over two of four axes.
import { ops, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [2, 1, 4, 1]> =
  ops.mean(zeros([2, 3, 4, 5]), { axis: [1, -1], keepDims: true }).shape;
