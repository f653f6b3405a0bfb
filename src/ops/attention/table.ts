/**
 * The entries of the op table in this folder, by their names.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { attentionMaskOperation, attentionPlacesOperation, dotProductAttentionOperation } from "./attention.ts";
import { attentionWeightsOperation } from "./weights.ts";

/** The names of the entries. */
export type AttentionName =
  | "attentionMask"
  | "attentionPlaces"
  | "attentionWeights"
  | "dotProductAttention";

/** The entries by their names. */
export const attention: { readonly [Name in AttentionName]: Operation } = {
  attentionMask: attentionMaskOperation,
  attentionPlaces: attentionPlacesOperation,
  attentionWeights: attentionWeightsOperation,
  dotProductAttention: dotProductAttentionOperation,
};
