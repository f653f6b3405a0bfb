/**
 * What users say of one weight of a layer.
 *
 * @module
 */
import type { VariableFunction } from "../../tensor/variable.ts";
import {
  type ConstraintConfig,
  type ConstraintLike,
  get as getConstraint,
  serialize as serializeConstraint,
} from "./constraints.ts";
import {
  get as getInitializer,
  type Initializer,
  type InitializerConfig,
  type InitializerLike,
} from "./initializers.ts";
import {
  get as getRegularizer,
  type RegularizerConfig,
  type RegularizerLike,
  serialize as serializeRegularizer,
} from "./regularizers.ts";

/** How a weight begins, the penalty on it, and what it is projected to after each update, resolved once. */
export class WeightSettings {
  /** How it begins. */
  readonly initializer: Initializer;
  /** The penalty on it, or `null`. */
  readonly regularizer: VariableFunction | null;
  /** What it is projected to, or `null`. */
  readonly constraint: VariableFunction | null;

  /** @throws {RangeError} If one of them has a name that there is not. */
  constructor(
    initializer: InitializerLike,
    regularizer: RegularizerLike | null | undefined,
    constraint: ConstraintLike | null | undefined,
  ) {
    this.initializer = getInitializer(initializer);
    this.regularizer = getRegularizer(regularizer);
    this.constraint = getConstraint(constraint);
  }

  /**
   * The three as plain data.
   *
   * @throws {TypeError} If one of them is a function of one's own, which is no data.
   */
  getConfig(): WeightSettingsConfig {
    return {
      initializer: this.initializer.serialize(),
      regularizer: serializeRegularizer(this.regularizer),
      constraint: serializeConstraint(this.constraint),
    };
  }
}

/** {@linkcode WeightSettings} as plain data. */
export interface WeightSettingsConfig {
  /** How the weight begins. */
  readonly initializer: InitializerConfig;
  /** The penalty on it, or `null`. */
  readonly regularizer: RegularizerConfig | null;
  /** What it is projected to, or `null`. */
  readonly constraint: ConstraintConfig | null;
}
