/**
 * Base classes of merging layers, and the types of their signatures, options and configurations.
 *
 * @module
 */
export type { ConcatenateOptions, ConcatenateSignature } from "./concatenate.ts";
export type { DotAxes, DotConfig, DotOptions, DotSignature } from "./dot.ts";
export { type AverageSignature, Merge, type MergeSignature } from "./merging.ts";
