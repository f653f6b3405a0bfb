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
  UnaryFloatWith,
  UnaryInt,
  UnaryIntWith,
} from "./types.ts";
export {
  abs,
  absolute,
  add,
  divide,
  floorDivide,
  maximum,
  minimum,
  mod,
  multiply,
  negative,
  reciprocal,
  sign,
  square,
  subtract,
} from "./elementwise/arithmetic.ts";
export * from "./elementwise/quotients.ts";
export * from "./elementwise/comparison.ts";
export { allclose, type ClosenessOptions, isclose, isneginf, isposinf, signbit } from "./elementwise/closeness.ts";
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
export { cbrt, deg2rad, erfc, erfinv, ldexp, rad2deg, sinc } from "./elementwise/special.ts";
export {
  ceil,
  erf,
  floor,
  isfinite,
  isinf,
  isnan,
  nanToNum,
  type NanToNumOptions,
  round,
  type RoundOptions,
  trunc,
} from "./elementwise/rounding.ts";
export { cast, clip, where } from "./elementwise/selection.ts";
export * from "./elementwise/saturate_cast.ts";
export {
  exponential,
  gelu,
  type GeluOptions,
  linear,
  logSigmoid,
  mish,
  sigmoid,
  silu,
  softplus,
  softsign,
  squareplus,
  type SquareplusOptions,
  tanhShrink,
} from "./activation/smooth_activations.ts";
export {
  celu,
  type CeluOptions,
  elu,
  type EluOptions,
  hardShrink,
  hardSigmoid,
  hardSilu,
  hardTanh,
  leakyRelu,
  type LeakyReluOptions,
  relu,
  relu6,
  type ReluOptions,
  selu,
  type ShrinkOptions,
  softShrink,
  sparsePlus,
  sparseSigmoid,
  threshold,
} from "./activation/rectifiers.ts";
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
export {
  type Dot,
  dot,
  type Inner,
  inner,
  type Matmul,
  matmul,
  type Outer,
  outer,
  type Tensordot,
  tensordot,
  type TensordotOptions,
} from "./products/linear_algebra.ts";
export { einsum } from "./products/einsum.ts";
export {
  diag,
  type Diagonal,
  diagonal,
  type DiagonalOptions,
  type DiagOptions,
  type Trace,
  trace,
  type Triangle,
  type TriangleOptions,
  tril,
  triu,
} from "./shaping/matrix_parts.ts";
export {
  type Norm,
  norm,
  normalize,
  type NormalizeOptions,
  type NormOptions,
  type NormOrder,
} from "./reduction/norm.ts";
export { type Dense, dense, type DenseOptions } from "./products/dense.ts";
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
export {
  cumprod,
  cumsum,
  type Cumulated,
  type Cumulative,
  type CumulativeOptions,
  diff,
  type DiffOptions,
} from "./reduction/cumulative.ts";
export * from "./reduction/nan_reductions.ts";
export * from "./reduction/quantiles.ts";
export {
  broadcastTo,
  expandDims,
  flatten,
  moveaxis,
  reshape,
  squeeze,
  type SqueezeOptions,
  swapaxes,
  transpose,
} from "./shaping/shaping.ts";
export {
  type AxisOptions,
  type CommonDTypeOf,
  concatenate,
  type EachPart,
  type ShapesOf,
  split,
  stack,
  unstack,
  type UnstackOptions,
} from "./shaping/joining.ts";
export { type checkIndices, oneHot, type OneHotOptions, slice, take, takeAlongAxis } from "./shaping/indexing.ts";
export { getItem, type KeyPart, type Slice } from "./shaping/get_item.ts";
export * from "./shaping/stacking.ts";
export {
  flip,
  type FlipOptions,
  pad,
  type PadMode,
  type PadOptions,
  repeat,
  roll,
  type rolledAxes,
  type RollOptions,
  tile,
} from "./shaping/repetition.ts";
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
export { argpartition, argsort, sort, topK } from "./reduction/sorting.ts";
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
export { bincount, type BincountOptions, histogram, type HistogramOptions, nonzero } from "./reduction/counting.ts";
export * from "./shaping/choosing.ts";
export {
  arange,
  eye,
  type EyeOptions,
  type Filled,
  full,
  fullLike,
  type Grids,
  linspace,
  type LinspaceOptions,
  type Meshgrid,
  meshgrid,
  type MeshgridOptions,
  ones,
  onesLike,
  zeros,
  zerosLike,
} from "./shaping/creation.ts";
export {
  array,
  convertToTensor,
  copy,
  dtype,
  empty,
  emptyLike,
  geomspace,
  identity,
  isTensor,
  logspace,
  type LogspaceOptions,
  ndim,
  size,
  stopGradient,
  tri,
  type TriOptions,
} from "./shaping/making.ts";
export * from "./reduction/averages.ts";
export {
  bernoulli,
  type BernoulliOptions,
  type Drawn,
  dropout,
  type DropoutOptions,
  randomInteger,
  type RandomIntegerOptions,
  randomNormal,
  type RandomNormalOptions,
  type RandomOptions,
  randomUniform,
  type RandomUniformOptions,
  type Seed,
  SeedGenerator,
  type SeedGeneratorOptions,
  type SeedState,
  setRandomSeed,
  truncatedNormal,
} from "./random/random.ts";
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
export type { AxisOf, KindOf, NoOptions, OptionOf, WordOf } from "./options.ts";
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
export { moments, type MomentsOptions } from "./reduction/moments.ts";
export {
  batchNormalization,
  type BatchNormalizationOptions,
  layerNormalization,
  type NormalizationOptions,
  rmsNormalization,
} from "./normalization/normalization.ts";
export {
  averagePool,
  maxPool,
  type Pooled,
  type PooledShape,
  type PoolOptions,
  type stridesOr,
} from "./convolution/pooling.ts";
export {
  adaptiveAveragePool,
  type AdaptivelyPooled,
  adaptiveMaxPool,
  type AdaptivePoolOptions,
} from "./convolution/adaptive_pooling.ts";
export type { Interpolation } from "./convolution/up_sampling.ts";
export * as image from "./image/mod.ts";
export { dotProductAttention, type DotProductAttentionOptions } from "./attention/attention.ts";
