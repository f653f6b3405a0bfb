// One input at least that each layer does not take, for layers that the other files leave out.
import {
  Activation,
  ActivityRegularization,
  AdaptiveAveragePooling1D,
  AdaptiveAveragePooling3D,
  AdaptiveMaxPooling1D,
  AdaptiveMaxPooling2D,
  AdaptiveMaxPooling3D,
  Add,
  AdditiveAttention,
  AlphaDropout,
  Attention,
  Average,
  AveragePooling1D,
  AveragePooling2D,
  BatchNormalization,
  Bidirectional,
  Concatenate,
  Conv1D,
  Conv1DTranspose,
  Conv2D,
  Conv2DTranspose,
  Conv3D,
  Conv3DTranspose,
  ConvLSTM1D,
  ConvLSTM2D,
  ConvLSTM3D,
  Cropping3D,
  Dense,
  DepthwiseConv1D,
  DepthwiseConv2D,
  Dot,
  Dropout,
  EinsumDense,
  ELU,
  Embedding,
  Flatten,
  GaussianDropout,
  GaussianNoise,
  GlobalAveragePooling1D,
  GlobalAveragePooling3D,
  GlobalMaxPooling2D,
  GlobalMaxPooling3D,
  GroupNormalization,
  GroupQueryAttention,
  GRU,
  GRUCell,
  InputLayer,
  LeakyReLU,
  LSTM,
  Masking,
  Maximum,
  MaxPooling3D,
  MultiHeadAttention,
  Normalization,
  Permute,
  PReLU,
  ReLU,
  RepeatVector,
  Rescaling,
  Reshape,
  RMSNormalization,
  SeparableConv1D,
  SeparableConv2D,
  SimpleRNN,
  SimpleRNNCell,
  Softmax,
  SpatialDropout2D,
  SpatialDropout3D,
  SpectralNormalization,
  Subtract,
  TimeDistributed,
  UnitNormalization,
  UpSampling1D,
  UpSampling3D,
  ZeroPadding1D,
  ZeroPadding3D,
  zeros,
} from "../../../mod.ts";
import { fails } from "../attempts.ts";

const v = zeros([2, 3]);
const steps = zeros([2, 5, 4]);
const image = zeros([2, 8, 8, 4]);

