// A layer that normalizes without a mean.
import { RMSNormalization, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 16, 64]> = new RMSNormalization()(zeros([8, 16, 64])).shape;
