/**
 * Operations: the entries of the op table.
 *
 * @module
 */
import type { TensorSpec } from "../tensor/tensor.ts";
import type { Emitter, Value } from "../emission/emitter.ts";

/** A value of an attribute: plain data, so that it can be compared and written down. */
export type AttributeValue = number | string | boolean | null | undefined | readonly AttributeValue[];

/** The attributes of an operation, which define it together with its inputs. */
export type Attributes = { readonly [name: string]: AttributeValue };

/**
 * One entry of the op table: all that Strata knows about an operation.
 *
 * @internal
 */
export interface Operation<A extends Attributes = Attributes> {
  /** The name, as users write it. */
  readonly name: string;
  /**
   * The dtypes and shapes of the results. Dims may be open.
   *
   * @throws {ShapeError | DTypeError | RangeError} If the inputs do not fit.
   */
  infer(inputs: readonly TensorSpec[], attributes: A): readonly TensorSpec[];
  /**
   * The attributes of a call with these options: defaults filled in, nothing left `undefined`, axes counted from the start.
   * All readers of attributes rely on this form. Entries without options have no attributes.
   *
   * @throws {ShapeError | RangeError} If an option does not fit the inputs.
   */
  normalize?(options: object, inputs: readonly TensorSpec[]): A;
  /** Whether `infer` reads the values of inputs, so that the same dtypes and shapes may give other results. */
  readonly infersFromValues?: boolean;
  /** Whether all inputs but the first are weights as a rule, which the engine can arrange for its kernels beforehand. */
  readonly hasWeights?: boolean;
  /**
   * Where the results have the rows of a batch, when `axes` says which axis of each input has them; an input without the
   * batch has `null`. At least one input has it, and the dims of these axes are open, so that neither attributes nor
   * shapes have been made for some number of rows. The answer has one entry a result: the axis on which row `i` depends
   * on row `i` of the inputs alone, or `undefined` where rows are mixed. Without this function an operation mixes rows.
   */
  rows?(
    axes: readonly (number | null)[],
    inputs: readonly TensorSpec[],
    attributes: A,
  ): readonly (number | undefined)[];
  /** Writes ONNX nodes that compute the results. Relies on ranks and dtypes, never on the sizes of dims. */
  emit(emitter: Emitter, inputs: readonly Value[], attributes: A): Value | readonly Value[];
}

/** A text that is the same for the same attributes, and another for others. */
export function attributesKey(attributes: Attributes): string {
  let key = "";
  for (const name in attributes) {
    const value = attributes[name];
    if (value === undefined) continue;
    key += `${name}=${Array.isArray(value) ? JSON.stringify(value) : Object.is(value, -0) ? "-0" : value};`;
  }
  return key;
}

/** Attributes as a graph records them: an attribute that is left `undefined` is not there. */
export function recordedAttributes(attributes: Attributes): Attributes {
  const entries = Object.entries(attributes);
  const given = entries.filter(([, value]) => value !== undefined);
  return given.length === entries.length ? attributes : Object.fromEntries(given);
}

/** Whether attributes have the same values; lists are compared element by element. */
export function sameAttributes(a: Attributes, b: Attributes): boolean {
  if (a === b) return true;
  for (const name in a) if (!isSameValue(a[name], b[name])) return false;
  for (const name in b) if (!(name in a)) return false;
  return true;
}

function isSameValue(a: AttributeValue, b: AttributeValue): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return Object.is(a, b);
  return a.length === b.length && a.every((value, index) => isSameValue(value, b[index]));
}