// error: Layer activation expects 1 input, but it received 2 input tensors
fails(() => new Activation("relu")([v, v]));
// error: Layer elu expects 1 input, but it received 2 input tensors
fails(() => new ELU()([v, v]));
// error: Layer leaky_re_lu expects 1 input, but it received a record
fails(() => new LeakyReLU()({ v }));
// error: Layer r expects 1 input, but it received 2 input tensors
fails(() => new ReLU({ name: "r" })([v, v]));
// error: Layer softmax expects 1 input, but it received an array
fails(() => new Softmax()([v]));
// error: Layer p_re_lu expects 1 input, but it received 2 input tensors
fails(() => new PReLU()([v, v]));
// error: Layer embedding expects 1 input, but it received 2 input tensors
fails(() => new Embedding(9, 4)([v, v]));
// error: Layer dropout expects 1 input, but it received 2 input tensors
fails(() => new Dropout(0.5)([v, v]));
// error: Layer alpha_dropout expects 1 input, but it received 2 input tensors
fails(() => new AlphaDropout(0.5)([v, v]));
// error: Layer gaussian_dropout expects 1 input, but it received 2 input tensors
fails(() => new GaussianDropout(0.5)([v, v]));
// error: Layer gaussian_noise expects 1 input, but it received 2 input tensors
fails(() => new GaussianNoise(0.5)([v, v]));
// error: Layer activity_regularization expects 1 input, but it received 2 input tensors
fails(() => new ActivityRegularization()([v, v]));
// error: Input 0 of layer spatial_dropout2d is incompatible with the layer: expected ndim=4, found ndim=2. Full shape received: [2, 3]
fails(() => new SpatialDropout2D(0.5)(v));
// error: Input 0 of layer spatial_dropout3d is incompatible with the layer: expected ndim=5, found ndim=2. Full shape received: [2, 3]
fails(() => new SpatialDropout3D(0.5)(v));
// error: Layer rescaling expects 1 input, but it received 2 input tensors
fails(() => new Rescaling(2)([v, v]));
// error: Layer normalization expects 1 input, but it received 2 input tensors
fails(() => new Normalization({ mean: 0, variance: 1 })([v, v]));
// error: Input 0 of layer normalization is incompatible with the layer: Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
fails(() => new Normalization({ axis: 2, mean: 0, variance: 1 })(v));
// error: Input 0 of layer rms_normalization is incompatible with the layer: Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
fails(() => new RMSNormalization({ axis: 2 })(v));
// error: Input 0 of layer unit_normalization is incompatible with the layer: Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
fails(() => new UnitNormalization({ axis: 2 })(v));
// error: Layer batch_normalization expects 1 input, but it received 2 input tensors
fails(() => new BatchNormalization()([v, v]));
// error: Input 0 of layer group_normalization is incompatible with the layer: Cannot make 1 groups of axis 0 of shape [2, 3]: it is the axis of the batch
fails(() => new GroupNormalization({ groups: 1, axis: 0 })(v));
// error: Input 0 of layer separable_conv1d is incompatible with the layer: expected min_ndim=3, found ndim=2. Full shape received: [2, 3]
fails(() => new SeparableConv1D(8, 3)(v));
// error: Input 0 of layer separable_conv1d is incompatible with the layer: Computed output size would be zero or negative: floor((2 - 1 * (3 - 1) - 1) / 1) + 1 = 0 along axis 1 of input shape [2, 2, 4]
fails(() => new SeparableConv1D(8, 3)(zeros([2, 2, 4])));
// error: Input 0 of layer separable_conv2d is incompatible with the layer: Computed output size would be zero or negative: floor((2 - 1 * (3 - 1) - 1) / 1) + 1 = 0 along axis 2 of input shape [2, 5, 2, 4]
fails(() => new SeparableConv2D(8, 3)(zeros([2, 5, 2, 4])));
// error: Input 0 of layer depthwise_conv1d is incompatible with the layer: expected min_ndim=3, found ndim=2. Full shape received: [2, 3]
fails(() => new DepthwiseConv1D(3)(v));
// error: Input 0 of layer depthwise_conv1d is incompatible with the layer: Computed output size would be zero or negative: floor((2 - 1 * (3 - 1) - 1) / 1) + 1 = 0 along axis 2 of input shape [2, 4, 2]
fails(() => new DepthwiseConv1D(3, { dataFormat: "channels_first" })(zeros([2, 4, 2])));
// error: Input 0 of layer depthwise_conv2d is incompatible with the layer: expected axis -1 of input shape to have value 3 but received input with shape [2, 8, 8, 4]
fails(() => new DepthwiseConv2D(3).build([null, 8, 8, 3])(image));
// error: Input 0 of layer conv1d is incompatible with the layer: Computed output size would be zero or negative: floor((2 - 1 * (3 - 1) - 1) / 1) + 1 = 0 along axis 1 of input shape [2, 2, 4]
fails(() => new Conv1D(8, 3)(zeros([2, 2, 4])));
// error: Input 0 of layer conv1d is incompatible with the layer: The number of input channels must be evenly divisible by the number of groups. Received groups=3, but the input has 4 channels (full input shape is [2, 9, 4])
fails(() => new Conv1D(9, 3, { groups: 3 })(zeros([2, 9, 4])));
// error: Input 0 of layer conv3d is incompatible with the layer: expected min_ndim=5, found ndim=4. Full shape received: [2, 8, 8, 4]
fails(() => new Conv3D(8, 3)(image));
// error: Input 0 of layer conv1d_transpose is incompatible with the layer: expected min_ndim=3, found ndim=2. Full shape received: [2, 3]
fails(() => new Conv1DTranspose(8, 3)(v));
// error: Input 0 of layer conv3d_transpose is incompatible with the layer: expected min_ndim=5, found ndim=4. Full shape received: [2, 8, 8, 4]
fails(() => new Conv3DTranspose(8, 3)(image));
// error: Input 0 of layer conv2d_transpose is incompatible with the layer: expected min_ndim=4, found ndim=2. Full shape received: [2, 3]
fails(() => new Conv2DTranspose(8, 3)(v));
// error: Input 0 of layer max_pooling3d is incompatible with the layer: expected ndim=5, found ndim=4. Full shape received: [2, 8, 8, 4]
fails(() => new MaxPooling3D()(image));
// error: Input 0 of layer max_pooling3d is incompatible with the layer: Computed output size would be zero or negative. Received: inputs.shape=[2, 4, 4, 2, 3], poolSize=[1, 2, 3], strides=[1, 2, 3], padding=valid
fails(() => new MaxPooling3D({ poolSize: [1, 2, 3] })(zeros([2, 4, 4, 2, 3])));
// error: Input 0 of layer average_pooling1d is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [2, 3]
fails(() => new AveragePooling1D(2)(v));
// error: Input 0 of layer average_pooling1d is incompatible with the layer: Computed output size would be zero or negative. Received: inputs.shape=[2, 2, 4], poolSize=[3], strides=[3], padding=valid
fails(() => new AveragePooling1D(3)(zeros([2, 2, 4])));
// error: Input 0 of layer average_pooling2d is incompatible with the layer: expected ndim=4, found ndim=2. Full shape received: [2, 3]
fails(() => new AveragePooling2D(2)(v));
// error: Input 0 of layer average_pooling2d is incompatible with the layer: Computed output size would be zero or negative. Received: inputs.shape=[2, 8, 3, 4], poolSize=[4, 4], strides=[4, 4], padding=valid
fails(() => new AveragePooling2D(4)(zeros([2, 8, 3, 4])));
// error: Input 0 of layer global_max_pooling2d is incompatible with the layer: expected ndim=4, found ndim=2. Full shape received: [2, 3]
fails(() => new GlobalMaxPooling2D()(v));
// error: Input 0 of layer global_max_pooling3d is incompatible with the layer: expected ndim=5, found ndim=4. Full shape received: [2, 8, 8, 4]
fails(() => new GlobalMaxPooling3D()(image));
// error: Input 0 of layer global_average_pooling1d is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [2, 3]
fails(() => new GlobalAveragePooling1D()(v));
// error: Input 0 of layer global_average_pooling3d is incompatible with the layer: expected ndim=5, found ndim=4. Full shape received: [2, 8, 8, 4]
fails(() => new GlobalAveragePooling3D()(image));
// error: Input 0 of layer adaptive_max_pooling1d is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [2, 3]
fails(() => new AdaptiveMaxPooling1D(2)(v));
// error: Input 0 of layer adaptive_max_pooling2d is incompatible with the layer: expected ndim=4, found ndim=2. Full shape received: [2, 3]
fails(() => new AdaptiveMaxPooling2D(2)(v));
// error: Input 0 of layer adaptive_max_pooling3d is incompatible with the layer: expected ndim=5, found ndim=4. Full shape received: [2, 8, 8, 4]
fails(() => new AdaptiveMaxPooling3D(2)(image));
// error: Input 0 of layer adaptive_average_pooling1d is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [2, 3]
fails(() => new AdaptiveAveragePooling1D(2)(v));
// error: Input 0 of layer adaptive_average_pooling3d is incompatible with the layer: expected ndim=5, found ndim=4. Full shape received: [2, 8, 8, 4]
fails(() => new AdaptiveAveragePooling3D(2)(image));
// error: Input 0 of layer cropping3d is incompatible with the layer: expected ndim=5, found ndim=4. Full shape received: [2, 8, 8, 4]
fails(() => new Cropping3D({ cropping: 1 })(image));
// error: Input 0 of layer cropping3d is incompatible with the layer: Values in cropping should be smaller than the corresponding spatial dimension of the input. Received: inputs.shape=[2, 2, 4, 4, 1], cropping=[[1, 1], [1, 1], [1, 1]]
fails(() => new Cropping3D()(zeros([2, 2, 4, 4, 1])));
// error: Input 0 of layer up_sampling1d is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [2, 3]
fails(() => new UpSampling1D()(v));
// error: Input 0 of layer up_sampling3d is incompatible with the layer: expected ndim=5, found ndim=4. Full shape received: [2, 8, 8, 4]
fails(() => new UpSampling3D()(image));
// error: Input 0 of layer zero_padding1d is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [2, 3]
fails(() => new ZeroPadding1D()(v));
// error: Input 0 of layer zero_padding3d is incompatible with the layer: expected ndim=5, found ndim=4. Full shape received: [2, 8, 8, 4]
fails(() => new ZeroPadding3D()(image));
// error: Layer flatten expects 1 input, but it received 2 input tensors
fails(() => new Flatten()([v, v]));
// error: Layer permute expects 1 input, but it received 2 input tensors
fails(() => new Permute([1, 2])([v, v]));
// error: Input 0 of layer simple_rnn is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [2, 3]
fails(() => new SimpleRNN(4)(v));
// error: Input 0 of layer conv_lstm1d is incompatible with the layer: expected ndim=4, found ndim=2. Full shape received: [2, 3]
fails(() => new ConvLSTM1D(4, 3)(v));
// error: Input 0 of layer conv_lstm2d is incompatible with the layer: expected ndim=5, found ndim=4. Full shape received: [2, 8, 8, 4]
fails(() => new ConvLSTM2D(4, 3)(image));
// error: Input 0 of layer conv_lstm3d is incompatible with the layer: expected ndim=6, found ndim=4. Full shape received: [2, 8, 8, 4]
fails(() => new ConvLSTM3D(4, 3)(image));
// error: Input 0 of layer conv_lstm2d is incompatible with the layer: Computed output size would be zero or negative: floor((2 - 1 * (3 - 1) - 1) / 1) + 1 = 0 along axis 1 of input shape [2, 2, 8, 1]
fails(() => new ConvLSTM2D(4, 3)(zeros([2, 5, 2, 8, 1])));
// error: Input 1 of layer gru_cell is incompatible with the layer: expected axis -1 of input shape to have value 4 but received input with shape [2, 5]
fails(() => new GRUCell(4)([v, zeros([2, 5])]));
// error: Input 0 of layer gru_cell is incompatible with the layer: expected ndim=2, found ndim=4. Full shape received: [2, 8, 8, 4]
fails(() => new GRUCell(4)([image, zeros([2, 4])]));
// error: Input 1 of layer simple_rnn_cell is incompatible with the layer: expected axis -1 of input shape to have value 4 but received input with shape [2, 5]
fails(() => new SimpleRNNCell(4)([v, zeros([2, 5])]));
// error: Input 0 of layer bidirectional is incompatible with the layer: expected ndim=5, found ndim=4. Full shape received: [2, 8, 8, 4]
fails(() => new Bidirectional(new ConvLSTM2D(4, 3))(image));
// error: Layer bidirectional expects 1 input, but it received 2 input tensors
fails(() => new Bidirectional(new GRU(4))([v, v]));
// error: Input 0 of layer conv2d is incompatible with the layer: Computed output size would be zero or negative: floor((2 - 1 * (3 - 1) - 1) / 1) + 1 = 0 along axis 1 of input shape [2, 2, 8, 1]
fails(() => new TimeDistributed(new Conv2D(4, 3))(zeros([2, 5, 2, 8, 1])));
// error: Input 0 of layer lstm is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [2, 4]
fails(() => new TimeDistributed(new LSTM(4))(steps));
// error: Layer grouped_query_attention expects [query, value] or [query, value, key], but it received 1 input tensors
fails(() => new GroupQueryAttention(3, 4, 2)(steps));
// error: Input 0 of layer grouped_query_attention is incompatible with the layer: expected min_ndim=3, found ndim=2. Full shape received: [2, 3]
fails(() => new GroupQueryAttention(3, 4, 2)([v, v]));
// error: Input 2 of layer grouped_query_attention is incompatible with the layer: All dimensions of value and key, except the last one, must be equal. Received: value [2, 5, 4] and key [2, 6, 7]
fails(() => new GroupQueryAttention(3, 4, 2)([steps, steps, zeros([2, 6, 7])]));
// error: Input 1 of layer multi_head_attention is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [2, 3]
fails(() => new MultiHeadAttention(2, 3)([steps, v]));
// error: Layer additive_attention expects [query, value] or [query, value, key], but it received 1 input tensors
fails(() => new AdditiveAttention()(steps));
// error: Input 1 of layer additive_attention is incompatible with the layer: Cannot broadcast shapes [2] and [3]: axis -1 is 2 and 3
fails(() => new AdditiveAttention()([steps, zeros([3, 6, 4])]));
// error: Input 1 of layer attention is incompatible with the layer: expected axis -1 of input shape to have value 4 but received input with shape [2, 3]
fails(() => new Attention()([steps, v]));
// error: Inputs of layer add are incompatible with the layer: Cannot merge shapes [2, 5, 4] and [2, 5, 3]: axis -1 is 4 and 3
fails(() => new Add()([steps, zeros([2, 5, 3])]));
// error: Inputs of layer average are incompatible with the layer: Cannot merge shapes [2, 3] and [3, 3]: batch sizes are 2 and 3
fails(() => new Average()([v, zeros([3, 3])]));
// error: Inputs of layer maximum are incompatible with the layer: Cannot merge shapes [2, 5, 4] and [2, 4, 4]: axis -2 is 5 and 4
fails(() => new Maximum()([steps, zeros([2, 4, 4])]));
// error: Layer subtract expects 2 inputs, but it received 1 input tensors
fails(() => new Subtract()([v]));
// error: Inputs of layer subtract are incompatible with the layer: Cannot merge shapes [2, 3] and [2, 4]: axis -1 is 3 and 4
fails(() => new Subtract()([v, zeros([2, 4])]));
// error: Inputs of layer concatenate are incompatible with the layer: Cannot concatenate along axis 1: input 0 of shape [2, 5, 4] and input 1 of shape [2, 5, 3] differ in axis 2
fails(() => new Concatenate({ axis: 1 })([steps, zeros([2, 5, 3])]));
// error: Inputs of layer concatenate are incompatible with the layer: Cannot concatenate along axis -1: input 0 of shape [2, 5, 4] and input 1 of shape [2, 3] differ in rank
fails(() => new Concatenate()([steps, v]));
// error: Inputs of layer concatenate are incompatible with the layer: Axis 3 is out of range for shape [2, 5, 4]: expected an axis from -3 to 2
fails(() => new Concatenate({ axis: 3 })([steps, steps]));
// error: Layer concatenate expects an array of inputs, but it received a tensor
fails(() => new Concatenate()(v));
// error: Inputs of layer dot are incompatible with the layer: Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
fails(() => new Dot(2)([v, v]));
// error: Layer dot expects 2 inputs, but it received 3 input tensors
fails(() => new Dot(1)([v, v, v]));
// error: Layer dot expects an array of inputs, but it received a tensor
fails(() => new Dot(1)(v));
// error: Inputs of layer dot are incompatible with the layer: Cannot take the dot products of [2, 5, 4] and [2, 5, 4] over axes 2 and 1: sizes are 4 and 5
fails(() => new Dot([2, 1])([steps, steps]));
// error: Layer input_layer expects 1 input, but it received 2 input tensors
fails(() => new InputLayer({ shape: ["batch", 3] })([v, v]));
// error: Layer repeat_vector expects 1 input, but it received 2 input tensors
fails(() => new RepeatVector(3)([v, v]));
// error: Layer reshape expects 1 input, but it received 2 input tensors
fails(() => new Reshape([3, 2])([v, v]));
// error: Input 0 of layer reshape is incompatible with the layer: Cannot reshape [3] of size 3 into [-1, 2]: the size is no multiple of 2
fails(() => new Reshape([-1, 2])(v));
// error: Layer masking expects 1 input, but it received 2 input tensors
fails(() => new Masking()([v, v]));
// error: Input 0 of layer conv2d is incompatible with the layer: expected min_ndim=4, found ndim=2. Full shape received: [2, 3]
fails(() => new SpectralNormalization(new Conv2D(4, 3))(v));
// error: Layer einsum_dense expects 1 input, but it received 2 input tensors
fails(() => new EinsumDense("ab,bc->ac", 64)([v, v]));
// error: Layer dense expects 1 input, but it received a record
fails(() => new Dense(3)({ v }));
