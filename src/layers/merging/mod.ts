/**
 * Layers of several inputs.
 *
 * @module
 */
export { Concatenate } from "./concatenate.ts";
export { Dot } from "./dot.ts";
export { Add, Average, Maximum, Minimum, Multiply, Subtract } from "./merging.ts";
