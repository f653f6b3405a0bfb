/**
 * The options for one weight of a layer.
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

/** The options of the weight `Name`: how it begins, the penalty on it, and what it is projected to after each update. */
export type WeightSettingsOptions<Name extends string> =
  & { readonly [Option in `${Name}Initializer`]?: InitializerLike }
  & { readonly [Option in `${Name}Regularizer`]?: RegularizerLike | null }
  & { readonly [Option in `${Name}Constraint`]?: ConstraintLike | null };

/** {@linkcode WeightSettingsOptions} as plain data. */
export type WeightSettingsConfig<Name extends string> =
  & { readonly [Option in `${Name}Initializer`]: InitializerConfig }
  & { readonly [Option in `${Name}Regularizer`]: RegularizerConfig | null }
  & { readonly [Option in `${Name}Constraint`]: ConstraintConfig | null };

/** The initializer, regularizer and constraint of a weight, resolved once. */
export class WeightSettings<Name extends string = string> {
  /** Its initializer. */
  readonly initializer: Initializer;
  /** The penalty on it, or `null`. */
  readonly regularizer: VariableFunction | null;
  /** Its constraint, or `null`. */
  readonly constraint: VariableFunction | null;
  readonly #name: Name;

  /**
   * Reads the options of the weight `name`, which begins as `initializer` says if they do not.
   *
   * @throws {RangeError} If one of them has a name that there is not.
   */
  constructor(name: Name, initializer: InitializerLike, options: WeightSettingsOptions<Name>) {
    this.#name = name;
    const given = options as WeightSettingsOptions<string>;
    this.initializer = getInitializer(given[`${name}Initializer`] ?? initializer);
    this.regularizer = getRegularizer(given[`${name}Regularizer`]);
    this.constraint = getConstraint(given[`${name}Constraint`]);
  }

  /**
   * The three as plain data.
   *
   * @throws {TypeError} If one of them is a function of one's own, which is no data.
   */
  getConfig(): WeightSettingsConfig<Name> {
    const config = {
      [`${this.#name}Initializer`]: this.initializer.serialize(),
      [`${this.#name}Regularizer`]: serializeRegularizer(this.regularizer),
      [`${this.#name}Constraint`]: serializeConstraint(this.constraint),
    };
    return config as WeightSettingsConfig<Name>;
  }
}
