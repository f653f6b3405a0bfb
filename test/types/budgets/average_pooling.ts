// A pooling layer whose windows adjoin.
import { zeros } from "../../../mod.ts";
import { AveragePooling2D } from "../../../src/layers/pooling/average_pooling.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 56, 56, 64]> = new AveragePooling2D(2)(zeros([8, 112, 112, 64])).shape;
