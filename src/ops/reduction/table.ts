/**
 * The entries of the op table in this folder, by their names.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { entryOf } from "../define.ts";
import { histogramEdgesOperation } from "./counting.ts";
import { cumprod, cumsum, diffOperation } from "./cumulative.ts";
import { momentsOperation } from "./moments.ts";
import { normalizeOperation, normOperation } from "./norm.ts";
import {
  all,
  any,
  argmax,
  argmin,
  countNonzero,
  logsumexp,
  max,
  mean,
  min,
  prod,
  std,
  sum,
  variance,
} from "./reduction.ts";
import { segmentMax, segmentMin, segmentProd, segmentSum } from "./segments.ts";
import { argsortOperation, sortOperation, topKOperation } from "./sorting.ts";

/** The names of the entries. */
export type ReductionName =
  | "all"
  | "any"
  | "argmax"
  | "argmin"
  | "argsort"
  | "countNonzero"
  | "cumprod"
  | "cumsum"
  | "diff"
  | "histogramEdges"
  | "logsumexp"
  | "max"
  | "mean"
  | "min"
  | "moments"
  | "norm"
  | "normalize"
  | "prod"
  | "segmentMax"
  | "segmentMin"
  | "segmentProd"
  | "segmentSum"
  | "sort"
  | "std"
  | "sum"
  | "topK"
  | "variance";

/** The entries by their names. */
export const reduction: { readonly [Name in ReductionName]: Operation } = {
  all: entryOf(all),
  any: entryOf(any),
  argmax: entryOf(argmax),
  argmin: entryOf(argmin),
  argsort: argsortOperation,
  countNonzero: entryOf(countNonzero),
  cumprod: entryOf(cumprod),
  cumsum: entryOf(cumsum),
  diff: diffOperation,
  histogramEdges: histogramEdgesOperation,
  logsumexp: entryOf(logsumexp),
  max: entryOf(max),
  mean: entryOf(mean),
  min: entryOf(min),
  moments: momentsOperation,
  norm: normOperation,
  normalize: normalizeOperation,
  prod: entryOf(prod),
  segmentMax: entryOf(segmentMax),
  segmentMin: entryOf(segmentMin),
  segmentProd: entryOf(segmentProd),
  segmentSum: entryOf(segmentSum),
  sort: sortOperation,
  std: entryOf(std),
  sum: entryOf(sum),
  topK: topKOperation,
  variance: entryOf(variance),
};
