/**
 * Initializers, regularizers and constraints of weights.
 *
 * @module
 */
export * as constraints from "./constraints.ts";
export type { Constraint, ConstraintConfig, ConstraintLike, ConstraintName } from "./constraints.ts";
export * as initializers from "./initializers.ts";
export type {
  Initializer,
  InitializerConfig,
  InitializerFunction,
  InitializerLike,
  InitializerName,
} from "./initializers.ts";
export * as regularizers from "./regularizers.ts";
export type { Regularizer, RegularizerConfig, RegularizerLike, RegularizerName } from "./regularizers.ts";
export type { WeightFunction, WeightFunctionConfig } from "./weight_function.ts";
