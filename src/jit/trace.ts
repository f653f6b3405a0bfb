/**
 * Tracing: a layer or a function becomes a graph.
 *
 * @module
 */
import type { Graph } from "../graph/graph.ts";
import type { Signature } from "../layers/base/signature.ts";
import { targetOf, traceTarget } from "./target.ts";
import type { Traceable, TracedGraph, TracedWith } from "./types.ts";

/**
 * Calls a layer or a function once with symbolic tensors and gives the graph of what it did: its operations with the
 * layers around them, the variables that it reads, and what it assigns to variables. A model brings its inputs along.
 *
 * Tensors among the arguments become inputs of the graph: symbolic ones as they are, others as symbolic tensors of their
 * shape. What is no tensor, such as `{ training: true }`, is handed on as it is.
 *
 * @param target A layer, a model or a function.
 * @param inputs What to call it with: {@linkcode input} makes tensors with open dims.
 * @returns The graph, whose inputs and outputs have the structure of the arguments and of the result.
 * @throws {TypeError} If the function reads a value, branches on one or iterates over a tensor: values exist only when
 * the graph runs. The error names the op and the layer.
 * @throws {ShapeError | DTypeError} If the inputs do not fit.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dense, input, ops, trace } from "@strata/nn";
 *
 * const dense = new Dense(10);
 * const graph = trace((x) => ops.softmax(dense(x)), input(["batch", 64]));
 * assertEquals(graph.outputs.shape, ["batch", 10]);
 * assertEquals(graph.nodes.map((node) => node.operation), ["dense", "softmax"]);
 * assertEquals(graph.toONNX()[1], 10); // the IR version
 * ```
 */
export function trace<
  const In extends readonly unknown[],
  Out = never,
  F extends Signature = never,
  const Own = unknown,
>(target: Traceable<In, Out, F, Own>, ...inputs: TracedWith<In, F, Own>): TracedGraph<In, Out, F, Own>;
export function trace(traced: unknown, ...inputs: readonly unknown[]): Graph<never, never> {
  const target = targetOf(traced);
  const given = inputs.length > 0 ? inputs : target.inputs;
  if (given === undefined && target.layer !== undefined) {
    throw new TypeError(
      `Cannot trace layer ${target.name}: expected inputs, such as input(["batch", 64]), since only models bring their own`,
    );
  }
  return traceTarget(target, given ?? []) as Graph<never, never>;
}
