/**
 * Layers that go through time step by step, their cells, and wrappers for steps.
 *
 * @module
 */
export { Bidirectional } from "./bidirectional.ts";
export { ConvLSTM1D } from "./conv_lstm1d.ts";
export { ConvLSTM2D } from "./conv_lstm2d.ts";
export { ConvLSTM3D } from "./conv_lstm3d.ts";
export { GRU } from "./gru.ts";
export { GRUCell } from "./gru_cell.ts";
export { LSTM } from "./lstm.ts";
export { LSTMCell } from "./lstm_cell.ts";
export { RNN } from "./rnn.ts";
export { SimpleRNN } from "./simple_rnn.ts";
export { SimpleRNNCell } from "./simple_rnn_cell.ts";
export { StackedRNNCells } from "./stacked_rnn_cells.ts";
export { TimeDistributed } from "./time_distributed.ts";
