// A layer that keeps the shape, made and called.
import { Dropout, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 128, 768]> = new Dropout(0.1)(zeros([8, 128, 768])).shape;
