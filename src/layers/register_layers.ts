/**
 * Registers every exported layer class under its name, for configurations to find: a side effect of importing this module.
 *
 * @module
 */
import { Layer } from "./base/layer.ts";
import { addOwnClass, type LayerClass } from "./base/layer_classes.ts";
import * as base from "./base/mod.ts";
import * as classes from "./classes.ts";
import * as types from "./types.ts";

for (const family of [base, classes, types]) {
  for (const [name, found] of Object.entries(family)) if (isLayerClass(found)) addOwnClass(name, found);
}

/** Whether a value is a class of layers. */
export function isLayerClass(value: unknown): value is LayerClass {
  return typeof value === "function" && value.prototype instanceof Layer;
}
