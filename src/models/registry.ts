/**
 * The classes that names in configurations stand for.
 *
 * @module
 */
import * as builtIn from "../layers/mod.ts";
import { type AnyLayer, Layer } from "../layers/base/layer.ts";
import { registerLayers } from "../layers/base/layer_record.ts";

/** A class of layers that can be made from configurations. */
export interface LayerClass {
  /** The name of the class. */
  readonly name: string;
  /** Makes a layer from what `getConfig` gave. */
  fromConfig(config: never): unknown;
}

/** Under which name a class is registered. */
export interface RegisterOptions {
  /** Whose class it is; two packages may have classes of one name. Default: `"Custom"`. */
  readonly package?: string;
  /** The name. Default: that of the class. */
  readonly name?: string;
}

/** Strata's own classes by what they are exported as: bundlers may give them other names. */
const ownNames = new Map<LayerClass, string>();
for (const [name, found] of Object.entries(builtIn)) {
  if (!isLayerClass(found)) continue;
  ownNames.set(found, name);
  // Layers around layers find their classes by their names.
  registerLayers(found);
}

const registered = new Map<string, LayerClass>();
const registeredNames = new Map<LayerClass, string>();
/** Models, which are in rooms above this one; they add themselves. */
const models = new Map<string, LayerClass>();

/**
 * Lets {@linkcode modelFromJson} and {@linkcode modelToJson} know a layer class of one's own, as Keras's
 * `register_keras_serializable` does. In JSON its name is `package>name`; a Python class that is registered under it is
 * taken for the same. Options in camel case become Keras's in snake case.
 *
 * @returns The class.
 * @throws {TypeError} If it is no layer class, or the name is another class's.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { input, Layer, modelFromJson, modelToJson, ops, registerSerializable, Sequential, type Tensor } from "@strata/nn";
 *
 * class Twice extends Layer {
 *   override call(x: Tensor): Tensor {
 *     return ops.add(x, x) as Tensor;
 *   }
 * }
 * registerSerializable(Twice, { package: "example" });
 *
 * const copy = modelFromJson(modelToJson(new Sequential(input([null, 2]), new Twice())));
 * assertEquals(copy([[1, 2]]).toString().includes("[2, 4]"), true);
 * ```
 */
export function registerSerializable<C extends LayerClass>(layerClass: C, options: RegisterOptions = {}): C {
  if (!isLayerClass(layerClass)) throw new TypeError("Cannot register a class: expected one that extends Layer");
  const name = `${options.package ?? "Custom"}>${options.name ?? layerClass.name}`;
  const known = registered.get(name);
  if (known !== undefined && known !== layerClass) {
    throw new TypeError(`Cannot register class ${layerClass.name}: ${name} is registered already`);
  }
  registered.set(name, layerClass);
  registerLayers(layerClass);
  registeredNames.set(layerClass, name);
  return layerClass;
}

/** Adds a class of models. */
export function registerModelClass(name: string, modelClass: LayerClass): void {
  models.set(name, modelClass);
  ownNames.set(modelClass, name);
  registerLayers(modelClass);
}

/** The name under which a class of that name is registered; `null` for Strata's own. */
export function registeredNameOf(className: string): string | null {
  return [...registered].find(([, { name }]) => name === className)?.[0] ?? null;
}

/** A class as configurations call it: its name, and that under which it is registered; `null` for Strata's own. */
export interface ClassNames {
  /** The name of the class. */
  readonly className: string;
  /** `package>name`, or `null`. */
  readonly registeredName: string | null;
}

/**
 * How configurations call the class of a layer.
 *
 * @throws {TypeError} If it is a class of one's own that is not registered.
 */
export function namesOf(layer: AnyLayer): ClassNames {
  const layerClass = layer.constructor as unknown as LayerClass;
  const registeredName = registeredNames.get(layerClass) ?? null;
  if (registeredName !== null) {
    return { className: registeredName.slice(registeredName.indexOf(">") + 1), registeredName };
  }
  const className = ownNames.get(layerClass);
  if (className !== undefined) return { className, registeredName: null };
  throw new TypeError(
    `Cannot write layer ${layer.name}: its class ${layerClass.name} is not known; register it with registerSerializable`,
  );
}

/**
 * The class that a name stands for.
 *
 * @throws {RangeError} If there is none.
 */
export function classOf({ className, registeredName }: ClassNames): LayerClass {
  const found = registeredName === null ? undefined : registered.get(registeredName);
  const layerClass = found ?? registered.get(`Custom>${className}`) ?? models.get(className) ?? builtInClass(className);
  if (layerClass !== undefined) return layerClass;
  throw new RangeError(
    `Cannot find layer class ${registeredName ?? className}: it is none of Strata's, and none of one's own is ` +
      "registered under that name with registerSerializable",
  );
}

function builtInClass(name: string): LayerClass | undefined {
  const found: unknown = Object.hasOwn(builtIn, name) ? builtIn[name as keyof typeof builtIn] : undefined;
  return isLayerClass(found) ? found : undefined;
}

function isLayerClass(value: unknown): value is LayerClass {
  return typeof value === "function" && value.prototype instanceof Layer;
}
