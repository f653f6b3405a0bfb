// Batch normalization, made and called.
import { zeros } from "../../../mod.ts";
import { BatchNormalization } from "../../../src/layers/normalization/batch_normalization.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 32, 32, 64]> = new BatchNormalization()(zeros([8, 32, 32, 64])).shape;
