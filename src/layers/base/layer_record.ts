/**
 * Layers inside the configurations of layers: the class and its options.
 *
 * @module
 */
import { InputError, InputRangeError } from "../../shape/error.ts";
import { kindOf } from "../../tensor/options.ts";
import { isRecord } from "../../tensor/structure.ts";
import type { AnyLayer } from "./layer.ts";
import { anyClass, knownNames, type LayerClass, rememberClass } from "./layer_classes.ts";
import type { LayerConfig } from "./options.ts";

/** The configuration of a layer together with its class. */
export interface LayerRecord {
  /** The name of the class. */
  readonly className: string;
  /** The result of {@linkcode Layer.getConfig}. */
  readonly config: LayerConfig;
  /** `package>name` of a class that is registered; left out for others. */
  readonly registeredName?: string;
}

/**
 * The class and the configuration of a layer.
 *
 * @throws {TypeError} If the class is one of one's own that has the name of another class and is not registered.
 */
export function serializeLayer(layer: AnyLayer): LayerRecord {
  const layerClass = layer.constructor as unknown as LayerClass;
  rememberClass(layerClass);
  const { className, registeredName } = knownNames(layerClass) ?? { className: layerClass.name, registeredName: null };
  if (anyClass({ className, registeredName }) !== layerClass) {
    throw new TypeError(
      `Cannot write layer ${layer.name}: ${className} is the name of another class too; ` +
        "register the layer's with registerSerializable",
    );
  }
  return { className, config: layer.getConfig(), ...(registeredName === null ? {} : { registeredName }) };
}

/**
 * The layer of a class and a configuration.
 *
 * @throws {RangeError} If there is no class of that name.
 */
export function deserializeLayer(record: LayerRecord): AnyLayer {
  if (!isRecord(record) || typeof record.className !== "string" || !isRecord(record.config)) {
    throw new InputError(
      `Cannot read a layer: expected a record with className and config, received ${kindOf(record)}`,
    );
  }
  const { className, config, registeredName } = record as LayerRecord;
  const layerClass = anyClass({ className, registeredName: registeredName ?? null });
  if (layerClass === undefined) {
    throw new InputRangeError(
      `Cannot find layer class ${registeredName ?? className}: it is none of Strata's, and none of one's own is ` +
        "registered under that name with registerSerializable",
    );
  }
  return layerClass.fromConfig(config as never) as AnyLayer;
}
