// Three tensors in a row.
import { ops, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 96, 3]> = ops.concatenate(
  [zeros([8, 32, 3]), zeros([8, 40, 3]), zeros([8, 24, 3])],
  { axis: 1 },
).shape;
