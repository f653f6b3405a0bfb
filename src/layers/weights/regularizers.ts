/**
 * Penalties on weights and results, under Keras's names.
 *
 * @module
 */
import { abs, add, divide, multiply, square, subtract } from "../../ops/elementwise/arithmetic.ts";
import { eye } from "../../ops/shaping/creation.ts";
import { matmul } from "../../ops/products/linear_algebra.ts";
import { normalize } from "../../ops/reduction/norm.ts";
import { sum } from "../../ops/reduction/reduction.ts";
import { transpose } from "../../ops/shaping/shaping.ts";
import { showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import { checkOptions } from "../../tensor/options.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { VariableFunction } from "../../tensor/variable.ts";
import {
  findWeightFunction,
  notNegative,
  requireMatrix,
  serializeWeightFunction,
  WeightFunction,
  type WeightFunctionConfig,
} from "./weight_function.ts";

/** The configuration of a regularizer: the class and its options. */
export type RegularizerConfig = WeightFunctionConfig;

/** The names of regularizers, in snake case. */
export type RegularizerName = "l1" | "l2" | "l1l2" | "orthogonal_regularizer";

/** A value accepted as regularizer: one of the classes, its name in snake case, or a function. */
export type RegularizerLike = Regularizer | RegularizerName | VariableFunction | RegularizerConfig;

/** A penalty: a function from a tensor to one number, which training adds to the loss. */
export abstract class Regularizer extends WeightFunction {}

/**
 * The penalty `l1 * Σ|x|`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { type EagerTensor, regularizers, tensor } from "@strata/nn";
 *
 * const penalty = new regularizers.L1({ l1: 0.5 })(tensor([1, -3])) as EagerTensor;
 * assertEquals(penalty.item(), 2);
 * ```
 */
export class L1 extends Regularizer {
  /** The factor. */
  readonly l1: number;
  /**
   * Makes the regularizer.
   *
   * @param options The factor; default 0.01.
   * @throws {RangeError} If the factor is negative.
   */
  constructor(options: { readonly l1?: number } = {}) {
    checkOptions("Cannot make L1", options, ["l1"]);
    super();
    this.l1 = notNegative(options.l1 ?? 0.01, "l1", "L1");
  }
  /** `l1 * Σ|x|`. */
  override call(x: Tensor): Tensor {
    return multiply(sum(abs(x) as Tensor), this.l1) as Tensor;
  }
  /** The factor. */
  override getConfig(): RegularizerConfig["config"] {
    return { l1: this.l1 };
  }
}

/** The penalty `l2 * Σx²`. */
export class L2 extends Regularizer {
  /** The factor. */
  readonly l2: number;
  /**
   * Makes the regularizer.
   *
   * @param options The factor; default 0.01.
   * @throws {RangeError} If the factor is negative.
   */
  constructor(options: { readonly l2?: number } = {}) {
    checkOptions("Cannot make L2", options, ["l2"]);
    super();
    this.l2 = notNegative(options.l2 ?? 0.01, "l2", "L2");
  }
  /** `l2 * Σx²`. */
  override call(x: Tensor): Tensor {
    return multiply(sum(square(x) as Tensor), this.l2) as Tensor;
  }
  /** The factor. */
  override getConfig(): RegularizerConfig["config"] {
    return { l2: this.l2 };
  }
}

/** The penalty `l1 * Σ|x| + l2 * Σx²`. */
export class L1L2 extends Regularizer {
  /** The factor of the absolute values. */
  readonly l1: number;
  /** The factor of the squares. */
  readonly l2: number;
  /**
   * Makes the regularizer.
   *
   * @param options The factors; default 0.
   * @throws {RangeError} If a factor is negative.
   */
  constructor(options: { readonly l1?: number | null; readonly l2?: number | null } = {}) {
    checkOptions("Cannot make L1L2", options, ["l1", "l2"]);
    super();
    this.l1 = notNegative(options.l1 ?? 0, "l1", "L1L2");
    this.l2 = notNegative(options.l2 ?? 0, "l2", "L1L2");
  }
  /** `l1 * Σ|x| + l2 * Σx²`. */
  override call(x: Tensor): Tensor {
    return add(multiply(sum(abs(x) as Tensor), this.l1), multiply(sum(square(x) as Tensor), this.l2)) as Tensor;
  }
  /** The factors. */
  override getConfig(): RegularizerConfig["config"] {
    return { l1: this.l1, l2: this.l2 };
  }
}

/** Whether rows or columns are to be orthogonal. */
export type OrthogonalMode = "rows" | "columns";

/**
 * The penalty on rows, or columns, of a matrix that are not orthogonal: `factor` times the mean of `|cos|` over all
 * pairs.
 */
export class OrthogonalRegularizer extends Regularizer {
  /** The factor. */
  readonly factor: number;
  /** Whether rows or columns are to be orthogonal. */
  readonly mode: OrthogonalMode;
  /**
   * Makes the regularizer.
   *
   * @param options The factor, default 0.01, and whether it is about `"rows"` (the default) or `"columns"`.
   * @throws {RangeError} If the factor is negative, or there is no such mode.
   */
  constructor(options: { readonly factor?: number; readonly mode?: OrthogonalMode } = {}) {
    checkOptions("Cannot make OrthogonalRegularizer", options, ["factor", "mode"]);
    super();
    this.factor = notNegative(options.factor ?? 0.01, "factor", "OrthogonalRegularizer");
    this.mode = options.mode ?? "rows";
    if (this.mode !== "rows" && this.mode !== "columns") {
      throw new InputRangeError(
        `Cannot make OrthogonalRegularizer: expected the mode "rows" or "columns", received ${
          JSON.stringify(this.mode)
        }`,
      );
    }
  }
  /**
   * `factor` times the mean of `|cos|` over all pairs.
   *
   * @throws {ShapeError} If the weight is no matrix, or the number of rows or columns is not known.
   */
  override call(x: Tensor): Tensor {
    requireMatrix(x, "OrthogonalRegularizer");
    const ofRows = this.mode === "rows";
    const size = x.shape[ofRows ? 0 : 1] as unknown;
    if (typeof size !== "number") {
      throw new ShapeError(
        `Cannot apply OrthogonalRegularizer: expected a known number of ${this.mode}, received ${showShape(x.shape)}`,
      );
    }
    const unit: Tensor = normalize(x, { axis: ofRows ? 1 : 0 });
    const flipped: Tensor = transpose(unit);
    const products: Tensor = ofRows ? matmul(unit, flipped) : matmul(flipped, unit);
    const others = multiply(products, subtract(1, eye(size, { dtype: products.dtype as DType }))) as Tensor;
    return divide(multiply(sum(abs(others) as Tensor), this.factor), size * (size - 1)) as Tensor;
  }
  /** The factor and the mode. */
  override getConfig(): RegularizerConfig["config"] {
    return { factor: this.factor, mode: this.mode };
  }
}

const CLASSES = { L1, L2, L1L2, OrthogonalRegularizer } as const;

/**
 * The regularizer that a name, a configuration or a function stands for; `null` stays.
 *
 * @throws {RangeError} If there is none of that name.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { regularizers } from "@strata/nn";
 *
 * assertEquals(regularizers.serialize(regularizers.get("l2")), { className: "L2", config: { l2: 0.01 } });
 * ```
 */
export function get(identifier: RegularizerLike | null | undefined): VariableFunction | null {
  return findWeightFunction(identifier, "regularizer", CLASSES);
}

/**
 * The configuration of a regularizer; `null` stays.
 *
 * @throws {TypeError} If it is a function of one's own, which is no data.
 */
export function serialize(regularizer: VariableFunction | null): RegularizerConfig | null {
  return serializeWeightFunction(regularizer, "regularizer");
}
