/**
 * Strata as its users write it.
 *
 * @module
 */
import { Dense, type EagerTensor, ops, type Shape, tensor } from "../mod.ts";
import type { Side } from "./peers.ts";
import type { DenseWeights } from "./problem.ts";

/** Layers called one after another. */
export const strata: Side = {
  name: "strata",
  add(a, b) {
    const [left, right] = [tensor(a), tensor(b)];
    return () => ops.add(left, right).dataSync();
  },
  network({ layers, batch, input }, fresh) {
    const shape = [batch, layers[0]!.inputs];
    const kept = tensor(input, shape);
    const built = layers.map(denseLayer);
    return () => {
      let x: EagerTensor<Shape, "float32"> = fresh ? tensor(input, shape) : kept;
      for (const layer of built) x = layer(x);
      return x.dataSync();
    };
  },
};

function denseLayer({ inputs, units, kernel, bias, relu }: DenseWeights): Dense {
  const layer = new Dense(units, relu ? { activation: "relu" } : {}).build([null, inputs]);
  layer.setWeights([tensor(kernel, [inputs, units]), tensor(bias)]);
  return layer;
}
