/**
 * Shapes as types: what each operation makes of them, or the {@linkcode Mismatch} that says why it cannot.
 *
 * @module
 */
export type { size } from "./arithmetic.ts";
export type { replaceImage } from "./images.ts";
export type { insertAt, normalizeAxis, replaceAt } from "./axis.ts";
export type { broadcast, broadcastAll } from "./broadcast.ts";
export type { broadcastTo } from "./broadcast_to.ts";
export type { concatenate } from "./concatenate.ts";
export type { cumulate } from "./cumulate.ts";
export type { dense } from "./dense.ts";
export type { diagonal } from "./diagonal.ts";
export type { difference } from "./difference.ts";
export type { Dim, Shape } from "./dim.ts";
export type { dot } from "./dot.ts";
export type { einsum } from "./einsum.ts";
export type { Mismatch } from "./error.ts";
export type { expandDims } from "./expand_dims.ts";
export type { flatten, flattenRest } from "./flatten.ts";
export type { matmul } from "./matmul.ts";
export type { moveaxis, swapaxes } from "./move_axis.ts";
export type { pad, PadWidth, PadWidths, padWidths } from "./pad.ts";
export type { AxisOption, reduce } from "./reduce.ts";
export type { repeat, Repeats } from "./repeat.ts";
export type { reshape } from "./reshape.ts";
export type { slice } from "./slice.ts";
export type { Sections, split, unstack } from "./split.ts";
export type { squeeze } from "./squeeze.ts";
export type { stack } from "./stack.ts";
export type { take, takeAlongAxis } from "./take.ts";
export type { tensordot, TensordotAxes } from "./tensordot.ts";
export type { tile } from "./tile.ts";
export type { topK } from "./top_k.ts";
export type { transpose } from "./transpose.ts";
export type { conv, Convolution, slide, Stepping, Window } from "./conv.ts";
export type { convolve, convolveDepthwise, convolveSeparable, convolveTransposed } from "./conv_kernel.ts";
export type { convTranspose, TransposedConvolution, TransposedStepping } from "./conv_transpose.ts";
export type { batchDot } from "./batch_dot.ts";
export type { groups } from "./groups.ts";
export type { merge } from "./merge.ts";
export type { parameter } from "./normalize.ts";
export type { adaptivePool, globalPool, pool } from "./pool.ts";
export type { border, crop, Ends, upSample } from "./crop.ts";
export type { AnyCase, DataFormat, Each, Padding, PerAxis, Sizes, SpatialPadding, SpatialRank } from "./spatial.ts";
export type * from "./attention.ts";
export type * from "./categories.ts";
