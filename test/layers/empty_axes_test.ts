/**
 * Axes other than the batch that have no values: every layer and op gives what Keras gives, eagerly and in graphs of known
 * and of open sizes. Where Keras refuses, the ways agree, or an error says why.
 */
import { assert, assertEquals } from "@std/assert";
import { type AnyLayer, EagerTensor, EngineError, type Tensor } from "@strata/nn";
import { readFileSync } from "node:fs";
import { castValues } from "../../src/tensor/convert.ts";
import type { DType, TypedArrayOf } from "../../src/tensor/dtype.ts";
import { leavesOf, type Structure } from "../../src/tensor/structure.ts";
import { OPENINGS, traced, type Untyped } from "../jit/both_ways.ts";
import { type AnyOp, call, type GoldenCase, publicOp } from "../ops/golden.ts";
import { makeLayer } from "./every_layer.ts";
import { callUntyped } from "./layer_test_harness.ts";

type Numbers = readonly (number | string)[];

interface Result {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** The elements; one where all are the same. */
  readonly data: Numbers;
}

interface EmptyCase {
  readonly name: string;
  readonly shapes: readonly (readonly number[])[];
  readonly dtypes: readonly DType[];
  readonly result: readonly Result[] | string;
}

type EmptyOp = EmptyCase & Omit<GoldenCase, "op" | "outputs">;

const golden = JSON.parse(readFileSync(new URL("../golden/empty_axes.json", import.meta.url), "utf8")) as {
  readonly layers: readonly EmptyCase[];
  readonly ops: readonly EmptyOp[];
};

/** Where Keras makes values up, by an index that is out of range or of shapes that do not fit, and Strata refuses. */
const REFUSED: { readonly [op: string]: RegExp } = {
  take: /out of data bounds/,
  takeAlongAxis: /Index out of range/,
  inTopK: /Index out of range/,
  scatter: /expected values of shape/,
  scatterUpdate: /expected values of shape|indices must be empty/,
  "image.resize": /expected a height and a width of at least 1|out of data bounds/,
};

/** What is refused where it is known that there are no pixels; a run cannot refuse. */
const REFUSED_BEFORE: readonly string[] = ["Resizing"];

/** What one way of calling gives: tensors, or an error. */
type Outcome = readonly EagerTensor[] | Error;

function attempt(run: () => readonly EagerTensor[]): Outcome {
  try {
    return run();
  } catch (error) {
    assert(error instanceof Error);
    return error;
  }
}

/** The function of a case, called eagerly and in graphs. */
function outcomesOf(fn: Untyped, inputs: readonly EagerTensor[]): { readonly [way: string]: Outcome } {
  const eager = attempt(() => leavesOf(fn(...inputs) as Structure<Tensor>) as EagerTensor[]);
  const graph = (way: string): Outcome => attempt(() => traced(fn, inputs, OPENINGS[way]!).run());
  return { eager, known: graph("known"), unknown: graph("unknown") };
}

/** What is wrong about an outcome, or nothing. */
function faultOf(outcome: Outcome, { name, result: wanted }: EmptyCase, eager: Outcome): string | undefined {
  if (outcome instanceof Error) {
    if (REFUSED[name]?.test(outcome.message)) return undefined;
    if (outcome instanceof EngineError || !/Error$/.test(outcome.constructor.name)) return `${outcome}`.slice(0, 160);
    if (typeof wanted === "string") return undefined;
    // What depends on sizes that are open may ask for them.
    if (eager !== outcome && /known (size|number|rank|dim)/.test(outcome.message)) return undefined;
    return `${outcome}`.slice(0, 200);
  }
  if (typeof wanted === "string" && eager instanceof Error && REFUSED_BEFORE.includes(name)) return undefined;
  const like: readonly Result[] = typeof wanted !== "string" ? wanted : eager instanceof Error ? [] : eager.map(plain);
  const found = outcome.map(plain);
  const [got, want] = [found, like].map((all) => JSON.stringify(all.map(({ dtype, shape }) => [dtype, shape])));
  if (got !== want) return `${got}, expected ${want}`;
  for (const [index, { data, shape }] of like.entries()) {
    const size = shape.reduce((a, b) => a * b, 1);
    for (let place = 0; place < size; place++) {
      const number = Number(data.length === 1 ? data[0] : data[place]);
      const value = Number(found[index]!.data[place]);
      const fits = Object.is(value, number) || value === number ||
        Math.abs(value - number) <= 1e-5 * Math.max(1, Math.abs(number));
      if (!fits) return `${value} at ${place} of ${index}, expected ${number}`;
    }
  }
}

