/**
 * Calls of the operations that layers are made of. Two tests go through them: eagerly and traced they must give the same
 * numbers, and where an operation says that rows stay apart, runs of one row each must give what one run gives.
 */
import {
  type AnyLayer,
  Conv2D,
  Conv2DTranspose,
  DepthwiseConv2D,
  EagerTensor,
  ops,
  SeparableConv2D,
  type Tensor,
} from "@strata/nn";
import { adaptiveAveragePool, adaptiveMaxPool } from "../../src/ops/convolution/adaptive_pooling.ts";
import { attend, attentionMask, attentionPlaces } from "../../src/ops/attention/attention.ts";
import { attentionWeights } from "../../src/ops/attention/weights.ts";
import { batchDot } from "../../src/ops/products/batch_dot.ts";
import { fullForBatch } from "../../src/ops/shaping/batch_full.ts";
import { discretize, encodeCategories, lookUpIndices, lookUpKeys } from "../../src/ops/encoding/categories.ts";
import { crop } from "../../src/ops/convolution/cropping.ts";
import { groupNormalization, unitNormalization } from "../../src/ops/normalization/group_normalization.ts";
import { maskSteps } from "../../src/ops/recurrent/mask_steps.ts";
import { movingAverage } from "../../src/ops/normalization/moving_average.ts";
import { alphaDropout, gaussianNoise } from "../../src/ops/random/noise.ts";
import { project } from "../../src/ops/products/project.ts";
import { recurrence, type RecurrenceOptions } from "../../src/ops/recurrent/recurrence.ts";
import { recurrent, type RecurrentKind, type RecurrentOptions } from "../../src/ops/recurrent/recurrent.ts";
import { foldTime, unfoldTime } from "../../src/ops/shaping/time_fold.ts";
import { upSample } from "../../src/ops/convolution/up_sampling.ts";
import { castValues } from "../../src/tensor/convert.ts";
import type { DType, TypedArrayOf } from "../../src/tensor/dtype.ts";

// The types of what these tests call are tested elsewhere; here they would only be in the way.
// deno-lint-ignore no-explicit-any
type Untyped = (...inputs: any[]) => Tensor | readonly Tensor[];

/** A tensor whose sizes have names, or are numbers where the call needs them, and its dtype, `float32` unless told. */
type Drawn = readonly [shape: readonly (number | string)[], dtype?: DType];

/** A function of tensors, and the tensors. */
export interface LayerCall {
  /** What is called; it is made anew for each run, so that what draws begins anew. */
  readonly make: () => Untyped;
  /** The tensors; one name is one size. */
  readonly inputs: readonly Drawn[];
}

/** The tensors of a call whose sizes are what their names stand for. */
export function drawnTensors({ inputs }: LayerCall, sizeOf: (name: string) => number): EagerTensor[] {
  return inputs.map(([shape, dtype = "float32"], place) =>
    filled(shape.map((size) => typeof size === "string" ? sizeOf(size) : size), dtype, place)
  );
}

/** Numbers of either sign; of integers those from 0 to 4. */
function filled(shape: readonly number[], dtype: DType = "float32", offset = 0): EagerTensor {
  const size = shape.reduce((a, b) => a * b, 1);
  const values = Array.from({ length: size }, (_, i) => {
    if (dtype === "bool") return (i * 7 + offset) % 3 > 0 ? 1 : 0;
    return dtype.startsWith("float") ? Math.sin(1.7 * i + offset) * 2 : (i * 7 + offset) % 5;
  });
  return new EagerTensor(shape, dtype, castValues(values, dtype) as TypedArrayOf<DType>);
}

const of = (fn: Untyped, ...inputs: readonly Drawn[]): LayerCall => ({ make: () => fn, inputs });

const drawing = (fn: (seed: ops.SeedGenerator) => Untyped, ...inputs: readonly Drawn[]): LayerCall => ({
  make: () => fn(new ops.SeedGenerator(7)),
  inputs,
});

/** A layer that is built for 4 features, whose weights are not random. */
function ofLayer(make: () => unknown, input: Drawn): LayerCall {
  const layer = make() as AnyLayer;
  layer.build(input[0].map((size) => typeof size === "number" ? size : null));
  layer.setWeights(layer.weights.map(({ shape }, place) => filled(shape as readonly number[], "float32", place)));
  return of(layer as unknown as Untyped, input);
}

const line: Drawn = [["batch", "time", 4]];
const image: Drawn = [["batch", "height", "width", 4]];
const volume: Drawn = [["batch", "depth", "height", "width", 2]];
const lineFirst: Drawn = [["batch", 4, "time"]];

