/**
 * Layers and functions as graphs: traced, and compiled for the main thread.
 *
 * @module
 */
export { jit } from "./jit.ts";
export { trace } from "./trace.ts";
export type * from "./types.ts";
