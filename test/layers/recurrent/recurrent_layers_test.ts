import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  type AnyLayer,
  clearSession,
  type EagerTensor,
  input,
  jit,
  Layer,
  type LayerOptions,
  Model,
  ops,
  registerSerializable,
  Sequential,
} from "@strata/nn";
import { type Anything, Dense, ones, type SeedGenerator, type Tensor, tensor, Variable, zeros } from "@strata/nn";
import { Bidirectional } from "../../../src/layers/recurrent/bidirectional.ts";
import { whileDropping } from "../../../src/layers/recurrent/cell_dropout.ts";
import { ConvLSTM2D } from "../../../src/layers/recurrent/conv_lstm2d.ts";
import { GRU } from "../../../src/layers/recurrent/gru.ts";
import { GRUCell } from "../../../src/layers/recurrent/gru_cell.ts";
import { LSTM } from "../../../src/layers/recurrent/lstm.ts";
import { LSTMCell } from "../../../src/layers/recurrent/lstm_cell.ts";
import { RNN } from "../../../src/layers/recurrent/rnn.ts";
import { SimpleRNN } from "../../../src/layers/recurrent/simple_rnn.ts";
import { SimpleRNNCell } from "../../../src/layers/recurrent/simple_rnn_cell.ts";
import { StackedRNNCells } from "../../../src/layers/recurrent/stacked_rnn_cells.ts";
import { TimeDistributed } from "../../../src/layers/recurrent/time_distributed.ts";
import { goldenLayers } from "../golden.ts";
import { assertClose, callUntyped, errorOf, layerTest } from "../layer_test_harness.ts";
import { golden, layerOf } from "./recurrent_golden.ts";

const features = (layer: string, found: string) =>
  `Input 0 of layer ${layer} is incompatible with the layer: expected axis -1 of input shape to have value 3 but ` +
  `received input with shape ${found}`;
const rank = (layer: string) =>
  `Input 0 of layer ${layer} is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [2, 3]`;

for (const [kind, name] of [["SimpleRNN", "simple_rnn"], ["LSTM", "lstm"], ["GRU", "gru"]] as const) {
  for (const which of ["last", "sequences"]) {
    Deno.test(`${kind} does what all layers do, ${which}`, () => {
      const each = golden.cases.find((one) => one.kind === kind && one.name === which)!;
      layerTest({
        layer: (options) => layerOf(each, options),
        input: tensor(each.x) as EagerTensor,
        weights: each.weights.map(({ value }) => value),
        expected: each.y[0]!,
        expectedShape: which === "last" ? [2, 2] : [2, 4, 2],
        weightPaths: ["kernel", "recurrent_kernel", "bias"].map((weight) => `${name}/${name}_cell/${weight}`),
        counts: { trainable: 3, nonTrainable: 0 },
        tolerance: 2e-5,
        wrongInputs: [
          { shape: [2, 4, 5], sentence: features(name, "[2, 4, 5]"), unbuilt: false },
          { shape: [2, 3], sentence: rank(name), unbuilt: true },
        ],
      });
    });
  }
  Deno.test(`${kind} gives the numbers of the first golden file`, () => {
    for (const { x, y, weights, init } of goldenLayers(kind)) {
      const layer = layerOf({ kind, options: {} } as never);
      const other = (layer.constructor as unknown as { fromConfig(config: object): AnyLayer }).fromConfig({
        ...layer.getConfig(),
        units: init["units"],
      });
      callUntyped(other, tensor(x));
      other.setWeights(weights.map(({ value }) => value));
      assertClose(kind, callUntyped(other, tensor(x)), y);
    }
  });
}

