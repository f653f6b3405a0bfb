/**
 * The numbers that Keras gave for recurrent layers and masks.
 */
import { readFileSync } from "node:fs";
import type { AnyLayer, EagerTensor } from "@strata/nn";
import { Bidirectional } from "../../../src/layers/recurrent/bidirectional.ts";
import { ConvLSTM1D } from "../../../src/layers/recurrent/conv_lstm1d.ts";
import { ConvLSTM2D } from "../../../src/layers/recurrent/conv_lstm2d.ts";
import { ConvLSTM3D } from "../../../src/layers/recurrent/conv_lstm3d.ts";
import { Dense } from "../../../src/layers/core/dense.ts";
import { GRU } from "../../../src/layers/recurrent/gru.ts";
import { GRUCell } from "../../../src/layers/recurrent/gru_cell.ts";
import { LSTM } from "../../../src/layers/recurrent/lstm.ts";
import { LSTMCell } from "../../../src/layers/recurrent/lstm_cell.ts";
import { RNN } from "../../../src/layers/recurrent/rnn.ts";
import { SimpleRNN } from "../../../src/layers/recurrent/simple_rnn.ts";
import { SimpleRNNCell } from "../../../src/layers/recurrent/simple_rnn_cell.ts";
import { TimeDistributed } from "../../../src/layers/recurrent/time_distributed.ts";
import type { NestedValues } from "../../../src/tensor/nested.ts";

/** Numbers in arrays nested to any depth. */
export type Numbers = NestedValues<number>;

/** A weight in Keras. */
export interface GoldenWeight {
  readonly path: string;
  readonly value: Numbers;
}

/** The convolutional LSTMs. */
type ConvLSTMKind = "ConvLSTM1D" | "ConvLSTM2D" | "ConvLSTM3D";

/** One layer in Keras. */
export interface RecurrentCase {
  readonly kind: "SimpleRNN" | "LSTM" | "GRU" | "RNN" | "Bidirectional" | "TimeDistributed" | ConvLSTMKind;
  readonly name: string;
  readonly options: { readonly [option: string]: unknown };
  readonly x: Numbers;
  readonly mask?: boolean[][];
  readonly initialState?: readonly Numbers[];
  readonly calls: number;
  readonly cells?: number;
  readonly weights: readonly GoldenWeight[];
  readonly y: readonly Numbers[];
}

/** What follows from a chain of layers. */
export interface Chain {
  readonly x: Numbers;
  readonly weights: readonly GoldenWeight[];
  readonly y: Numbers;
}

/** One step of a cell in training. */
export interface DropoutCase {
  readonly kind: "SimpleRNN" | "LSTM" | "GRU";
  readonly options: { readonly [option: string]: unknown };
  readonly x: Numbers;
  readonly states: readonly Numbers[];
  readonly factors: readonly [Numbers, Numbers];
  readonly weights: readonly GoldenWeight[];
  readonly y: readonly Numbers[];
}

interface Golden {
  readonly cases: readonly RecurrentCase[];
  readonly embedding: Chain;
  readonly masking: Chain & { readonly values: Numbers; readonly mask: boolean[][] };
  readonly sequential: Chain;
  readonly dropout: readonly DropoutCase[];
}

/** All of them. */
export const golden: Golden = JSON.parse(readFileSync(new URL("../../golden/recurrent.json", import.meta.url), "utf8"));

/** The layer of a case. */
export function layerOf({ kind, options, cells = 3 }: RecurrentCase, more: object = {}): AnyLayer {
  const all = { ...options, ...more };
  if (kind === "SimpleRNN") return new SimpleRNN(2, all) as AnyLayer;
  if (kind === "LSTM") return new LSTM(2, all) as AnyLayer;
  if (kind === "GRU") return new GRU(2, all) as AnyLayer;
  if (kind === "ConvLSTM1D") return new ConvLSTM1D(2, 2, all);
  if (kind === "ConvLSTM2D") return new ConvLSTM2D(2, [2, 3], all);
  if (kind === "ConvLSTM3D") return new ConvLSTM3D(2, [2, 1, 2], all);
  if (kind === "TimeDistributed") return new TimeDistributed(new Dense(2), more) as AnyLayer;
  if (kind === "RNN") {
    const stack = [new LSTMCell(2), new GRUCell(3), new SimpleRNNCell(2)].slice(0, cells);
    return new RNN(stack, all);
  }
  const { layer, mergeMode } = options as { layer: { goBackwards?: boolean }; mergeMode: "concat" };
  const backwards = layer.goBackwards === true
    ? { backwardLayer: new LSTM(2, { ...layer, goBackwards: false, name: "there" }) }
    : {};
  return new Bidirectional(new LSTM(2, layer), { mergeMode, ...(backwards as object), ...more });
}

/** The results of a call, as a list. */
export function resultsOf(results: unknown): readonly EagerTensor[] {
  return (Array.isArray(results) ? results : [results]) as readonly EagerTensor[];
}
