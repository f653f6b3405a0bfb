// A sum with broadcasting.
import { ops, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 4, 3]> = ops.add(zeros([8, 1, 3]), zeros([4, 3])).shape;
