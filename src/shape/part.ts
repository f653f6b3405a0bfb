/**
 * Parts of an axis by Python's bounds and step.
 *
 * @module
 */
import type { Dim } from "./dim.ts";

/** The number of elements that `[start:stop:step]` takes of an axis; `null` where its size is open, unless all of it stays. */
export function partLength(dim: Dim, start: number | null, stop: number | null, step: number): Dim {
  if (typeof dim !== "number") return (start ?? 0) === 0 && stop === null && Math.abs(step) === 1 ? dim : null;
  // Python cuts bounds off at the ends, which are one further down for steps backwards.
  const low = step > 0 ? 0 : -1;
  const high = step > 0 ? dim : dim - 1;
  const bound = (value: number) => Math.min(Math.max(value < 0 ? value + dim : value, low), high);
  const from = start === null ? step > 0 ? low : high : bound(start);
  const to = stop === null ? step > 0 ? high : low : bound(stop);
  return Math.max(0, Math.ceil((to - from) / step));
}
