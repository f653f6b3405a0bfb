/**
 * The entries of the op table in this folder, by their names.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { entryOf } from "../define.ts";
import { batchDotOperation } from "./batch_dot.ts";
import { denseOperation } from "./dense.ts";
import { einsumOperation } from "./einsum.ts";
import { dot, inner, matmul, outer, tensordotOperation } from "./linear_algebra.ts";
import { projectOperation } from "./project.ts";

/** The names of the entries. */
export type ProductsName =
  | "batchDot"
  | "dense"
  | "dot"
  | "einsum"
  | "inner"
  | "matmul"
  | "outer"
  | "project"
  | "tensordot";

/** The entries by their names. */
export const products: { readonly [Name in ProductsName]: Operation } = {
  batchDot: batchDotOperation,
  dense: denseOperation,
  dot: entryOf(dot),
  einsum: einsumOperation,
  inner: entryOf(inner),
  matmul: entryOf(matmul),
  outer: entryOf(outer),
  project: projectOperation,
  tensordot: tensordotOperation,
};
