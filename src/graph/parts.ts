/**
 * The parts of graphs.
 *
 * @module
 */
import { leavesOf, type Structure } from "../tensor/structure.ts";
import { SymbolicTensor } from "../tensor/symbolic.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Variable } from "../tensor/variable.ts";
import type { GraphNode, NodeInput } from "./node.ts";

/**
 * The parts of a graph.
 *
 * @internal
 */
export interface GraphParts {
  /** The name, which the ONNX model bears too. */
  readonly name: string;
  /** The inputs of each run: a list of arguments. */
  readonly inputs: readonly unknown[];
  /** The outputs of each run. */
  readonly outputs: unknown;
  /** The operations; each comes after those that it reads from. Those that lead to no output are not among them. */
  readonly nodes: readonly GraphNode[];
  /** The variables that are read or assigned, in the order of their first use. */
  readonly weights: readonly Variable[];
  /** The assignments to variables in each run, such as moving averages and the states of random generators. */
  readonly updates: ReadonlyMap<Variable, Tensor>;
}

/** The symbolic tensors among the leaves of a structure, in order. */
export function symbolsIn(structure: unknown): SymbolicTensor[] {
  return leavesOf(structure as Structure<unknown>).filter((leaf) => leaf instanceof SymbolicTensor);
}

/** The leaves of a structure that nodes can read, in order. */
export function tensorsIn(structure: unknown): NodeInput[] {
  return leavesOf(structure as Structure<unknown>).filter(isTensor);
}

/** Whether a leaf is a tensor, of whatever kind. */
export function isTensor(leaf: unknown): leaf is NodeInput {
  return leaf instanceof Tensor;
}
