// What recurrent layers give.
import {
  type AnyLayer,
  Bidirectional,
  ConvLSTM2D,
  Dense,
  type EagerTensor,
  Embedding,
  GRU,
  GRUCell,
  input,
  LSTM,
  LSTMCell,
  Masking,
  RNN,
  Sequential,
  type Shape,
  SimpleRNN,
  SimpleRNNCell,
  StackedRNNCells,
  type SymbolicTensor,
  type Tensor,
  TimeDistributed,
  zeros,
} from "../../../mod.ts";
import { type Eq, is } from "../exact.ts";

const a = zeros([2, 5, 3]);
const x = input(["batch", "time", 3]);
declare const unknown: SymbolicTensor<readonly [null, null, 3], "float32">;
declare const unranked: EagerTensor<Shape, "float32">;
declare const plain: Tensor;

const last = [
  new SimpleRNN(4)(a),
  new LSTM(4)(x),
  new GRU(4)(unknown),
  new LSTM(4, { name: "memory", activation: "relu" })(a),
  new LSTM(4)(unranked),
  new LSTM(4)(plain),
  new LSTM(4).build([null, null, 3])(a),
] as const;
is<
  Eq<
    typeof last,
    readonly [
      EagerTensor<readonly [2, 4], "float32">,
      SymbolicTensor<readonly ["batch", 4], "float32">,
      SymbolicTensor<readonly [null, 4], "float32">,
      EagerTensor<readonly [2, 4], "float32">,
      EagerTensor<Shape, "float32">,
      Tensor<Shape, "float32">,
      EagerTensor<readonly [2, 4], "float32">,
    ]
  >
>();

const sequences = [
  new SimpleRNN(4, { returnSequences: true })(a),
  new LSTM(4, { returnSequences: true, goBackwards: true })(x),
  new GRU(4, { returnSequences: true, returnState: false })(unknown),
  new GRU(4, { returnSequences: true, dtype: "float64" })(a),
  new Masking({ maskValue: 1 })(x),
] as const;
is<
  Eq<
    typeof sequences,
    readonly [
      EagerTensor<readonly [2, 5, 4], "float32">,
      SymbolicTensor<readonly ["batch", "time", 4], "float32">,
      SymbolicTensor<readonly [null, null, 4], "float32">,
      EagerTensor<readonly [2, 5, 4], "float64">,
      SymbolicTensor<readonly ["batch", "time", 3], "float32">,
    ]
  >
>();

const states = [
  new SimpleRNN(4, { returnState: true })(a),
  new LSTM(4, { returnSequences: true, returnState: true })(x),
  new GRU(4, { returnSequences: true, returnState: true })(unknown),
] as const;
is<
  Eq<
    typeof states,
    readonly [
      readonly [EagerTensor<readonly [2, 4], "float32">, EagerTensor<readonly [2, 4], "float32">],
      readonly [
        SymbolicTensor<readonly ["batch", "time", 4], "float32">,
        SymbolicTensor<readonly ["batch", 4], "float32">,
        SymbolicTensor<readonly ["batch", 4], "float32">,
      ],
      readonly [
        SymbolicTensor<readonly [null, null, 4], "float32">,
        SymbolicTensor<readonly [null, 4], "float32">,
      ],
    ]
  >
>();

const cells = [
  new RNN(new LSTMCell(4))(a),
  new RNN([new LSTMCell(4), new GRUCell(2)])(x),
  new RNN(new StackedRNNCells([new LSTMCell(4), new SimpleRNNCell(2)]), { returnSequences: true })(a),
  new RNN([new LSTMCell(4), new GRUCell(2)], { returnState: true })(a),
  new GRUCell(4)([zeros([2, 3]), zeros([2, 4])]),
] as const;
is<
  Eq<
    typeof cells,
    readonly [
      EagerTensor<readonly [2, 4], "float32">,
      SymbolicTensor<readonly ["batch", 2], "float32">,
      EagerTensor<readonly [2, 5, 2], "float32">,
      readonly [
        EagerTensor<readonly [2, 2], "float32">,
        EagerTensor<readonly [2, 4], "float32">,
        EagerTensor<readonly [2, 4], "float32">,
        EagerTensor<readonly [2, 2], "float32">,
      ],
      readonly [EagerTensor<readonly [2, 4], "float32">, EagerTensor<readonly [2, 4], "float32">],
    ]
  >
