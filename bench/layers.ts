/**
 * Layers of Strata, eager and compiled, against those of tfjs with the same weights, all in one run: see README.md beside
 * this file.
 *
 * @module
 */
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import * as tfl from "@tensorflow/tfjs-layers";
import { cpus } from "node:os";
import {
  type AnyLayer,
  BatchNormalization,
  Conv2D,
  Dense,
  DepthwiseConv2D,
  type EagerTensor,
  Flatten,
  input,
  jit,
  LayerNormalization,
  LSTM,
  MaxPooling2D,
  Sequential,
  type Shape,
  tensor,
} from "../mod.ts";
import { interleave } from "./measure.ts";
import { values } from "./problem.ts";

/** Milliseconds for each case, shared by all sides. */
const BUDGET = 12_000;

/** One computation, as each library has it. */
interface Case {
  readonly name: string;
  /** The shape of the input, the batch included. */
  readonly shape: readonly number[];
  readonly strata: () => AnyLayer;
  readonly peer: () => tfl.layers.Layer[];
}

const cases: readonly Case[] = [
  {
    name: "Conv2D, 3 x 3, 32 to 32",
    shape: [1, 56, 56, 32],
    strata: () => new Conv2D(32, 3, { padding: "same", activation: "relu" }),
    peer: () => [tfl.layers.conv2d({ filters: 32, kernelSize: 3, padding: "same", activation: "relu" })],
  },
  {
    name: "DepthwiseConv2D, 3 x 3, 64",
    shape: [1, 56, 56, 64],
    strata: () => new DepthwiseConv2D(3, { padding: "same" }),
    peer: () => [tfl.layers.depthwiseConv2d({ kernelSize: 3, padding: "same" })],
  },
  {
    name: "MaxPooling2D",
    shape: [8, 56, 56, 32],
    strata: () => new MaxPooling2D(),
    peer: () => [tfl.layers.maxPooling2d({ poolSize: 2 })],
  },
  {
    name: "BatchNormalization",
    shape: [8, 28, 28, 64],
    strata: () => new BatchNormalization(),
    peer: () => [tfl.layers.batchNormalization()],
  },
  {
    name: "LayerNormalization",
    shape: [8, 128, 256],
    strata: () => new LayerNormalization(),
    peer: () => [tfl.layers.layerNormalization()],
  },
  {
    name: "LSTM, 64 units, 32 steps",
    shape: [8, 32, 64],
    strata: () => new LSTM(64, { returnSequences: true }),
    peer: () => [
      tfl.layers.lstm({
        units: 64,
        returnSequences: true,
        recurrentActivation: "sigmoid",
        recurrentInitializer: "zeros",
      }),
    ],
  },
  {
    name: "digits CNN, batch 32",
    shape: [32, 8, 8, 1],
    strata: () =>
      new Sequential(
        new Conv2D(16, 3, { padding: "same", activation: "relu" }),
        new BatchNormalization(),
        new MaxPooling2D(),
        new Conv2D(32, 3, { padding: "same", activation: "relu" }),
        new Flatten(),
        new Dense(10),
      ),
    peer: () => [
      tfl.layers.conv2d({ filters: 16, kernelSize: 3, padding: "same", activation: "relu" }),
      tfl.layers.batchNormalization(),
      tfl.layers.maxPooling2d({ poolSize: 2 }),
      tfl.layers.conv2d({ filters: 32, kernelSize: 3, padding: "same", activation: "relu" }),
      tfl.layers.flatten(),
      tfl.layers.dense({ units: 10 }),
    ],
  },
];

type Call = () => ArrayLike<number>;

function strataSides({ shape, strata }: Case): { readonly layer: AnyLayer; readonly sides: Record<string, Call> } {
  const x = tensor(values(shape.reduce((a, b) => a * b, 1), 1), shape);
  const layer = strata();
  layer(x);
  const open = input(["batch", ...shape.slice(1)]);
  const compiled =
    (jit as unknown as (layer: AnyLayer, x: unknown) => (x: EagerTensor) => EagerTensor<Shape, "float32">)(
      layer,
      open,
    );
  return {
    layer,
    sides: {
      "Strata": () => (layer(x) as EagerTensor<Shape, "float32">).dataSync(),
      "Strata compiled": () => compiled(x).dataSync(),
    },
  };
}

function peerSide({ shape, peer }: Case, layer: AnyLayer): Call {
  const x = tf.tensor(values(shape.reduce((a, b) => a * b, 1), 1), [...shape]);
  const model = tfl.sequential();
  for (const [index, part] of peer().entries()) {
    model.add(index === 0 ? Object.assign(part, { batchInputShape: [null, ...shape.slice(1)] }) : part);
  }
  const parts = layer.layers.length === 0 ? [layer] : layer.layers;
  parts.forEach((part, index) =>
    model.layers[index]!.setWeights(
      part.getWeights().map((weight) => tf.tensor(weight.dataSync() as Float32Array, [...weight.shape as number[]])),
    )
  );
  return () => {
    const result = tf.tidy(() => model.predict(x, { batchSize: shape[0]! }) as tf.Tensor);
    const read = result.dataSync();
    result.dispose();
    return read;
  };
}

function check(name: string, got: ArrayLike<number>, expected: ArrayLike<number>): void {
  for (let place = 0; place < expected.length; place++) {
    if (Math.abs(got[place]! - expected[place]!) <= 1e-3 * Math.max(1, Math.abs(expected[place]!))) continue;
    throw new Error(`${name} gives ${got[place]} at ${place}, where Strata gives ${expected[place]}`);
  }
}

function show(milliseconds: number): string {
  return milliseconds < 1 ? `${(milliseconds * 1000).toFixed(0)} us` : `${milliseconds.toPrecision(3)} ms`;
}

tf.enableProdMode();
await tf.setBackend("wasm");
const processors = cpus();
const lines = [
  `${
    processors[0]?.model ?? "unknown CPU"
  }, ${processors.length} cores; Deno ${Deno.version.deno}; tfjs 4.22.0 on wasm`,
  "",
  "| layer | input | Strata | Strata compiled | tfjs | ratio | ratio compiled |",
  "| :---- | :---- | -----: | --------------: | ---: | ----: | -------------: |",
];
for (const problem of cases) {
  const { layer, sides } = strataSides(problem);
  const peer = peerSide(problem, layer);
  const expected = sides["Strata"]!();
  check(`${problem.name}: tfjs`, peer(), expected);
  check(`${problem.name}: Strata compiled`, sides["Strata compiled"]!(), expected);
  const contestants = Object.entries({ ...sides, tfjs: peer }).map(([name, call]) => ({ name, call }));
  const [eager, compiled, tfjs] = (await interleave(contestants, BUDGET)).map(({ median }) => median) as [
    number,
    number,
    number,
  ];
  const cells = [
    problem.name,
    `[${problem.shape.join(", ")}]`,
    show(eager),
    show(compiled),
    show(tfjs),
    (eager / tfjs).toFixed(2),
    (compiled / tfjs).toFixed(2),
  ];
  lines.push(`| ${cells.join(" | ")} |`);
}
// deno-lint-ignore no-console -- the results are for reading
console.log(lines.join("\n"));
