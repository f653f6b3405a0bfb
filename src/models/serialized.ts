/**
 * Layers as plain data: their class, their options, and in models what they read.
 *
 * @module
 */
import type { Shape } from "../shape/dim.ts";
import { isShape } from "../layers/base/build.ts";
import type { AnyLayer } from "../layers/base/layer.ts";
import type { LayerConfig } from "../layers/base/options.ts";
import { stateOf } from "../layers/base/state.ts";
import { InputError } from "../shape/error.ts";
import { isRecord } from "../tensor/structure.ts";
import { type SerializedCall, takesSeveral } from "./call_arguments.ts";
import { whileMaking } from "./check_json.ts";
import { classOf, type LayerClass, namesOf } from "./registry.ts";

/** A tensor of a model: output `index` of call number `call` of the layer `name`. */
export type TensorPlace = readonly [name: string, call: number, index: number];

/** A layer, or an op between layers, as plain data. */
export interface SerializedLayer {
  /** The name of the class. */
  readonly className: string;
  /** The options. */
  readonly config: { readonly [option: string]: unknown };
  /** The name under which a class of one's own is registered; `null` or left out for others. */
  readonly registeredName?: string | null;
  /** The module of Keras that an op is from; left out for layers. */
  readonly module?: string;
  /** The shapes that it was built for. */
  readonly buildConfig?: { readonly inputShape: unknown };
  /** The name in the model. */
  readonly name?: string;
  /** Its calls in the model. */
  readonly inboundNodes?: readonly SerializedCall[];
}

/** The configuration of a model. */
export interface ModelConfig extends LayerConfig {
  /** Inputs, layers and ops. */
  readonly layers: readonly SerializedLayer[];
  /** Where the inputs are, in their structure; left out by a {@linkcode Sequential}. */
  readonly inputLayers?: unknown;
  /** Where the outputs are, in their structure; left out by a {@linkcode Sequential}. */
  readonly outputLayers?: unknown;
}

/** The configuration of a sequential model. */
export interface SequentialConfig extends LayerConfig {
  /** The layers; the first may be an input. */
  readonly layers: readonly SerializedLayer[];
  /** The shape that the model was built for; left out where it is not built. */
  readonly buildInputShape?: Shape;
}

/**
 * A layer as plain data.
 *
 * @throws {TypeError} If its class is not known, or it has no configuration.
 */
export function serializeLayer(layer: AnyLayer): SerializedLayer {
  const { className, registeredName } = namesOf(layer);
  const { inputShapes } = stateOf(layer);
  const hasShapes = layer.built && layer.weights.length > 0 && inputShapes !== undefined && !takesSeveral(className) &&
    (isShape(inputShapes) || (Array.isArray(inputShapes) && inputShapes.every(isShape)));
  return {
    className,
    config: { ...layer.getConfig() },
    ...(registeredName === null ? {} : { registeredName }),
    ...(hasShapes ? { buildConfig: { inputShape: inputShapes } } : {}),
  };
}

/**
 * The layer that plain data stands for, with new weights.
 *
 * @throws {RangeError} If there is no such class.
 * @throws {TypeError} If an option is one that the class does not have.
 */
export function deserializeLayer({ className, config, registeredName = null }: SerializedLayer): AnyLayer {
  const layerClass: LayerClass = classOf({ className, registeredName });
  // Seeds are told apart by null, which is as good as not being there.
  const make = () => layerClass.fromConfig(config as never) as AnyLayer;
  const layer = registeredName === null ? whileMaking(`layer ${String(config.name)}`, make) : make();
  // A model has no options beside its parts; what its configuration would be matters only where it is written.
  if (registeredName === null && className !== "Model") checkOptions(layer, config);
  return layer;
}

function checkOptions(layer: AnyLayer, config: { readonly [option: string]: unknown }): void {
  const known = layer.getConfig() as unknown as { readonly [option: string]: unknown };
  for (const [option, value] of Object.entries(config)) {
    if (Object.hasOwn(known, option) || value === null || value === undefined || value === false) continue;
    if (option === "layers") continue;
    throw new InputError(
      `Cannot make layer ${layer.name}: ${layer.className} has no option ${option}, received ${
        isRecord(value) ? "a record" : JSON.stringify(value)
      }`,
    );
  }
}
