// A layer that normalizes, made and called.
import { zeros } from "../../../mod.ts";
import { LayerNormalization } from "../../../src/layers/normalization/layer_normalization.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 16, 64]> = new LayerNormalization()(zeros([8, 16, 64])).shape;
