/**
 * The networks that read digits in the demo, with the weights that Keras has trained.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { readSafetensors } from "../files/safetensors.ts";
import type { Layer } from "../layers/base/layer.ts";
import type { Maps } from "../layers/base/signature.ts";
import { Conv2D } from "../layers/convolution/conv.ts";
import { Dense } from "../layers/core/dense.ts";
import { BatchNormalization } from "../layers/normalization/batch_normalization.ts";
import { MaxPooling2D } from "../layers/pooling/max_pooling.ts";
import { Dropout } from "../layers/regularization/dropout.ts";
import { Flatten, Reshape } from "../layers/reshaping/reshaping.ts";
import { Sequential } from "../models/sequential.ts";
import type { EagerTensor } from "../tensor/eager.ts";
import { input } from "../tensor/symbolic.ts";

/** Whatever network it is: 64 pixels become ten logits. */
export type DigitsModel = Layer<Maps<"digits", readonly ["batch", 64], readonly ["batch", 10]>>;

/** The results of Keras with the same weights. */
export interface KerasResults {
  /** The part of the test digits that it reads as they are meant. */
  readonly accuracy: number;
  /** The logits of the first test digits. */
  readonly logits: readonly (readonly number[])[];
}

/** A network, what it has learnt, and what its results are compared with. */
export interface Network {
  /** The network with its weights. */
  readonly model: DigitsModel;
  /** The results of Keras. */
  readonly keras: KerasResults;
}

/** The networks: one of dense layers, and one of convolutions. */
export type NetworkName = keyof typeof networks;

// What both are to the rest of the demo: their own types say more, and other things.
const networks = {
  mlp: () =>
    new Sequential(
      input(["batch", 64]),
      new Dense(64, { activation: "relu", name: "hidden" }),
      new Dense(10, { name: "logits" }),
    ) as unknown as DigitsModel,
  cnn: () =>
    new Sequential(
      input(["batch", 64]),
      new Reshape([8, 8, 1]),
      new Conv2D(16, 3, { padding: "same", activation: "relu", name: "conv1" }),
      new BatchNormalization({ name: "norm1" }),
      new MaxPooling2D({ name: "pool1" }),
      new Conv2D(32, 3, { padding: "same", activation: "relu", name: "conv2" }),
      new Flatten(),
      new Dropout(0.3),
      new Dense(10, { name: "logits" }),
    ) as unknown as DigitsModel,
};

/** Reads the files of a network, which are in the folder `data`. */
export async function loadNetwork(name: NetworkName): Promise<Network> {
  const file = async (ending: string): Promise<Uint8Array> =>
    await readFile(new URL(`./data/digits_${name}${ending}`, import.meta.url));
  return {
    model: makeNetwork(name, readSafetensors(await file(".safetensors"))),
    keras: JSON.parse(new TextDecoder().decode(await file("_keras.json"))) as KerasResults,
  };
}

/**
 * Makes a network with the given weights, which are named `layer/weight`.
 *
 * @throws {TypeError} If a weight is missing, or has another shape.
 */
export function makeNetwork(name: NetworkName, weights: ReadonlyMap<string, EagerTensor>): DigitsModel {
  const model = networks[name]();
  for (const layer of model.layers) {
    layer.setWeights(layer.weights.map((variable) => {
      const weight = weights.get(`${layer.name}/${variable.name}`);
      if (weight === undefined) {
        throw new TypeError(`Cannot load the weights: expected one named ${layer.name}/${variable.name}`);
      }
      return weight;
    }));
  }
  return model;
}
