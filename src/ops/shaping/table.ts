/**
 * The entries of the op table in this folder, by their names.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { entryOf } from "../define.ts";
import { arrangeOperation } from "./arrange.ts";
import { batchFullOperation } from "./batch_full.ts";
import { fullLikeOperation, meshgridOperation } from "./creation.ts";
import { fullOperation } from "./filling.ts";
import { flattenAxesOperation } from "./flatten_axes.ts";
import { oneHotOperation, sliceOperation, takeAlongAxisOperation, takeOperation } from "./indexing.ts";
import { concatenateOperation, splitOperation, stackOperation, unstackOperation } from "./joining.ts";
import { copyOperation, stopGradientOperation } from "./making.ts";
import { diagonalOperation, diagOperation, traceOperation, tril, triu } from "./matrix_parts.ts";
import { broadcastToSizesOperation, reshapeToSizesOperation } from "./open_shapes.ts";
import { flipOperation, padOperation, repeatOperation, rollOperation, tileOperation } from "./repetition.ts";
import { reshapeRestOperation } from "./reshape_rest.ts";
import { scatterOperation, scatterUpdateOperation, sliceUpdateOperation } from "./scatter.ts";
import {
  broadcastToOperation,
  expandDimsOperation,
  flattenOperation,
  reshapeOperation,
  squeezeOperation,
  transposeOperation,
} from "./shaping.ts";
import { sizeOfAxisOperation, sizesOfShapeOperation } from "./sizes.ts";
import { takeSliceOperation } from "./take_slice.ts";
import { foldTimeOperation, unfoldTimeOperation } from "./time_fold.ts";

/** The names of the entries. */
export type ShapingName =
  | "arrange"
  | "batchFull"
  | "broadcastTo"
  | "broadcastToSizes"
  | "concatenate"
  | "copy"
  | "diag"
  | "diagonal"
  | "expandDims"
  | "flatten"
  | "flattenAxes"
  | "flip"
  | "foldTime"
  | "full"
  | "fullLike"
  | "meshgrid"
  | "oneHot"
  | "pad"
  | "repeat"
  | "reshape"
  | "reshapeRest"
  | "reshapeToSizes"
  | "roll"
  | "scatter"
  | "scatterUpdate"
  | "sizeOfAxis"
  | "sizesOfShape"
  | "slice"
  | "sliceUpdate"
  | "split"
  | "squeeze"
  | "stack"
  | "stopGradient"
  | "take"
  | "takeAlongAxis"
  | "takeSlice"
  | "tile"
  | "trace"
  | "transpose"
  | "tril"
  | "triu"
  | "unfoldTime"
  | "unstack";

/** The entries by their names. */
export const shaping: { readonly [Name in ShapingName]: Operation } = {
  arrange: arrangeOperation,
  batchFull: batchFullOperation,
  broadcastTo: broadcastToOperation,
  broadcastToSizes: broadcastToSizesOperation,
  concatenate: concatenateOperation,
  copy: copyOperation,
  diag: diagOperation,
  diagonal: diagonalOperation,
  expandDims: expandDimsOperation,
  flatten: flattenOperation,
  flattenAxes: flattenAxesOperation,
  flip: flipOperation,
  foldTime: foldTimeOperation,
  full: fullOperation,
  fullLike: fullLikeOperation,
  meshgrid: meshgridOperation,
  oneHot: oneHotOperation,
  pad: padOperation,
  repeat: repeatOperation,
  reshape: reshapeOperation,
  reshapeRest: reshapeRestOperation,
  reshapeToSizes: reshapeToSizesOperation,
  roll: rollOperation,
  scatter: scatterOperation,
  scatterUpdate: scatterUpdateOperation,
  sizeOfAxis: sizeOfAxisOperation,
  sizesOfShape: sizesOfShapeOperation,
  slice: sliceOperation,
  sliceUpdate: sliceUpdateOperation,
  split: splitOperation,
  squeeze: squeezeOperation,
  stack: stackOperation,
  stopGradient: stopGradientOperation,
  take: takeOperation,
  takeAlongAxis: takeAlongAxisOperation,
  takeSlice: takeSliceOperation,
  tile: tileOperation,
  trace: traceOperation,
  transpose: transposeOperation,
  tril: entryOf(tril),
  triu: entryOf(triu),
  unfoldTime: unfoldTimeOperation,
  unstack: unstackOperation,
};