Deno.test("Bidirectional, TimeDistributed and RNN do what all layers do", () => {
  const paths = {
    Bidirectional: ["forward_lstm", "backward_lstm"].flatMap((one) =>
      ["kernel", "recurrent_kernel", "bias"].map((weight) => `bidirectional/${one}/lstm_cell/${weight}`)
    ),
    TimeDistributed: ["time_distributed/dense/kernel", "time_distributed/dense/bias"],
    RNN: ["lstm_cell", "gru_cell", "simple_rnn_cell"].flatMap((cell) =>
      ["kernel", "recurrent_kernel", "bias"].map((weight) => `rnn/stacked_rnn_cells/${cell}/${weight}`)
    ),
  };
  const cases = { Bidirectional: "concat, sequences", TimeDistributed: "Dense", RNN: "stacked last" } as const;
  for (const [kind, name] of Object.entries(cases) as [keyof typeof cases, string][]) {
    const each = golden.cases.find((one) => one.kind === kind && one.name === name)!;
    layerTest({
      layer: (options) => {
        // Both directions have the dtype of the layer that they are copies of.
        const inner: LayerOptions = options.dtype === undefined ? {} : { dtype: options.dtype };
        if (kind === "Bidirectional") {
          return new Bidirectional(new LSTM(2, { returnSequences: true, ...inner }), options);
        }
        if (kind === "TimeDistributed") {
          return new TimeDistributed(new Dense(2, inner) as AnyLayer, options);
        }
        const cells = [new LSTMCell(2, inner), new GRUCell(3, inner), new SimpleRNNCell(2, inner)];
        return new RNN(new StackedRNNCells(cells, inner) as never, options);
      },
      input: tensor(each.x) as EagerTensor,
      weights: each.weights.map(({ value }) => value),
      expected: each.y[0]!,
      expectedShape: { Bidirectional: [2, 4, 4], TimeDistributed: [2, 4, 2], RNN: [2, 2] }[kind],
      weightPaths: paths[kind],
      counts: { trainable: each.weights.length, nonTrainable: 0 },
      tolerance: 2e-5,
    });
  }
});

Deno.test("Cells drop in training what is drawn for them", () => {
  for (const { kind, options, x, states, factors, weights, y } of golden.dropout) {
    const told = { ...options, dropout: 0.5, recurrentDropout: 0.5, seed: 1 };
    const cell =
      (kind === "LSTM" ? new LSTMCell(2, told) : kind === "GRU" ? new GRUCell(2, told) : new SimpleRNNCell(2, told)) as
        & AnyLayer
        & { readonly seedGenerator: SeedGenerator };
    const inputs = [tensor(x), ...states.map((state) => tensor(state))];
    cell.build(inputs.map(({ shape }) => shape) as never);
    cell.setWeights(weights.map(({ value }) => value));
    const dropped = { input: tensor(factors[0]) as Tensor, state: tensor(factors[1]) as Tensor };
    const results = whileDropping(new Map([[cell, dropped]]), () => callUntyped(cell, inputs, { training: true }));
    (results as unknown as EagerTensor[]).forEach((result, index) =>
      assertClose(`${kind} ${index}`, result, y[index]!)
    );
    assertEquals(cell.seedGenerator.state.array(), [1n, 0n]);
  }
});

Deno.test("Recurrent layers drop the same in all steps, anew in each call, and only in training", () => {
  // The state is the sum of what was not dropped, so that it grows by the same amount at each step.
  const layer = new SimpleRNN(8, {
    activation: null,
    kernelInitializer: "identity",
    recurrentInitializer: "identity",
    dropout: 0.5,
    seed: 3,
    returnSequences: true,
  });
  const x = ones([2, 5, 8]);
  const sums = [1, 2, 3, 4, 5];
  const all = Array.from({ length: 2 }, () => sums.map((sum) => Array(8).fill(sum)));
  assertEquals(layer(x).array() as unknown, all);
  const seen = new Set<string>();
  const compiled = (jit as unknown as (fn: unknown) => (x: Tensor) => EagerTensor)(
    (x: Tensor) => callUntyped(layer as AnyLayer, x, { training: true }),
  );
  for (const call of [() => layer(x, { training: true }), () => compiled(x)]) {
    for (let repeat = 0; repeat < 2; repeat++) {
      const steps = call().array() as number[][][];
      for (const [row] of steps.entries()) {
        sums.forEach((sum, step) => {
          assertEquals(steps[row]![step], steps[row]![0]!.map((value) => value * sum));
        });
        assert(steps[row]![0]!.every((value) => value === 0 || value === 2));
      }
      seen.add(JSON.stringify(steps));
    }
  }
  assertEquals(seen.size, 4);
});

