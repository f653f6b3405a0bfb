/**
 * Operations on tensors: they run at once on tensors that have values, and are recorded on symbolic ones.
 *
 * @module
 */
export type * from "./types.ts";
export * from "./arithmetic.ts";
export * from "./comparison.ts";
export * from "./logical.ts";
export * from "./exponential.ts";
export * from "./trigonometry.ts";
export * from "./rounding.ts";
export * from "./selection.ts";
export * from "./smooth_activations.ts";
export * from "./rectifiers.ts";
export * from "./softmax.ts";
export * from "./linear_algebra.ts";
export * from "./einsum.ts";
export * from "./matrix_parts.ts";
export * from "./norm.ts";
export * from "./dense.ts";
export * from "./reduction.ts";
export * from "./cumulative.ts";
export * from "./shaping.ts";
export * from "./joining.ts";
export * from "./indexing.ts";
export * from "./repetition.ts";
export * from "./sorting.ts";
export * from "./creation.ts";
export * from "./random.ts";
export type * from "./options.ts";
