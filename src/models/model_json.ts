/**
 * Models as JSON, in the form of Keras 3.
 *
 * @module
 */
import { parseJson, writeJson } from "./json_text.ts";
import type { AnyLayer, Layer } from "../layers/base/layer.ts";
import type { Anything } from "../layers/base/signature.ts";
import { requireLayer } from "../layers/base/validate.ts";
import { checkOptions } from "../tensor/options.ts";
import { fromKeras, type KerasObject, toKeras } from "./keras_json.ts";
// Both classes make themselves known where they are defined.
import type { Model } from "./model.ts";
import "./model.ts";
import "./sequential.ts";
import { isRecord } from "../tensor/structure.ts";
import { deserializeLayer, serializeLayer } from "./serialized.ts";

/** The way JSON is written. */
export interface JsonOptions {
  /** The number of spaces by which each level is indented. Default: all on one line. */
  readonly indent?: number;
}

/** A model of which the compiler knows no shapes. */
export type LoadedModel =
  & Layer<Anything>
  & Pick<Model, "inputs" | "outputs" | "getLayer" | "predict" | "summary" | "summaryText">;

/**
 * The configuration of a model, without its weights, as JSON that Keras 3 reads with `keras.models.model_from_json`.
 *
 * @throws {TypeError} If a layer has no configuration or its class is not known, or Keras has no class for an op between
 * layers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dense, input, modelFromJson, modelToJson, Sequential } from "@strata/nn";
 *
 * const model = new Sequential(input(["batch", 4]), new Dense(3, { activation: "relu" }), { name: "net" });
 * const copy = modelFromJson(modelToJson(model));
 * assertEquals([copy.name, copy.countParams()], ["net", 15]);
 * ```
 */
export function modelToJson(model: AnyLayer, options: JsonOptions = {}): string {
  requireLayer("Cannot write a model", model);
  checkOptions(`Cannot write model ${model.name}`, options, ["indent"]);
  return writeJson(modelConfig(model), options.indent);
}

/** The object that {@linkcode modelToJson} writes. */
export function modelConfig(model: AnyLayer): KerasObject {
  return toKeras(serializeLayer(model));
}

/**
 * Makes the model that JSON of Keras 3 describes, with new weights: what `model.to_json()` gives, or the `config.json` in a
 * `.keras` file, or the `model.json` of TensorFlow.js, as text or parsed. Layer classes of one's own must be registered
 * with {@linkcode registerSerializable}.
 *
 * @throws {SyntaxError} If it is no JSON.
 * @throws {RangeError} If there is no layer or op of a name.
 * @throws {TypeError} If it is no model, or has an option that a layer does not have.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { modelFromJson } from "@strata/nn";
 *
 * const dense = { class_name: "Dense", config: { name: "out", units: 2, use_bias: false } };
 * const input = { class_name: "InputLayer", config: { name: "in", batch_shape: [null, 3], dtype: "float32" } };
 * const model = modelFromJson({ class_name: "Sequential", config: { name: "net", layers: [input, dense] } });
 * assertEquals(model.weights.map(({ path, shape }) => [path, shape]), [["net/out/kernel", [3, 2]]]);
 * ```
 */
export function modelFromJson(json: string | object): LoadedModel {
  const record = topologyIn(typeof json === "string" ? parsed(json) : json);
  return deserializeLayer(fromKeras(record)) as unknown as LoadedModel;
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot read a model: expected JSON, received other text (${(cause as Error).message})`, {
      cause,
    });
  }
}

/** The configuration of a model in the `model.json` of TensorFlow.js and in the attributes of HDF5 files. */
function topologyIn(json: unknown): unknown {
  const { modelTopology = json } = isRecord(json) ? json : {};
  const { model_config: config = modelTopology } = isRecord(modelTopology) ? modelTopology : {};
  return typeof config === "string" ? parsed(config) : config;
}
