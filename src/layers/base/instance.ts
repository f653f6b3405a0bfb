/**
 * The way layers come into being: functions whose fields are watched.
 *
 * @module
 */
import { InputError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import { SymbolicTensor } from "../../tensor/symbolic.ts";
import { get as getRegularizer, type RegularizerLike } from "../weights/regularizers.ts";
import { buildWith, mapShapes } from "./build.ts";
import { callLayer, inputOf } from "./call.ts";
import type { AnyCallOptions } from "./context.ts";
import { dtypesOf } from "./dtype_policy.ts";
import { defineField, deleteField } from "./fields.ts";
import { addActivityLoss, beginCall } from "./losses.ts";
import { automaticName, baseName, checkName } from "./naming.ts";
import { checkLayerOptions } from "./known_options.ts";
import type { LayerOptions } from "./options.ts";
import { newState, stateOf } from "./state.ts";
import { STATE } from "./tracking.ts";
import type { LayerCore, Shapes } from "./layer_core.ts";

/** The options of layers whose results may be penalised. */
interface ActivityOptions extends LayerOptions {
  readonly activityRegularizer?: RegularizerLike | null;
}

/**
 * Makes a layer of a class.
 *
 * @param computesMasks Whether the class has a `computeMask` of its own.
 * @throws {TypeError} If the name is empty or has a `/`, `trainable` is no boolean, or there is no such dtype.
 */
export function makeInstance(
  layerClass: { readonly name: string; readonly prototype: object },
  options: LayerOptions,
  computesMasks: boolean,
): LayerCore {
  checkLayerOptions(layerClass, options);
  const className = layerClass.name;
  const { name = automaticName(className), trainable = true, dtype = "float32" } = options;
  checkName(name, `layer ${baseName(className)}`);
  if (typeof trainable !== "boolean") {
    throw new InputError(`Cannot make layer ${name}: expected trainable to be a boolean, received ${trainable}`);
  }
  const dtypes = dtypesOf(dtype, name);
  const penalty = getRegularizer((options as ActivityOptions).activityRegularizer);
  // A layer is called like a function, so it is one: an arrow function, which has no prototype of its own.
  const target = (inputs: unknown, options?: AnyCallOptions): unknown => {
    beginCall(layer);
    const outputs = callLayer(layer, inputs, options);
    if (penalty !== null) addActivityLoss(layer, penalty, outputs);
    return outputs;
  };
  Object.setPrototypeOf(target, layerClass.prototype);
  Reflect.deleteProperty(target, "length");
  const layer = new Proxy(target, { defineProperty: defineField, deleteProperty: deleteField }) as unknown as LayerCore;
  const hidden = (value: unknown, writable: boolean) => ({ value, writable, configurable: true, enumerable: false });
  Object.defineProperties(target, {
    [STATE]: hidden(newState(layer, trainable), false),
    name: hidden(name, false),
    dtype: hidden(dtypes.variable, false),
    computeDtype: hidden(dtypes.compute, false),
    dtypePolicy: hidden(dtype, false),
    inputSpec: hidden(null, true),
    autocast: hidden(true, true),
    supportsMasking: hidden(computesMasks, true),
    build: hidden((shapes: Shapes) => buildLayer(layer, layer.computeDtype, shapes), true),
  });
  return layer;
}

function buildLayer(layer: LayerCore, dtype: DType, shapes: Shapes): unknown {
  if (stateOf(layer).built) return layer;
  // What a call with such inputs would refuse must not be built for them.
  inputOf(layer, mapShapes(shapes, (shape) => shape && new SymbolicTensor(shape, dtype, { name: "input" })));
  buildWith(layer, shapes);
  return layer;
}
