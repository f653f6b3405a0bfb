/**
 * Layers that turn categories and words into numbers, and images into others.
 *
 * @module
 */
export { CategoryEncoding } from "./category_encoding.ts";
export { CenterCrop } from "./center_crop.ts";
export { Discretization } from "./discretization.ts";
export { Hashing } from "./hashing.ts";
export { IntegerLookup } from "./integer_lookup.ts";
export { Resizing } from "./resizing.ts";
export { StringLookup } from "./string_lookup.ts";
