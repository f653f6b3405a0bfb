/**
 * Pools of workers, which run traced graphs on other threads.
 *
 * ## Serving a model over HTTP
 *
 * Open one pool for the whole program and compile each model once. A handler awaits its result while other requests run;
 * the main thread stays free. An {@linkcode InputError} says that the request is at fault, which HTTP calls 400; a
 * {@linkcode PoolError} whose reason is `"queue full"` says that the server is busy, 503.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dense, input, InputError, PoolError, Sequential, WorkerPool } from "@strata/nn";
 *
 * const model = new Sequential(input(["batch", 3]), new Dense(2, { kernelInitializer: "ones" }));
 * await using pool = new WorkerPool({ workers: 2, timeout: 5_000, batch: { maxSize: 64, maxDelay: 1 } });
 * const predict = await pool.compile(model);
 *
 * async function handler(request: Request): Promise<Response> {
 *   try {
 *     const { rows } = await request.json();
 *     // The client's signal: a call whose client has gone is dropped.
 *     const result = await predict.with({ signal: request.signal })(rows);
 *     return Response.json({ result }); // the values, as nested arrays
 *   } catch (error) {
 *     if (error instanceof InputError || error instanceof SyntaxError) return new Response(error.message, { status: 400 });
 *     if (error instanceof PoolError && error.reason === "queue full") return new Response("Busy", { status: 503 });
 *     throw error;
 *   }
 * }
 * // Deno.serve(handler), or export default { fetch: handler }
 *
 * const post = (body: unknown) => handler(new Request("http://localhost/", { method: "POST", body: JSON.stringify(body) }));
 * assertEquals(await (await post({ rows: [[1, 2, 3]] })).json(), { result: [[6, 6]] });
 * assertEquals((await post({ rows: [[1, 2]] })).status, 400);
 * assertEquals((await post({ rows: [["one", "two", "three"]] })).status, 400);
 * ```
 *
 * `await using` closes the pool at the end of its block; a server calls `pool.close()` when it shuts down.
 *
 * ## Which settings
 *
 * - Many small requests: `batch` joins rows of several calls into one run, which takes fewer trips to a worker. A single
 *   small call costs 50 to 150 microseconds more in a pool than on the main thread, since a thread must be woken; a pool
 *   is for many calls at once, for large ones, and for a main thread that must not wait.
 * - More requests than the workers manage: `maxQueue` bounds what waits, and `whenFull` says whether more are rejected or
 *   wait outside, in turns.
 * - Requests that must not take for ever: `timeout` for all calls, or `{ signal, timeout }` for one by `predict.with`.
 * - Models that may take for ever to load, such as files of strangers: `loadTimeout`, or `{ signal, timeout }` at the end
 *   of `pool.compile`. A model is loaded in one worker first, so that the others serve meanwhile.
 * - What is going on: `pool.stats()` has counts, latencies, and what each worker is at; `pool.profile()` has the time of
 *   each operation where the pool was opened with `trace: true`.
 *
 * Assigning weights (`model.setWeights`, `variable.assign`) is seen by all calls made afterwards; a call sees the weights
 * of one moment.
 *
 * @module
 */
export type { ElementTensor } from "../engine/engine.ts";
export type { OtherElements, OtherElementType } from "../tensor/element_type.ts";
export type { ChromeTrace, ChromeTraceEvent } from "../engine/profile.ts";
export type { Provider } from "../emission/providers/provider.ts";
export type { BatchOptions } from "./scheduling/batcher.ts";
export type { AsyncDisposing } from "./api/disposal.ts";
export { PoolError, type PoolErrorReason } from "./api/errors.ts";
export type { CallControl } from "./scheduling/job.ts";
export type { AbortSignalLike } from "./scheduling/signals.ts";
export type { LoadControl } from "./scheduling/load_control.ts";
export type { FileData, ModelSource } from "./programs/model_source.ts";
export type { WorkerPoolOptions } from "./api/options.ts";
export { WorkerPool } from "./api/pool.ts";
export type { PoolProfile } from "./api/profile.ts";
export type { Percentiles, PoolStats, WorkerStats, WorkerTask } from "./api/statistics.ts";
export type {
  ModelInput,
  ModelOutput,
  NestedStrings,
  Pooled,
  PooledControls,
  PooledFunction,
  PooledGraph,
  PooledLayer,
  PooledModel,
} from "./api/types.ts";
