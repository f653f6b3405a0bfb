/**
 * The call of a layer.
 *
 * @module
 */
import { isRecord, leavesOf, mapStructure, shapesOf, type Structure, tensorsOf } from "../../tensor/structure.ts";
import { DTypeError, InputError, ShapeError } from "../../shape/error.ts";
import { convertValues, isScalar, isTypedArray, type Values } from "../../tensor/convert.ts";
import type { Shape } from "../../shape/dim.ts";
import { EagerTensor } from "../../tensor/eager.ts";
import { isNestedArray, isPlainArray } from "../../tensor/nested.ts";
import { isFloat } from "../../tensor/promote.ts";
import { currentPath, whileTracing } from "../../tensor/scope.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { cast } from "../../ops/elementwise/selection.ts";
import { buildFor, finishBuild } from "./build.ts";
import { whileAutocasting } from "./dtype_policy.ts";
import { type AnyCallOptions, enterCall, leaveCall } from "./context.ts";
import { locateError, named } from "./errors.ts";
import { holdingsOf } from "./fields.ts";
import type { InputSpec } from "./input_spec.ts";
import { recordCall } from "./history.ts";
import { checkOutputShape } from "./output_shape.ts";
import { attachMasks, carryMasks, maskOf, type Masks, masksOf, setMask } from "./masks.ts";
import { incompatible, missing, unexpected, wrongCount, wrongStructure } from "./sentences.ts";
import { stateOf, transaction } from "./state.ts";
import type { LayerCore } from "./layer_core.ts";

type Input = Structure<Tensor | null>;

/** Calls a layer: converts and checks its input, builds it if need be, runs `call`, and records symbolic results. */
export function callLayer(layer: LayerCore, given: unknown, told: AnyCallOptions = NO_OPTIONS): unknown {
  const state = stateOf(layer);
  const input = inputOf(layer, given);
  const mask = told.mask ?? masksOf(input);
  // As in Keras, a mask that travels is handed on only where the input is the only tensor among the arguments.
  const options = mask === told.mask || (!layer.readsEachMask && tellsTensors(told)) ? told : { ...told, mask };
  if (state.built) {
    // Arrays and maps take what is put in them without asking; a layer that keeps state in one looks again.
    if (state.keepsContainers) holdingsOf(layer);
  } else {
    const shapes = shapesOf(input) as Structure<Shape | null>;
    if (!buildFor(layer, shapes, input, options)) {
      return transaction(layer, () => {
        const output = run(layer, input, told, options, mask ?? null);
        finishBuild(layer);
        return output;
      });
    }
    checkInput(layer, input);
  }
  return run(layer, input, told, options, mask ?? null);
}

/** Whether there are tensors, or what becomes tensors, among what a layer is told beside its input. */
function tellsTensors(told: AnyCallOptions): boolean {
  if (told === NO_OPTIONS) return false;
  const { initialState, mask: _, ...others } = told;
  const isTensor = (leaf: unknown) => leaf instanceof Tensor || isTypedArray(leaf);
  return (Array.isArray(initialState) && initialState.length > 0) ||
    leavesOf([initialState, ...Object.values(others)] as Structure<unknown>).some(isTensor);
}

/**
 * The inputs of a call, converted to tensors of its dtype.
 *
 * @throws {TypeError | ShapeError | DTypeError} If the layer does not take it.
 */
export function inputOf(layer: LayerCore, given: unknown): Input {
  const input = convertInput(layer, given);
  checkInput(layer, input);
  return input;
}

/**
 * `options` are what the layer was told and the mask that travels with its input, which a model finds anew each time;
 * `mask` is the one that goes on to its results, also where the call itself is not handed it.
 */
function run(
  layer: LayerCore,
  input: Input,
  told: AnyCallOptions,
  options: AnyCallOptions,
  mask: Masks | null,
): unknown {
  const symbolic = isSymbolic(input) ||
    (told !== NO_OPTIONS && tensorsOf(told).some(({ kind }) => kind === "symbolic"));
  const training = enterCall(layer.name, options.training);
  const passed = training === options.training ? options : { ...options, training };
  try {
    const compute = () => {
      const output = checkOutput(layer, layer.call(input as never, passed as never)) as Structure<Tensor>;
      checkOutputShape(layer, input, output);
      passMasks(layer, input, mask, output);
      return output;
    };
    if (!symbolic) return whileAutocasting(layer, compute);
    const output = whileTracing(() => whileAutocasting(layer, compute));
    const recorded = recordCall(layer, input, told, output);
    carryMasks(output, recorded);
    return recorded;
  } catch (error) {
    throw locateError(error, layer, currentPath(), { inputs: input, ...passed });
  } finally {
    leaveCall();
  }
}

/** The layers that have been told on for losing masks. */
const warned = new WeakSet<object>();

function passMasks(layer: LayerCore, input: Input, mask: Masks | null, output: Structure<Tensor>): void {
  if (layer.supportsMasking) {
    // What a layer has given its results by itself needs no computing.
    if (!leavesOf(output).every((tensor) => maskOf(tensor) !== null)) {
      attachMasks(output, layer.computeMask(input as never, mask));
    }
  } else if (mask !== null && !warned.has(layer)) {
    warned.add(layer);
    // deno-lint-ignore no-console -- a warning, as in Keras: nothing is wrong yet
    console.warn(
      `Layer ${layer.name} was called with a mask, and does not support masking: the layers behind it do not see the mask`,
    );
  }
}

