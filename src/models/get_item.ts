/**
 * Python's `x[...]`, as Keras writes it down.
 *
 * @module
 */
import { getItem, type KeyPart, type Slice } from "../ops/shaping/get_item.ts";
import { InputError } from "../shape/error.ts";
import { isRecord } from "../tensor/structure.ts";
import { Tensor } from "../tensor/tensor.ts";

/**
 * `x[key]`: integers, tensors of integers, slices, `null` for a new axis, and one `...`.
 *
 * @throws {InputError} If the key has other parts or too many.
 */
export function readItem(x: Tensor, key: unknown): Tensor {
  return getItem(x, (Array.isArray(key) ? key : [key]).map(readPart)) as Tensor;
}

/** A key that slices one axis, as Keras writes it down. */
export function writeSlice(axis: number, { start, stop, step }: Slice): readonly unknown[] {
  const slice = (config: Slice) => ({ className: "__slice__", config });
  const whole = slice({ start: null, stop: null, step: null });
  return [...Array<unknown>(axis).fill(whole), slice({ start, stop, step: step === 1 ? null : step })];
}

function readPart(part: unknown): KeyPart {
  if (part === null || Number.isInteger(part) || part instanceof Tensor) return part as KeyPart;
  const { className, config } = (isRecord(part) ? part : {}) as {
    readonly className?: string;
    readonly config?: unknown;
  };
  if (className === "__ellipsis__") return "...";
  if (className === "__slice__" && isRecord(config)) {
    const { start = null, stop = null, step = null } = config;
    const bounds = [start, stop, step];
    if (bounds.every((bound) => bound === null || Number.isInteger(bound)) && step !== 0) {
      return { start, stop, step } as Slice;
    }
  }
  throw new InputError('Cannot make op GetItem: expected integers, slices, null and "..." as its key');
}