>();

const around = [
  new Bidirectional(new LSTM(4))(a),
  new Bidirectional(new LSTM(4, { returnSequences: true }))(x),
  new Bidirectional(new GRU(4, { returnSequences: true }), { mergeMode: "sum" })(a),
  new Bidirectional(new GRU(4), { mergeMode: null })(a),
  new Bidirectional(new GRU(4, { returnSequences: true, returnState: true }))(a),
  new TimeDistributed(new Dense(4))(a),
  new TimeDistributed(new Dense(4))(x),
  new TimeDistributed(new LSTM(4))(zeros([2, 5, 7, 3])),
  new TimeDistributed(new Embedding(9, 4))(zeros([2, 5, 7], { dtype: "int32" })),
] as const;
is<
  Eq<
    typeof around,
    readonly [
      EagerTensor<readonly [2, 8], "float32">,
      SymbolicTensor<readonly ["batch", "time", 8], "float32">,
      EagerTensor<readonly [2, 5, 4], "float32">,
      readonly [EagerTensor<readonly [2, 4], "float32">, EagerTensor<readonly [2, 4], "float32">],
      readonly [
        EagerTensor<readonly [2, 5, 8], "float32">,
        EagerTensor<readonly [2, 4], "float32">,
        EagerTensor<readonly [2, 4], "float32">,
      ],
      EagerTensor<readonly [2, 5, 4], "float32">,
      SymbolicTensor<readonly ["batch", "time", 4], "float32">,
      EagerTensor<readonly [2, 5, 4], "float32">,
      EagerTensor<readonly [2, 5, 7, 4], "float32">,
    ]
  >
>();

const images = [
  new ConvLSTM2D(3, [2, 3])(zeros([2, 4, 5, 6, 1])),
  new ConvLSTM2D(3, 2, { padding: "same", strides: 2, returnSequences: true })(input(["batch", "time", 5, 6, 1])),
  new ConvLSTM2D(3, 2, { dataFormat: "channels_first", returnState: true })(zeros([2, 4, 1, 5, 6])),
  new Bidirectional(new ConvLSTM2D(3, 2))(zeros([2, 4, 5, 6, 1])),
] as const;
is<
  Eq<
    typeof images,
    readonly [
      EagerTensor<readonly [2, 4, 4, 3], "float32">,
      SymbolicTensor<readonly ["batch", "time", 3, 3, 3], "float32">,
      readonly [
        EagerTensor<readonly [2, 3, 4, 5], "float32">,
        EagerTensor<readonly [2, 3, 4, 5], "float32">,
        EagerTensor<readonly [2, 3, 4, 5], "float32">,
      ],
      EagerTensor<readonly [2, 4, 5, 6], "float32">,
    ]
  >
>();

const tagger = new Sequential(
  input(["batch", 10]),
  new Embedding(100, 8),
  new Bidirectional(new LSTM(16, { returnSequences: true })),
  new TimeDistributed(new Dense(5)),
);
is<Eq<typeof tagger.outputs, SymbolicTensor<readonly ["batch", 10, 5], "float32">>>();

// Layers around layers and cells are layers, and one with a known part is one with any.
const bidirectional: Bidirectional = new Bidirectional(new LSTM(2));
const timeDistributed: TimeDistributed = new TimeDistributed(new TimeDistributed(new Dense(2)));
const rnn: RNN = new RNN(new LSTMCell(3));
const stacked: RNN = new RNN([new LSTMCell(3), new GRUCell(2)]);
/** Layers around layers. */
export const layers: readonly AnyLayer[] = [bidirectional, timeDistributed, rnn, stacked, new ConvLSTM2D(2, 2)];
/** A layer around any. */
export function wrapped<L extends LSTM<4>>(layer: L): readonly AnyLayer[] {
  return [new Bidirectional(layer), new TimeDistributed(layer)];
}
/** Layers with any number of units. */
export function withUnits<U extends number>(units: U): readonly AnyLayer[] {
  const cells = [new LSTMCell(units), new GRUCell(units)] as const;
  return [new Bidirectional(new LSTM(units)), new TimeDistributed(new Dense(units)), new RNN(cells[0]), new RNN(cells)];
}
