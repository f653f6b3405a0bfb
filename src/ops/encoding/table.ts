/**
 * The entries of the op table in this folder, by their names.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import {
  discretizeOperation,
  encodeCategoriesOperation,
  lookUpIndicesOperation,
  lookUpKeysOperation,
} from "./categories.ts";

/** The names of the entries. */
export type EncodingName =
  | "discretize"
  | "encodeCategories"
  | "lookUpIndices"
  | "lookUpKeys";

/** The entries by their names. */
export const encoding: { readonly [Name in EncodingName]: Operation } = {
  discretize: discretizeOperation,
  encodeCategories: encodeCategoriesOperation,
  lookUpIndices: lookUpIndicesOperation,
  lookUpKeys: lookUpKeysOperation,
};
