/**
 * Base classes of recurrent layers, and the types of their signatures, options and configurations.
 *
 * @module
 */
export type {
  AnyRecurrent,
  BidirectionalConfig,
  BidirectionalOptions,
  BidirectionalSignature,
  MergeMode,
} from "./bidirectional.ts";
export type { CellConfig, CellOptions, GatedCellConfig, GatedCellOptions } from "./cell_settings.ts";
export type { ConvLSTM, ConvLSTMConfig, ConvLSTMOptions, ConvLSTMSignature } from "./conv_lstm.ts";
export type { GRUConfig, GRUOptions } from "./gru.ts";
export type { GRUCellConfig, GRUCellOptions } from "./gru_cell.ts";
export type { LSTMConfig, LSTMOptions } from "./lstm.ts";
export type { LSTMCellConfig, LSTMCellOptions } from "./lstm_cell.ts";
export type { Recurrent, RecurrentConfig, RecurrentOptions } from "./recurrent.ts";
export type { CellSignature, RecurrentCell, RecurrentCellConfig, StateSize } from "./recurrent_cell.ts";
export type { Outputs, RecurrentSignature, WithStates } from "./recurrent_signature.ts";
export type { CellOf, CellOrCells, RNNConfig } from "./rnn.ts";
export type { SimpleRNNConfig, SimpleRNNOptions } from "./simple_rnn.ts";
export type {
  AllStatesOf,
  LastOutputOf,
  OutputOf,
  StackedRNNCellsConfig,
  StackedSignature,
  StatesOf,
} from "./stacked_rnn_cells.ts";
export type { TimeDistributedSignature } from "./time_distributed.ts";
