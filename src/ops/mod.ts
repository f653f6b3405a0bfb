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
export * from "./elementwise/arithmetic.ts";
export * from "./elementwise/quotients.ts";
export * from "./elementwise/comparison.ts";
export * from "./elementwise/closeness.ts";
export * from "./elementwise/logical.ts";
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
} from "./elementwise/bits.ts";
export * from "./elementwise/divisors.ts";
export * from "./elementwise/exponential.ts";
export * from "./elementwise/trigonometry.ts";
export * from "./elementwise/special.ts";
export * from "./elementwise/rounding.ts";
export * from "./elementwise/selection.ts";
export * from "./elementwise/saturate_cast.ts";
export * from "./activation/smooth_activations.ts";
export * from "./activation/rectifiers.ts";
export {
  glu,
  type GluOptions,
  logSoftmax,
  softmax,
  type SoftmaxOptions,
  sparsemax,
  type SparsemaxOptions,
} from "./activation/softmax.ts";
export type { halve } from "../shape/halve.ts";
export * from "./products/linear_algebra.ts";
export { einsum } from "./products/einsum.ts";
export * from "./shaping/matrix_parts.ts";
export * from "./reduction/norm.ts";
export * from "./products/dense.ts";
export * from "./reduction/reduction.ts";
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
} from "./reduction/entries.ts";
export * from "./reduction/cumulative.ts";
export * from "./reduction/nan_reductions.ts";
export * from "./reduction/quantiles.ts";
export * from "./shaping/shaping.ts";
export * from "./shaping/joining.ts";
export { type checkIndices, oneHot, type OneHotOptions, slice, take, takeAlongAxis } from "./shaping/indexing.ts";
export { getItem, type KeyPart, type Slice } from "./shaping/get_item.ts";
export * from "./shaping/stacking.ts";
export * from "./shaping/repetition.ts";
export * from "./shaping/turning.ts";
export {
  type BlockOptions,
  depthToSpace,
  type PerAxisPair,
  spaceToDepth,
  unfold,
  type UnfoldOptions,
} from "./shaping/blocks.ts";
export { fold } from "./shaping/fold.ts";
export { view } from "./shaping/view.ts";
export * from "./shaping/rearrange.ts";
export * from "./products/vectors.ts";
export * from "./products/kronecker.ts";
export * from "./reduction/sorting.ts";
export {
  scatter,
  type ScatterReduction,
  scatterUpdate,
  type ScatterUpdateOptions,
  sliceUpdate,
} from "./shaping/scatter.ts";
export * from "./reduction/segments.ts";
export * from "./reduction/searching.ts";
export * from "./reduction/unique.ts";
export * from "./reduction/counting.ts";
export * from "./shaping/choosing.ts";
export * from "./shaping/creation.ts";
export * from "./shaping/making.ts";
export * from "./reduction/averages.ts";
export * from "./random/random.ts";
export type { ShapeOfTarget, Target } from "./shaping/open_shapes.ts";
export {
  type dimOfSize,
  type OpenSize,
  shape,
  type ShapeOfSizes,
  type Size,
  type Sizes,
  type SizesIn,
  type SizesOf,
} from "./shaping/sizes.ts";
export * from "./aliases.ts";
export { vectorize, type Vectorized, type VectorizeOptions } from "./control/vectorize.ts";
export { associativeScan, type AssociativeScanOptions } from "./control/associative_scan.ts";
export { type Cond, cond, type Switch, switchBranch as switch } from "./control/branches.ts";
export {
  type ForiLoop,
  foriLoop,
  type LoopArguments,
  type WhileLoop,
  whileLoop,
  type WhileLoopOptions,
} from "./control/loops.ts";
export {
  map,
  type MapParts,
  type Scan,
  scan,
  type Scannable,
  type ScanOptions,
  vectorizedMap,
} from "./control/scan.ts";
export type { Carried, Chosen, Either, Leading, Parts, Stacked, Tensors } from "./control/control_types.ts";
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
} from "./convolution/convolution.ts";
export * from "./reduction/moments.ts";
export {
  batchNormalization,
  type BatchNormalizationOptions,
  layerNormalization,
  type NormalizationOptions,
  rmsNormalization,
} from "./normalization/normalization.ts";
export { averagePool, maxPool, type Pooled, type PoolOptions, type stridesOr } from "./convolution/pooling.ts";
export {
  adaptiveAveragePool,
  type AdaptivelyPooled,
  adaptiveMaxPool,
  type AdaptivePoolOptions,
} from "./convolution/adaptive_pooling.ts";
export type { Interpolation } from "./convolution/up_sampling.ts";
export * as image from "./image/mod.ts";
export { dotProductAttention, type DotProductAttentionOptions } from "./attention/attention.ts";
