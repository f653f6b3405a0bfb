/**
 * Configurations of layers: one list of names a class, from which `getConfig` and `fromConfig` both follow.
 *
 * @module
 */
import { Initializer } from "../weights/initializer.ts";
import type { AnyLayer } from "./layer.ts";
import { deserializeLayer, type LayerRecord, serializeLayer } from "./layer_record.ts";
import { stateOf } from "./state.ts";

/**
 * The names in the configurations of a class of layers, each that of a property. Those of the classes that it extends come
 * first.
 */
export interface ConfigNames {
  /**
   * The arguments of the constructor before its options, in their order. Default: those of the class that it extends, as is
   * its constructor.
   */
  readonly positional?: readonly string[];
  /** Options. */
  readonly options?: readonly string[];
  /** Those that are layers, or arrays of layers. */
  readonly layers?: readonly string[];
}

/** Part of a layer that knows its own configuration. */
export interface Configured {
  /** The options as plain data. */
  getConfig(): object;
}

interface AllNames {
  readonly positional: readonly string[];
  readonly all: readonly string[];
  readonly layers: ReadonlySet<string>;
}

const known = new WeakMap<object, AllNames>();

/** The names of a class and of those that it extends. */
function namesOf(layerClass: object): AllNames {
  const found = known.get(layerClass);
  if (found !== undefined) return found;
  const around: AllNames = layerClass === Function.prototype
    ? { positional: [], all: [], layers: new Set() }
    : namesOf(Object.getPrototypeOf(layerClass));
  const own = ownNames(layerClass);
  const names = {
    positional: own.positional ?? around.positional,
    all: [...new Set([...around.all, ...own.positional ?? [], ...own.options ?? []])],
    layers: new Set([...around.layers, ...own.layers ?? []]),
  };
  known.set(layerClass, names);
  return names;
}

function ownNames(layerClass: object): ConfigNames {
  return Object.hasOwn(layerClass, "configNames")
    ? (layerClass as { readonly configNames: ConfigNames }).configNames
    : {};
}

/** Whether a class, or one between it and `base`, says what its configurations name. */
export function hasConfigNames(layerClass: object, base: object): boolean {
  if (layerClass === base) return false;
  return Object.hasOwn(layerClass, "configNames") || hasConfigNames(Object.getPrototypeOf(layerClass), base);
}

/** Adds the options that a part of a layer resolves to the layer's configuration, and gives the part. */
export function withConfig<C extends Configured>(layer: object, part: C): C {
  stateOf(layer).configured.push(part);
  return part;
}

/** The values of what the class of a layer names, and the options of the parts that {@linkcode withConfig} added. */
export function configOf(layer: object): { readonly [name: string]: unknown } {
  const { all, layers } = namesOf(layer.constructor);
  const values = layer as { readonly [name: string]: unknown };
  const named = Object.fromEntries(all.map((name) => [name, written(values[name], layers.has(name))]));
  return Object.assign(named, ...stateOf(layer).configured.map((part) => part.getConfig()));
}

function written(value: unknown, isLayer: boolean): unknown {
  if (value instanceof Initializer) return value.serialize();
  if (!isLayer) return value;
  return Array.isArray(value) ? value.map((each) => written(each, true)) : serializeLayer(value as AnyLayer);
}

/** Makes a layer of a class from a configuration. */
export function makeFromConfig<L>(layerClass: new (...args: never) => L, config: object): L {
  const { positional, layers } = namesOf(layerClass);
  const entries = Object.entries(config).map(([name, value]) =>
    [name, layers.has(name) ? read(value) : value] as const
  );
  const options = new Map<string, unknown>(entries);
  const args = positional.map((name) => options.get(name));
  for (const name of positional) options.delete(name);
  return new layerClass(...[...args, Object.fromEntries(options)] as never);
}

function read(value: unknown): unknown {
  return Array.isArray(value) ? value.map(read) : deserializeLayer(value as LayerRecord);
}
