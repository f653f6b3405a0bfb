/**
 * What is exported to see whether it is ONNX: every layer in each float dtype, in training too, the operations of layers,
 * the golden cases of ops, models and random stacks.
 */
import {
  type AnyLayer,
  EagerTensor,
  LSTM,
  ops,
  Sequential,
  type Tensor,
  tensor,
  trace,
  type Variable,
} from "@strata/nn";
import type { Graph } from "../../src/graph/graph.ts";
import { leavesOf, mapStructure, type Structure, tensorsOf } from "../../src/tensor/structure.ts";
import type { DType, TypedArrayOf } from "../../src/tensor/dtype.ts";
import { typedArrayOf } from "../../src/tensor/typed_array.ts";
import { symbolsFor, type Untyped } from "../jit/both_ways.ts";
import { EVERY_LAYER, filled, type LayerClass, layerClasses, makeLayer } from "../layers/every_layer.ts";
import { callUntyped } from "../layers/layer_test_harness.ts";
import { bertBase } from "../models/zoo/bert_base.ts";
import { biLSTMTagger } from "../models/zoo/bilstm_tagger.ts";
import { gpt2 } from "../models/zoo/gpt2.ts";
import { lenet5 } from "../models/zoo/lenet5.ts";
import { mobileNetV2 } from "../models/zoo/mobilenet_v2.ts";
import { resnet50 } from "../models/zoo/resnet50.ts";
import { uNet } from "../models/zoo/unet.ts";
import { image, integers } from "../models/zoo_golden.ts";
import { smallModel } from "../models/zoo_test_harness.ts";
import { call, eager, publicOp, readCases } from "../ops/golden.ts";
import { CONTROL, CONTROL_CASES } from "../ops/control_cases.ts";
import { openSizes } from "./open_sizes.ts";
import { drawnTensors, LAYER_CALLS } from "../ops/layer_operations.ts";
import { seeded } from "../shape/random_shapes.ts";

/** A graph, and what it is run with. */
export interface Export {
  /** What it is called in the stored results; several may share a name. */
  readonly name: string;
  /** The graph as it is exported. */
  readonly graph: Graph;
  /** The inputs of each run. */
  readonly runs: readonly (readonly EagerTensor[])[];
  /** What a run gives eagerly: the results, then the new values of variables. */
  eagerly(inputs: readonly EagerTensor[]): EagerTensor[];
}

/** The numbers of rows that each is run with. */
const BATCHES = [0, 1, 3, 17];

/** The rows of a tensor over again, as many as there shall be. */
function withRows(x: EagerTensor, rows: number): EagerTensor {
  const [own = 1, ...rest] = x.shape as readonly number[];
  const size = rest.reduce((a, b) => a * b, 1);
  const values = x.dataSync();
  const data = new (typedArrayOf(x.dtype))(rows * size) as TypedArrayOf<DType>;
  for (let i = 0; i < data.length; i++) data[i] = values[i % (own * size)]!;
  return new EagerTensor([rows, ...rest], x.dtype, data);
}

const rename = (size: number, axis: number) => axis === 0 ? "batch" : size;

/** A function of one structure of tensors whose axis 0 is the batch. */
function ofBatch(name: string, fn: Untyped, given: Structure<EagerTensor>, batches: readonly number[]): Export {
  const graph = (trace as unknown as (fn: Untyped, input: unknown) => Graph)(fn, symbolsFor(given, rename));
  const leaves = leavesOf(given);
  return {
    name,
    graph,
    runs: batches.map((rows) => leaves.map((leaf) => withRows(leaf, rows))),
    eagerly(inputs) {
      let next = 0;
      const results = fn(mapStructure(given, () => inputs[next++]! as Structure<EagerTensor>));
      const states = [...graph.updates.keys()].map(({ value }: Variable) => value);
      return [...leavesOf(results as Structure<EagerTensor>), ...states];
    },
  };
}

/** What no graph can hold. */
const NOT_TRACED = ["Hashing"];

const DTYPES: readonly DType[] = ["float32", "float16", "float64"];

