/**
 * Runs the cases of `test/golden/ops_*.json`: eagerly through the public function, and symbolically through a graph.
 */
import { readFileSync } from "node:fs";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { defaultEngine } from "../../src/eager/default_engine.ts";
import { Graph } from "../../src/graph/graph.ts";
import * as ops from "../../src/ops/mod.ts";
import type { Dim, Shape } from "../../src/shape/dim.ts";
import { InputError } from "../../src/shape/error.ts";
import type { DType, TypedArrayOf } from "../../src/tensor/dtype.ts";
import { EagerTensor } from "../../src/tensor/eager.ts";
import { input, SymbolicTensor } from "../../src/tensor/symbolic.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { typedArrayOf } from "../../src/tensor/typed_array.ts";

/** A number as JSON has it: `"NaN"` and the infinities are strings. */
type JsonNumber = number | "NaN" | "Infinity" | "-Infinity";
type JsonValue = JsonNumber | string | boolean | null | readonly JsonValue[];

interface GoldenTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: readonly JsonNumber[];
}

/** One call of an op and what it must give. */
export interface GoldenCase {
  readonly op: string;
  readonly note?: string;
  readonly extra?: boolean;
  readonly before?: readonly JsonValue[];
  readonly inputs: readonly GoldenTensor[];
  readonly inputList?: boolean;
  /** Options that are tensors: the names of the last inputs. */
  readonly tensorOptions?: readonly string[];
  readonly args: readonly JsonValue[];
  readonly options?: { readonly [name: string]: JsonValue };
  readonly outputs: readonly GoldenTensor[];
  readonly tolerance?: number;
}

/** The families of golden cases. */
export const FAMILIES: readonly string[] = [
  "elementwise",
  "activations",
  "reductions",
  "linear_algebra",
  "movement",
  "creation",
  "everyday",
  "bits",
  "nan",
  "places",
  "image",
  "arrangement",
];

/** The cases of one family, such as `elementwise`. */
export function readCases(family: string): readonly GoldenCase[] {
  return JSON.parse(readFileSync(new URL(`../golden/ops_${family}.json`, import.meta.url), "utf8"));
}

/** An op without its types. */
export type AnyOp = (...inputs: readonly unknown[]) => Tensor | readonly Tensor[];

/** The public function of a name, such as `image.resize`, undefined where there is none. */
export function publicOp(name: string): AnyOp | undefined {
  let found: unknown = ops;
  for (const part of name.split(".")) found = (found as Readonly<Record<string, unknown>> | undefined)?.[part];
  return found as AnyOp | undefined;
}

const TOLERANCES: { readonly [D in DType]: number } = {
  float32: 1e-5,
  float64: 1e-10,
  float16: 5e-3,
  int32: 0,
  int64: 0,
  uint8: 0,
  bool: 0,
};

const NUMBERS = ["NaN", "Infinity", "-Infinity"];

function decode(value: JsonValue): unknown {
  if (Array.isArray(value)) return value.map(decode);
  return NUMBERS.includes(value as string) ? Number(value) : value;
}

/** The tensor of a case. */
export function eager({ dtype, shape, data }: GoldenTensor): EagerTensor {
  const values = data.map((value) => dtype === "int64" ? BigInt(value) : Number(value));
  return new EagerTensor(shape, dtype, new (typedArrayOf(dtype))(values as never) as TypedArrayOf<DType>);
}

/** Calls an op as a case does, on other tensors. */
export function call(op: AnyOp, golden: GoldenCase, inputs: readonly Tensor[]): readonly Tensor[] {
  const { before = [], args, options, inputList, tensorOptions = [] } = golden;
  const operands = inputs.slice(0, inputs.length - tensorOptions.length);
  const settings = [
    ...Object.entries(options ?? {}).map(([name, value]) => [name, decode(value)] as const),
    ...tensorOptions.map((name, index) => [name, inputs[operands.length + index]] as const),
  ];
  const result = op(
    ...before.map(decode),
    ...(inputList === true ? [operands] : operands),
    ...args.map(decode),
    ...(settings.length === 0 ? [] : [Object.fromEntries(settings)]),
  );
  return Array.isArray(result) ? result : [result as Tensor];
}

export function check(how: string, got: readonly EagerTensor[], golden: GoldenCase): void {
  const described = (tensors: readonly { dtype: DType; shape: Shape }[]) =>
    tensors.map(({ dtype, shape }) => `${dtype} [${shape.join(", ")}]`);
  assertEquals(described(got), described(golden.outputs), how);
  golden.outputs.forEach(({ data, dtype }, index) => {
    const tolerance = golden.tolerance ?? TOLERANCES[dtype];
    const values = got[index]!.dataSync();
    data.forEach((expected, place) => {
      const want = Number(expected);
      const value = Number(values[place]);
      const fits = Number.isNaN(want)
        ? Number.isNaN(value)
        : value === want || Math.abs(value - want) <= tolerance * Math.max(1, Math.abs(want));
      assert(fits, `${how}: output ${index} at ${place} is ${value}, expected ${want}`);
    });
  });
}

