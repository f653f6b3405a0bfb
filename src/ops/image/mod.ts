/**
 * Operations on images.
 *
 * @module
 */
export { resize, type ResizeOptions } from "./resize.ts";