/** Every layer in each float dtype. */
export function* layers(): Generator<Export> {
  for (const name of layerClasses().keys()) {
    if (NOT_TRACED.includes(name)) continue;
    for (const dtype of DTYPES) {
      const layer = makeLayer(name, { dtype } as never);
      const given = mapStructure(EVERY_LAYER[name]!.input, (x): Structure<EagerTensor> => {
        return x.dtype === "float32" ? ops.cast(x, dtype) as EagerTensor : x;
      }) as Structure<EagerTensor>;
      callUntyped(layer, given);
      yield ofBatch(`${name}, ${dtype}`, (x) => callUntyped(layer, x), given, BATCHES);
    }
  }
}

/** Layers that draw numbers or assign variables in training. */
const TRAINED: readonly string[] = [
  "AlphaDropout",
  "BatchNormalization",
  "Dropout",
  "GaussianDropout",
  "GaussianNoise",
  "SpatialDropout1D",
  "SpatialDropout2D",
  "SpatialDropout3D",
  "SpectralNormalization",
];

/** The layers that do something else in training. */
export function* training(): Generator<Export> {
  const dropping = { dropout: 0.25, recurrentDropout: 0.25, seed: 3 };
  const recurrent = ["GRU", "LSTM", "SimpleRNN", "ConvLSTM2D"];
  for (const name of [...TRAINED, ...recurrent]) {
    const layer = makeLayer(name, (recurrent.includes(name) ? dropping : {}) as never);
    const given = EVERY_LAYER[name]!.input;
    callUntyped(layer, given);
    const fn: Untyped = (x) => callUntyped(layer, x, { training: true });
    yield ofBatch(`${name}, in training`, fn, given, [1, 3, 17]);
  }
}

/** The operations of layers with other options than layers have here. */
export function* layerOperations(): Generator<Export> {
  const sizes: Readonly<Record<string, number>> = {
    batch: 2,
    time: 6,
    keys: 5,
    queries: 4,
    depth: 4,
    height: 5,
    width: 6,
  };
  for (const layerCall of Object.values(LAYER_CALLS)) {
    const inputs = drawnTensors(layerCall, (axis) => sizes[axis]!);
    const symbols = drawnSymbols(layerCall.inputs.map(([shape, dtype = "float32"]) => ({ shape, dtype })));
    const graph = (trace as unknown as (fn: unknown, ...inputs: unknown[]) => Graph)(layerCall.make(), ...symbols);
    if (graph.updates.size > 0) continue;
    const eagerly = (given: readonly EagerTensor[]) =>
      leavesOf(layerCall.make()(...given) as Structure<Tensor>) as EagerTensor[];
    yield { name: "operations of layers", graph, runs: [inputs], eagerly };
  }
}

function drawnSymbols(
  specs: readonly { readonly shape: readonly (number | string)[]; readonly dtype: DType }[],
): Structure<unknown>[] {
  return specs.map(({ shape, dtype }) => {
    const places = shape.map((size) => typeof size === "number" ? size : 1);
    const like = new EagerTensor(places, dtype, new (typedArrayOf(dtype))(places.reduce((a, b) => a * b, 1)) as never);
    return symbolsFor(like, (_, axis) => shape[axis]!);
  });
}

const FAMILIES = ["elementwise", "activations", "reductions", "linear_algebra", "movement"];

/** The golden cases of ops, with known sizes and with sizes of no name. */
export function* operations(): Generator<Export> {
  for (const family of FAMILIES) {
    for (const golden of readCases(family)) {
      const op = publicOp(golden.op);
      if (op === undefined || golden.inputs.length === 0) continue;
      const inputs = golden.inputs.map(eager);
      const fn: Untyped = (...tensors) => call(op, golden, tensors as Tensor[]);
      const symbols = inputs.map((x) => symbolsFor(x, (size) => size));
      const graph = (trace as unknown as (fn: Untyped, ...inputs: unknown[]) => Graph)(fn, ...symbols);
      const eagerly = (given: readonly EagerTensor[]) => fn(...given) as EagerTensor[];
      yield { name: `ops.${golden.op}`, graph, runs: [inputs], eagerly };
    }
  }
}

