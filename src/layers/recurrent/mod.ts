/**
 * Layers that go through time step by step, their cells, and wrappers for steps.
 *
 * @module
 */
export {
  type AnyRecurrent,
  Bidirectional,
  type BidirectionalConfig,
  type BidirectionalOptions,
  type BidirectionalSignature,
  type MergeMode,
} from "./bidirectional.ts";
export type { CellConfig, CellOptions, GatedCellConfig, GatedCellOptions } from "./cell_settings.ts";
export type { ConvLSTM, ConvLSTMConfig, ConvLSTMOptions, ConvLSTMSignature, KernelSizes } from "./conv_lstm.ts";
export { ConvLSTM1D } from "./conv_lstm1d.ts";
export { ConvLSTM2D } from "./conv_lstm2d.ts";
export { ConvLSTM3D } from "./conv_lstm3d.ts";
export { GRU, type GRUConfig, type GRUOptions } from "./gru.ts";
export { GRUCell, type GRUCellConfig, type GRUCellOptions } from "./gru_cell.ts";
export { LSTM, type LSTMConfig, type LSTMOptions } from "./lstm.ts";
export { LSTMCell, type LSTMCellConfig, type LSTMCellOptions } from "./lstm_cell.ts";
export type { Recurrent, RecurrentConfig, RecurrentOptions } from "./recurrent.ts";
export type { CellSignature, RecurrentCell, RecurrentCellConfig, StateSize } from "./recurrent_cell.ts";
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
