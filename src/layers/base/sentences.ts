/**
 * The sentences of layers that do not take their inputs, once as types and once as functions.
 *
 * @module
 */

/**
 * The sentence of a layer that does not take its input.
 *
 * @internal
 */
export type incompatible<Name extends string, Input extends number | string, Reason extends string> =
  `Input ${Input} of layer ${Name} is incompatible with the layer: ${Reason}`;
/** The sentence of a layer that does not take its input. */
export function incompatible(name: string, input: number | string, reason: string): string {
  return `Input ${input} of layer ${name} is incompatible with the layer: ${reason}`;
}

/** The sentence of a layer that takes another number of inputs. */
export type wrongCount<Name extends string, Expected extends number, Received extends number> =
  `Layer ${Name} expects ${Expected} ${Expected extends 1 ? "input" : "inputs"}, but it received ${number extends
    Received ? "several"
    : Received} input tensors`;
/** The sentence of a layer that takes another number of inputs. */
export function wrongCount(name: string, expected: number, received: number): string {
  const inputs = expected === 1 ? "input" : "inputs";
  return `Layer ${name} expects ${expected} ${inputs}, but it received ${received} input tensors`;
}

/** The sentence of a layer that takes one tensor and is given a structure of tensors. */
export type wrongStructure<Name extends string, Received extends "an array" | "a record"> =
  `Layer ${Name} expects 1 input, but it received ${Received}`;
/** The sentence of a layer that takes one tensor and is given a structure of tensors. */
export function wrongStructure(name: string, received: "an array" | "a record"): string {
  return `Layer ${name} expects 1 input, but it received ${received}`;
}

/** The sentence of a layer that lacks an input. */
export type missing<Key extends string, Name extends string> = `Missing data for input "${Key}" of layer ${Name}`;
/** The sentence of a layer that lacks an input. */
export function missing(key: string, name: string): string {
  return `Missing data for input "${key}" of layer ${name}`;
}

/** The sentence of a layer that is given an input which it does not have. */
export type unexpected<Key extends string, Name extends string> = `Unexpected data for input "${Key}" of layer ${Name}`;
/** The sentence of a layer that is given an input which it does not have. */
export function unexpected(key: string, name: string): string {
  return `Unexpected data for input "${key}" of layer ${name}`;
}
