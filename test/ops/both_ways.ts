/**
 * Runs a function of tensors eagerly and as a graph, and plain arrays to compare with.
 */
import { assertEquals } from "@std/assert";
import { defaultEngine } from "../../src/eager/default_engine.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { DType, TypedArrayOf } from "../../src/tensor/dtype.ts";
import { EagerTensor } from "../../src/tensor/eager.ts";
import { input, type SymbolicTensor } from "../../src/tensor/symbolic.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { castValues } from "../../src/tensor/convert.ts";

// The types of what these tests call are tested elsewhere; here they would only be in the way.
// deno-lint-ignore no-explicit-any
type Untyped = (...inputs: any[]) => Tensor | readonly Tensor[];

const listOf = (result: Tensor | readonly Tensor[]): readonly Tensor[] =>
  Array.isArray(result) ? result : [result as Tensor];

/**
 * The results of `fn` on eager tensors, once it is certain that graphs with known, open or named dims give the same: the
 * same dtypes, known dims that are right, and the same values, or values as near as a relative tolerance.
 */
export function bothWays(
  fn: Untyped,
  values: readonly EagerTensor[],
  ways: readonly string[] = ["known", "open"],
  tolerance = 0,
): EagerTensor[] {
  const eager = listOf(fn(...values)) as EagerTensor[];
  for (const way of ways) {
    const inputs: SymbolicTensor[] = values.map(({ shape, dtype }) =>
      input(shape.map((dim, axis) => way === "known" ? dim : way === "named" ? `axis_${axis}` : null), { dtype })
    );
    const inferred = listOf(fn(...inputs));
    assertEquals(inferred.map(({ dtype }) => dtype), eager.map(({ dtype }) => dtype), way);
    inferred.forEach(({ shape }, index) => {
      const expected = eager[index]!.shape;
      if (way === "known") assertEquals(shape, expected, way);
      else assertEquals(shape.map((dim, axis) => typeof dim === "number" ? dim : expected[axis]), [...expected], way);
    });
    if (inferred.length === 0) continue;
    const program = defaultEngine.loadSync(new Graph(inputs, inferred as SymbolicTensor[]).toONNX());
    const results = program.runSync(
      values.map((value) => ({
        dtype: value.dtype,
        shape: value.shape as readonly number[],
        data: value.dataSync(),
      })),
    );
    program.releaseSync();
    results.forEach(({ shape, data }, index) => {
      assertEquals(shape, [...eager[index]!.shape as readonly number[]], way);
      const expected = eager[index]!.dataSync();
      if (tolerance === 0) assertEquals(data, expected, way);
      else data.forEach((value, place) => assertNear(way, Number(value), Number(expected[place]), tolerance));
    });
  }
  return eager;
}

function assertNear(what: string, value: number, expected: number, tolerance: number): void {
  const fits = Math.abs(value - expected) <= tolerance * Math.abs(expected);
  assertEquals(fits, true, `${what}: expected ${expected} within ${tolerance}, received ${value}`);
}

/** A tensor of which each element is `value(index)`. */
export function tensorOf(
  shape: readonly number[],
  dtype: DType,
  value: (index: readonly number[], place: number) => number,
): EagerTensor {
  return new EagerTensor(shape, dtype, castValues(valuesAt(shape, value), dtype) as TypedArrayOf<DType>);
}

/** `value` of each index of `shape`, row-major. */
export function valuesAt<T>(shape: readonly number[], value: (index: readonly number[], place: number) => T): T[] {
  const size = shape.reduce((product, dim) => product * dim, 1);
  return Array.from({ length: size }, (_, place) => value(indexOf(place, shape), place));
}

/** The index of the element at `place` in row-major order. */
export function indexOf(place: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  let rest = place;
  for (const dim of [...shape].reverse()) {
    index.unshift(rest % dim);
    rest = Math.floor(rest / dim);
  }
  return index;
}

/** Where the element of an index is in row-major order. */
export function placeOf(index: readonly number[], shape: readonly number[]): number {
  return index.reduce((place, i, axis) => place * shape[axis]! + i, 0);
}

/** The element of a tensor at an index, as a number. */
export function at(x: EagerTensor, index: readonly number[]): number {
  return Number(x.dataSync()[placeOf(index, x.shape as readonly number[])]);
}

/** The values as numbers. */
export function numbers(x: EagerTensor): number[] {
  return Array.from(x.dataSync() as ArrayLike<number | bigint>, Number);
}

/** All dtypes. */
export const DTYPES: readonly DType[] = ["float32", "float64", "float16", "int32", "int64", "uint8", "bool"];
