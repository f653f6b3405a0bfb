// A global pooling layer.
import { zeros } from "../../../mod.ts";
import { GlobalAveragePooling2D } from "../../../src/layers/pooling/global_pooling.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 2048]> = new GlobalAveragePooling2D()(zeros([8, 7, 7, 2048])).shape;
