/**
 * Operations on tensors: they run at once on tensors that have values, and are recorded on symbolic ones.
 *
 * @module
 */
export * from "./arithmetic.ts";
