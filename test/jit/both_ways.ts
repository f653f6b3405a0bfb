/**
 * Calls functions of tensors eagerly and compiled, with inputs whose dims are open in various ways, and compares.
 */
import { assert, assertEquals } from "@std/assert";
import { EagerTensor, input, jit, type SymbolicTensor, type Tensor, trace } from "@strata/nn";
import type { Graph } from "../../src/graph/graph.ts";
import type { Dim } from "../../src/shape/dim.ts";
import { leavesOf, mapStructure, type Structure } from "../../src/tensor/structure.ts";
import type { Random } from "../shape/random_shapes.ts";

/** A function without its types. */
export type Untyped = (...inputs: readonly unknown[]) => unknown;

/** Chooses how one axis is given: by its size, a name or nothing. */
export type Opening = (size: number, axis: number, place: number) => Dim;

/** All known, all unknown, all named by themselves, or by their sizes. */
export const OPENINGS: { readonly [how: string]: Opening } = {
  known: (size) => size,
  unknown: () => null,
  named: (_, axis, place) => `axis_${place}_${axis}`,
  "named by size": (size) => `size_${size}`,
};

/** Each axis of one input alone, in turn, as a name or as nothing. */
export function aloneOf(inputs: readonly EagerTensor[]): { readonly [how: string]: Opening } {
  const all: Record<string, Opening> = {};
  for (const [place, { shape }] of inputs.entries()) {
    for (const axis of shape.keys()) {
      const is = (a: number, p: number) => a === axis && p === place;
      all[`only axis ${axis} of input ${place} named`] = (size, a, p) => is(a, p) ? "alone" : size;
      all[`only axis ${axis} of input ${place} unknown`] = (size, a, p) => is(a, p) ? null : size;
      all[`all but axis ${axis} of input ${place} unknown`] = (size, a, p) => is(a, p) ? size : null;
    }
  }
  return all;
}

/** Each axis at random; one size has one name, or each axis its own. */
export function randomOpening(random: Random): Opening {
  const shared = random.integer(0, 1) === 0;
  const made = new Map<string, Dim>();
  return (size, axis, place) => {
    const key = `${place},${axis}`;
    if (!made.has(key)) {
      made.set(key, random.pick([size, null, shared ? `size_${size}` : `axis_${place}_${axis}`]));
    }
    return made.get(key)!;
  };
}

/** Symbolic tensors in place of the tensors of a structure. */
export function symbolsFor(inputs: Structure<EagerTensor>, open: Opening): Structure<SymbolicTensor> {
  let place = 0;
  return mapStructure(inputs, ({ shape, dtype }): Structure<SymbolicTensor> => {
    const index = place++;
    return input((shape as readonly number[]).map((size, axis) => open(size, axis, index)), { dtype });
  }) as Structure<SymbolicTensor>;
}

/** The sizes that names stand for. */
function sizesOf(inputs: readonly SymbolicTensor[], values: readonly EagerTensor[]): Map<string, number> {
  const sizes = new Map<string, number>();
  inputs.forEach(({ shape }, index) => {
    shape.forEach((dim, axis) => {
      if (typeof dim === "string") sizes.set(dim, values[index]!.shape[axis] as number);
    });
  });
  return sizes;
}

/** Checks that inferred dims say nothing else than what came out: sizes, names, and products of them. */
function checkDims(
  how: string,
  inferred: readonly Tensor[],
  results: readonly EagerTensor[],
  sizes: Map<string, number>,
) {
  assertEquals(inferred.length, results.length, how);
  for (const [index, { shape, dtype }] of inferred.entries()) {
    const result = results[index]!;
    assertEquals([dtype, shape.length], [result.dtype, result.shape.length], how);
    const means = shape.map((dim, axis) => {
      if (typeof dim !== "string") return dim ?? result.shape[axis];
      const factors = dim.split("*").map((factor) => sizes.get(factor) ?? Number(factor));
      return factors.some(Number.isNaN) ? result.shape[axis] : factors.reduce((a, b) => a * b, 1);
    });
    assertEquals(means as unknown, [...result.shape], `${how}: ${shape}`);
  }
}

/** Checks that tensors have the same dtypes, shapes and, within `tolerance`, values. */
export function checkSame(
  how: string,
  got: readonly EagerTensor[],
  want: readonly EagerTensor[],
  tolerance: number,
): void {
  const describe = (tensors: readonly EagerTensor[]) => tensors.map(({ dtype, shape }) => `${dtype} [${shape}]`);
  assertEquals(describe(got), describe(want), how);
  got.forEach((tensor, index) => {
    const [values, expected] = [tensor.dataSync(), want[index]!.dataSync()];
    expected.forEach((number, place) => {
      const [a, b] = [Number(values[place]), Number(number)];
      const same = Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
      assert(same, `${how}: output ${index} at ${place} is ${a}, eagerly ${b}`);
    });
  });
}

/** `fn` traced on `inputs` opened as `open` says, the symbolic inputs, and a run of the graph on the inputs themselves. */
export function traced(fn: Untyped, inputs: readonly Structure<EagerTensor>[], open: Opening): {
  readonly graph: Graph;
  readonly symbols: readonly SymbolicTensor[];
  readonly run: () => EagerTensor[];
} {
  const symbols = symbolsFor(inputs as Structure<EagerTensor>, open) as readonly Structure<SymbolicTensor>[];
  const graph = (trace as unknown as (fn: Untyped, ...inputs: readonly unknown[]) => Graph)(fn, ...symbols);
  return {
    graph,
    symbols: leavesOf<SymbolicTensor>(symbols as Structure<SymbolicTensor>),
    run: () => leavesOf(jit(graph)(...inputs) as Structure<EagerTensor>),
  };
}

/**
 * Traces `fn` on `inputs` opened as `open` says, compiles the graph, and compares a run of it with `expected`. Gives the
 * graph.
 */
export function compareTraced(
  how: string,
  fn: Untyped,
  inputs: readonly Structure<EagerTensor>[],
  open: Opening,
  expected: readonly EagerTensor[],
  tolerance: number,
): Graph {
  const { graph, symbols, run } = traced(fn, inputs, open);
  const sizes = sizesOf(symbols, leavesOf<EagerTensor>(inputs as Structure<EagerTensor>));
  checkDims(how, leavesOf<Tensor>(graph.outputs as Structure<Tensor>), expected, sizes);
  const results = run();
  for (const result of results) assert(result instanceof EagerTensor, `${how}: the result has values`);
  checkSame(how, results, expected, tolerance);
  return graph;
}
