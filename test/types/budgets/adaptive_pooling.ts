// A pooling layer whose results have a given size.
import { AdaptiveAveragePooling2D, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 6, 6, 256]> = new AdaptiveAveragePooling2D(6)(zeros([8, 13, 13, 256])).shape;
