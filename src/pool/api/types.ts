/**
 * The types of functions that a pool has compiled.
 *
 * @module
 */
import type { CompiledFunction, CompiledGraph, CompiledLayer } from "../../jit/types.ts";
import type { ElementTensor } from "../../engine/engine.ts";
import type { Signature } from "../../layers/base/signature.ts";
import type { Values } from "../../tensor/convert.ts";
import type { EagerTensor } from "../../tensor/eager.ts";
import type { Variable } from "../../tensor/variable.ts";
import type { AsyncDisposing } from "./disposal.ts";
import type { CallControl } from "../scheduling/job.ts";

/** A compiled function, and what can be done with it beside calling it. */
export type Pooled<F> = F & PooledControls<F>;

/**
 * The methods of a compiled function.
 *
 * @example
 * ```ts
 * import { assertEquals, assertRejects } from "@std/assert";
 * import { input, ops, PoolError, WorkerPool } from "@strata/nn";
 *
 * await using pool = new WorkerPool({ workers: 1 });
 * const double = await pool.compile((x) => ops.multiply(x, 2), input(["n"]));
 * const patient = double.with({ timeout: 60_000 });
 * assertEquals((await patient([1, 2])).array(), [2, 4]);
 * await double.release();
 * const error = await assertRejects(() => patient([1, 2]), PoolError);
 * assertEquals(error.reason, "released");
 * ```
 */
export interface PooledControls<F> extends AsyncDisposing {
  /**
   * The same function, whose calls can be aborted or have a time limit of their own.
   *
   * @throws {RangeError} If the time limit is negative or no number.
   */
  with(control: CallControl): F;
  /**
   * Gives back what the workers hold for it, when the calls that were made have ended. Later ones are rejected. `await
   * using` does the same at the end of a scope.
   */
  release(): Promise<void>;
}

/** A layer compiled for a pool. */
export type PooledLayer<F extends Signature> = Pooled<CompiledLayer<F, "later">>;

/** A graph compiled for a pool. */
export type PooledGraph<In extends readonly unknown[], Out> = Pooled<CompiledGraph<In, Out, "later">>;

/** A function compiled for a pool, traced for each signature. */
export type PooledFunction<F extends (...inputs: never) => unknown> = Pooled<CompiledFunction<F, "later">>;

/** Texts, in arrays nested to any depth. */
export type NestedStrings = string | readonly NestedStrings[];

/**
 * A value accepted for an input of an ONNX model: a tensor, or what one is made of; for element types that Strata has no dtype for, an
 * {@linkcode ElementTensor}, its typed array, or nested arrays of integers or texts.
 */
export type ModelInput = EagerTensor | Variable | Values | ElementTensor | ElementTensor["data"] | NestedStrings;

/** The result of an ONNX model for an output: a tensor, where Strata has the dtype. */
export type ModelOutput = EagerTensor | ElementTensor;

/**
 * An ONNX model compiled for a pool: it takes a value where the model has one input, else a record of values by the names of
 * the inputs, and gives the like.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { EagerTensor, input, ops, trace, WorkerPool } from "@strata/nn";
 *
 * const bytes = trace((x) => ops.multiply(x, 2), input(["n"])).toONNX();
 * await using pool = new WorkerPool({ workers: 1 });
 * const double = await pool.compile(bytes);
 * const result = await double([1, 2]);
 * assertEquals(result instanceof EagerTensor && result.array(), [2, 4]);
 * ```
 */
export type PooledModel = Pooled<
  (inputs: ModelInput | { readonly [name: string]: ModelInput }) => Promise<ModelOutput | Record<string, ModelOutput>>
>;
