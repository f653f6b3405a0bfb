/**
 * What the package exports, with the names that only the entry point of layers has.
 *
 * @module
 */
export * from "../../mod.ts";
export * from "../../src/layers/mod.ts";
