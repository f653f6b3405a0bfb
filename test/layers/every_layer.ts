/**
 * One example of every layer class that the package exports: how it is made, and what it may be called with.
 */
import { type AnyLayer, Dense, EagerTensor, LSTM, LSTMCell, ops, tensor } from "@strata/nn";
import * as classes from "../../src/layers/classes.ts";
import type { Structure } from "../../src/tensor/structure.ts";
import type { DType } from "../../src/tensor/dtype.ts";
import type { LayerOptions } from "../../src/layers/base/options.ts";

/** How a layer is made and called. */
export interface LayerExample {
  /** The positional arguments, anew each time: layers and cells inside are told the same options. */
  readonly args: (options: LayerOptions<never>) => readonly unknown[];
  /** The options. */
  readonly options?: { readonly [name: string]: unknown };
  /** What it is called with. */
  readonly input: Structure<EagerTensor>;
}

/** A class of layers, without its types. */
export type LayerClass = (new (...args: readonly unknown[]) => AnyLayer) & { fromConfig(config: unknown): AnyLayer };

/** Numbers of either sign, each its own; the same as `values` in the scripts that make golden numbers. */
export function filled(shape: readonly number[], offset = 0, dtype: DType = "float32"): EagerTensor {
  const size = shape.reduce((a, b) => a * b, 1);
  const data = Array.from({ length: size }, (_, i) => Math.sin(1.7 * i + offset) * 2 + 0.25 * ((i * 7) % 5));
  const flat = new EagerTensor([size], "float64", Float64Array.from(data));
  return ops.cast(ops.reshape(flat, shape), dtype) as EagerTensor;
}

const [steps, line, image, volume] = [[2, 4, 3], [2, 6, 4], [2, 6, 5, 4], [2, 4, 5, 4, 2]].map((s) => filled(s)) as [
  EagerTensor,
  EagerTensor,
  EagerTensor,
  EagerTensor,
];
const spaces = [line, image, volume];
const integers = tensor([[1, 2, 0], [3, 0, 2]], { dtype: "int32" }) as EagerTensor;

const of = (input: Structure<EagerTensor>, args: readonly unknown[] = [], options = {}): LayerExample => ({
  args: () => args,
  options,
  input,
});

/** One entry for each number of spatial axes. */
function spatial(names: string, args: readonly unknown[] = [], axes = [1, 2, 3]): { [name: string]: LayerExample } {
  return Object.fromEntries(
    names.split(" ").flatMap((name) =>
      axes.map((rank) => [name.replace("#", `${rank}D`), of(spaces[rank - 1]!, args)])
    ),
  );
}

function several(names: string, examples: LayerExample): { [name: string]: LayerExample } {
  return Object.fromEntries(names.split(" ").map((name) => [name, examples]));
}

const pair = [filled([2, 4, 3]), filled([2, 4, 3], 1)];
const state = filled([2, 2], 3);

