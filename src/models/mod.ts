/**
 * Models: layers made of layers.
 *
 * @module
 */
export { Model, type ModelOptions } from "./model.ts";
export { Sequential, type SequentialParts, type SequentialSignature } from "./sequential.ts";
export type { DTypeOfStructure, ModelSignature, ShapesOfStructure, SymbolicStructure } from "./signature.ts";
