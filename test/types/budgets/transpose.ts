// Four axes in another order.
import { ops, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 3, 28, 32]> = ops.transpose(zeros([8, 28, 32, 3]), [0, 3, 1, -2]).shape;