function plain(tensor: EagerTensor): Result {
  const data = Array.from(tensor.dataSync() as ArrayLike<number | bigint>, Number);
  return { dtype: tensor.dtype, shape: tensor.shape as readonly number[], data };
}

/** The faults of a case, by the ways of calling it. */
function faultsOf(fn: Untyped, inputs: readonly EagerTensor[], each: EmptyCase): string[] {
  const outcomes = outcomesOf(fn, inputs);
  return Object.entries(outcomes).flatMap(([way, outcome]) => {
    const fault = faultOf(outcome, each, outcomes["eager"]!);
    return fault === undefined ? [] : [`${JSON.stringify(each.shapes)}, ${way}: ${fault}`];
  });
}

function byName<T extends EmptyCase>(cases: readonly T[]): readonly (readonly [string, readonly T[]])[] {
  const names = [...new Set(cases.map(({ name }) => name))];
  return names.map((name) => [name, cases.filter((each) => each.name === name)]);
}

function filledWith(value: number, shape: readonly number[], dtype: DType): EagerTensor {
  const values = Array<number>(shape.reduce((a, b) => a * b, 1)).fill(value);
  return new EagerTensor(shape, dtype, castValues(values, dtype) as TypedArrayOf<DType>);
}

for (const [name, cases] of byName(golden.layers)) {
  Deno.test(`${name} of axes without values is Keras's, in every way of calling it`, () => {
    const faults = cases.flatMap((each) => {
      const inputs = each.shapes.map((shape, index) => filledWith(1, shape, each.dtypes[index]!));
      let layer: AnyLayer | undefined;
      const fn: Untyped = (...given) => {
        const x = given.length === 1 ? given[0] : given;
        if (layer === undefined) {
          layer = makeLayer(name);
          callUntyped(layer, x);
          layer.setWeights(layer.weights.map(({ shape }) => filledWith(0.5, shape as number[], "float32")));
        }
        return callUntyped(layer, x);
      };
      return faultsOf(fn, inputs, each);
    });
    assertEquals(faults, []);
  });
}

for (const [name, cases] of byName(golden.ops)) {
  Deno.test(`${name} of axes without values is Keras's, eagerly and in graphs`, () => {
    const faults = cases.flatMap((each) => {
      const op = publicOp(name) as AnyOp;
      const as = { ...each, op: name, outputs: [] };
      const inputs = each.inputs.map(({ data, dtype, shape }, index) => cut(data, shape, each.shapes[index]!, dtype));
      return faultsOf((...given) => call(op, as, given as readonly Tensor[]), inputs, each)
        .map((fault) => `${JSON.stringify([each.args, each.options ?? {}])}, ${fault}`);
    });
    assertEquals(faults, []);
  });
}

/** The first elements along each axis. */
function cut(data: Numbers, shape: readonly number[], sizes: readonly number[], dtype: DType): EagerTensor {
  const values: number[] = [];
  const visit = (axis: number, place: number): void => {
    if (axis === shape.length) values.push(Number(data[place]));
    else for (let i = 0; i < sizes[axis]!; i++) visit(axis + 1, place * shape[axis]! + i);
  };
  visit(0, 0);
  return new EagerTensor(sizes, dtype, castValues(values, dtype) as TypedArrayOf<DType>);
}
