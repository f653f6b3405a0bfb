/**
 * What the property tests of ops share: random tensors, plain loops in float64 to compare with, and the comparison,
 * eagerly and as a graph.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { defaultEngine } from "../../src/eager/default_engine.ts";
import { Graph } from "../../src/graph/graph.ts";
import { tensor } from "../../src/tensor/creation.ts";
import type { DType, TypedArrayOf } from "../../src/tensor/dtype.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import { input, type SymbolicTensor } from "../../src/tensor/symbolic.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import type { Random } from "../shape/random_shapes.ts";

/** All dtypes, each after those that it outranks. */
export const DTYPES: readonly DType[] = ["bool", "uint8", "int32", "int64", "float16", "float32", "float64"];

/** Values whose products and sums are exact, or nearly so, in the dtype. */
const VALUES: { readonly [D in DType]: readonly number[] } = {
  bool: [0, 1],
  uint8: [0, 1, 2],
  int32: [-2, -1, 0, 1, 2],
  int64: [-2, -1, 0, 1, 2],
  float16: [-1, -0.5, 0, 0.5, 1],
  float32: [-2, -1, -0.5, 0, 0.5, 1, 2],
  float64: [-2, -1, -0.5, 0, 0.5, 1, 2],
};

const TOLERANCES: { readonly [D in DType]?: number } = { float16: 4e-3, float32: 1e-5, float64: 1e-12 };

export function isFloat(dtype: DType): boolean {
  return TOLERANCES[dtype] !== undefined;
}

/** The dtype in which several meet. */
export function highest(dtypes: readonly DType[]): DType {
  return DTYPES[Math.max(...dtypes.map((dtype) => DTYPES.indexOf(dtype)))]!;
}

export function randomTensor(random: Random, shape: readonly number[], dtype: DType): EagerTensor {
  const values = Array.from({ length: sizeOf(shape) }, () => random.pick(VALUES[dtype]));
  return tensor(dtype === "int64" ? values.map(BigInt) : values, shape, { dtype }) as EagerTensor;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, dim) => size * dim, 1);
}

/** Elements as numbers. */
export function numbersOf(data: TypedArrayOf<DType>): number[] {
  return Array.from(data as Iterable<number | bigint>, Number);
}

/** All places in a shape, in row-major order. */
export function placesOf(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (places, dim) => places.flatMap((place) => Array.from({ length: dim }, (_, index) => [...place, index])),
    [[]],
  );
}

/** Where a place is in the row-major order of a shape; an axis of size 1 stretches. */
export function offsetOf(shape: readonly number[], place: readonly number[]): number {
  return shape.reduce((offset, dim, axis) => offset * dim + (dim === 1 ? 0 : place[axis]!), 0);
}

/** For each place of the axes that stay, what `reduce` makes of the values along the others. */
export function reduceLoop(
  shape: readonly number[],
  values: readonly number[],
  axes: readonly number[],
  reduce: (values: readonly number[]) => number,
): number[] {
  const groups = new Map(
    placesOf(shape.map((dim, axis) => axes.includes(axis) ? 1 : dim)).map((place) => [place.join(), [] as number[]]),
  );
  placesOf(shape).forEach((place, index) => {
    groups.get(place.map((at, axis) => axes.includes(axis) ? 0 : at).join())!.push(values[index]!);
  });
  return [...groups.values()].map(reduce);
}

/** An Einstein summation as nested loops over all its labels. */
export function einsumLoop(
  terms: readonly string[],
  output: string,
  operands: readonly EagerTensor[],
): { shape: number[]; values: number[] } {
  const sizes = new Map<string, number>();
  operands.forEach(({ shape }, operand) =>
    [...terms[operand]!].forEach((label, axis) => {
      if (sizes.get(label) === undefined || sizes.get(label) === 1) sizes.set(label, shape[axis] as number);
    })
  );
  const labels = [...sizes.keys()];
  const shape = [...output].map((label) => sizes.get(label)!);
  const values = new Array<number>(sizeOf(shape)).fill(0);
  const data = operands.map((operand) => numbersOf(operand.dataSync()));
  for (const place of placesOf([...sizes.values()])) {
    const at = (term: string) => [...term].map((label) => place[labels.indexOf(label)]!);
    const product = operands.reduce(
      (product, operand, index) =>
        product * data[index]![offsetOf(operand.shape as readonly number[], at(terms[index]!))]!,
      1,
    );
    const offset = offsetOf(shape, at(output));
    values[offset] = values[offset]! + product;
  }
  return { shape, values };
}

/** What is expected of a result. */
export interface Expected {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

interface Result {
  readonly dtype: DType;
  readonly shape: readonly unknown[];
}

function assertClose(result: Result, data: TypedArrayOf<DType>, expected: Expected, what: string): void {
  assertEquals([result.dtype, result.shape], [expected.dtype, expected.shape], what);
  const tolerance = TOLERANCES[expected.dtype] ?? 0;
  const values = numbersOf(data);
  assertEquals(values.length, expected.values.length, what);
  expected.values.forEach((value, index) => {
    const received = values[index]!;
    const close = Object.is(value, received) || value === received ||
      Math.abs(received - value) <= tolerance * Math.max(1, Math.abs(value));
    assert(close, `${what}: expected ${value} at ${index}, received ${received}`);
  });
}

/**
 * Checks an op on tensors, and the same op recorded on symbolic ones of which some dims are open. `graphsOfNothing` says
 * whether to run graphs on tensors without values too.
 */
export function assertOp(
  random: Random,
  call: (...tensors: Tensor[]) => Tensor,
  tensors: readonly EagerTensor[],
  expected: Expected,
  what: string,
  graphsOfNothing = true,
): void {
  const described = `${what} of ${tensors.map(({ dtype, shape }) => `${dtype} [${shape}]`).join(" and ")}`;
  const result = call(...tensors) as EagerTensor;
  assertClose(result, result.dataSync(), expected, described);
  const symbolic = tensors.map(({ shape, dtype }) =>
    input(shape.map((dim) => random.pick([dim, null])), { dtype }) as SymbolicTensor
  );
  const inferred = call(...symbolic) as SymbolicTensor;
  assertEquals([inferred.dtype, inferred.rank], [expected.dtype, expected.shape.length], described);
  inferred.shape.forEach((dim, axis) => {
    if (typeof dim === "number") assertEquals(dim, expected.shape[axis], `${described}, axis ${axis}`);
  });
  if (!graphsOfNothing && tensors.some(({ size }) => size === 0)) return;
  const program = defaultEngine.loadSync(new Graph(symbolic, [inferred]).toONNX());
  const inputs = tensors.map(({ shape, dtype, dataSync }, index) => {
    return { shape: shape as readonly number[], dtype, data: dataSync.call(tensors[index]!) };
  });
  const [output] = program.runSync(inputs);
  program.releaseSync();
  assertClose(output!, output!.data, expected, `the graph of ${described}`);
}