const four = [filled([4]), filled([4], "float32", 1)] as const;
const positive = ops.abs(filled([4], "float32", 2)) as EagerTensor;

const RECURRENT: RecurrentOptions = {
  activation: "tanh",
  recurrentActivation: "sigmoid",
  sequences: true,
  backwards: false,
  aligned: true,
  resetAfter: true,
};

/** A kernel of the engine over sequences of 4 features, with 3 units. */
function sequences(kind: RecurrentKind, gates: number, states: number, options: Partial<RecurrentOptions>): LayerCall {
  const bias = kind === "gru" && options.resetAfter !== false ? [2, 3 * gates] : [3 * gates];
  const weights = [filled([4, 3 * gates]), filled([3, 3 * gates], "float32", 1), filled(bias, "float32", 2)];
  const all = Array.from({ length: states }, (): Drawn => [["batch", 3]]);
  return of(
    (x: Tensor, ...initial: Tensor[]) => {
      const result = recurrent(kind, x, weights, initial, { ...RECURRENT, ...options });
      return [result.output, ...result.states];
    },
    line,
    ...all,
  );
}

const STEPS: RecurrenceOptions = {
  sequences: true,
  backwards: false,
  aligned: true,
  zeroOutput: false,
  unroll: false,
};

/** Steps of a cell of one's own: a sum that decays. */
function steps(options: Partial<RecurrenceOptions>, masked: boolean): LayerCall {
  const matrix = filled([4, 4]);
  return of(
    (x: Tensor, state: Tensor, mask?: Tensor) => {
      const given = { ...STEPS, ...options, ...(mask === undefined ? {} : { mask }) };
      const result = recurrence(x, [state], (part, [sum]) => {
        const next = ops.add(ops.multiply(sum!, 0.5), ops.tanh(ops.matmul(part, matrix))) as Tensor;
        return [ops.multiply(next, 2) as Tensor, next];
      }, given);
      return [result.output, ...result.states];
    },
    line,
    [["batch", 4]],
    ...(masked ? [[["batch", "time"], "bool"] as const] : []),
  );
}

const query: Drawn = [["batch", "queries", 4, 3]];
const keys: Drawn = [["batch", "keys", 2, 3]];
const values: Drawn = [["batch", "keys", 2, 5]];
const table = [
  new EagerTensor([4], "int64", BigInt64Array.from([0n, 2n, 3n, 9n])),
  new EagerTensor([4], "int64", BigInt64Array.from([5n, 6n, 7n, 8n])),
] as const;

