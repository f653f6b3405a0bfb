// A reshape of each row of a batch.
import { Reshape, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [32, 7, 7, 512]> = new Reshape([7, -1, 512])(zeros([32, 25088])).shape;
