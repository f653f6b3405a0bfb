// A layer that scales values, made and called.
import { Rescaling, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

export const shape: Expected<readonly [8, 28, 28, 1]> = new Rescaling(1 / 255)(zeros([8, 28, 28, 1])).shape;