/** Branches and loops, with sizes of no name. */
export function* controlFlow(): Generator<Export> {
  for (const { name, inputs } of CONTROL_CASES) {
    const fn: Untyped = (...tensors) => tensorsOf(CONTROL[name]!(...tensors));
    const symbols = inputs.map((x) => symbolsFor(x, (size) => name === "scan, unrolled" ? size : null));
    const graph = (trace as unknown as (fn: Untyped, ...inputs: unknown[]) => Graph)(fn, ...symbols);
    yield { name, graph, runs: [inputs], eagerly: (given) => fn(...given) as EagerTensor[] };
  }
}

/** The models at the sizes that are compared with Keras. */
export function* models(): Generator<Export> {
  const int = (rows: number[][]) => tensor(rows, { dtype: "int32" }) as EagerTensor;
  const small = [0, 1, 3];
  const all: readonly [string, (smaller: number) => AnyLayer, Structure<EagerTensor>, readonly number[]][] = [
    ["bert_base", bertBase, bertInputs(), BATCHES],
    ["bilstm_tagger", biLSTMTagger, int(integers(2, 7, 1250)), BATCHES],
    ["gpt2", gpt2, int(integers(2, 10, 1571)), BATCHES],
    ["lenet5", lenet5, image(32, 1), BATCHES],
    ["mobilenet_v2", mobileNetV2, image(224, 3), small],
    ["resnet50", resnet50, image(224, 3), small],
    ["unet", uNet, image(256, 1), small],
  ];
  for (const [name, make, given, batches] of all) {
    const model = smallModel(name, make as (smaller: number) => AnyLayer);
    yield ofBatch(`model ${name}`, (x) => callUntyped(model, x), given, batches);
  }
}

function bertInputs(): Structure<EagerTensor> {
  const int = (rows: number[][]) => tensor(rows, { dtype: "int32" }) as EagerTensor;
  const mask = tensor([0, 1].map((row) => Array.from({ length: 9 }, (_, i) => row === 0 || i < 6)));
  return { tokens: int(integers(2, 9, 954)), segments: int(integers(2, 9, 2)), mask: mask as EagerTensor };
}

/** How many stacks are drawn. */
const STACKS = 60;

/** Layers that take sequences of features, and give such again. */
const STACKED = [
  "Dense EinsumDense Activation Conv1D SeparableConv1D DepthwiseConv1D LayerNormalization RMSNormalization",
  "BatchNormalization GroupNormalization UnitNormalization LSTM GRU SimpleRNN Bidirectional RNN TimeDistributed",
  "ELU LeakyReLU PReLU ReLU Softmax UpSampling1D ZeroPadding1D Identity Rescaling SpectralNormalization",
].join(" ").split(" ");

/** Layers one after the other, drawn by seeds; some see themselves by attention. */
export function* stacks(): Generator<Export> {
  for (let seed = 1; seed <= STACKS; seed++) {
    const random = seeded(seed);
    const dtype = random.pick(DTYPES);
    const names = Array.from({ length: random.integer(3, 6) }, () => random.pick(STACKED));
    const model = new (Sequential as unknown as LayerClass)(...names.map((name) => fitting(name, { dtype })));
    const attention = makeLayer(random.pick(["MultiHeadAttention", "GroupQueryAttention"]), { dtype } as never);
    const attends = random.integer(0, 1) === 0;
    const fn: Untyped = (x) => {
      const y = callUntyped(model, x);
      return attends ? callUntyped(attention, [y, y]) : y;
    };
    const given = ops.cast(filled([2, 8, 4]), dtype) as EagerTensor;
    fn(given);
    yield ofBatch("stacks", fn, given, BATCHES);
  }
}

/** A layer as the examples have it, except for arguments that depend on the sizes of inputs, or give no sequences. */
function fitting(name: string, options: { readonly dtype: DType }): AnyLayer {
  const make = layerClasses().get(name)!;
  if (name === "EinsumDense") return new make("abc,cd->abd", [null, 4], { biasAxes: "d", ...options });
  if (name === "GroupNormalization") return new make({ groups: 1, ...options });
  if (name === "Bidirectional") return new make(new LSTM(2, { returnSequences: true, ...options }), options);
  return makeLayer(name, options as never);
}

/** All of them. */
export function* everyExport(): Generator<Export> {
  yield* layers();
  yield* training();
  yield* layerOperations();
  yield* operations();
  yield* controlFlow();
  yield* openSizes();
  yield* models();
  yield* stacks();
}
