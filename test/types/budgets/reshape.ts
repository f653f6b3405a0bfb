// A reshape with a size that is computed.
import { ops, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [28, 7, 3, 4]> = ops.reshape(zeros([7, 28, 12]), [28, 7, -1, 4]).shape;
