/**
 * Tensors: what they are and how they are made.
 *
 * @module
 */
export type { DType, TypedArrayOf, TypedArrays } from "./dtype.ts";
export type { Float16ArrayLike } from "./float16_array.ts";
export { Tensor, type TensorKind, type TensorSpec } from "./tensor.ts";
export { EagerTensor } from "./eager.ts";
export { input, type InputOptions, type Origin, type Source, SymbolicTensor } from "./symbolic.ts";
export { type LazyValue, Variable, type VariableFunction, type VariableOptions } from "./variable.ts";
export {
  arange,
  type CreationOptions,
  type DTypeOfValues,
  full,
  ones,
  type RangeDType,
  type ShapedOptions,
  type ShapeOfValues,
  tensor,
  zeros,
} from "./creation.ts";
export type { JsonValues } from "./json.ts";
export type { Nested, NestedArray, NestedDType, NestedShape, NestedValues, Scalar, ScalarOf } from "./nested.ts";
export type { AnyTypedArray, DTypeOfArray, TypedArray, Values } from "./convert.ts";
export type { AsShape, Check, DTypeOf, Like, ShapeOf, StrongDTypeOf, TensorLike } from "./like.ts";
export type { FloatDType, promote, toFloat, WeakDType } from "./promote.ts";
export { executingEagerly } from "./scope.ts";
