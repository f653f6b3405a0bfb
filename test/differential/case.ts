/**
 * Cases of the random comparison: what Keras was given, and what it gave.
 *
 * @module
 */
import * as strata from "@strata/nn";
import { type AnyLayer, EagerTensor, InputError, type Tensor } from "@strata/nn";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { DType, TypedArrayOf } from "../../src/tensor/dtype.ts";
import { typedArrayOf } from "../../src/tensor/typed_array.ts";

/** A number as JSON has it: NaN and the infinities are words. */
export type JsonNumber = number | "NaN" | "Infinity" | "-Infinity";

/** A tensor of a case. */
export interface JsonTensor {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly data: readonly JsonNumber[];
}

/** A layer of a case: its class, positional arguments and options as Keras names them. */
export interface MadeLayer {
  readonly layer: string;
  readonly args: readonly unknown[];
  readonly options: { readonly [name: string]: unknown };
}

/** What every case has: an error of Keras, or its results. */
interface Results {
  readonly id: string;
  readonly refused?: string;
  readonly weights?: readonly JsonTensor[];
  readonly outputs?: readonly JsonTensor[];
}

/** A case of a layer. */
export interface LayerCase extends Results {
  readonly made: MadeLayer;
  readonly inputs: unknown;
  readonly call: { readonly [name: string]: unknown };
  readonly carried?: unknown;
  readonly paths?: readonly string[];
  readonly masks?: readonly (JsonTensor | null)[];
  readonly losses?: readonly JsonTensor[];
  readonly after?: { readonly [index: string]: JsonTensor };
  readonly json?: object;
}

/** A case of a model, which is read from Keras's JSON. */
export interface ModelCase extends Results {
  readonly json: object;
  readonly inputs: readonly unknown[];
}

/** A case of an op. */
export interface OpCase extends Results {
  readonly op: string;
  readonly args: readonly unknown[];
  readonly options: { readonly [name: string]: unknown };
}

/** The stored cases of a kind. */
export function storedCases<C>(kind: "layers" | "models" | "ops"): readonly C[] {
  const file = new URL(`cases/${kind}.jsonl.gz`, import.meta.url);
  return linesOf(new TextDecoder().decode(gunzipSync(readFileSync(file))));
}

/** The cases of a text, one a line. */
export function linesOf<C>(text: string): readonly C[] {
  return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as C);
}

/** Options of Keras that are no camel case of its names. */
const RENAMED: { readonly [name: string]: string } = { keepdims: "keepDims", constant_values: "value" };

/** A name of Keras's as Strata has it. */
export function camelCase(name: string): string {
  return RENAMED[name] ?? name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The tensor of a case. */
export function tensorOf({ shape, dtype, data }: JsonTensor): EagerTensor {
  const values = data.map((value) => dtype === "int64" ? BigInt(value) : Number(value));
  return new EagerTensor(shape, dtype, new (typedArrayOf(dtype))(values as never) as TypedArrayOf<DType>);
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The values of a case, each tensor through `place`; layers are made, names of options are Strata's. */
export function decode(value: unknown, place: (tensor: EagerTensor) => unknown = (tensor) => tensor): unknown {
  if (Array.isArray(value)) return value.map((each) => decode(each, place));
  if (!isRecord(value)) return value;
  if (isRecord(value["tensor"])) return place(tensorOf(value["tensor"] as unknown as JsonTensor));
  if ("number" in value) return Number(value["number"]);
  if ("layer" in value) return makeLayer(value as unknown as MadeLayer);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [camelCase(name), decode(each, place)]));
}

/** The layer of a case. */
export function makeLayer({ layer, args, options }: MadeLayer): AnyLayer {
  const made = (strata as unknown as { readonly [name: string]: unknown })[layer];
  if (typeof made !== "function") throw new TypeError(`Strata has no layer ${layer}`);
  return Reflect.construct(made, [...args.map((value) => decode(value)), decode(options)]) as AnyLayer;
}

/** The tensors of a structure, in order, without what is no tensor. */
export function tensorsIn(value: unknown): Tensor[] {
  if (value instanceof strata.Tensor) return [value];
  if (Array.isArray(value)) return value.flatMap(tensorsIn);
  return isRecord(value) ? Object.values(value).flatMap(tensorsIn) : [];
}

/** Whether an error is one of Strata's own, whose text names no part of the engine. */
export function isClear(error: unknown): boolean {
  const isOwn = error instanceof InputError || error instanceof TypeError || error instanceof RangeError;
  return isOwn &&
    !/Cannot read|is not a function|not iterable|undefined \(reading|onnxruntime|Non-zero/.test(error.message);
}
