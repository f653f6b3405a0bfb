/**
 * Models that Keras has made: how it writes them down, what its summaries say, and what they give.
 */
import type { AnyLayer } from "@strata/nn";
import type { LoadedModel } from "@strata/nn/types";
import { readFileSync } from "node:fs";
import type { Values } from "../../src/tensor/convert.ts";

/** A model of Keras. */
export interface ModelCase {
  readonly name: string;
  /** What `to_json` wrote. */
  readonly json: object;
  readonly summary: {
    /** Name, class, output shape, parameters, and whether it is trainable, nested layers included. */
    readonly rows: readonly (readonly [string, string, string, string, string])[];
    /** The three lines below the table. */
    readonly totals: readonly string[];
  };
  /** The weights of each layer by its name. */
  readonly weights: { readonly [layer: string]: readonly Values[] };
  readonly inputs: unknown;
  readonly outputs: unknown;
}

/** What is in a file of `data`. */
export function readData(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./data/${name}`, import.meta.url), "utf8"));
}

/** The models of Keras. */
export const modelCases = readData("models.json") as readonly ModelCase[];

/** The model of a name. */
export function modelCase(name: string): ModelCase {
  return modelCases.find((each) => each.name === name)!;
}

/** Gives the layers of a model the weights that Keras's had, nested ones included. */
export function setKerasWeights(model: AnyLayer | LoadedModel, weights: ModelCase["weights"]): void {
  for (const layer of model.layers) {
    const values = weights[layer.name];
    if (values !== undefined) layer.setWeights(values);
    else setKerasWeights(layer, weights);
  }
}
