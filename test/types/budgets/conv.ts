// A convolution with a kernel.
import { zeros } from "../../../mod.ts";
import { conv } from "../../../src/ops/convolution/convolution.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 110, 110, 16]> = conv(zeros([8, 112, 112, 3]), zeros([3, 3, 3, 16])).shape;
