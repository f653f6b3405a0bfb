/**
 * Batches without rows, which the engine's recurrent kernels cannot take: they get a row, which is cut off again.
 *
 * @module
 */
import { type Emitter, int, type Value } from "../../emission/emitter.ts";

/** A batch that may turn out to have no rows. */
export class EmptyBatch {
  readonly #emitter: Emitter;
  /** The number of rows, as a list of one. */
  readonly #rows: Value;
  /** The number of rows that are added: one or none, as a list of one. */
  readonly #added: Value;

  /** `x` has the rows on axis 0. */
  constructor(emitter: Emitter, x: Value) {
    this.#emitter = emitter;
    this.#rows = emitter.node("Gather", [emitter.node("Shape", [x], { dtype: "int64" }), emitter.integers([0])]);
    const isEmpty = emitter.node("Equal", [this.#rows, emitter.integers([0])], { dtype: "bool" });
    this.#added = emitter.cast(isEmpty, "int64");
  }

  /** A tensor whose axis 0 has rows, with one more where there are none. */
  fill(value: Value): Value {
    const emitter = this.#emitter;
    const { length } = value.shape;
    const before = emitter.integers(Array.from({ length }, () => 0));
    const behind = emitter.integers(Array.from({ length: length - 1 }, () => 0));
    const parts = length === 1 ? [before, this.#added] : [before, this.#added, behind];
    const pads = emitter.node("Concat", parts, { attributes: { axis: int(0) } });
    const number = value.dtype === "bool" ? emitter.cast(value, "uint8") : value;
    const padded = emitter.node("Pad", [number, pads, emitter.scalar(0, number.dtype)]);
    return { ...emitter.cast(padded, value.dtype), shape: value.shape };
  }

  /** `value`, or `otherwise` where there are rows. */
  unless(value: Value, otherwise: Value): Value {
    const emitter = this.#emitter;
    const isEmpty = emitter.node("Squeeze", [emitter.cast(this.#added, "bool"), emitter.integers([0])], {
      dtype: "bool",
    });
    return emitter.node("Where", [isEmpty, value, otherwise]);
  }

  /** The rows that there are, of a tensor whose axis 0 has rows. */
  empty(value: Value): Value {
    const emitter = this.#emitter;
    return emitter.node("Slice", [value, emitter.integers([0]), this.#rows, emitter.integers([0])]);
  }
}
