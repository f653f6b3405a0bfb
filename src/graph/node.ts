/**
 * One application of an operation to symbolic tensors.
 *
 * @module
 */
import type { EagerTensor } from "../tensor/eager.ts";
import { currentPath } from "../tensor/scope.ts";
import { type Origin, SymbolicTensor } from "../tensor/symbolic.ts";
import type { Variable } from "../tensor/variable.ts";
import { type Attributes, type Operation, recordedAttributes } from "./operation.ts";

/** An input of a node: another node's result or an input of the graph, a weight, or a constant. */
export type NodeInput = SymbolicTensor | Variable | EagerTensor;

let made = 0;

/** The number of nodes that have been made: those with a smaller or equal {@linkcode GraphNode.order} were there before. */
export function nodesMade(): number {
  return made;
}

/** One application of an operation: what it reads, what it makes, and the layer that it is part of. */
export class GraphNode implements Origin {
  /** The entry of the op table. */
  readonly op: Operation;
  /** The inputs. */
  readonly inputs: readonly NodeInput[];
  /** The attributes of the operation. */
  readonly attributes: Attributes;
  /** The path of the layer around it; empty outside any layer. */
  readonly scope: string;
  /** The outputs. */
  readonly outputs: readonly SymbolicTensor[];
  /** The number of the node, counted from the first that was made. */
  readonly order: number;

  /**
   * Records the application of `op`, and infers its results; those of `model`, and its layer, are taken over.
   *
   * @throws {ShapeError | DTypeError | RangeError} If the inputs do not fit.
   */
  constructor(op: Operation, inputs: readonly NodeInput[], attributes: Attributes, model?: GraphNode) {
    const specs = model?.outputs ?? op.infer(inputs, attributes);
    this.order = ++made;
    this.op = op;
    this.inputs = inputs;
    this.attributes = recordedAttributes(attributes);
    this.scope = model?.scope ?? currentPath();
    this.outputs = specs.map(({ shape, dtype }, index) => new SymbolicTensor(shape, dtype, { origin: this, index }));
  }

  /** The name of the operation. */
  get operation(): string {
    return this.op.name;
  }
}