class Sum extends Layer<Anything> {
  readonly stateSize = 2;
  calls = 0;
  override call([x, before]: readonly [Tensor, Tensor]): Tensor[] {
    this.calls++;
    const sum = ops.add(x, before) as Tensor;
    return [ops.multiply(sum, 10) as Tensor, sum];
  }
}
registerSerializable(Sum);

Deno.test("RNN records the step of any cell once, whatever the number of steps", () => {
  const x = tensor([[[1, 2], [3, 4], [5, 6], [7, 8]]]);
  for (const unroll of [false, true]) {
    const cell = new Sum();
    const layer = new RNN(cell, { returnSequences: true, returnState: true, unroll });
    layer.build(x.shape);
    const before = cell.calls;
    const [outputs, state] = layer(x) as unknown as EagerTensor[];
    assertEquals(cell.calls - before, 1);
    assertEquals(outputs!.array(), [[[10, 20], [40, 60], [90, 120], [160, 200]]]);
    assertEquals(state!.array(), [[16, 20]]);
  }
});

Deno.test("RNN repeats the last output of a cell, not its state, where a step is masked", () => {
  const x = tensor([[[1, 2], [3, 4], [5, 6]]]);
  const mask = tensor([[false, true, false]]);
  const layer = new RNN(new Sum(), { returnSequences: true });
  assertEquals((callUntyped(layer, x, { mask }) as EagerTensor).array(), [[[0, 0], [30, 40], [30, 40]]]);
  const last = new RNN(new Sum(), {});
  assertEquals((callUntyped(last, x, { mask }) as EagerTensor).array(), [[30, 40]]);
  const zero = new RNN(new Sum(), { zeroOutputForMask: true });
  assertEquals((callUntyped(zero, x, { mask }) as EagerTensor).array(), [[0, 0]]);
});

class Counting extends Layer<Anything> {
  readonly stateSize = 1;
  readonly count = new Variable(tensor([0]), { name: "count", trainable: false });
  override call([x]: readonly [Tensor, Tensor]): Tensor[] {
    this.count.assign(ops.add(this.count, 1) as never);
    const output = ops.add(x, this.count) as Tensor;
    return [output, output];
  }
}

Deno.test("RNN hands what a cell assigns to variables on from step to step", () => {
  const x = zeros([1, 3, 1]);
  for (const unroll of [false, true]) {
    const cell = new Counting();
    const layer = new RNN(cell, { returnSequences: true, unroll }) as AnyLayer;
    layer.build(x.shape as never);
    assertEquals((callUntyped(layer, x) as EagerTensor).array(), [[[1], [2], [3]]]);
    assertEquals(cell.count.array(), [3]);
    const compiled = (jit as unknown as (layer: AnyLayer) => (x: Tensor) => EagerTensor)(layer);
    assertEquals(compiled(x).array(), [[[4], [5], [6]]]);
    assertEquals(cell.count.array(), [6]);
  }
});

Deno.test("Stateful layers go on where the call before ended, eagerly and compiled", () => {
  const options = {
    stateful: true,
    activation: null,
    kernelInitializer: "ones",
    recurrentInitializer: "ones",
  } as const;
  for (const traced of [false, true]) {
    const layer = new SimpleRNN(1, options);
    layer.build([1, 2, 1]);
    const call = traced ? (jit as unknown as (layer: unknown) => (x: Tensor) => EagerTensor)(layer) : layer;
    const x = tensor([[[1], [2]]]);
    assertEquals((call(x) as EagerTensor).array(), [[3]]);
    assertEquals((call(x) as EagerTensor).array(), [[6]]);
    assertEquals(layer.states.map((state) => state.array()), [[[6]]]);
    layer.resetStates();
    assertEquals((call(x) as EagerTensor).array(), [[3]]);
    assertEquals(layer.weights.length, 3);
  }
});

