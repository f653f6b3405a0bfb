/**
 * The errors of shapes, at run time and at compile time.
 *
 * @module
 */

/** @internal */
declare const sentence: unique symbol;

/**
 * The type that takes the place of an argument whose shape does not fit. It carries the sentence that the run-time
 * {@linkcode ShapeError} says.
 */
export interface Mismatch<Sentence extends string> {
  /** What does not fit. No value has this property, so that no argument can be assigned. */
  readonly [sentence]: Sentence;
}

/** Thrown where shapes do not fit: what was attempted, expected and received. */
export class ShapeError extends TypeError {
  /** Always `"ShapeError"`. */
  override readonly name = "ShapeError";
}

/** Thrown where an element type does not fit: what was attempted, expected and received. */
export class DTypeError extends TypeError {
  /** Always `"DTypeError"`. */
  override readonly name = "DTypeError";
}
