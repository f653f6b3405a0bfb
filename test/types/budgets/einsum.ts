// Attention's first einsum.
import { ops, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 12, 128, 128]> = ops.einsum(
  "bqhd,bkhd->bhqk",
  zeros([8, 128, 12, 64]),
  zeros([8, 128, 12, 64]),
).shape;
