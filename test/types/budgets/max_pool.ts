// Pooling as an op.
import { zeros } from "../../../mod.ts";
import { maxPool } from "../../../src/ops/convolution/pooling.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 55, 55, 64]> = maxPool(zeros([8, 112, 112, 64]), 3, { strides: 2 }).shape;