/** The calls: several an operation, with other options, ranks and numbers of inputs. */
export const LAYER_CALLS: { readonly [what: string]: LayerCall } = {
  "adaptiveAveragePool": of((x) => adaptiveAveragePool(x, 2), line),
  "adaptiveAveragePool over images, channels first": of(
    (x) => adaptiveAveragePool(x, [3, 2], { dataFormat: "channels_first" }),
    [["batch", 4, "height", "width"]],
  ),
  "adaptiveMaxPool": of((x) => adaptiveMaxPool(x, 3), line),
  "adaptiveMaxPool over volumes of integers": of((x) => adaptiveMaxPool(x, [1, 2, 3]), [volume[0], "int32"]),
  "alphaDropout": drawing((seed) => (x) => alphaDropout(x, 0.4, seed, null), line),
  "alphaDropout of whole steps": drawing((seed) => (x) => alphaDropout(x, 0.4, seed, [null, null, 1]), line),
  "attentionMask of everything": of(
    (query, value, key, pairs) => attentionMask({ query, value, key, pairs }, 4)!,
    [["batch", "queries"], "bool"],
    [["batch", "keys"], "bool"],
    [["batch", "keys"], "bool"],
    [["batch", "queries", "keys"], "bool"],
  ),
  "attentionMask of values": of((value) => attentionMask({ value }, 5, 2)!, [["batch", "keys"], "int32"]),
  "attentionMask of queries": of((query) => attentionMask({ query }, 3)!, [["batch", "queries"], "bool"]),
  "attentionPlaces before": of((a, b) => attentionPlaces(a, b, 1, true, undefined)!, query, keys),
  "attentionPlaces near": of((a, b) => attentionPlaces(a, b, -3, true, 2)!, query, keys),
  "attentionWeights of products": of((query, key) => attentionWeights(query, key, { mode: "dot" }), [[
    "batch",
    "queries",
    3,
  ]], [["batch", "keys", 3]]),
  "attentionWeights of sums, with a mask": of(
    (query, key, mask) => attentionWeights(query, key, { mode: "concat", scale: filled([3]), mask }),
    [["batch", "queries", 3]],
    [["batch", "keys", 3]],
    [["batch", 1, "keys"], "bool"],
  ),
  "averagePool": of((x) => ops.averagePool(x, 2), line),
  "averagePool over images, same": of((x) => ops.averagePool(x, [3, 2], { strides: [1, 2], padding: "same" }), image),
  "averagePool over volumes": of((x) => ops.averagePool(x, 2, { strides: 1 }), volume),
  "batchDot": of((a, b) => batchDot(a, b, 2, 2), [["batch", "time", 3]], [["batch", "keys", 3]]),
  "batchDot over first axes": of((a, b) => batchDot(a, b, 1, 1), [["batch", "time", 3]], [["batch", "time", 2]]),
  "batchDot of vectors": of((a, b) => batchDot(a, b, 1, 1), [["batch", "time"]], [["batch", "time"]]),
  "batchDot of higher ranks": of((a, b) => batchDot(a, b, 3, 1), image, [["batch", 4, "time"]]),
  "batchFull": of((x) => fullForBatch(x, [2, 3], 0.5, "float32"), line),
  "batchFull of integers": of((x) => fullForBatch(x, [2], 3, "int32"), [["batch"]]),
  "batchNormalization": of((x) => ops.batchNormalization(x, four[0], positive, -1, { scale: four[1] }), line),
  "batchNormalization along the second axis": of(
    (x) => ops.batchNormalization(x, four[0], positive, 1, { offset: four[1], epsilon: 0.01 }),
    lineFirst,
  ),
  "conv": of((x) => ops.conv(x, filled([2, 4, 3])), line),
  "conv over images, same, with a bias": ofLayer(
    () => new Conv2D(3, [3, 2], { padding: "same", strides: [2, 1], activation: "relu" }),
    image,
  ),
  "conv over volumes": of((x) => ops.conv(x, filled([2, 2, 1, 2, 3])), volume),
  "conv in groups, dilated, causal": of(
    (x) => ops.conv(x, filled([2, 2, 4]), { groups: 2, padding: "causal", dilationRate: 2 }),
    line,
  ),
  "conv, channels first": of((x) => ops.conv(x, filled([2, 4, 3]), { dataFormat: "channels_first" }), lineFirst),
  "convTranspose": of((x) => ops.convTranspose(x, filled([2, 3, 4]), { strides: 2 }), line),
  "convTranspose over images, same, with a bias": ofLayer(
    () => new Conv2DTranspose(2, 3, { strides: [2, 1], padding: "same" }),
    image,
  ),
  "convTranspose over volumes": of((x) => ops.convTranspose(x, filled([2, 1, 2, 3, 2]), { strides: 2 }), volume),
  "crop": of((x) => crop(x, [[1, 1]], "channels_last"), line),
  "crop of images, channels first": of((x) => crop(x, [[0, 1], [1, 0]], "channels_first"), [[
    "batch",
    4,
    "height",
    "width",
  ]]),
  "depthwiseConv": of((x) => ops.depthwiseConv(x, filled([2, 4, 2])), line),
  "depthwiseConv over images, with a bias": ofLayer(
    () => new DepthwiseConv2D(2, { depthMultiplier: 2, strides: 2, padding: "same", activation: "softmax" }),
    image,
  ),
  "discretize": of((x) => discretize(x, [-1, 0, 0.5]), line),
  "discretize integers": of((x) => discretize(x, [1, 3]), [["batch", "time"], "int32"]),
  "dotProductAttention": of((q, k, v) => ops.dotProductAttention(q, k, v), query, keys, values),
  "dotProductAttention with a mask and a bias": of(
    (q, k, v, mask, bias) => ops.dotProductAttention(q, k, v, { mask, bias, scale: 0.5 }),
    query,
    keys,
    values,
    [["batch", 1, "queries", "keys"], "bool"],
    [[1, 4, "queries", "keys"]],
  ),
  "dotProductAttention of the places before, with weights": of(
    (q, k, v) => attend(q, k, v, { isCausal: true, window: 3, scores: true, zeros: true }),
    query,
    keys,
    values,
  ),
  "encodeCategories, one hot": of((x) => encodeCategories(x, 5, "one_hot", "float32"), [["batch", "time"], "int32"]),
  "encodeCategories, counts with weights": of(
    (x, weights) => encodeCategories(x, 5, "count", "float32", weights),
    [["batch", "time"], "int32"],
    [["batch", "time"]],
  ),
  "encodeCategories, several hot": of((x) => encodeCategories(x, 4, "multi_hot", "int64"), [
    ["batch", "time"],
    "int32",
  ]),
  "foldTime": of((x) => foldTime(x), image),
  "gaussianNoise": drawing((seed) => (x) => gaussianNoise(x, 0.5, seed), line),
  "gaussianNoise, multiplied": drawing((seed) => (x) => gaussianNoise(x, 0.5, seed, true), line),
  "groupNormalization": of(
    (x) => groupNormalization(x, { groups: 2, axis: -1, epsilon: 1e-3, gamma: four[0], beta: four[1] }),
    line,
  ),
  "groupNormalization along the second axis": of(
    (x) => groupNormalization(x, { groups: 4, axis: 1, epsilon: 1e-3, gamma: null, beta: four[1] }),
    [["batch", 4, "height", "width"]],
  ),
  "gru": sequences("gru", 3, 1, {}),
  "gru, backwards, the last step, reset before": sequences("gru", 3, 0, {
    backwards: true,
    sequences: false,
    resetAfter: false,
  }),
  "layerNormalization": of((x) => ops.layerNormalization(x, four[0], four[1]), line),
  "layerNormalization over several axes": of(
    (x) => ops.layerNormalization(x, null, null, { axis: [1, 2], epsilon: 0.01 }),
    line,
  ),
  "lookUpIndices": of((x) => lookUpIndices(x, ...table, 20, 1), [["batch", "time"], "int64"]),
  "lookUpIndices with several for the rest": of((x) => lookUpIndices(x, ...table, 20, 3), [["batch"], "int32"]),
  "lookUpKeys": of((x) => lookUpKeys(x, table[1], -7), [["batch", "time"], "int64"]),
  "lstm": sequences("lstm", 4, 2, {}),
  "lstm, backwards, in the order of the steps made": sequences("lstm", 4, 0, { backwards: true, aligned: false }),
  "maskSteps": of((x) => maskSteps(x, 0), [["batch", "time", 1], "int32"]),
  "maskSteps of matrices": of((x) => maskSteps(x, 2), [["batch", "time", 2, 1], "int32"]),
  "maxPool": of((x) => ops.maxPool(x, 2), line),
  "maxPool over images, same": of((x) => ops.maxPool(x, [3, 2], { strides: [1, 2], padding: "same" }), image),
  "maxPool over volumes of integers": of((x) => ops.maxPool(x, 2, { strides: 1 }), [volume[0], "int32"]),
  "moments": of((x) => ops.moments(x, [0, 1]), line),
  "moments of the last axis": of((x) => ops.moments(x, -1, { keepDims: true }), line),
  "movingAverage": of((a, b) => movingAverage(a, b, 0.9), [["batch", 4]], [["batch", 4]]),
  "project": of((x) => project(x, filled([4, 3, 2]), filled([3, 2]), 1), line),
  "project of two axes": of((x) => project(x, filled([3, 4, 5]), null, 2), [["batch", "time", 3, 4]]),
  "rmsNormalization": of((x) => ops.rmsNormalization(x, four[0]), line),
  "rmsNormalization over several axes": of((x) => ops.rmsNormalization(x, null, { axis: [1, 2] }), line),
  "separableConv": of((x) => ops.separableConv(x, filled([2, 4, 2]), filled([1, 8, 3])), line),
  "separableConv over images, with a bias": ofLayer(
    () => new SeparableConv2D(3, 2, { padding: "same", strides: 2, activation: "tanh" }),
    image,
  ),
  "simpleRnn": sequences("simpleRnn", 1, 1, {}),
  "simpleRnn, the last step": sequences("simpleRnn", 1, 0, { sequences: false, activation: "relu" }),
  "steps of one's own": steps({}, false),
  "steps of one's own with a mask, backwards": steps({ backwards: true, zeroOutput: true }, true),
  "unfoldTime": of((x) => unfoldTime(ops.relu(foldTime(x)) as Tensor, x), image),
  "unitNormalization": of((x) => unitNormalization(x, -1), line),
  "unitNormalization over several axes": of((x) => unitNormalization(x, [1, 2]), line),
  "upSample": of((x) => upSample(x, [2], "nearest", "channels_last"), line),
  "upSample of images": of((x) => upSample(x, [2, 3], "bilinear", "channels_last"), image),
  "upSample of images, channels first": of((x) => upSample(x, [3, 2], "bicubic", "channels_first"), [[
    "batch",
    4,
    "height",
    "width",
  ]]),
  "upSample of integers": of((x) => upSample(x, [2, 1, 2], "nearest", "channels_last"), [volume[0], "int64"]),
};
