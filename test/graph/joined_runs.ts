/**
 * Compares a run of several rows with runs of one row each, for all axes on which tensors can have rows.
 */
import { assert, assertEquals } from "@std/assert";
import { defaultEngine } from "../../src/eager/default_engine.ts";
import { Graph } from "../../src/graph/graph.ts";
import { followRows, type RowsOf } from "../../src/graph/rows.ts";
import type { Dim } from "../../src/shape/dim.ts";
import type { DType, TypedArrayOf } from "../../src/tensor/dtype.ts";
import { EagerTensor } from "../../src/tensor/eager.ts";
import { typedArrayOf } from "../../src/tensor/typed_array.ts";
import { input, ShapeError, type SymbolicTensor, type Tensor } from "@strata/nn";
import { call, type GoldenCase, publicOp } from "../ops/golden.ts";

// The types of what these tests call are tested elsewhere; here they would only be in the way.
// deno-lint-ignore no-explicit-any
export type Untyped = (...inputs: any[]) => Tensor | readonly Tensor[];

/** Which axis of each tensor has the rows. */
type Choice = readonly (number | null)[];

/** One result or several, as a list. */
export const listOf = (result: Tensor | readonly Tensor[]): readonly SymbolicTensor[] =>
  (Array.isArray(result) ? result : [result]) as readonly SymbolicTensor[];

/** How the axes without rows are opened: known, or unknown. Those with rows always are open. */
const OPENINGS: readonly ((size: number, hasRows: boolean) => Dim)[] = [
  (size, hasRows) => hasRows ? "rows" : size,
  () => null,
];

interface Traced {
  readonly graph: Graph<readonly SymbolicTensor[], readonly SymbolicTensor[]>;
  readonly rows: readonly (RowsOf | undefined)[];
}

/** A function as a graph, and where the rows are in its results; undefined if it needs sizes that are not known. */
function traced(
  fn: Untyped,
  values: readonly Tensor[],
  choice: Choice,
  open: typeof OPENINGS[number],
): Traced | undefined {
  const inputs: SymbolicTensor[] = values.map(({ shape, dtype }, index) =>
    input(shape.map((size, axis) => open(size as number, axis === choice[index])), { dtype })
  );
  let outputs: readonly SymbolicTensor[];
  try {
    outputs = listOf(fn(...inputs));
  } catch (error) {
    if (error instanceof ShapeError) return undefined;
    throw error;
  }
  const graph = new Graph(inputs as readonly SymbolicTensor[], outputs);
  const given = inputs.flatMap((symbol, index) => {
    const axis = choice[index]!;
    return axis === null ? [] : [[symbol, axis] as const];
  });
  const rows = followRows(graph.nodes, new Map(given));
  return { graph, rows: graph.outputs.map((output) => rows.get(output.root)) };
}

/** All ways in which tensors can have rows: at least one, and all that do as many, more than one. */
function choicesOf(values: readonly EagerTensor[]): Choice[] {
  const all = values.reduce<Choice[]>(
    (choices, { shape }) => choices.flatMap((choice) => [null, ...shape.keys()].map((axis) => [...choice, axis])),
    [[]],
  );
  return all.filter((choice) => {
    const counts = new Set(choice.flatMap((axis, index) => axis === null ? [] : [values[index]!.shape[axis]]));
    return counts.size === 1 && [...counts].every((count) => Number(count) > 1);
  });
}

/** What is at `index` of an axis, which stays. */
function rowOf(tensor: EagerTensor, axis: number, index: number): EagerTensor {
  const shape = tensor.shape as readonly number[];
  const inner = shape.slice(axis + 1).reduce((size, dim) => size * dim, 1);
  const data = Array.from(tensor.dataSync() as ArrayLike<unknown>);
  const values = data.filter((_, place) => Math.floor(place / inner) % shape[axis]! === index);
  const typed = new (typedArrayOf(tensor.dtype))(values as never) as TypedArrayOf<DType>;
  return new EagerTensor(shape.with(axis, 1), tensor.dtype, typed);
}

const TOLERANCES: { readonly [D in DType]?: number } = { float16: 1e-3, float32: 1e-6, float64: 1e-12 };

function assertSame(received: EagerTensor, expected: EagerTensor, what: string): void {
  assertEquals([received.dtype, received.shape], [expected.dtype, expected.shape], what);
  const tolerance = TOLERANCES[expected.dtype] ?? 0;
  const values = received.dataSync();
  expected.dataSync().forEach((element, place) => {
    const [want, value] = [Number(element), Number(values[place])];
    const fits = Object.is(want, value) || want === value ||
      Math.abs(want - value) <= tolerance * Math.max(1, Math.abs(want));
    assert(fits, `${what}: at ${place} the joined run has ${value}, the run of one row ${want}`);
  });
}

/** Checks that each result whose rows are somewhere has there what runs of one row each give. */
function checkTraced({ graph, rows }: Traced, values: readonly EagerTensor[], choice: Choice): void {
  const program = defaultEngine.loadSync(graph.toONNX());
  const run = (tensors: readonly EagerTensor[]): EagerTensor[] =>
    program.runSync(tensors.map((tensor) => ({
      dtype: tensor.dtype,
      shape: tensor.shape as readonly number[],
      data: tensor.dataSync(),
    }))).map(({ shape, dtype, data }) => new EagerTensor(shape, dtype, data));
  try {
    const first = choice.findIndex((axis) => axis !== null);
    const count = values[first]!.shape[choice[first]!] as number;
    const whole = run(values);
    for (let row = 0; row < count; row++) {
      const single = run(values.map((value, index) => {
        const axis = choice[index]!;
        return axis === null ? value : rowOf(value, axis, row);
      }));
      for (const [index, axis] of rows.entries()) {
        if (typeof axis !== "number") continue;
        assertEquals(whole[index]!.shape[axis], count, "the number of rows of the joined run");
        assertSame(rowOf(whole[index]!, axis, row), single[index]!, `output ${index}, row ${row}`);
      }
    }
  } finally {
    program.releaseSync();
  }
}

/** The operations whose rows have been somewhere, in all checks so far. */
export const tried: Set<string> = new Set();

/** Checks a function for all choices of rows. The messages are those of the checks that fail. */
export function checkAll(fn: Untyped, values: readonly EagerTensor[]): string[] {
  const failures: string[] = [];
  for (const choice of choicesOf(values)) {
    for (const open of OPENINGS) {
      const found = traced(fn, values, choice, open);
      if (found === undefined || !found.rows.some((axis) => typeof axis === "number")) continue;
      for (const node of found.graph.nodes) tried.add(node.operation);
      try {
        checkTraced(found, values, choice);
      } catch (error) {
        failures.push(`rows on axes ${choice.map((axis) => axis ?? "none").join(", ")}: ${(error as Error).message}`);
      }
    }
  }
  return failures;
}

/** The call of a golden case, as a function of its tensors. */
export function functionOf(golden: GoldenCase): Untyped {
  return (...tensors) => call(publicOp(golden.op)!, golden, tensors);
}

export function tensorsOf({ inputs }: GoldenCase): EagerTensor[] {
  return inputs.map(({ dtype, shape, data }) => {
    const values = data.map((value) => dtype === "int64" ? BigInt(value) : Number(value));
    return new EagerTensor(shape, dtype, new (typedArrayOf(dtype))(values as never) as TypedArrayOf<DType>);
  });
}
