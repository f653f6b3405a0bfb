/**
 * Pools of workers.
 *
 * @module
 */
export type { ChromeTrace, ChromeTraceEvent } from "../engine/profile.ts";
export type { Provider } from "../graph/provider.ts";
export type { BatchOptions } from "./batcher.ts";
export type { AsyncDisposing } from "./disposal.ts";
export { PoolError, type PoolErrorReason } from "./errors.ts";
export type { CallControl } from "./job.ts";
export type { AbortSignalLike } from "./signals.ts";
export type { WorkerPoolOptions } from "./options.ts";
export { WorkerPool } from "./pool.ts";
export type { PoolProfile } from "./profile.ts";
export type { Percentiles, PoolStats, WorkerStats } from "./statistics.ts";
export type {
  ModelInput,
  Pooled,
  PooledControls,
  PooledFunction,
  PooledGraph,
  PooledLayer,
  PooledModel,
} from "./types.ts";
