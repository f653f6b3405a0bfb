/**
 * The entries of the op table in this folder, by their names.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { resizeOperation } from "./resize.ts";

/** The names of the entries. */
export type ImageName = "image.resize";

/** The entries by their names. */
export const image: { readonly [Name in ImageName]: Operation } = {
  "image.resize": resizeOperation,
};
