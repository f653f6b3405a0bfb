/**
 * The constraints of weights, under Keras's names.
 *
 * @module
 */
import { add, divide, multiply, square } from "../../ops/elementwise/arithmetic.ts";
import { greaterEqual } from "../../ops/elementwise/comparison.ts";
import { sqrt } from "../../ops/elementwise/exponential.ts";
import { sum } from "../../ops/reduction/reduction.ts";
import { cast, clip } from "../../ops/elementwise/selection.ts";
import { checkOptions } from "../../tensor/options.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { VariableFunction } from "../../tensor/variable.ts";
import {
  findWeightFunction,
  serializeWeightFunction,
  WeightFunction,
  type WeightFunctionConfig,
} from "./weight_function.ts";

/** The configuration of a constraint: the class and its options. */
export type ConstraintConfig = WeightFunctionConfig;

/** The names of constraints, in snake case. */
export type ConstraintName = "max_norm" | "min_max_norm" | "non_neg" | "unit_norm";

/** A value accepted as constraint: one of the classes, its name in snake case, or a function. */
export type ConstraintLike = Constraint | ConstraintName | VariableFunction | ConstraintConfig;

/** The axis, or the axes, of the vectors whose norm is constrained. */
export type NormAxis = number | readonly number[];

/** A projection: a function from a weight to one of the same shape. */
export abstract class Constraint extends WeightFunction {}

/** Keeps norms of 0 from dividing. */
const EPSILON = 1e-7;

function normsOf(weight: Tensor, axis: NormAxis): Tensor {
  return sqrt(sum(square(weight) as Tensor, { axis, keepDims: true }) as Tensor) as Tensor;
}

function withNorms(weight: Tensor, norms: Tensor, wanted: Tensor | 1): Tensor {
  return multiply(weight, divide(wanted, add(norms, EPSILON)) as Tensor) as Tensor;
}

/**
 * Scales vectors down to a greatest norm: `w * min(|w|, maxValue) / |w|`.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { constraints, type EagerTensor, ops, tensor } from "@strata/nn";
 *
 * const projected = new constraints.MaxNorm({ maxValue: 1 })(tensor([[3], [4]])) as EagerTensor;
 * assertAlmostEquals(ops.norm(projected).item(), 1, 1e-6);
 * ```
 */
export class MaxNorm extends Constraint {
  /** The greatest norm. */
  readonly maxValue: number;
  /** The axis of the vectors. */
  readonly axis: NormAxis;
  /**
   * Makes the constraint.
   *
   * @param options The greatest norm, default 2, and the axis of the vectors, default 0.
   */
  constructor(options: { readonly maxValue?: number; readonly axis?: NormAxis } = {}) {
    checkOptions("Cannot make MaxNorm", options, ["axis", "maxValue"]);
    super();
    this.maxValue = options.maxValue ?? 2;
    this.axis = options.axis ?? 0;
  }
  /** The weight, scaled. */
  override call(weight: Tensor): Tensor {
    const norms = normsOf(weight, this.axis);
    return withNorms(weight, norms, clip(norms, 0, this.maxValue) as Tensor);
  }
  /** The greatest norm and the axis. */
  override getConfig(): ConstraintConfig["config"] {
    return { maxValue: this.maxValue, axis: this.axis };
  }
}

/** Sets negative values to 0. */
export class NonNeg extends Constraint {
  /** The weight without negative values. */
  override call(weight: Tensor): Tensor {
    return multiply(weight, cast(greaterEqual(weight, 0), weight.dtype)) as Tensor;
  }
  /** No options. */
  override getConfig(): ConstraintConfig["config"] {
    return {};
  }
}

/** Scales vectors to norm 1. */
export class UnitNorm extends Constraint {
  /** The axis of the vectors. */
  readonly axis: NormAxis;
  /**
   * Makes the constraint.
   *
   * @param options The axis of the vectors, default 0.
   */
  constructor(options: { readonly axis?: NormAxis } = {}) {
    checkOptions("Cannot make UnitNorm", options, ["axis"]);
    super();
    this.axis = options.axis ?? 0;
  }
  /** The weight, scaled. */
  override call(weight: Tensor): Tensor {
    return withNorms(weight, normsOf(weight, this.axis), 1);
  }
  /** The axis. */
  override getConfig(): ConstraintConfig["config"] {
    return { axis: this.axis };
  }
}

/** Moves norms of vectors to between two bounds: by the part `rate` of the way. */
export class MinMaxNorm extends Constraint {
  /** The least norm. */
  readonly minValue: number;
  /** The greatest norm. */
  readonly maxValue: number;
  /** The rate at which norms are moved: 1 is all the way. */
  readonly rate: number;
  /** The axis of the vectors. */
  readonly axis: NormAxis;
  /**
   * Makes the constraint.
   *
   * @param options The least norm, default 0, the greatest, default 1, the rate, default 1, and the axis, default 0.
   */
  constructor(
    options: {
      readonly minValue?: number;
      readonly maxValue?: number;
      readonly rate?: number;
      readonly axis?: NormAxis;
    } = {},
  ) {
    checkOptions("Cannot make MinMaxNorm", options, ["axis", "maxValue", "minValue", "rate"]);
    super();
    this.minValue = options.minValue ?? 0;
    this.maxValue = options.maxValue ?? 1;
    this.rate = options.rate ?? 1;
    this.axis = options.axis ?? 0;
  }
  /** The weight, scaled. */
  override call(weight: Tensor): Tensor {
    const norms = normsOf(weight, this.axis);
    const bounded = clip(norms, this.minValue, this.maxValue) as Tensor;
    const wanted = add(multiply(bounded, this.rate), multiply(norms, 1 - this.rate)) as Tensor;
    return withNorms(weight, norms, wanted);
  }
  /** The bounds, the rate and the axis. */
  override getConfig(): ConstraintConfig["config"] {
    return { minValue: this.minValue, maxValue: this.maxValue, rate: this.rate, axis: this.axis };
  }
}

const CLASSES = { MaxNorm, NonNeg, UnitNorm, MinMaxNorm } as const;

/**
 * The constraint that a name, a configuration or a function stands for; `null` stays.
 *
 * @throws {RangeError} If there is none of that name.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { constraints } from "@strata/nn";
 *
 * const config = { className: "MaxNorm", config: { maxValue: 3, axis: 0 } };
 * assertEquals(constraints.serialize(constraints.get(config)), config);
 * ```
 */
export function get(identifier: ConstraintLike | null | undefined): VariableFunction | null {
  return findWeightFunction(identifier, "constraint", CLASSES);
}

/**
 * The configuration of a constraint; `null` stays.
 *
 * @throws {TypeError} If it is a function of one's own, which is no data.
 */
export function serialize(constraint: VariableFunction | null): ConstraintConfig | null {
  return serializeWeightFunction(constraint, "constraint");
}
