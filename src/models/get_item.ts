/**
 * Python's `x[...]`, as Keras writes it down.
 *
 * @module
 */
import * as ops from "../ops/mod.ts";
import { InputError } from "../shape/error.ts";
import { isRecord } from "../tensor/structure.ts";
import { Tensor } from "../tensor/tensor.ts";

/** A part of a key: an integer takes one position of an axis, a slice several; `null` is a new axis. */
type Part = number | null | Tensor | Slice;

interface Slice {
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number | null;
}

/** The marker of all axes that no other part of a key is about. */
const REST: unique symbol = Symbol("rest");

/**
 * `x[key]`: integers, also negative ones, tensors of integers, slices with any steps, `null` for a new axis, and one
 * `...`.
 *
 * @throws {InputError} If the key has other parts or too many, or an axis that is sliced has no known size.
 */
export function getItem(x: Tensor, key: unknown): Tensor {
  const given = (Array.isArray(key) ? key : [key]).map(partOf);
  const taken = given.filter((part) => part !== null && part !== REST).length;
  const free = x.shape.length - taken;
  if (free < 0 || given.filter((part) => part === REST).length > 1) {
    throw new InputError(
      `Cannot make op GetItem: expected a key for at most ${x.shape.length} axes and one "...", received ${taken} parts`,
    );
  }
  const all: Slice = { start: null, stop: null, step: null };
  const parts: readonly Part[] = given.flatMap((part) => part === REST ? Array<Slice>(free).fill(all) : [part]);
  let result = x;
  let axis = 0;
  for (const part of parts) {
    if (typeof part === "number" || part instanceof Tensor) {
      result = ops.take(result, part as number, { axis }) as Tensor;
      if (part instanceof Tensor) axis += part.shape.length;
    } else {
      result = part === null ? ops.expandDims(result, axis) as Tensor : sliced(result, axis, part);
      axis++;
    }
  }
  return result;
}

function partOf(part: unknown): Part | typeof REST {
  if (part === null || Number.isInteger(part) || part instanceof Tensor) return part as Part;
  const { className, config } = (isRecord(part) ? part : {}) as {
    readonly className?: string;
    readonly config?: unknown;
  };
  if (className === "__ellipsis__") return REST;
  if (className === "__slice__" && isRecord(config)) {
    const { start = null, stop = null, step = null } = config;
    const bounds = [start, stop, step];
    if (bounds.every((bound) => bound === null || Number.isInteger(bound)) && step !== 0) {
      return { start, stop, step } as Slice;
    }
  }
  throw new InputError('Cannot make op GetItem: expected integers, slices, null and "..." as its key');
}

/** `x[..., start:stop:step]` along an axis. */
function sliced(x: Tensor, axis: number, { start, stop, step }: Slice): Tensor {
  const by = step ?? 1;
  if (start === null && stop === null && by === 1) return x;
  const size = x.shape[axis];
  if (typeof size !== "number") {
    throw new InputError(`Cannot make op GetItem: expected slices of axes of known size, received axis ${axis}`);
  }
  // Python's bounds: from 0 to the size forwards, from -1 to the last position backwards.
  const [least, most] = by > 0 ? [0, size] : [-1, size - 1];
  const bound = (value: number) => Math.min(Math.max(value < 0 ? value + size : value, least), most);
  const from = start === null ? (by > 0 ? least : most) : bound(start);
  const to = stop === null ? (by > 0 ? most : least) : bound(stop);
  const length = Math.max(Math.ceil((to - from) / by), 0);
  return ops.take(x, Int32Array.from({ length }, (_, index) => from + index * by), { axis }) as Tensor;
}