/** How dims are opened: all known, all unknown, or named alike where the sizes are alike. */
export const OPENINGS: { readonly [how: string]: (size: number) => Dim } = {
  known: (size) => size,
  open: () => null,
  named: (size) => `size_${size}`,
};

function runGraph(
  inputs: readonly SymbolicTensor[],
  outputs: readonly SymbolicTensor[],
  values: readonly EagerTensor[],
) {
  const program = defaultEngine.loadSync(new Graph(inputs, outputs).toONNX());
  try {
    const hosts = values.map((tensor) => ({
      dtype: tensor.dtype,
      shape: tensor.shape as readonly number[],
      data: tensor.dataSync(),
    }));
    return program.runSync(hosts).map(({ shape, dtype, data }) => new EagerTensor(shape, dtype, data));
  } finally {
    program.releaseSync();
  }
}

/** Checks that what was inferred says nothing else than what came out. */
function checkInferred(how: string, inferred: readonly Tensor[], golden: GoldenCase): void {
  assertEquals(inferred.length, golden.outputs.length, how);
  golden.outputs.forEach((output, index) => {
    const { shape, dtype } = inferred[index]!;
    const known = shape.map((dim, axis) => typeof dim === "number" ? dim : output.shape[axis]);
    assertEquals({ shape: known, dtype }, { shape: output.shape, dtype: output.dtype }, how);
    for (const [axis, dim] of shape.entries()) {
      const size = typeof dim === "string" ? /^size_(\d+)$/.exec(dim) : null;
      if (size !== null) assertEquals(output.shape[axis], Number(size[1]), `${how}: the name of axis ${axis}`);
    }
  });
}

/** Ops whose rank or number of results depends on sizes: where those are open they say that they need them. */
export const NEED_SIZES: readonly string[] = [
  "squeeze",
  "unstack",
  "arraySplit",
  "image.resize",
  "image.rgbToGrayscale",
  "image.rgbToHsv",
  "image.hsvToRgb",
  "image.gaussianBlur",
  "image.sobelEdges",
  "image.ssim",
  "image.cropImages",
  "image.padImages",
  "image.extractPatches",
  "cross",
  "fold",
  "correlate",
  "vander",
];

/** Ops whose results have shapes that depend on values. */
export const NEED_VALUES: readonly string[] = ["unique"];

/** Whether an error says that sizes must be known. */
export function asksForSizes(error: unknown): boolean {
  return error instanceof Error && /expected (a )?known sizes?|of known size/.test(error.message);
}

/** Runs one case eagerly and symbolically, and compares both with the expected numbers. */
export function runCase(golden: GoldenCase): void {
  const op = publicOp(golden.op);
  assert(typeof op === "function", `there is no op ${golden.op}`);
  const values = golden.inputs.map(eager);
  check("eager", call(op, golden, values) as readonly EagerTensor[], golden);
  if (values.length === 0) return;
  if (NEED_VALUES.includes(golden.op)) {
    const symbols = values.map(({ shape, dtype }) => input(shape, { dtype }));
    assertThrows(() => call(op, golden, symbols), InputError, "the shape of its result depends on values");
    return;
  }
  for (const [how, open] of Object.entries(OPENINGS)) {
    const inputs = values.map(({ shape, dtype }) => input((shape as readonly number[]).map(open), { dtype }));
    let outputs: readonly Tensor[];
    try {
      outputs = call(op, golden, inputs);
    } catch (error) {
      if (how !== "known" && NEED_SIZES.includes(golden.op) && asksForSizes(error)) continue;
      throw error;
    }
    for (const output of outputs) assert(output instanceof SymbolicTensor, `${how}: the result is symbolic`);
    checkInferred(how, outputs, golden);
    if (how === "known") assertEquals(outputs.map(({ shape }) => shape), golden.outputs.map(({ shape }) => shape), how);
    check(how, runGraph(inputs, outputs as readonly SymbolicTensor[], values), golden);
  }
}

/** A case in words, for the message of a failure. */
export function describe({ op, note, inputs, args, options }: GoldenCase): string {
  const operands = inputs.map(({ dtype, shape }) => `${dtype} [${shape.join(", ")}]`);
  const plain = [...args, ...(options === undefined ? [] : [options])].map((value) => JSON.stringify(value));
  return `${op}(${[...operands, ...plain].join(", ")})${note === undefined ? "" : `: ${note}`}`;
}
