// Printing a shape of eight dims.
import type { ShowShape } from "../../../src/shape/dim.ts";

export const text: ShowShape<readonly [1, 22, 333, 4444, "batch", "time", null, number]> =
  "[1, 22, 333, 4444, batch, time, ?, ?]";
