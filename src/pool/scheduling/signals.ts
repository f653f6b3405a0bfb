/**
 * Signals that abort calls.
 *
 * @module
 */

/** An `AbortSignal`, in projects whose `lib` has no such type too. */
export interface AbortSignalLike {
  /** Whether it is aborted. */
  readonly aborted: boolean;
  /** Why it is aborted. */
  readonly reason: unknown;
  /** Calls `listener` when it is aborted. */
  addEventListener(type: "abort", listener: (event: { readonly target: unknown }) => void): void;
  /** Calls `listener` no more. */
  removeEventListener(type: "abort", listener: (event: { readonly target: unknown }) => void): void;
}

/** Anything that a signal can abort. */
interface Abortable {
  abort(reason: unknown): void;
}

/** What waits for each signal. A signal has one listener, however many calls it aborts: runtimes warn of more than ten. */
const waiting = new WeakMap<object, Set<Abortable>>();

/** Aborts `target` with the signal's reason when that is aborted. */
export function listenTo(signal: AbortSignalLike, target: Abortable): void {
  let targets = waiting.get(signal);
  if (targets === undefined) waiting.set(signal, targets = new Set());
  if (targets.size === 0) signal.addEventListener("abort", abortAll);
  targets.add(target);
}

/** Leaves `target` alone from now on. */
export function ignore(signal: AbortSignalLike, target: Abortable): void {
  const targets = waiting.get(signal);
  if (targets?.delete(target) && targets.size === 0) signal.removeEventListener("abort", abortAll);
}

function abortAll({ target }: { readonly target: unknown }): void {
  const signal = target as AbortSignalLike;
  for (const abortable of [...waiting.get(signal) ?? []]) abortable.abort(signal.reason);
}
