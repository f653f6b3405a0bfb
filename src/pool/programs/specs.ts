/**
 * Dtypes and shapes of several tensors.
 *
 * @module
 */
import type { ValueSpec } from "../../engine/engine.ts";

/** The dtype and shape alone, so that values are not kept. */
export function specOf({ dtype, shape }: ValueSpec): ValueSpec {
  return { dtype, shape };
}

/** Whether tensors have the same dtypes and shapes, one by one. */
export function sameSpecs(a: readonly ValueSpec[], b: readonly ValueSpec[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (!sameSpec(a[index]!, b[index]!)) return false;
  return true;
}

function sameSpec(a: ValueSpec, b: ValueSpec): boolean {
  const rank = a.shape.length;
  if (a.dtype !== b.dtype || rank !== b.shape.length) return false;
  for (let axis = 0; axis < rank; axis++) if (a.shape[axis] !== b.shape[axis]) return false;
  return true;
}
