/**
 * One use of each construct. What the compiler finds out once, whatever the program, is counted with these lines and so
 * is no part of a budget; what another use costs is.
 *
 * @module
 */
import {
  AdaptiveMaxPooling2D,
  Add,
  AdditiveAttention,
  Attention,
  AveragePooling2D,
  BatchNormalization,
  Bidirectional,
  CategoryEncoding,
  Concatenate,
  Conv1D,
  Conv2D,
  Conv2DTranspose,
  Conv3D,
  ConvLSTM2D,
  Cropping2D,
  Dense,
  DepthwiseConv2D,
  Dot,
  Dropout,
  type EagerTensor,
  EinsumDense,
  Embedding,
  Flatten,
  GlobalMaxPooling2D,
  GroupNormalization,
  GroupQueryAttention,
  GRU,
  GRUCell,
  input,
  jit,
  Layer,
  LayerNormalization,
  LSTM,
  LSTMCell,
  type Maps,
  MaxPooling1D,
  MaxPooling2D,
  MaxPooling3D,
  Model,
  MultiHeadAttention,
  Multiply,
  ops,
  RepeatVector,
  Rescaling,
  Reshape,
  RMSNormalization,
  RNN,
  SeparableConv2D,
  Sequential,
  type Shape,
  SimpleRNN,
  type SymbolicTensor,
  type Tensor,
  TimeDistributed,
  trace,
  UpSampling2D,
  type Variable,
  ZeroPadding2D,
  zeros,
} from "../../mod.ts";

/** A tensor of floats that has values. */
export type Eager<S extends Shape> = EagerTensor<S, "float32">;

/** A tensor of floats that has none yet. */
export type Symbolic<S extends Shape> = SymbolicTensor<S, "float32">;

/** The shape that a construct gives. */
export type Expected<S extends Shape> = S;

/** A layer of one's own. */
class Scale<U extends number> extends Layer<Maps<"scale", ["...", "features"], ["...", U]>> {
  factor!: Variable;
  readonly units: U;
  constructor(units: U) {
    super();
    this.units = units;
  }
  override build(inputShape: Shape): void {
    this.factor = this.addWeight({ name: "factor", shape: [inputShape.at(-1), this.units] });
  }
  override call(x: Tensor): Tensor {
    return ops.matmul(x, this.factor);
  }
}

const a = zeros([2, 6]);
const b = zeros([3, 4, 5, 6]);
const x = input(["rows", 6]);
const sequential = new Sequential(input(["rows", 6]), new Dense(4), new Dense(3, { inputDim: 4 }));
const model = new Model({ inputs: x, outputs: new Dense(4)(x) });

const image = zeros([3, 9, 11, 6]);
const wide = input(["rows", 9, 11, 6]);
const volume = zeros([3, 7, 9, 11, 6]);
const steps = zeros([3, 7, 6]);
const longer = input(["rows", 9, 6]);

/** What layers of each kind give. */
export const layers: readonly unknown[] = [
  new Conv1D(3, 2)(steps),
  new Conv2D(3, 2)(image),
  new Conv2D(3, 2, { strides: 3, padding: "same", groups: 3 })(wide),
  new Conv3D(3, 2)(volume),
  new Conv2DTranspose(3, 2, { strides: 3 })(image),
  new DepthwiseConv2D(2)(image),
  new SeparableConv2D(3, 2)(image),
  ops.conv(image, zeros([2, 2, 6, 3])),
  ops.maxPool(image, 3),
  new MaxPooling1D()(steps),
  new MaxPooling2D({ poolSize: 4, strides: 3 })(wide),
  new MaxPooling2D({ poolSize: 4, strides: 3, padding: "same" })(image),
  new MaxPooling3D()(volume),
  new AveragePooling2D(3)(image),
  new GlobalMaxPooling2D()(image),
  new AdaptiveMaxPooling2D(3)(image),
  new Cropping2D({ cropping: [[1, 2], [2, 1]] })(image),
  new ZeroPadding2D({ padding: 2 })(image),
  new UpSampling2D({ size: 3 })(image),
  new BatchNormalization()(a),
  new LayerNormalization()(a),
  new GroupNormalization({ groups: 3 })(a),
  new RMSNormalization()(a),
  new Rescaling(2)(a),
  new Dropout(0.5)(a),
  new RepeatVector(3)(a),
  new CategoryEncoding(7)(zeros([2, 3], { dtype: "int32" })),
  new SimpleRNN(3)(steps),
  new GRU(3, { returnState: true })(longer),
  new LSTM(3, { returnSequences: true })(steps),
  new ConvLSTM2D(3, 2)(volume),
  new RNN([new GRUCell(3), new LSTMCell(2)])(steps),
  new Bidirectional(new GRU(3))(steps),
  new TimeDistributed(new Flatten())(image),
  new Add()([a, a]),
  new Multiply()([wide, zeros([1, 6])]),
  new Concatenate()([a, zeros([2, 7])]),
  new Dot(1)([a, a]),
  new Attention()([steps, steps]),
  new AdditiveAttention()([steps, zeros([3, 9, 6])]),
  new MultiHeadAttention(3, 5)([steps, steps]),
  new MultiHeadAttention(3, 5)([longer, longer], { returnAttentionScores: true }),
  new GroupQueryAttention(3, 6, 2)([longer, longer]),
];

/** What is computed, so that nothing is left out. */
export const all: readonly Tensor[] = [
  ops.add(a, zeros([1, 6])),
  ops.matmul(b, zeros([4, 6, 2])),
  ops.mean(b, { axis: [0, -1], keepDims: true }),
  ops.reshape(b, [3, 2, 2, -1, 6]),
  ops.einsum("bqhd,bkhd->bhqk", b, b),
  ops.concatenate([b, b], { axis: 1 }),
  ops.slice(b, [0, 1, 2, 3], [1, -1, 2, 3]),
  ops.transpose(b, [0, 2, 1, -1]),
  new Dense(4, { inputDim: 6 })(a),
  new Flatten()(b),
  new Reshape([2, -1])(a),
  new EinsumDense("abc,cde->abde", [null, 2, 3])(zeros([2, 3, 4])),
  new Embedding(9, 8)(zeros([2, 3], { dtype: "int32" })),
  new Scale(2)(a),
  sequential(a),
  model(a),
  trace(new Dense(4, { inputDim: 6 }), x).outputs,
  trace((y) => ops.exp(y), x).outputs,
  jit(model)(a),
];
