/**
 * Signals that abort calls.
 *
 * @module
 */

/** What a signal can abort. */
interface Abortable {
  reject(reason: unknown): void;
}

/** What waits for each signal. A signal has one listener, however many calls it aborts: runtimes warn of more than ten. */
const waiting = new WeakMap<AbortSignal, Set<Abortable>>();

/** Rejects `target` with the signal's reason when that is aborted. */
export function listenTo(signal: AbortSignal, target: Abortable): void {
  let targets = waiting.get(signal);
  if (targets === undefined) waiting.set(signal, targets = new Set());
  if (targets.size === 0) signal.addEventListener("abort", rejectAll);
  targets.add(target);
}

/** Leaves `target` alone from now on. */
export function ignore(signal: AbortSignal, target: Abortable): void {
  const targets = waiting.get(signal);
  if (targets?.delete(target) && targets.size === 0) signal.removeEventListener("abort", rejectAll);
}

function rejectAll({ target }: Event): void {
  const signal = target as AbortSignal;
  for (const abortable of [...waiting.get(signal) ?? []]) abortable.reject(signal.reason);
}
