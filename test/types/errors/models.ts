// Models that do not take their input.
import {
  Add,
  AveragePooling1D,
  BatchNormalization,
  Bidirectional,
  Conv2D,
  Conv2DTranspose,
  Dense,
  DepthwiseConv2D,
  Dropout,
  Flatten,
  GlobalAveragePooling2D,
  GroupNormalization,
  GRU,
  input,
  LayerNormalization,
  LSTM,
  LSTMCell,
  MaxPooling2D,
  Model,
  ops,
  Reshape,
  RNN,
  Sequential,
  TimeDistributed,
  zeros,
} from "../../../mod.ts";
import { fails } from "../attempts.ts";

const x = input(["batch", 64]);
const other = input(["batch", 8]);
const one = new Model({ inputs: x, outputs: new Dense(10)(x), name: "one" });
const pair = new Model({ inputs: [x, other], outputs: ops.concatenate([x, other], { axis: 1 }), name: "pair" });
const record = new Model({ inputs: { x, other }, outputs: { both: ops.matmul(ops.transpose(x), other) }, name: "record" });

// error: Input 0 of layer one is incompatible with the layer: expected shape=[batch, 64], found shape=[8, 63]
fails(() => one(zeros([8, 63])));
// error: Input 0 of layer one is incompatible with the layer: expected shape=[batch, 64], found shape=[8]
fails(() => one(zeros([8])));
// error: Input 0 of layer one is incompatible with the layer: expected shape=[batch, 64], found shape=[?, 3]
fails(() => one(input([null, 3])));
// error: Layer one expects 1 input, but it received 2 input tensors
fails(() => one([zeros([8, 64]), zeros([8, 64])]));
// error: Input 1 of layer pair is incompatible with the layer: expected shape=[batch, 8], found shape=[8, 9]
fails(() => pair([zeros([8, 64]), zeros([8, 9])]));
// error: Input 1 of layer pair is incompatible with the layer: batch is 8 in input 0 and 9 in input 1
fails(() => pair([zeros([8, 64]), zeros([9, 8])]));
// error: Layer pair expects 2 inputs, but it received 1 input tensors
fails(() => pair([zeros([8, 64])]));
// error: Layer pair expects 2 inputs, but it received 1 input tensors
fails(() => pair(zeros([8, 64])));
// error: Input other of layer record is incompatible with the layer: expected shape=[batch, 8], found shape=[8, 9]
fails(() => record({ x: zeros([8, 64]), other: zeros([8, 9]) }));
// error: Missing data for input "other" of layer record
fails(() => record({ x: zeros([8, 64]) }));
// error: Input 0 of layer model is incompatible with the layer: expected shape=[batch, 64], found shape=[8, 63]
fails(() => new Model({ inputs: x, outputs: new Dense(10)(x) })(zeros([8, 63])));
// error: Input 0 of layer head is incompatible with the layer: expected axis -1 of input shape to have value 16 but received input with shape [batch, 32]
// at: new Dense(10, { inputDim: 16, name: "head" })
fails(() => new Sequential(input(["batch", 64]), new Dense(32), new Dense(10, { inputDim: 16, name: "head" })));
// error: Input 0 of layer reshape is incompatible with the layer: Cannot reshape [64] of size 64 into [5, 5] of size 25
// at: new Reshape([5, 5])
fails(() => new Sequential(input(["batch", 64]), new Reshape([5, 5]), new Flatten()));
// error: Input 0 of layer dense is incompatible with the layer: expected min_ndim=2, found ndim=1. Full shape received: [?]
// at: new Dense(32)
fails(() => new Sequential(input([null]), new Dense(32)));
// error: Input 0 of layer sequential is incompatible with the layer: expected shape=[batch, 64], found shape=[8, 32]
fails(() => new Sequential(input(["batch", 64]), new Dense(32), new Dense(10, { name: "head" }))(zeros([8, 32])));
// error: Input 0 of layer dense is incompatible with the layer: expected min_ndim=2, found ndim=1. Full shape received: [8]
fails(() => new Sequential(new Dense(32), new Dense(10, { inputDim: 32, name: "head" }))(zeros([8])));
// error: Input 0 of layer head is incompatible with the layer: expected axis -1 of input shape to have value 16 but received input with shape [8, 32]
fails(() => new Sequential(new Dense(32), new Dense(10, { inputDim: 16, name: "head" }))(zeros([8, 4])));

const image = input(["batch", 28, 28, 3]);
const steps = input(["batch", "time", 8]);