/** The examples, by the names of the classes. */
export const EVERY_LAYER: { readonly [name: string]: LayerExample } = {
  ...several("ELU LeakyReLU PReLU ReLU Softmax Identity Masking Flatten", of(steps)),
  ...several("Add Average Concatenate Maximum Minimum Multiply Subtract", of(pair)),
  ...several("AdditiveAttention Attention", of([filled([2, 3, 4]), filled([2, 5, 4], 1)])),
  ...several("BatchNormalization LayerNormalization RMSNormalization UnitNormalization", of(steps)),
  ...several("AlphaDropout Dropout GaussianDropout GaussianNoise", of(steps, [0.3], { seed: 7 })),
  ...several("GRU LSTM SimpleRNN", of(steps, [2], { returnSequences: true })),
  ...spatial("AdaptiveAveragePooling# AdaptiveMaxPooling#", [2]),
  ...spatial("AveragePooling# MaxPooling#", [{ poolSize: 2 }]),
  ...spatial("GlobalAveragePooling# GlobalMaxPooling# UpSampling# ZeroPadding# Cropping#"),
  ...spatial("Conv# Conv#Transpose", [3, 2]),
  ...spatial("DepthwiseConv#", [2], [1, 2]),
  ...spatial("SeparableConv#", [3, 2], [1, 2]),
  ...spatial("SpatialDropout#", [0.3, { seed: 7 }]),
  Activation: of(steps, ["gelu"]),
  ActivityRegularization: of(steps, [], { l1: 0.25 }),
  Bidirectional: { args: (options) => [new LSTM(2, options)], input: steps },
  CategoryEncoding: of(integers, [4]),
  CenterCrop: of(filled([2, 5, 4, 2]), [3, 2]),
  ConvLSTM1D: of(filled([2, 2, 5, 2]), [3, 2], { returnSequences: true }),
  ConvLSTM2D: of(filled([2, 2, 5, 4, 2]), [3, 2], { returnSequences: true }),
  ConvLSTM3D: of(filled([2, 2, 3, 4, 2, 2]), [3, 2], { returnSequences: true }),
  Dense: of(steps, [3], { activation: "tanh" }),
  Discretization: of(steps, [], { binBoundaries: [-0.5, 0, 1] }),
  Dot: of(pair, [2]),
  EinsumDense: of(steps, ["abc,cd->abd", [null, 2]], { biasAxes: "d" }),
  Embedding: of(integers, [4, 2]),
  GRUCell: of([filled([2, 3]), state], [2]),
  GroupNormalization: of(line, [], { groups: 2 }),
  GroupQueryAttention: of([filled([2, 3, 4]), filled([2, 5, 4], 1)], [2, 4, 2]),
  Hashing: of(integers, [5]),
  InputLayer: of(steps, [], { shape: ["batch", 4, 3] }),
  IntegerLookup: of(integers, [], { vocabulary: [1, 2, 3] }),
  LSTMCell: of([filled([2, 3]), state, state], [2]),
  Lambda: of(steps, [(x: EagerTensor) => ops.multiply(x, 2)]),
  MultiHeadAttention: of([filled([2, 3, 4]), filled([2, 5, 4], 1)], [2, 3]),
  Normalization: of(steps, [], { mean: [0.5, 1, -1], variance: [1, 4, 0.25] }),
  Permute: of(steps, [[2, 1]]),
  RNN: { args: (options) => [new LSTMCell(2, options)], options: { returnSequences: true }, input: steps },
  RepeatVector: of(filled([2, 3]), [2]),
  Rescaling: of(steps, [2], { offset: -1 }),
  Reshape: of(steps, [[3, 4]]),
  Resizing: of(filled([2, 5, 4, 2]), [3, 6]),
  ReversibleEmbedding: of(integers, [4, 2]),
  SimpleRNNCell: of([filled([2, 3]), state], [2]),
  SpectralNormalization: { args: (options) => [new Dense(3, options)], input: steps },
  StackedRNNCells: {
    args: (options) => [[new LSTMCell(2, options), new LSTMCell(3, options)]],
    input: [filled([2, 3]), state, state, filled([2, 3], 4), filled([2, 3], 5)],
  },
  StringLookup: of(integers, [], { vocabulary: ["a", "b"], outputMode: "multi_hot" }),
  TimeDistributed: { args: (options) => [new Dense(2, options)], input: steps },
};

/** All layer classes of the package, by name, without those that only others extend. */
export function layerClasses(): ReadonlyMap<string, LayerClass> {
  return new Map(Object.entries(classes) as unknown as [string, LayerClass][]);
}

/** The layer of an example, with some options beside. */
export function makeLayer(name: string, options: LayerOptions<never> = {}): AnyLayer {
  const { args, options: own = {} } = EVERY_LAYER[name]!;
  const given = [...args(options)];
  const last = given.at(-1);
  const isOptions = typeof last === "object" && last !== null && Object.getPrototypeOf(last) === Object.prototype;
  const told = { ...(isOptions ? given.pop() as object : {}), ...own, ...options };
  return new (layerClasses().get(name)!)(...given, told);
}
