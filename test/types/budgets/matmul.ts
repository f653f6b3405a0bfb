// A product of stacks of matrices.
import { ops, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [7, 8, 2, 5]> = ops.matmul(zeros([7, 1, 2, 3]), zeros([8, 3, 5])).shape;
