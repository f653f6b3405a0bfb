/**
 * Calls of a layer in Keras, one after the other, against the same calls here: eager and compiled, results and weights.
 */
import { assert, assertEquals } from "@std/assert";
import { type AnyLayer, type DType, jit, type Layer, tensor } from "@strata/nn";
import { readFileSync } from "node:fs";
import { resetNames } from "../../src/layers/base/naming.ts";
import type { Values } from "../../src/tensor/convert.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import { leavesOf } from "../../src/tensor/structure.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { type Opening, symbolsFor } from "../jit/both_ways.ts";
import type { Numbers } from "./golden.ts";
import { assertClose, callUntyped } from "./layer_test_harness.ts";

/** One call. */
export interface GoldenCall {
  readonly x: Numbers;
  readonly training: boolean | null;
  readonly mask: Values | null;
  readonly y: Numbers;
  readonly weights: readonly Numbers[];
}

/** A layer, its options, and its calls. */
export interface GoldenCase {
  readonly layer: string;
  readonly args: readonly unknown[];
  readonly options: { readonly [option: string]: unknown };
  readonly x: Numbers;
  readonly weights: readonly { readonly name: string; readonly value: Numbers }[];
  readonly calls: readonly GoldenCall[];
}

/** What a file of golden numbers has. */
export function readGolden<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), "utf8")) as T;
}

/** The dtype of inputs: whole numbers were made as such. */
export function dtypeOf(values: Numbers): DType {
  const whole = (value: Numbers): boolean => Array.isArray(value) ? value.every(whole) : Number.isInteger(value);
  return whole(values) ? "int32" : "float32";
}

/** A case in words, for the name of its test. */
export function describeCase({ layer, args, options, calls }: GoldenCase): string {
  const given = [...args.map((arg) => JSON.stringify(arg)), JSON.stringify(options)].join(", ");
  return `${layer}(${given}) with training ${calls.map(({ training }) => training).join(", ")}`;
}

type Compiled = (...inputs: readonly unknown[]) => EagerTensor;

/** Inputs of a compiled layer of which the batch is open; what broadcasts along it is not. */
export const OPEN_BATCH: Opening = (size, axis) => axis === 0 && size > 1 ? "batch" : size;

/** How calls are checked. */
export interface CheckOptions {
  /** How axes are given, a compiled layer each. Default: the batch by a name, the others by their sizes. */
  readonly openings?: { readonly [how: string]: Opening };
  /** How far values may be from the expected ones, relative to those above 1. Default: 1e-5. */
  readonly tolerance?: number;
}

/** Checks each call, eagerly and compiled, with the weights that it leaves. */
export function checkCalls(
  make: () => AnyLayer,
  { x, weights, calls }: GoldenCase,
  { openings = { compiled: OPEN_BATCH }, tolerance }: CheckOptions = {},
): void {
  const dtype = dtypeOf(x);
  const built = (): AnyLayer => {
    resetNames();
    const layer = make();
    callUntyped(layer, tensor(x as Values, { dtype }));
    assertEquals(layer.weights.map(({ name }) => name), weights.map(({ name }) => name), "the names of the weights");
    if (weights.length > 0) layer.setWeights(weights.map(({ value }) => value as Values));
    return layer;
  };
  const runs = [
    { way: "eager", layer: built(), call: callUntyped as Call },
    ...Object.entries(openings).map(([way, open]) => ({ way, layer: built(), call: compiledCall(open) })),
  ];
  calls.forEach((call, index) => {
    const values = tensor(call.x as Values, { dtype: dtypeOf(call.x) === "int32" ? dtype : "float32" }) as EagerTensor;
    const options = {
      ...call.training === null ? {} : { training: call.training },
      ...call.mask === null ? {} : { mask: tensor(call.mask) as EagerTensor },
    };
    for (const { way, layer, call: apply } of runs) {
      const how = `call ${index}, ${way}`;
      assertClose(how, apply(layer, values, options), call.y, tolerance);
      checkState(how, layer, call.weights, tolerance);
    }
  });
  assert(calls.length > 0);
}

/** The options of one call. */
interface CallOptions {
  readonly training?: boolean;
  readonly mask?: EagerTensor;
}

type Call = (layer: AnyLayer, x: EagerTensor, options: CallOptions) => Tensor;

/** Calls a layer compiled, with one program for each way of calling it. */
function compiledCall(open: Opening): Call {
  const programs = new Map<string, Compiled>();
  return (layer, x, { mask, ...options }) => {
    const inputs = mask === undefined ? [x] : [x, mask];
    const key = JSON.stringify([options, inputs.map(({ dtype }) => dtype)]);
    let program = programs.get(key);
    if (program === undefined) {
      program = (jit as unknown as (fn: unknown, ...inputs: readonly unknown[]) => Compiled)(
        (x: Tensor, mask?: Tensor) => callUntyped(layer, x, mask === undefined ? options : { ...options, mask }),
        ...leavesOf(symbolsFor(inputs, open)),
      );
      programs.set(key, program);
    }
    return program(...inputs);
  };
}

function checkState(how: string, layer: AnyLayer, expected: readonly Numbers[], tolerance?: number): void {
  layer.weights.forEach((weight, index) =>
    assertClose(`${how}: ${weight.path} afterwards`, weight as never, expected[index] as Values, tolerance)
  );
}

/** A layer as the harness takes it. */
export function untyped(layer: unknown): AnyLayer {
  return layer as Layer as AnyLayer;
}
