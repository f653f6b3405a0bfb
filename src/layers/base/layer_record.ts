/**
 * Layers inside the configurations of layers: the class and its options.
 *
 * @module
 */
import type { AnyLayer } from "./layer.ts";
import type { LayerConfig } from "./options.ts";

/** The configuration of a layer together with its class. */
export interface LayerRecord {
  /** The name of the class. */
  readonly className: string;
  /** What {@linkcode Layer.getConfig} gave. */
  readonly config: LayerConfig;
}

/** A class of layers, as it is needed to make one from a configuration. */
export interface RegisteredClass {
  /** The name of the class. */
  readonly name: string;
  /** Makes a layer from what {@linkcode Layer.getConfig} gave. */
  fromConfig(config: never): unknown;
}

const classes = new Map<string, RegisteredClass>();

/** Lets configurations name classes of layers. A class whose layers were written down, or wrapped, is known already. */
export function registerLayers(...layerClasses: readonly RegisteredClass[]): void {
  for (const layerClass of layerClasses) classes.set(layerClass.name, layerClass);
}

/** The class and the configuration of a layer. */
export function serializeLayer(layer: AnyLayer): LayerRecord {
  registerLayers(layer.constructor as unknown as RegisteredClass);
  return { className: layer.className, config: layer.getConfig() };
}

/**
 * The layer of a class and a configuration.
 *
 * @throws {RangeError} If there is no class of that name.
 */
export function deserializeLayer({ className, config }: LayerRecord): AnyLayer {
  const layerClass = classes.get(className);
  if (layerClass === undefined) {
    throw new RangeError(
      `Cannot make a layer of class ${JSON.stringify(className)}: expected one that is registered, by registerLayers()`,
    );
  }
  return layerClass.fromConfig(config as never) as AnyLayer;
}
