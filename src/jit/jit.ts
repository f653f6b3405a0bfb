/**
 * Layers and functions compiled for the main thread.
 *
 * @module
 */
import type { Graph } from "../graph/graph.ts";
import type { Signature } from "../layers/base/signature.ts";
import { executingEagerly } from "../tensor/scope.ts";
import { entryOf, structured } from "./entry.ts";
import { MainProgram } from "./program.ts";
import type {
  Compiled,
  CompiledFunction,
  CompiledGraph,
  CompiledLayer,
  Plain,
  Traceable,
  TracedWith,
  WithSignature,
} from "./types.ts";

const compiler = {
  compile: (graph: Graph): MainProgram => new MainProgram(graph),
  release: (program: MainProgram): void => program.release(),
};

/**
 * Traces a layer or a function and runs its graph on the main thread, at once: the same call and the same result as
 * eagerly, in one run of the engine. A {@linkcode WorkerPool} does the same on other threads.
 *
 * With `inputs`, or a model, which brings its own, the graph is traced now. Else it is traced at the first call with each
 * signature (the structure, dtypes and sizes of the arguments, and what is no tensor); the latest 32 graphs are kept. As
 * arguments arrays of numbers count as tensors; single numbers, and what records hold beside tensors, do not. Called in a trace, it becomes part of that.
 *
 * @param target A layer, a model, a function or a graph.
 * @param inputs What to trace it with, as for {@linkcode trace}.
 * @returns A function that takes and gives tensors with values.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { jit, input, ops } from "@strata/nn";
 *
 * const double = jit((x) => ops.add(x, x), input(["batch", 2]));
 * assertEquals(double([[1, 2]]).array(), [[2, 4]]);
 * assertEquals(double([[1, 2], [3, 4]]).array(), [[2, 4], [6, 8]]);
 * ```
 */
export function jit<const In extends readonly unknown[], Out>(graph: Graph<In, Out>): CompiledGraph<In, Out>;
/** Compiles a layer; its own signature says what the result takes and gives. */
export function jit<F extends Signature>(layer: WithSignature<F>): CompiledLayer<F>;
/** Compiles a function, traced at its first call with each signature. */
export function jit<F extends (...inputs: never) => unknown>(target: Plain<F>): CompiledFunction<F>;
/** Compiles a layer or a function, traced with `inputs`. */
export function jit<
  const In extends readonly [unknown, ...unknown[]],
  Out = never,
  F extends Signature = never,
  const Own = unknown,
>(target: Traceable<In, Out, F, Own>, ...inputs: TracedWith<In, F, Own>): Compiled<In, Out, F>;
export function jit(target: unknown, ...inputs: readonly unknown[]): unknown {
  const entry = entryOf(target, inputs, compiler);
  return (...args: readonly unknown[]): unknown => {
    if (!executingEagerly()) return entry.inline(args);
    const { graph, program, inputs, outputs } = entry.prepare(args);
    return structured(graph, program.run(inputs, outputs));
  };
}
