// A flatten of an image's features.
import { Flatten, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [32, 25088]> = new Flatten()(zeros([32, 7, 7, 512])).shape;