const NO_OPTIONS: AnyCallOptions = {};

function isSymbolic(input: Input): boolean {
  if (input === null || input instanceof Tensor) return input?.kind === "symbolic";
  return leavesOf(input).some((leaf) => leaf?.kind === "symbolic");
}

function convertInput(layer: LayerCore, given: unknown): Input {
  if (given instanceof Tensor) return convertTensor(layer, given);
  if (given === null || given === undefined) return null;
  if (isScalar(given) || isTypedArray(given) || isNestedArray(given)) return convertData(layer, given);
  // An array without a tensor in it are values, if wrong ones, which the conversion tells.
  if (isPlainArray(given)) return convertData(layer, given as Values);
  if (Array.isArray(given)) return given.map((part) => convertInput(layer, part));
  if (isRecord(given)) {
    return Object.fromEntries(Object.entries(given).map(([key, part]) => [key, convertInput(layer, part)]));
  }
  throw new DTypeError(
    `Cannot call layer ${layer.name}: expected tensors, typed arrays or nested arrays, received ${typeof given}`,
  );
}

function convertTensor(layer: LayerCore, tensor: Tensor): Tensor {
  const { computeDtype } = layer;
  if (tensor.dtype === computeDtype || !layer.autocast || !isFloat(tensor.dtype) || !isFloat(computeDtype)) {
    return tensor;
  }
  const converted = cast(tensor, computeDtype);
  setMask(converted, maskOf(tensor));
  return converted;
}

function convertData(layer: LayerCore, values: Values): Tensor {
  const { shape, dtype, data } = convertValues(values);
  return convertTensor(layer, new EagerTensor(shape, dtype, data));
}

/** Checks the input against `inputSpec`, a spec for each tensor in the same structure, and what the layer says beside. */
function checkInput(layer: LayerCore, input: Input): void {
  const spec = layer.inputSpec;
  if (Array.isArray(spec)) checkArray(layer, spec as readonly (InputSpec | null)[], input);
  else if (isRecord(spec)) checkRecord(layer, spec as { readonly [key: string]: InputSpec | null }, input);
  else if (spec !== null) {
    if (input !== null && !(input instanceof Tensor)) throw structureError(layer, input);
    checkTensor(layer, spec as InputSpec, input, 0);
  }
  const fault = layer.mismatch(input instanceof Tensor ? input.shape : shapesOf(input) as Structure<Shape | null>);
  if (fault !== undefined) throw named(new ShapeError(incompatible(layer.name, ...fault)));
}

function checkArray(layer: LayerCore, specs: readonly (InputSpec | null)[], input: Input): void {
  const inputs = Array.isArray(input) ? input as readonly Input[] : [input];
  if (inputs.length !== specs.length) throw countError(layer, specs.length, inputs.length);
  specs.forEach((spec, index) => checkTensor(layer, spec, inputs[index]!, index));
}

function structureError(layer: LayerCore, input: Input): InputError {
  if (!Array.isArray(input)) return named(new InputError(wrongStructure(layer.name, "a record")));
  return input.length === 1
    ? named(new InputError(wrongStructure(layer.name, "an array")))
    : countError(layer, 1, input.length);
}

function countError(layer: LayerCore, expected: number, received: number): InputError {
  return named(new InputError(wrongCount(layer.name, expected, received)));
}

function checkRecord(layer: LayerCore, specs: { readonly [key: string]: InputSpec | null }, input: Input): void {
  const keys = Object.keys(specs).join(", ");
  if (!isRecord(input)) {
    throw named(new InputError(`Layer ${layer.name} expects a record of inputs with the keys ${keys}`));
  }
  for (const [key, spec] of Object.entries(specs)) {
    if (!Object.hasOwn(input, key) && spec?.optional !== true) throw named(new InputError(missing(key, layer.name)));
    checkTensor(layer, spec, (input[key] ?? null) as Input, key);
  }
  const extra = Object.keys(input).find((key) => !Object.hasOwn(specs, key));
  if (extra !== undefined) {
    throw named(new InputError(unexpected(extra, layer.name)));
  }
}

function checkTensor(layer: LayerCore, spec: InputSpec | null, input: Input, key: number | string): void {
  if (spec === null || (input === null && spec.optional)) return;
  if (!(input instanceof Tensor)) {
    const [kind, received] = input === null ? [DTypeError, "null"] as const : [InputError, "a list"] as const;
    throw named(new kind(incompatible(layer.name, key, `expected a tensor, received ${received}`)));
  }
  const failure = spec.mismatch(input);
  if (failure === undefined) return;
  const wrongDtype = spec.dtype !== undefined && spec.dtype !== input.dtype && failure.startsWith("expected dtype=");
  throw named(new (wrongDtype ? DTypeError : ShapeError)(incompatible(layer.name, key, failure)));
}

function checkOutput(layer: LayerCore, output: unknown): unknown {
  if (output instanceof Tensor) return output;
  if (output instanceof Promise) {
    // The promise is dropped; what it rejects with must not end the program as well.
    output.catch(() => {});
    throw new TypeError(`${layer.className}.call() returned a promise: expected tensors; call must be synchronous`);
  }
  mapStructure(output as Structure<unknown>, (leaf) => {
    if (!(leaf instanceof Tensor)) {
      throw new TypeError(
        `${layer.className}.call() returned ${
          leaf === null ? "null" : typeof leaf
        }: expected a tensor, or an array or a record of tensors`,
      );
    }
  });
  return output;
}