Deno.test("Stateful layers need a batch of one known size", () => {
  clearSession();
  const sentence =
    "Cannot build layer lstm: a stateful layer needs to know the size of the batch, received input with " +
    "shape [batch, 3, 4]";
  const layer = new LSTM(2, { stateful: true }) as AnyLayer;
  assertEquals(errorOf(() => callUntyped(layer, input(["batch", 3, 4]))).message, sentence);
  callUntyped(layer, zeros([2, 3, 4]));
  assertEquals(
    errorOf(() => callUntyped(layer, zeros([5, 3, 4]))).message,
    "Input 0 of layer lstm is incompatible with the layer: expected axis 0 of input shape to have value 2 but received " +
      "input with shape [5, 3, 4]",
  );
});

Deno.test("Initial states in a functional model are inputs like others", () => {
  const layer = new GRU(2, { returnSequences: true });
  const [x, h] = [input(["batch", "time", 3]), input(["batch", 2])];
  const model = new Model({ inputs: [x, h], outputs: layer(x, { initialState: [h] }) });
  const each = golden.cases.find(({ kind, name }) => kind === "GRU" && name === "initial state")!;
  layer.setWeights(each.weights.map(({ value }) => value));
  const inputs = [tensor(each.x), tensor(each.initialState![0]!)] as const;
  const call = model as unknown as (inputs: unknown) => EagerTensor;
  assertClose("model", call(inputs), each.y[0]!);
  assertClose("compiled", (jit as unknown as (m: unknown) => typeof call)(model)(inputs), each.y[0]!);
});

Deno.test("Recurrent layers refuse states, masks and numbers of steps that do not fit", () => {
  clearSession();
  const layer = new LSTM(2) as AnyLayer;
  const x = zeros([2, 3, 4]);
  const message = (action: () => unknown) => errorOf(action).message.split("\n")[0];
  assertEquals(
    message(() => callUntyped(layer, x, { initialState: [zeros([2, 2])] })),
    "Cannot call layer lstm: expected initial states of the shapes [2, 2], [2, 2], received [2, 2]",
  );
  assertEquals(
    message(() => callUntyped(layer, x, { initialState: [zeros([2, 3]), zeros([2, 2])] })),
    "Cannot call layer lstm: expected initial states of the shapes [2, 2], [2, 2], received [2, 3], [2, 2]",
  );
  assertEquals(
    message(() => callUntyped(layer, x, { mask: ones([2, 4]) })),
    "Cannot call layer lstm: expected a mask of shape [2, 3], received [2, 4]",
  );
  assertEquals(
    message(() => callUntyped(layer, zeros([2, 0, 4]))),
    "Cannot make steps along time: expected at least one, received [2, 0, 4]",
  );
  const unrolled = new LSTM(2, { unroll: true, activation: "gelu" }) as AnyLayer;
  assertEquals(
    message(() => callUntyped(unrolled, input(["batch", "time", 4]))),
    "Cannot unroll steps along time: expected a known number of them, received [batch, time, 4]",
  );
});

