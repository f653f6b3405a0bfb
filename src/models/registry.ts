/**
 * The classes that names in configurations stand for.
 *
 * @module
 */
import type { AnyLayer } from "../layers/base/layer.ts";
import { isLayerClass } from "../layers/register_layers.ts";
import {
  addOwnClass,
  type ClassNames,
  knownClass,
  knownNames,
  type LayerClass,
  namesByClassName,
  registerClass,
} from "../layers/base/layer_classes.ts";
import { InputError, InputRangeError } from "../shape/error.ts";
import { checkOptions } from "../tensor/options.ts";

export type { ClassNames, LayerClass } from "../layers/base/layer_classes.ts";

/** Under which name a class is registered. */
export interface RegisterOptions {
  /** Whose class it is; two packages may have classes of one name. Default: `"Custom"`. */
  readonly package?: string;
  /** The name. Default: that of the class. */
  readonly name?: string;
}

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
  checkOptions("Cannot register a class", options, ["name", "package"]);
  if (!isLayerClass(layerClass)) throw new InputError("Cannot register a class: expected one that extends Layer");
  registerClass(`${options.package ?? "Custom"}>${options.name ?? layerClass.name}`, layerClass);
  return layerClass;
}

/** Registers a class of models, whose modules import this one. */
export function registerModelClass(name: string, modelClass: LayerClass): void {
  addOwnClass(name, modelClass);
}

/**
 * The name under which a class of that name is registered; `null` for Strata's own.
 *
 * @throws {TypeError} If it is a class of one's own that is not registered.
 */
export function registeredNameOf(className: string): string | null {
  const names = namesByClassName(className);
  if (names === null) throw unknownClass("a layer", className);
  return names.registeredName;
}

/**
 * The way configurations call the class of a layer.
 *
 * @throws {TypeError} If it is a class of one's own that is not registered.
 */
export function namesOf(layer: AnyLayer): ClassNames {
  const layerClass = layer.constructor as unknown as LayerClass;
  const names = knownNames(layerClass);
  if (names === null) throw unknownClass(`layer ${layer.name}`, layerClass.name);
  return names;
}

function unknownClass(what: string, className: string): TypeError {
  return new TypeError(
    `Cannot write ${what}: its class ${className} is not known; register it with registerSerializable`,
  );
}

/**
 * The class that a name stands for.
 *
 * @throws {RangeError} If there is none.
 */
export function classOf(names: ClassNames): LayerClass {
  const layerClass = knownClass(names);
  if (layerClass !== undefined) return layerClass;
  throw new InputRangeError(
    `Cannot find layer class ${
      names.registeredName ?? names.className
    }: it is none of Strata's, and none of one's own is ` +
      "registered under that name with registerSerializable",
  );
}
