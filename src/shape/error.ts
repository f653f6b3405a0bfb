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
  /** The sentence about the mismatch. No value has this property, so that no argument can be assigned. */
  readonly [sentence]: Sentence;
}

/**
 * Thrown where an argument is at fault: a server answers such a request with 400. {@linkcode ShapeError} and
 * {@linkcode DTypeError} are input errors; so are, for `instanceof`, the `RangeError`s of arguments out of range. Of this
 * class itself are the errors of inputs that are too few, too many or of other names, and of unknown options.
 *
 * @example
 * ```ts
 * import { assert, assertThrows } from "@std/assert";
 * import { Dense, InputError, ShapeError, zeros } from "@strata/nn";
 *
 * const layer = new Dense(2, { inputDim: 3 });
 * assert(assertThrows(() => layer(JSON.parse("[[1, 2, 3], [4, 5]]"))) instanceof InputError); // ragged: a ShapeError
 * assert(assertThrows(() => layer(JSON.parse('[["a"]]'))) instanceof InputError); // no numbers: a DTypeError
 * assert(assertThrows(() => layer(JSON.parse("{}"))) instanceof InputError); // a record, where one tensor is expected
 * assert(assertThrows(() => zeros([-1])) instanceof InputError); // out of range: a RangeError
 * ```
 */
export class InputError extends TypeError {
  /** The name of the class. */
  override readonly name: string = "InputError";

  /** Whether a value is an error that an argument caused, also one of a range. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    const isOwn = Function.prototype[Symbol.hasInstance].call(this, value);
    return isOwn || (this === InputError && value instanceof InputRangeError);
  }
}

/** The `RangeError` of an argument out of range, which is an {@linkcode InputError} too. */
export class InputRangeError extends RangeError {}

/** Thrown where shapes do not fit: what was attempted, expected and received. */
export class ShapeError extends InputError {
  /** Always `"ShapeError"`. */
  override readonly name = "ShapeError";
}

/** Thrown where an element type does not fit: what was attempted, expected and received. */
export class DTypeError extends InputError {
  /** Always `"DTypeError"`. */
  override readonly name = "DTypeError";
}
