/**
 * Layers, under Keras's names.
 *
 * @module
 */
export { Activation, type ActivationConfig, type ActivationFunction, type ActivationLike } from "./activation.ts";
export {
  ELU,
  type ELUOptions,
  LeakyReLU,
  type LeakyReLUOptions,
  PReLU,
  type PReLUConfig,
  type PReLUOptions,
  ReLU,
  type ReLUOptions,
  Softmax,
  type SoftmaxOptions,
} from "./activation_layers.ts";
export type { ActivationName } from "../ops/activations.ts";
export type { Shapes } from "./build.ts";
export type { AnyCallOptions, CallOptions } from "./context.ts";
export {
  Identity,
  InputLayer,
  type InputLayerConfig,
  type InputLayerOptions,
  Lambda,
  type LambdaFunction,
} from "./core.ts";
export { Dense, type DenseConfig, type DenseOptions, type DenseSignature } from "./dense.ts";
export { Dropout, type DropoutConfig, type DropoutOptions } from "./dropout.ts";
export {
  EinsumDense,
  type EinsumDenseConfig,
  type EinsumDenseOptions,
  type EinsumDenseSignature,
} from "./einsum_dense.ts";
export { Embedding, type EmbeddingConfig, type EmbeddingOptions, type EmbeddingSignature } from "./embedding.ts";
export * as initializers from "./initializers.ts";
export type {
  Initializer,
  InitializerConfig,
  InitializerFunction,
  InitializerLike,
  InitializerName,
} from "./initializers.ts";
export { InputSpec, type InputSpecOptions } from "./input_spec.ts";
export type { KernelConfig, KernelOptions } from "./kernel.ts";
export { type AnyLayer, Layer } from "./layer.ts";
export type { LayerConfig, LayerOptions, WeightOptions, WeightShape } from "./options.ts";
export {
  Flatten,
  type FlattenSignature,
  Permute,
  type PermuteConfig,
  type PermuteSignature,
  RepeatVector,
  type RepeatVectorConfig,
  type RepeatVectorSignature,
  Reshape,
  type ReshapeConfig,
  type ReshapeSignature,
} from "./reshaping.ts";
export { clearSession } from "./session.ts";
export type { Anything, Keeps, LayerInput, Maps, NoSpec, Signature } from "./signature.ts";
export type { Structure } from "../tensor/structure.ts";
export {
  BaseConv,
  Conv1D,
  type Conv1DOptions,
  Conv2D,
  type Conv2DOptions,
  Conv3D,
  type Conv3DOptions,
} from "./conv.ts";
export type {
  ConvConfig,
  ConvLayerOptions,
  ConvTransposeConfig,
  ConvTransposeLayerOptions,
  Sizes1D,
  Sizes2D,
  Sizes3D,
  SlidingConfig,
  SlidingOptions,
  SpatialPadding,
} from "./conv_options.ts";
export type {
  ChannelAt,
  ConvolutionOf,
  ConvSignature,
  ConvTransposeSignature,
  DepthwiseConvSignature,
  TransposedOf,
  WindowOf,
} from "./conv_signature.ts";
export {
  BaseConvTranspose,
  Conv1DTranspose,
  type Conv1DTransposeOptions,
  Conv2DTranspose,
  type Conv2DTransposeOptions,
  Conv3DTranspose,
  type Conv3DTransposeOptions,
} from "./conv_transpose.ts";
export {
  BaseDepthwiseConv,
  DepthwiseConv1D,
  type DepthwiseConv1DOptions,
  DepthwiseConv2D,
  type DepthwiseConv2DOptions,
} from "./depthwise_conv.ts";
export type {
  DepthwiseConfig,
  DepthwiseKernelConfig,
  DepthwiseLayerOptions,
  DepthwiseOptions,
  PointwiseKernelConfig,
  SeparableConfig,
  SeparableLayerOptions,
} from "./depthwise_options.ts";
export {
  BaseSeparableConv,
  SeparableConv1D,
  type SeparableConv1DOptions,
  SeparableConv2D,
  type SeparableConv2DOptions,
} from "./separable_conv.ts";
export { type AnySlidingOptions, Sliding } from "./sliding.ts";
export {
  ActivityRegularization,
  type ActivityRegularizationConfig,
  type ActivityRegularizationOptions,
} from "./activity_regularization.ts";
export type { AffineConfig, AffineOptions, AxisLike, Normalizes } from "./affine.ts";
export {
  BatchNormalization,
  type BatchNormalizationConfig,
  type BatchNormalizationOptions,
} from "./batch_normalization.ts";
export { Concatenate, type ConcatenateOptions, type ConcatenateSignature } from "./concatenate.ts";
export * as constraints from "./constraints.ts";
export type { Constraint, ConstraintConfig, ConstraintLike, ConstraintName } from "./constraints.ts";
export { Dot, type DotAxes, type DotConfig, type DotOptions, type DotSignature } from "./dot.ts";
export {
  GroupNormalization,
  type GroupNormalizationConfig,
  type GroupNormalizationOptions,
  type GroupNormalizationSignature,
} from "./group_normalization.ts";
export {
  LayerNormalization,
  type LayerNormalizationConfig,
  type LayerNormalizationOptions,
} from "./layer_normalization.ts";
export { type LayerRecord, type RegisteredClass, registerLayers } from "./layer_record.ts";
export {
  Add,
  Average,
  type AverageSignature,
  Maximum,
  Merge,
  type MergeSignature,
  Minimum,
  Multiply,
  Subtract,
} from "./merging.ts";
export { add, average, concatenate, dot, maximum, minimum, multiply, subtract } from "./merging_functions.ts";
export {
  AlphaDropout,
  type AlphaDropoutConfig,
  type AlphaDropoutOptions,
  GaussianDropout,
  type GaussianDropoutConfig,
  GaussianNoise,
  type GaussianNoiseConfig,
  type NoiseOptions,
} from "./noise.ts";
export { Normalization, type NormalizationConfig, type NormalizationLayerOptions } from "./normalization.ts";
export * as regularizers from "./regularizers.ts";
export type { Regularizer, RegularizerConfig, RegularizerLike, RegularizerName } from "./regularizers.ts";
export {
  type Numbers,
  Rescaling,
  type RescalingConfig,
  type RescalingOptions,
  type RescalingSignature,
} from "./rescaling.ts";
export { RMSNormalization, type RMSNormalizationConfig, type RMSNormalizationOptions } from "./rms_normalization.ts";
export {
  SpatialDropout,
  SpatialDropout1D,
  type SpatialDropout1DConfig,
  type SpatialDropout1DOptions,
  SpatialDropout2D,
  SpatialDropout3D,
  type SpatialDropoutConfig,
  type SpatialDropoutOptions,
} from "./spatial_dropout.ts";
export {
  SpectralNormalization,
  type SpectralNormalizationConfig,
  type SpectralNormalizationOptions,
} from "./spectral_normalization.ts";
export { UnitNormalization, type UnitNormalizationOptions } from "./unit_normalization.ts";
export type { WeightFunction, WeightFunctionConfig } from "./weight_function.ts";
export { Wrapper, type WrapperConfig } from "./wrapper.ts";
export * from "./max_pooling.ts";
export * from "./average_pooling.ts";
export * from "./global_pooling.ts";
export * from "./adaptive_pooling.ts";
export * from "./cropping.ts";
export * from "./zero_padding.ts";
export * from "./up_sampling.ts";
export type {
  AveragePoolingClass,
  MaxPoolingClass,
  PoolDType,
  PooledDType,
  PoolingConfig,
  PoolingLayer,
  PoolingOptions,
  PoolingSignature,
  SizedPoolingOptions,
} from "./pooling.ts";
export type {
  CheckSpatial,
  Each,
  eachEnds,
  EndsOf,
  EndsOption,
  InputRank,
  Sizes as SpatialSizes,
  SpatialConfig,
  SpatialOptions,
  SpatialRank,
} from "./spatial.ts";
export {
  type AnyRecurrent,
  Bidirectional,
  type BidirectionalConfig,
  type BidirectionalOptions,
  type BidirectionalSignature,
  type MergeMode,
} from "./bidirectional.ts";
export type { CellConfig, CellOptions, GatedCellConfig, GatedCellOptions } from "./cell_settings.ts";
export { ConvLSTM2D, type ConvLSTM2DConfig, type ConvLSTM2DOptions, type ConvLSTM2DSignature } from "./conv_lstm2d.ts";
export { GRU, type GRUConfig, type GRUOptions } from "./gru.ts";
export { GRUCell, type GRUCellConfig, type GRUCellOptions } from "./gru_cell.ts";
export { LSTM, type LSTMConfig, type LSTMOptions } from "./lstm.ts";
export { LSTMCell, type LSTMCellConfig, type LSTMCellOptions } from "./lstm_cell.ts";
export { Masking, type MaskingConfig, type MaskingOptions } from "./masking.ts";
export { maskOf, type Masks, setMask } from "./masks.ts";
export type { CellSignature, RecurrentCell, RecurrentCellConfig, StateSize } from "./recurrent_cell.ts";
export type { Recurrent, RecurrentConfig, RecurrentOptions } from "./recurrent.ts";
export type { Outputs, RecurrentSignature, WithStates } from "./recurrent_signature.ts";
export { type CellOf, type CellOrCells, RNN, type RNNConfig } from "./rnn.ts";
export { SimpleRNN, type SimpleRNNConfig, type SimpleRNNOptions } from "./simple_rnn.ts";
export { SimpleRNNCell } from "./simple_rnn_cell.ts";
export {
  type AllStatesOf,
  type LastOutputOf,
  type OutputOf,
  StackedRNNCells,
  type StackedRNNCellsConfig,
  type StackedSignature,
  type StatesOf,
} from "./stacked_rnn_cells.ts";
export { TimeDistributed, type TimeDistributedSignature } from "./time_distributed.ts";
export * from "./attention.ts";
export type {
  AttentionCall,
  AttentionOptions,
  AttentionResult,
  AttentionSignature,
  HeadedAttentionOptions,
  MisfitOf,
  WrongInputs,
  wrongInputs,
} from "./attention_call.ts";
export {
  CategoryEncoding,
  type CategoryEncodingCallOptions,
  type CategoryEncodingConfig,
  type CategoryEncodingOptions,
  type EncodedSignature,
  type EncodingMode,
} from "./category_encoding.ts";
export * from "./discretization.ts";
export * from "./group_query_attention.ts";
export * from "./hashing.ts";
export { HeadedAttention, type HeadedConfig, type HeadedOptions, type HeadSizes } from "./headed_attention.ts";
export * from "./index_lookup.ts";
export * from "./integer_lookup.ts";
export * from "./multi_head_attention.ts";
export * from "./string_lookup.ts";
