/**
 * Registers every exported layer class under its name, for configurations to find: a side effect of importing this module.
 *
 * @module
 */
import * as attention from "./attention/mod.ts";
import { Layer } from "./base/layer.ts";
import * as base from "./base/mod.ts";
import { addOwnClass, type LayerClass } from "./base/layer_classes.ts";
import * as convolution from "./convolution/mod.ts";
import * as core from "./core/mod.ts";
import * as merging from "./merging/mod.ts";
import * as normalization from "./normalization/mod.ts";
import * as pooling from "./pooling/mod.ts";
import * as preprocessing from "./preprocessing/mod.ts";
import * as recurrent from "./recurrent/mod.ts";
import * as regularization from "./regularization/mod.ts";
import * as reshaping from "./reshaping/mod.ts";

const families = [
  attention,
  base,
  convolution,
  core,
  merging,
  normalization,
  pooling,
  preprocessing,
  recurrent,
  regularization,
  reshaping,
];
for (const family of families) {
  for (const [name, found] of Object.entries(family)) if (isLayerClass(found)) addOwnClass(name, found);
}

/** Whether a value is a class of layers. */
export function isLayerClass(value: unknown): value is LayerClass {
  return typeof value === "function" && value.prototype instanceof Layer;
}
