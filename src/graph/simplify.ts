/**
 * Simplified graphs: the operations that lead to an output, each once.
 *
 * @module
 */
import { InputError } from "../shape/error.ts";
import { EagerTensor, valuesOf } from "../tensor/eager.ts";
import type { SymbolicTensor } from "../tensor/symbolic.ts";
import { Variable } from "../tensor/variable.ts";
import { GraphNode, type NodeInput } from "./node.ts";
import { attributesKey } from "./operation.ts";

/** The operations of a graph, and what stands for a tensor in it. */
export interface Simplified {
  /** The operations; each comes after those that it reads from. */
  readonly nodes: readonly GraphNode[];
  /** The representative of a tensor: itself, or an equal one that exists already. */
  resolve(tensor: NodeInput): NodeInput;
}

/**
 * Collects the operations between `inputs` and `outputs`. Those that lead to no output are left out; of those that apply
 * the same operation to the same tensors the first stands for all; small constants of equal values are one.
 *
 * @throws {TypeError} If an output depends on a symbolic input that is not among `inputs`.
 */
export function simplify(inputs: readonly SymbolicTensor[], outputs: readonly NodeInput[]): Simplified {
  const replaced = new Map<NodeInput, NodeInput>();
  const constants = new Map<string, EagerTensor>();
  const resolve = (tensor: NodeInput): NodeInput => {
    if (tensor instanceof EagerTensor) return sharedConstant(tensor, constants);
    const root = tensor.kind === "symbolic" ? tensor.root : tensor;
    return replaced.get(root) ?? root;
  };
  const numbers = new Map<NodeInput, number>();
  const numberOf = (tensor: NodeInput): number => {
    if (!numbers.has(tensor)) numbers.set(tensor, numbers.size);
    return numbers.get(tensor)!;
  };
  const known = new Map<string, GraphNode>();
  for (const recorded of recordedBetween(inputs, outputs)) {
    const reads = recorded.inputs.map(resolve);
    const key = `${recorded.op.name}(${reads.map(numberOf)})${attributesKey(recorded.attributes)}`;
    let node = known.get(key);
    if (node === undefined) {
      const same = reads.every((tensor, index) => tensor === recorded.inputs[index]);
      node = same ? recorded : new GraphNode(recorded.op, reads, recorded.attributes, recorded);
      known.set(key, node);
    }
    if (node === recorded) continue;
    for (const [index, output] of recorded.outputs.entries()) replaced.set(output, node.outputs[index]!);
  }
  return { nodes: [...known.values()], resolve };
}

/** The variables that operations read, in the order of their first use. */
export function variablesIn(nodes: readonly GraphNode[], outputs: readonly NodeInput[]): Set<Variable> {
  const reads = [...nodes.flatMap((node) => node.inputs), ...outputs];
  return new Set(reads.filter((tensor) => tensor instanceof Variable));
}

/** The recorded operations that lead to `outputs`, in an order in which they can run. */
function recordedBetween(inputs: readonly SymbolicTensor[], outputs: readonly NodeInput[]): Set<GraphNode> {
  const given = new Set<NodeInput>(inputs.map((input) => input.root));
  const nodes = new Set<GraphNode>();
  // Depth first without recursion: deep graphs would exhaust the stack. A node is done when its inputs are.
  const pending: { readonly node: GraphNode; next: number }[] = [];
  const visit = (tensor: NodeInput): void => {
    if (tensor.kind !== "symbolic" || given.has(tensor.root)) return;
    const { origin } = tensor.root.source;
    if (!(origin instanceof GraphNode)) {
      throw new InputError(
        `Cannot make a graph: ${tensor} is not connected to the inputs ${inputs.map(String).join(", ")}`,
      );
    }
    if (!nodes.has(origin)) pending.push({ node: origin, next: 0 });
  };
  for (const output of outputs) {
    visit(output);
    while (pending.length > 0) {
      const top = pending[pending.length - 1]!;
      const input = top.node.inputs[top.next++];
      if (input !== undefined) visit(input);
      else {
        nodes.add(top.node);
        pending.pop();
      }
    }
  }
  return nodes;
}

/** More elements than this are not compared. */
const SMALL = 64;

function sharedConstant(tensor: EagerTensor, constants: Map<string, EagerTensor>): EagerTensor {
  if (tensor.size! > SMALL) return tensor;
  const values = Array.from(
    valuesOf(tensor) as ArrayLike<unknown>,
    (value) => Object.is(value, -0) ? "-0" : `${value}`,
  );
  const key = `${tensor.dtype}[${tensor.shape}]${values}`;
  const shared = constants.get(key);
  if (shared !== undefined) return shared;
  constants.set(key, tensor);
  return tensor;
}
