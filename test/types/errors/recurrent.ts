// Recurrent layers that do not take their input.
import { Dense, input, Sequential, zeros } from "../../../mod.ts";
import { Bidirectional } from "../../../src/layers/recurrent/bidirectional.ts";
import { GRU } from "../../../src/layers/recurrent/gru.ts";
import { LSTM } from "../../../src/layers/recurrent/lstm.ts";
import { LSTMCell } from "../../../src/layers/recurrent/lstm_cell.ts";
import { Masking } from "../../../src/layers/core/masking.ts";
import { RNN } from "../../../src/layers/recurrent/rnn.ts";
import { TimeDistributed } from "../../../src/layers/recurrent/time_distributed.ts";
import { fails } from "../attempts.ts";

// error: Input 0 of layer lstm is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [2, 3]
fails(() => new LSTM(4)(zeros([2, 3])));
// error: Input 0 of layer memory is incompatible with the layer: expected ndim=3, found ndim=4. Full shape received: [batch, 2, 3, 4]
fails(() => new GRU(4, { name: "memory" })(input(["batch", 2, 3, 4])));
// error: Input 0 of layer rnn is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [2, 3]
fails(() => new RNN(new LSTMCell(4))(zeros([2, 3])));
// error: Input 1 of layer lstm_cell is incompatible with the layer: expected axis -1 of input shape to have value 4 but received input with shape [2, 5]
fails(() => new LSTMCell(4)([zeros([2, 3]), zeros([2, 5]), zeros([2, 4])]));
// error: Input 0 of layer bidirectional is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [2, 3]
fails(() => new Bidirectional(new LSTM(4))(zeros([2, 3])));
// error: Input 0 of layer time_distributed is incompatible with the layer: expected min_ndim=3, found ndim=2. Full shape received: [2, 3]
fails(() => new TimeDistributed(new Dense(4))(zeros([2, 3])));
// error: Input 0 of layer dense is incompatible with the layer: expected axis -1 of input shape to have value 5 but received input with shape [2, 3]
fails(() => new TimeDistributed(new Dense(4, { inputDim: 5 }))(zeros([2, 5, 3])));
// error: Input 0 of layer lstm is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [batch, 4]
fails(() => new Sequential(input(["batch", "time", 3]), new GRU(4), new LSTM(2)));
// error: Input 0 of layer masking is incompatible with the layer: expected min_ndim=1, found ndim=0. Full shape received: []
fails(() => new Masking()(1));
