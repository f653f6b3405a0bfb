/**
 * The entries of the op table in this folder, by their names.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { groupNormalizationOperation, unitNormalizationOperation } from "./group_normalization.ts";
import { movingAverageOperation } from "./moving_average.ts";
import {
  batchNormalizationOperation,
  layerNormalizationOperation,
  rmsNormalizationOperation,
} from "./normalization.ts";

/** The names of the entries. */
export type NormalizationName =
  | "batchNormalization"
  | "groupNormalization"
  | "layerNormalization"
  | "movingAverage"
  | "rmsNormalization"
  | "unitNormalization";

/** The entries by their names. */
export const normalization: { readonly [Name in NormalizationName]: Operation } = {
  batchNormalization: batchNormalizationOperation,
  groupNormalization: groupNormalizationOperation,
  layerNormalization: layerNormalizationOperation,
  movingAverage: movingAverageOperation,
  rmsNormalization: rmsNormalizationOperation,
  unitNormalization: unitNormalizationOperation,
};
