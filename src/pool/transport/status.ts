/**
 * The way a worker reports what was thrown.
 *
 * @module
 */
import { EngineError } from "../../engine/engine.ts";
import { STATUS } from "./protocol.ts";

/** What a run ends with that nobody wants any more. */
export const STOPPED = "Cannot run the model: the call was aborted";

/**
 * What the engine reports leaves it in order. A trap does not: the memory may be in any state; nor does what nobody
 * foresaw.
 */
export function statusOf(error: unknown): typeof STATUS.failed | typeof STATUS.broken {
  return error instanceof EngineError && !isTrap(error) ? STATUS.failed : STATUS.broken;
}

/** Whether an error, or what caused it, ended the WebAssembly instance. */
function isTrap(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof Error && isTrap(error.cause);
}
