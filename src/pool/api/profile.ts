/**
 * The times of operations in the workers of a pool.
 *
 * @module
 */
import {
  type ChromeTrace,
  chromeTrace,
  type Profile,
  renderProfile,
  summarize,
  type TraceThread,
} from "../../engine/profile.ts";

/** The engine's measurements, operation by operation. */
export interface PoolProfile {
  /** The operations with their times, those that took longest first, as a table for a terminal. */
  table(by?: "operator" | "name"): string;
  /** All that was measured, in the format that `about:tracing` and Perfetto read. */
  chromeTrace(): ChromeTrace;
}

/** Puts the profiles of all workers together. */
export function profileOf(
  workers: readonly { readonly worker: number; readonly profiles: readonly Profile[] }[],
): PoolProfile {
  const threads = workers.map(({ worker, profiles }): TraceThread => {
    return { name: `worker ${worker}`, events: profiles.flatMap(({ events }) => events) };
  });
  return {
    table: (by = "operator") => renderProfile(summarize(threads.flatMap(({ events }) => events), by), by),
    chromeTrace: () => chromeTrace(threads),
  };
}
