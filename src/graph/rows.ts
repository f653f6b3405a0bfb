/**
 * Whether the rows of a batch stay apart in a graph, so that several runs can be made one run of more rows, and its
 * results taken apart again.
 *
 * @module
 */
import { type Dim, showDim, showShape } from "../shape/dim.ts";
import type { SymbolicTensor } from "../tensor/symbolic.ts";
import type { GraphNode } from "./node.ts";

/** The axis on which each row of a tensor depends on the same row of the inputs alone, or a sentence why there is none. */
export type RowsOf = number | string;

/**
 * Why runs may not be joined along axis 0 of all inputs and their results taken apart along axis 0 of all outputs, in a
 * sentence; undefined if they may: each run alone gives what its rows give in the joined run.
 *
 * Axis 0 of each input must be open, and known to be the same size in all inputs, which means the same name. Weights and
 * constants are the same in all runs; so a graph that assigns variables, such as one that draws random numbers anew each
 * time, must not be joined either, which is not seen here.
 *
 * @param nodes The operations; each comes after those that it reads from.
 * @param inputs What each run is given.
 * @param outputs What each run gives.
 */
export function mixedBy(
  nodes: readonly GraphNode[],
  inputs: readonly SymbolicTensor[],
  outputs: readonly SymbolicTensor[],
): string | undefined {
  const unfit = unfitInputs(inputs);
  if (unfit !== undefined) return unfit;
  const rows = followRows(nodes, new Map(inputs.map((input) => [input, 0])));
  for (const [index, output] of outputs.entries()) {
    const found = rows.get(output.root);
    if (found === 0) continue;
    const what = outputs.length === 1 ? "the output" : `output ${index}`;
    if (typeof found === "string") return found;
    return found === undefined
      ? `${what} depends on no input, and has no rows`
      : `${what} has the rows on axis ${found}, not on axis 0`;
  }
  return undefined;
}

/**
 * Where the rows are in each tensor that depends on inputs, when `given` says where they are in those. An operation that
 * reads what has no rows of its own has none either, for the same reason.
 */
export function followRows(
  nodes: readonly GraphNode[],
  given: ReadonlyMap<SymbolicTensor, number>,
): ReadonlyMap<SymbolicTensor, RowsOf> {
  const rows = new Map<SymbolicTensor, RowsOf>();
  for (const [input, axis] of given) rows.set(input.root, axis);
  for (const node of nodes) {
    const read = node.inputs.map((input) => input.kind === "symbolic" ? rows.get(input.root) : undefined);
    if (read.every((axis) => axis === undefined)) continue;
    const mixed = read.find((axis) => typeof axis === "string");
    const axes = mixed === undefined ? rowsOf(node, read.map((axis) => axis as number | undefined ?? null)) : [];
    for (const [index, output] of node.outputs.entries()) {
      rows.set(output.root, mixed ?? axes[index] ?? `${describe(node)} mixes rows`);
    }
  }
  return rows;
}

function rowsOf(node: GraphNode, axes: readonly (number | null)[]): readonly (RowsOf | undefined)[] {
  // Attributes may have been made of known sizes; of an open one they cannot.
  const known = node.inputs.findIndex(({ shape }, index) => {
    const axis = axes[index]!;
    return axis !== null && typeof shape[axis] === "number";
  });
  if (known < 0) return node.op.rows?.(axes, node.inputs, node.attributes) ?? [];
  const reason = `${describe(node)} reads ${showShape(node.inputs[known]!.shape)}, whose number of rows is fixed`;
  return node.outputs.map(() => reason);
}

function describe(node: GraphNode): string {
  return `operation ${node.operation}${node.scope === "" ? "" : ` in layer ${node.scope}`}`;
}

function unfitInputs(inputs: readonly SymbolicTensor[]): string | undefined {
  if (inputs.length === 0) return "there is no input";
  const what = (index: number) =>
    `${inputs.length === 1 ? "the input" : `input ${index}`} of shape ${showShape(inputs[index]!.shape)}`;
  const leading = inputs.map(({ shape }) => shape[0]);
  const closed = leading.findIndex((dim) => dim === undefined || typeof dim === "number");
  if (closed >= 0) return `${what(closed)} has no open leading dim`;
  const first = leading[0] as Dim;
  for (const [index, { shape }] of inputs.entries()) {
    const dim = leading[index] as Dim;
    if (inputs.length > 1 && dim === null) return `${what(index)} has a leading dim without a name`;
    if (dim !== first) {
      return `the leading dims of input 0 and input ${index} are ${showDim(first)} and ${showDim(dim)}`;
    }
    const again = shape.findIndex((other, axis) => axis > 0 && mentions(other, first));
    if (again > 0) return `${what(index)} has the size of its leading dim on axis ${again} too`;
  }
  return undefined;
}

/** Whether a dim is `name`, or a product in which that is. */
function mentions(dim: Dim, name: Dim): boolean {
  return name !== null && typeof dim === "string" && dim.split("*").includes(name as string);
}
