/**
 * Strata as its users write it.
 *
 * @module
 */
import { Dense, type EagerTensor, ops, Sequential, type Shape, tensor } from "../mod.ts";
import type { Side } from "./peers.ts";
import type { DenseWeights } from "./problem.ts";

/** Layers called one after another, or as one model. */
function side(name: string, chain: (layers: readonly Dense[]) => (x: Values) => Values): Side {
  return {
    name,
    add(a, b) {
      const [left, right] = [tensor(a), tensor(b)];
      return () => ops.add(left, right).dataSync();
    },
    network({ layers, batch, input }, fresh) {
      const shape = [batch, layers[0]!.inputs];
      const kept = tensor(input, shape);
      const run = chain(layers.map(denseLayer));
      return () => run(fresh ? tensor(input, shape) : kept).dataSync();
    },
  };
}

type Values = EagerTensor<Shape, "float32">;

/** Strata, its layers called one after another. */
export const strata: Side = side("strata", (layers) => (x) => layers.reduce((x, layer) => layer(x), x));

/** Strata, its layers in a model. */
export const strataModel: Side = side("strata model", (layers) => {
  const model = new Sequential(...layers);
  return (x) => model(x) as Values;
});

function denseLayer({ inputs, units, kernel, bias, relu }: DenseWeights): Dense {
  const layer = new Dense(units, relu ? { activation: "relu" } : {}).build([null, inputs]);
  layer.setWeights([tensor(kernel, [inputs, units]), tensor(bias)]);
  return layer;
}