Deno.test("Recurrent layers refuse what they cannot be made of", () => {
  clearSession();
  const units = (layer: string) =>
    `Cannot make layer ${layer}: received an invalid value for units, expected a positive integer, received 0`;
  assertEquals(assertThrows(() => new LSTM(0), RangeError).message, units("lstm"));
  assertEquals(assertThrows(() => new GRUCell(0), RangeError).message, units("gru_cell"));
  assertThrows(() => new LSTM(2, { dropout: 1.5 }), RangeError);
  assertThrows(() => new LSTM(2, { activation: "none" as never }), RangeError);
  assertThrows(() => new RNN(new Dense(2) as never), TypeError);
  assertThrows(() => new RNN(3 as never), TypeError);
  assertThrows(() => new StackedRNNCells([]), TypeError);
  assertThrows(() => new Bidirectional(new Dense(2) as never), TypeError);
  assertThrows(() => new Bidirectional(new LSTM(2), { mergeMode: "max" as never }), RangeError);
  assertThrows(() => new Bidirectional(new LSTM(2), { backwardLayer: new LSTM(2) }), TypeError);
  assertThrows(
    () => new Bidirectional(new LSTM(2), { backwardLayer: new LSTM(2, { goBackwards: true, returnSequences: true }) }),
    TypeError,
  );
  assertThrows(() => new TimeDistributed(3 as never), TypeError);
});

Deno.test("Recurrent layers begin as Keras's do", () => {
  const layer = new LSTM(3).build([null, null, 2]);
  assertEquals(layer.cell.bias!.value.array() as unknown, [0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
  const plain = new LSTM(3, { unitForgetBias: false }).build([null, null, 2]);
  assertEquals(plain.cell.bias!.value.array() as unknown, Array(12).fill(0));
  // The rows of the recurrent kernel are orthonormal.
  const kernel = layer.cell.recurrentKernel.value;
  assertClose("orthogonal", ops.matmul(kernel, ops.transpose(kernel)) as Tensor, [[1, 0, 0], [0, 1, 0], [0, 0, 1]]);
});

Deno.test("A chain of recurrent layers is built by its first call", () => {
  const model = new Sequential(
    new LSTM(4, { returnSequences: true }),
    new Bidirectional(new GRU(3)),
    new Dense(2),
  );
  assertEquals(callUntyped(model, zeros([2, 5, 3])).shape, [2, 2]);
});

Deno.test("ConvLSTM2D does what all layers do", () => {
  const each = golden.cases.find(({ kind, name }) => kind === "ConvLSTM2D" && name === "last")!;
  layerTest({
    layer: (options) => layerOf(each, options),
    input: tensor(each.x) as EagerTensor,
    weights: each.weights.map(({ value }) => value),
    expected: each.y[0]!,
    expectedShape: [2, 3, 3, 2],
    weightPaths: ["kernel", "recurrent_kernel", "bias"].map((weight) => `conv_lstm2d/conv_lstm_cell/${weight}`),
    counts: { trainable: 3, nonTrainable: 0 },
    tolerance: 2e-5,
    wrongInputs: [
      {
        shape: [2, 3, 4, 5, 7],
        sentence:
          "Input 0 of layer conv_lstm2d is incompatible with the layer: expected axis 4 of input shape to have " +
          "value 2 but received input with shape [2, 3, 4, 5, 7]",
        unbuilt: false,
      },
    ],
  });
});

Deno.test("ConvLSTM2D needs to know the sizes of images, and drops in training", () => {
  clearSession();
  const open = new ConvLSTM2D(2, 2);
  assertEquals(
    errorOf(() => callUntyped(open, input(["batch", "time", "height", 5, 1]))).message,
    "Cannot build layer conv_lstm_cell: expected known sizes behind the batch and the time, received steps of shape " +
      "[batch, height, 5, 1]",
  );
  assertThrows(() => new ConvLSTM2D(2, 2, { strides: 2, dilationRate: 2 }), RangeError);
  const layer = new ConvLSTM2D(2, 2, { dropout: 0.5, recurrentDropout: 0.5, seed: 1 });
  const x = ones([2, 3, 4, 5, 1]);
  const [plain, first, second] = [{}, { training: true }, { training: true }].map((told) =>
    JSON.stringify((callUntyped(layer, x, told) as EagerTensor).array())
  );
  assertEquals(new Set([plain, first, second]).size, 3);
});
