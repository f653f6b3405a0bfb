/**
 * Exports whose sizes are all open: branches decide how long sums are added, and what is done where there are no values.
 */
import {
  AveragePooling2D,
  BatchNormalization,
  Conv2DTranspose,
  type EagerTensor,
  GlobalAveragePooling2D,
  GlobalMaxPooling1D,
  MaxPooling2D,
  ops,
  trace,
  type Variable,
} from "@strata/nn";
import type { Graph } from "../../src/graph/graph.ts";
import type { DType } from "../../src/tensor/dtype.ts";
import { leavesOf, type Structure } from "../../src/tensor/structure.ts";
import { symbolsFor, type Untyped } from "../jit/both_ways.ts";
import { filled } from "../layers/every_layer.ts";
import { callUntyped } from "../layers/layer_test_harness.ts";
import type { Export } from "./exports.ts";

type AnyOps = { readonly [name: string]: Untyped };
type Case = readonly [fn: Untyped, ...runs: readonly (readonly (readonly number[])[])[]];

const op = (name: string, options?: object): Untyped => (...inputs) =>
  (ops as unknown as AnyOps)[name]!(...inputs, ...options === undefined ? [] : [options]);

const image = [2, 6, 5, 4];

/** What is exported, and the shapes of the inputs of each run: with few values, with many, and with none. */
function cases(): { readonly [name: string]: Case } {
  const batch = new BatchNormalization().build([null, 6, 5, 4]);
  const transposed = new Conv2DTranspose(3, 3, { strides: 2 }).build([null, 6, 5, 4]);
  const of = (layer: unknown, options?: object): Untyped => (x) => callUntyped(layer as never, x, options);
  return {
    sum: [op("sum"), [[3, 4]], [[70, 80]], [[0, 3]]],
    "sum of rows": [op("sum", { axis: 1 }), [[3, 4]], [[2, 5000]], [[2, 0]]],
    mean: [op("mean", { axis: [0, 1], keepDims: true }), [[3, 4]], [[70, 80]]],
    variance: [op("variance"), [[3, 4]], [[70, 80]]],
    logsumexp: [op("logsumexp"), [[3, 4]], [[70, 80]]],
    norm: [op("norm", { axis: 1 }), [[3, 4]], [[2, 5000]]],
    softmax: [op("softmax", { axis: [0, 1] }), [[3, 4]], [[70, 80]]],
    cumsum: [op("cumsum", { axis: 1 }), [[3, 4]], [[2, 5000]]],
    glu: [op("glu"), [[3, 4]], [[3, 0]]],
    einsum: [(x, y) => (ops as unknown as AnyOps)["einsum"]!("ij,kj->ik", x, y), [[3, 4], [2, 4]], [[3, 0], [2, 0]]],
    conv: [op("conv"), [[2, 6, 4], [2, 2, 4]], [[2, 6, 4], [2, 4, 3]]],
    layerNormalization: [
      (x) => (ops as unknown as AnyOps)["layerNormalization"]!(x, null, null, { axis: [1, -1] }),
      [image],
      [[2, 80, 4, 70]],
    ],
    rmsNormalization: [op("rmsNormalization"), [[2, 3, 4, 5000]], [[2, 3, 4, 0]]],
    BatchNormalization: [of(batch, { training: true }), [image], [[4, 40, 30, 4]]],
    GlobalAveragePooling2D: [of(new GlobalAveragePooling2D()), [image], [[1, 80, 80, 4]]],
    GlobalMaxPooling1D: [of(new GlobalMaxPooling1D()), [[2, 5, 3]]],
    MaxPooling2D: [of(new MaxPooling2D({ poolSize: 2 })), [image], [[2, 6, 4, 0]]],
    AveragePooling2D: [of(new AveragePooling2D({ poolSize: 2, padding: "same" })), [image], [[2, 0, 4, 3]]],
    Conv2DTranspose: [of(transposed), [image], [[2, 0, 4, 4]]],
  };
}

/** Ops and layers on inputs of which no size is known. */
export function* openSizes(): Generator<Export> {
  for (const dtype of ["float32", "float16"] as const satisfies readonly DType[]) {
    for (const [name, [fn, ...shapes]] of Object.entries(cases())) {
      const runs = shapes.map((each) => each.map((shape, index) => filled(shape, index, dtype)));
      const symbols = symbolsFor(runs[0] as unknown as Structure<EagerTensor>, () => null);
      const graph = (trace as unknown as (fn: Untyped, ...inputs: unknown[]) => Graph)(fn, ...leavesOf(symbols));
      const states = (): EagerTensor[] => [...graph.updates.keys()].map(({ value }: Variable) => value);
      const eagerly = (inputs: readonly EagerTensor[]): EagerTensor[] => {
        const results = leavesOf(fn(...inputs) as Structure<EagerTensor>);
        return [...results, ...states()];
      };
      yield { name: `open sizes: ${name}, ${dtype}`, graph, runs, eagerly };
    }
  }
}
