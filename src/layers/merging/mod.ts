/**
 * Layers of several inputs.
 *
 * @module
 */
export { Concatenate, type ConcatenateOptions, type ConcatenateSignature } from "./concatenate.ts";
export { Dot, type DotAxes, type DotConfig, type DotOptions, type DotSignature } from "./dot.ts";
export {
  Add,
  Average,
  type AverageSignature,
  Maximum,
  Merge,
  type MergeSignature,
  Minimum,
  Multiply,
  Subtract,
} from "./merging.ts";
export { add, average, concatenate, dot, maximum, minimum, multiply, subtract } from "./merging_functions.ts";
