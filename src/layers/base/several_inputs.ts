/**
 * Layers of an array of inputs: what they take, and the sentences where it does not fit.
 *
 * @module
 */
import { InputError, type Mismatch, ShapeError } from "../../shape/error.ts";
import type { Shape } from "../../shape/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { FloatDType, promote } from "../../tensor/promote.ts";
import type { Structure } from "../../tensor/structure.ts";
import { isShape } from "./build.ts";
import { named } from "./errors.ts";
import { wrongCount } from "./sentences.ts";
import type { CastFloats } from "./signature.ts";

/** The sentence of a layer that takes an array of tensors and is given something else. */
export type notArray<Name extends string, Received extends "a tensor" | "a record"> =
  `Layer ${Name} expects an array of inputs, but it received ${Received}`;

/** The sentence of a layer that takes an array of tensors and is given something else. */
export function notArray(name: string, received: "a tensor" | "a record"): string {
  return `Layer ${name} expects an array of inputs, but it received ${received}`;
}

/** The sentence of a layer whose inputs do not go together. */
export type incompatibleInputs<Name extends string, Reason extends string> =
  `Inputs of layer ${Name} are incompatible with the layer: ${Reason}`;

/** The sentence of a layer whose inputs do not go together. */
export function incompatibleInputs(name: string, reason: string): string {
  return `Inputs of layer ${name} are incompatible with the layer: ${reason}`;
}

/**
 * The shapes of an array of inputs, or the mismatch; `unknown` before there are any.
 *
 * @internal
 */
export type SeveralShapes<Name extends string, Count extends number, Input> = unknown extends Input ? unknown
  : Input extends Shape ? Mismatch<notArray<Name, "a tensor">>
  : Input extends readonly Shape[] ? number extends Count | Input["length"] ? Input
    : Input["length"] extends Count ? Input
    : Mismatch<wrongCount<Name, Count, Input["length"]>>
  : Mismatch<notArray<Name, "a record">>;

/**
 * The check of the input, where a relation on its shapes gave `Result`.
 *
 * @internal
 */
export type CheckSeveral<Name extends string, Shapes, Result> = Shapes extends readonly Shape[]
  ? Result extends Mismatch<infer Reason> ? Mismatch<incompatibleInputs<Name, Reason>> : unknown
  : Shapes;

/**
 * The dtype in which inputs of the dtypes `List` meet, floats being `D`.
 *
 * @internal
 */
export type MergedDType<List, D extends DType> = List extends readonly FloatDType[] ? D
  : List extends readonly [infer First, ...infer Rest]
    ? Rest extends readonly [] ? CastFloats<First, D> : promote<CastFloats<First, D>, MergedDType<Rest, D>>
  : D;

/**
 * The shapes of an array of inputs.
 *
 * @throws {TypeError} If it is none, or has another number of them than `count`.
 * @throws {ShapeError} If one of them is `null`.
 */
export function severalShapes(name: string, shapes: Structure<Shape | null>, count?: number): readonly Shape[] {
  if (isShape(shapes)) throw named(new InputError(notArray(name, "a tensor")));
  if (!Array.isArray(shapes)) throw named(new InputError(notArray(name, "a record")));
  if (count !== undefined && shapes.length !== count) {
    throw named(new InputError(wrongCount(name, count, shapes.length)));
  }
  const missing = shapes.findIndex((shape) => !isShape(shape));
  if (missing >= 0) {
    throw named(new ShapeError(incompatibleInputs(name, `expected input ${missing} to be a tensor`)));
  }
  return shapes as readonly Shape[];
}

/**
 * Applies a relation to the shapes of an array of inputs.
 *
 * @throws {ShapeError} With the sentence of the layer, if they do not fit.
 */
export function checkSeveral(name: string, relation: () => unknown): undefined {
  try {
    relation();
    return undefined;
  } catch (error) {
    if (error instanceof ShapeError) throw named(new ShapeError(incompatibleInputs(name, error.message)));
    throw error;
  }
}
