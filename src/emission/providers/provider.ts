/**
 * The provider of the engine for which a model is written: providers have different kernels.
 *
 * @module
 */

/** The place where a model runs: on the processor, or on a graphics device. */
export type Provider = "wasm" | "webgpu";

/** The suffix of the names of nodes that WebGPU must leave to the processor, although it has a kernel. */
export const ON_PROCESSOR = "@cpu";
