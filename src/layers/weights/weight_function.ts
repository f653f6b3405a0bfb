/**
 * Functions of weights that have a configuration: regularizers and constraints.
 *
 * @module
 */
import { showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { snakeCase } from "../base/naming.ts";

/** The configuration of a function of weights: the class and its options. */
export interface WeightFunctionConfig {
  /** The name of the class. */
  readonly className: string;
  /** The options of its constructor. */
  readonly config: { readonly [option: string]: number | string | boolean | null | readonly number[] };
}

/** Applies the function to a weight. */
export interface WeightFunction {
  /** Applies the function. */
  (weight: Tensor): Tensor;
}

/** A function of weights that can be written down; it is called like any other function. */
export abstract class WeightFunction {
  /** Makes the function. */
  constructor() {
    // An arrow function has no prototype of its own, so that the class's is all that it has.
    const target = (weight: Tensor): Tensor => self.call(weight);
    Reflect.deleteProperty(target, "name");
    Reflect.deleteProperty(target, "length");
    const self = Object.setPrototypeOf(target, new.target.prototype) as this;
    return self;
  }

  /** The result of the function for a weight. */
  abstract call(weight: Tensor): Tensor;

  /** The options from which an equal function can be made. */
  abstract getConfig(): WeightFunctionConfig["config"];

  /** The class and the options. */
  serialize(): WeightFunctionConfig {
    return { className: this.constructor.name, config: this.getConfig() };
  }
}

/** The classes that names in configurations stand for. */
export interface WeightFunctionClasses {
  readonly [className: string]: new (options: never) => WeightFunction;
}

/**
 * The object that a name, a configuration or a function stands for; `null` stays.
 *
 * @throws {RangeError} If there is none of that name.
 */
export function findWeightFunction(
  identifier: unknown,
  kind: "constraint" | "regularizer",
  classes: WeightFunctionClasses,
): ((weight: Tensor) => Tensor) | null {
  if (identifier === null || identifier === undefined) return null;
  if (typeof identifier === "function") return identifier as (weight: Tensor) => Tensor;
  const { className, config } = typeof identifier === "string"
    ? { className: identifier, config: {} }
    : identifier as Partial<WeightFunctionConfig>;
  for (const [name, constructor] of Object.entries(classes)) {
    if (className === name || spelled(className) === spelled(snakeCase(name))) {
      return new constructor((config ?? {}) as never);
    }
  }
  throw new InputRangeError(
    `Cannot find ${kind} ${JSON.stringify(className ?? identifier)}: expected one of ${
      Object.keys(classes).map(snakeCase).join(", ")
    }`,
  );
}

/** A name without what joins its words: Keras writes `l1l2`, and `L1L2`, and many write `l1_l2`. */
function spelled(name: string | undefined): string | undefined {
  return name?.replaceAll("_", "");
}

/**
 * The configuration of a function of weights; `null` stays.
 *
 * @throws {TypeError} If it is a function of one's own, which is no data.
 */
export function serializeWeightFunction(
  given: ((weight: Tensor) => Tensor) | null,
  kind: "constraint" | "regularizer",
): WeightFunctionConfig | null {
  if (given === null) return null;
  if (given instanceof WeightFunction) return given.serialize();
  throw new TypeError(
    `Cannot make the configuration of a function as ${kind}: use one of the ${kind} classes`,
  );
}

/** The rank of a weight that must be a matrix. */
export function requireMatrix(weight: Tensor, className: string): void {
  if (weight.shape.length === 2) return;
  throw new ShapeError(`Cannot apply ${className}: expected a weight of rank 2, received ${showShape(weight.shape)}`);
}

/**
 * The value, where it is finite and not negative.
 *
 * @throws {RangeError} If it is not.
 */
export function notNegative(value: number, what: string, className: string): number {
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  throw new InputRangeError(
    `Cannot make ${className}: expected ${what} to be a non-negative number, received ${value}`,
  );
}
