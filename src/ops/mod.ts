/**
 * Operations on tensors: they run at once on tensors that have values, and are recorded on symbolic ones.
 *
 * @module
 */
export type {
  Binary,
  BinaryBool,
  BinaryFloat,
  BinaryInt,
  boolToInt,
  FloatLike,
  promoteAll,
  Unary,
  UnaryBool,
  UnaryFloat,
} from "./types.ts";
export * from "./arithmetic.ts";
export * from "./quotients.ts";
export * from "./comparison.ts";
export * from "./closeness.ts";
export * from "./logical.ts";
export {
  type BinaryBits,
  bitwiseAnd,
  bitwiseInvert,
  bitwiseLeftShift,
  bitwiseNot,
  bitwiseOr,
  bitwiseRightShift,
  bitwiseXor,
  leftShift,
  rightShift,
} from "./bits.ts";
export * from "./divisors.ts";
export * from "./exponential.ts";
export * from "./trigonometry.ts";
export * from "./special.ts";
export * from "./rounding.ts";
export * from "./selection.ts";
export * from "./saturate_cast.ts";
export * from "./smooth_activations.ts";
export * from "./rectifiers.ts";
export {
  glu,
  type GluOptions,
  logSoftmax,
  softmax,
  type SoftmaxOptions,
  sparsemax,
  type SparsemaxOptions,
} from "./softmax.ts";
export type { halve } from "./halve.ts";
export * from "./linear_algebra.ts";
export { einsum } from "./einsum.ts";
export * from "./matrix_parts.ts";
export * from "./norm.ts";
export * from "./dense.ts";
export * from "./reduction.ts";
export type {
  ArgReduceOptions,
  ArgReduction,
  Reduced,
  ReduceOptions,
  Reduction,
  ReductionBool,
  ReductionCount,
  ReductionFloat,
  ReductionSum,
} from "./reducing.ts";
export * from "./cumulative.ts";
export * from "./nan_reductions.ts";
export * from "./quantiles.ts";
export * from "./shaping.ts";
export * from "./joining.ts";
export { type checkIndices, oneHot, type OneHotOptions, slice, take, takeAlongAxis } from "./indexing.ts";
export * from "./stacking.ts";
export * from "./repetition.ts";
export * from "./turning.ts";
export * from "./blocks.ts";
export * from "./rearrange.ts";
export * from "./vectors.ts";
export * from "./sorting.ts";
export { scatter, type ScatterReduction, scatterUpdate, type ScatterUpdateOptions, sliceUpdate } from "./scatter.ts";
export * from "./segments.ts";
export * from "./searching.ts";
export * from "./counting.ts";
export * from "./choosing.ts";
export * from "./creation.ts";
export * from "./making.ts";
export * from "./averages.ts";
export * from "./random.ts";
export type { ShapeOfTarget, Target } from "./open_shapes.ts";
export {
  type dimOfSize,
  type OpenSize,
  shape,
  type ShapeOfSizes,
  type Size,
  type Sizes,
  type SizesIn,
  type SizesOf,
} from "./sizes.ts";
export * from "./aliases.ts";
export { type Cond, cond, type Switch, switchBranch as switch } from "./branches.ts";
export {
  type ForiLoop,
  foriLoop,
  type LoopArguments,
  type WhileLoop,
  whileLoop,
  type WhileLoopOptions,
} from "./loops.ts";
export { map, type MapParts, type Scan, scan, type Scannable, type ScanOptions, vectorizedMap } from "./scan.ts";
export type { Carried, Chosen, Either, Leading, Parts, Stacked, Tensors } from "./control_types.ts";
export type { AxisOf, NoOptions, OptionOf } from "./options.ts";
export {
  type Conv,
  conv,
  type ConvOptions,
  type ConvTranspose,
  convTranspose,
  type ConvTransposeOptions,
  type DepthwiseConv,
  depthwiseConv,
  type GroupedConvOptions,
  type SeparableConv,
  separableConv,
} from "./convolution.ts";
export * from "./moments.ts";
export {
  batchNormalization,
  type BatchNormalizationOptions,
  layerNormalization,
  type NormalizationOptions,
  rmsNormalization,
} from "./normalization.ts";
export { averagePool, maxPool, type Pooled, type PoolOptions, type stridesOr } from "./pooling.ts";
export {
  adaptiveAveragePool,
  type AdaptivelyPooled,
  adaptiveMaxPool,
  type AdaptivePoolOptions,
} from "./adaptive_pooling.ts";
export type { Interpolation } from "./up_sampling.ts";
export * as image from "./image/mod.ts";
export { dotProductAttention, type DotProductAttentionOptions } from "./attention.ts";
