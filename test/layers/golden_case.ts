/**
 * Calls of a layer in Keras, one after the other, against the same calls here: eager and compiled, results and weights.
 */
import { assert, assertEquals } from "@std/assert";
import { type AnyLayer, compile, type DType, input, type Layer, tensor } from "@strata/nn";
import { readFileSync } from "node:fs";
import { resetNames } from "../../src/layers/base/naming.ts";
import type { Values } from "../../src/tensor/convert.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
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

/** Checks each call, eagerly and compiled, with the weights that it leaves. */
export function checkCalls(make: () => AnyLayer, { x, weights, calls }: GoldenCase): void {
  const dtype = dtypeOf(x);
  const built = (): AnyLayer => {
    resetNames();
    const layer = make();
    callUntyped(layer, tensor(x as Values, { dtype }));
    assertEquals(layer.weights.map(({ name }) => name), weights.map(({ name }) => name), "the names of the weights");
    if (weights.length > 0) layer.setWeights(weights.map(({ value }) => value as Values));
    return layer;
  };
  const [eager, traced] = [built(), built()];
  const programs = new Map<string, Compiled>();
  calls.forEach((call, index) => {
    const values = tensor(call.x as Values, { dtype: dtypeOf(call.x) === "int32" ? dtype : "float32" }) as EagerTensor;
    const training = call.training === null ? {} : { training: call.training };
    const mask = call.mask === null ? undefined : tensor(call.mask) as EagerTensor;
    const how = `call ${index}`;
    const result = callUntyped(eager, values, mask === undefined ? training : { ...training, mask });
    assertClose(`${how}, eager`, result, call.y);
    checkState(`${how}, eager`, eager, call.weights);

    const open = (shape: readonly unknown[]) => shape.map((dim, axis) => axis === 0 ? "batch" : dim) as string[];
    const key = `${call.training} ${mask !== undefined}`;
    let program = programs.get(key);
    if (program === undefined) {
      const inputs = [values, ...mask === undefined ? [] : [mask]];
      program = (compile as unknown as (fn: unknown, ...inputs: readonly unknown[]) => Compiled)(
        (x: Tensor, mask?: Tensor) => callUntyped(traced, x, mask === undefined ? training : { ...training, mask }),
        ...inputs.map(({ shape, dtype }, index) => input(open(shape), { dtype, name: `x${index}` })),
      );
      programs.set(key, program);
    }
    assertClose(`${how}, compiled`, mask === undefined ? program(values) : program(values, mask), call.y);
    checkState(`${how}, compiled`, traced, call.weights);
  });
  assert(calls.length > 0);
}

function checkState(how: string, layer: AnyLayer, expected: readonly Numbers[]): void {
  layer.weights.forEach((weight, index) =>
    assertClose(`${how}: ${weight.path} afterwards`, weight as never, expected[index] as Values)
  );
}

/** A layer as the harness takes it. */
export function untyped(layer: unknown): AnyLayer {
  return layer as Layer as AnyLayer;
}
