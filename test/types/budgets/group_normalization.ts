// Group normalization, made and called.
import { zeros } from "../../../mod.ts";
import { GroupNormalization } from "../../../src/layers/normalization/group_normalization.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 32, 32, 64]> = new GroupNormalization()(zeros([8, 32, 32, 64])).shape;