// error: Input 0 of layer second is incompatible with the layer: Computed output size would be zero or negative: floor((26 - 1 * (27 - 1) - 1) / 1) + 1 = 0 along axis 1 of input shape [batch, 26, 26, 8]
// at: new Conv2D(16, 27, { name: "second" })
fails(() =>
  new Sequential(image, new Conv2D(8, 3), new Conv2D(16, 27, { name: "second" }), new Flatten(), { name: "net" })
);
// error: Input 0 of layer conv2d is incompatible with the layer: expected min_ndim=4, found ndim=2. Full shape received: [batch, 2352]
// at: new Conv2D(8, 3)
fails(() => new Sequential(image, new Flatten(), new Conv2D(8, 3), new Dense(10)));
// error: Input 0 of layer depthwise_conv2d is incompatible with the layer: expected min_ndim=4, found ndim=2. Full shape received: [batch, 3]
// at: new DepthwiseConv2D(3)
fails(() => new Sequential(image, new GlobalAveragePooling2D(), new DepthwiseConv2D(3)));
// error: Input 0 of layer up is incompatible with the layer: expected min_ndim=4, found ndim=3. Full shape received: [batch, 28, 84]
// at: new Conv2DTranspose(8, 2, { strides: 2, name: "up" })
fails(() => new Sequential(image, new Reshape([28, 84]), new Conv2DTranspose(8, 2, { strides: 2, name: "up" })));
// error: Input 0 of layer max_pooling2d is incompatible with the layer: Computed output size would be zero or negative. Received: inputs.shape=[batch, 26, 26, 8], poolSize=[27, 27], strides=[27, 27], padding=valid
// at: new MaxPooling2D({ poolSize: 27 })
fails(() => new Sequential(image, new Conv2D(8, 3), new MaxPooling2D({ poolSize: 27 }), new Flatten()));
// error: Input 0 of layer average_pooling1d is incompatible with the layer: expected ndim=3, found ndim=4. Full shape received: [batch, 28, 28, 3]
// at: new AveragePooling1D(2)
fails(() => new Sequential(image, new AveragePooling1D(2), new Flatten()));
// error: Input 0 of layer last is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [batch, 4]
// at: new LSTM(2, { name: "last" })
fails(() => new Sequential(steps, new LSTM(4), new LSTM(2, { name: "last" }), new Dense(1)));
// error: Input 0 of layer rnn is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [batch, 4]
// at: new RNN(new LSTMCell(2))
fails(() => new Sequential(steps, new LSTM(4), new RNN(new LSTMCell(2))));
// error: Input 0 of layer last is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [batch, 8]
// at: new Bidirectional(new LSTM(2), { name: "last" })
fails(() => new Sequential(steps, new Bidirectional(new GRU(4)), new Bidirectional(new LSTM(2), { name: "last" })));
// error: Input 0 of layer dense is incompatible with the layer: expected axis -1 of input shape to have value 16 but received input with shape [batch, 8]
// at: new TimeDistributed(new Dense(4, { inputDim: 16 }))
fails(() => new Sequential(steps, new Dropout(0.1), new TimeDistributed(new Dense(4, { inputDim: 16 }))));
// error: Input 0 of layer norm is incompatible with the layer: Axis 3 is out of range for shape [batch, time, 4]: expected an axis from -3 to 2
// at: new LayerNormalization({ axis: 3, name: "norm" })
fails(() => new Sequential(steps, new Dense(4), new LayerNormalization({ axis: 3, name: "norm" }), new Dense(4)));
// error: Input 0 of layer batch_normalization is incompatible with the layer: Axis -4 is out of range for shape [batch, time, 8]: expected an axis from -3 to 2
// at: new BatchNormalization({ axis: -4 })
fails(() => new Sequential(steps, new BatchNormalization({ axis: -4 })));
// error: Input 0 of layer group_normalization is incompatible with the layer: Cannot make 3 groups of axis -1 of shape [batch, 26, 26, 8]: 8 is no multiple of 3
// at: new GroupNormalization({ groups: 3 })
fails(() => new Sequential(image, new Conv2D(8, 3), new GroupNormalization({ groups: 3 }), new Flatten()));
// error: Input 0 of layer dense is incompatible with the layer: expected axis -1 of input shape to have value 5400 but received input with shape [batch, 5408]
// at: new Dense(10, { inputDim: 5400 })
fails(() => new Sequential(image, new Conv2D(8, 3), new Flatten(), new Dense(10, { inputDim: 5400 })));
// error: Layer add expects an array of inputs, but it received a tensor
// at: new Add()
fails(() => new Sequential(image, new Add()));
