import { assert, assertEquals, assertThrows } from "@std/assert";
import * as strata from "@strata/nn";
import { type EagerTensor, input, jit, modelFromJson, modelToJson, ops, ShapeError, tensor } from "@strata/nn";
import { tensorsIn } from "./case.ts";

/** Reports of faults in other libraries, each with the value that is right; README.md of this folder has the table. */
const values = (result: unknown): unknown[] => tensorsIn(result).map((each) => (each as EagerTensor).array());

/** Compares nested numbers within 1e-5. */
function near(result: unknown, expected: unknown): void {
  const [got, want] = [result, expected].map((each) => [each].flat(Infinity).map(Number));
  assertEquals(got!.length, want!.length);
  want!.forEach((value, index) => {
    const isNear = Object.is(got![index], value) ||
      Math.abs(got![index]! - value) <= 1e-5 * Math.max(1, Math.abs(value));
    assert(isNear, `expected ${want}, received ${got}`);
  });
}

/** Checks a function of one tensor, eagerly and compiled. */
function both(call: (x: EagerTensor) => unknown, x: EagerTensor, expected: unknown): void {
  near(values(call(x)), expected);
  const compiled = (jit as (...args: readonly unknown[]) => unknown)(call, input(x.shape, { dtype: x.dtype }));
  near(values((compiled as (x: EagerTensor) => unknown)(x)), expected);
}

const of = (numbers: unknown, dtype: "float32" | "int32" | "bool" = "float32"): EagerTensor =>
  tensor(numbers as number[], { dtype }) as EagerTensor;
const ones = (...shape: number[]): EagerTensor => strata.ones(shape) as EagerTensor;

type Layer = ((x: unknown, options?: object) => unknown) & strata.AnyLayer;
const untyped = (layer: unknown): Layer => layer as Layer;

const TESTS: { readonly [report: string]: () => void } = {
  "tensorflow/tfjs#1729: bilinear sizes have centres at half pixels": () => {
    const row = (a: number): number[] => [0, 0.25, 0.75, 1.25, 1.75, 2].map((b) => a + b);
    const expected = [1, 1.75, 3.25, 4.75, 6.25, 7].map(row);
    const x = ops.reshape(ops.arange(1, 10, 1, { dtype: "float32" }), [1, 3, 3, 1]) as EagerTensor;
    both(untyped(new strata.UpSampling2D({ interpolation: "bilinear" })), x, expected);
    both((each) => ops.image.resize(each as never, [6, 6]), x, expected);
  },
  "tensorflow/tensorflow#26278: no bilinear weights beyond the corners": () => {
    const expected = [[6, 6.25, 6.75, 7], [7.25, 7.5, 8, 8.25], [9.75, 10, 10.5, 10.75], [11, 11.25, 11.75, 12]];
    both((x) => ops.image.resize(x as never, [4, 4]), of([[[6], [7]], [[11], [12]]]), expected);
  },
  "tensorflow/tensorflow#45579: average pools do not count the padding": () => {
    const x = of([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    const [a, b, c] = [1 / 6, 1 / 9, 1 / 4];
    const pool = untyped(new strata.AveragePooling2D(3, { strides: 1, padding: "same" }));
    const expected = [0, 0, 0, 0, a, b, b, 0, a, b, b, 0, c, a, a, 0];
    both(pool, ops.reshape(x, [1, 4, 4, 1]) as EagerTensor, expected);
  },
  "mil-tokyo/webdnn#694: an average of ones with padding is 1": () => {
    both(untyped(new strata.AveragePooling2D(3, { padding: "same" })), ones(1, 3, 3, 1), [1]);
  },
  "microsoft/onnxruntime#26734: padding of strided convolutions goes to the end": () => {
    const conv = untyped(new strata.Conv2D(1, 3, { strides: 2, padding: "same", kernelInitializer: "ones" }));
    both(conv, ones(1, 4, 4, 1), [9, 6, 6, 4]);
  },
  "tensorflow/tfjs#6629: depthwise kernels of one row or column with strides": () => {
    const x = of([[[[1], [2]], [[3], [4]]]]);
    const layer = (size: number[]): Layer =>
      untyped(new strata.DepthwiseConv2D(size as never, { strides: 2, padding: "same", depthwiseInitializer: "ones" }));
    both(layer([1, 2]), x, [3]);
    both(layer([3, 1]), x, [4]);
  },
  "tensorflow/tensorflow#57128: shape of a depthwise convolution with strides and dilation": () => {
    const layer = new strata.DepthwiseConv2D(3, { strides: 2, dilationRate: 3, useBias: false } as never);
    assertEquals(untyped(layer).computeOutputShape([1, 136, 136, 72] as never), [1, 65, 65, 72] as never);
  },
  "tensorflow/tfjs#233: SeparableConv2D has dilation": () => {
    const layer = untyped(
      new strata.SeparableConv2D(1, 2, { dilationRate: 2, depthwiseInitializer: "ones", pointwiseInitializer: "ones" }),
    );
    both(layer, ones(1, 5, 5, 1), new Array(9).fill(4));
  },
  "keras-team/keras#13776: shape of Conv2DTranspose with outputPadding 0": () => {
    const layer = new strata.Conv2DTranspose(64, 2, {
      strides: 2,
      outputPadding: 0,
      useBias: false,
      dataFormat: "channels_first",
    });
    assertEquals(untyped(layer).computeOutputShape([null, 64, 128, 32] as never), [null, 64, 256, 64] as never);
  },
  "chelsea0x3b/dfdx#889: outputPadding 0 and 1 with padding same": () => {
    for (const [outputPadding, shape] of [[0, [1, 1, 3, 5]], [1, [1, 1, 4, 6]]] as const) {
      const options = { outputPadding, strides: 2, padding: "same", dataFormat: "channels_first" } as const;
      assertEquals(tensorsIn(untyped(new strata.Conv2DTranspose(1, 3, options))(ones(1, 1, 2, 3)))[0]!.shape, shape);
    }
  },
  "tensorflow/tensorflow#45999: transposed convolutions crop the end": () => {
    const layer = untyped(new strata.Conv2DTranspose(1, 2, { padding: "same", kernelInitializer: "ones" }));
    both(layer, ones(1, 2, 2, 1), [1, 2, 2, 4]);
  },
  "microsoft/onnxruntime#10514: a maximum with NaN is NaN": () => {
    for (const count of [1, 2, 3, 4]) both((x) => ops.max(x), of([...new Array(count).fill(NaN), 42]), [NaN]);
  },
  "apache/tvm#19558: argmax gives the place of NaN": () => {
    both((x) => ops.argmax(x), of([2, NaN, 7, 4, 1]), [1]);
    both((x) => ops.argmax(x), of([NaN, 2, 7, 4, 1]), [0]);
    both((x) => ops.argmax(x), of([2, 4, 7, 1, NaN]), [4]);
  },
  "openvinotoolkit/openvino#33626: argmax of nothing but NaN is 0": () => {
    both((x) => ops.argmax(x), of(new Array(58).fill(NaN)), [0]);
  },
  "openvinotoolkit/openvino#35886: argmin gives the place of NaN": () => {
    both((x) => ops.argmin(x), of([4, 2, NaN, 6, 1, 3]), [2]);
  },
  "keras-team/keras#20350: argmax tells a denormal from -0": () => {
    both((x) => ops.argmax(x), of([-1, -0, 1.401298464324817e-45]), [2]);
  },
  "microsoft/onnxruntime#10491: softplus of -12.3392": () => {
    const [result] = values(ops.softplus(of([-12.3392]))) as number[][];
    assert(Math.abs(result![0]! / 4.37676e-6 - 1) < 1e-4, `received ${result}`);
  },
  "microsoft/onnxruntime#19299: powers of whole numbers": () => {
    both((x) => ops.power(x, of([1, 2], "int32")), of([3, 5], "int32"), [3, 25]);
  },
  "tensorflow/tfjs#658: moments of numbers of many sizes": () => {
    const x = of([1, 2, 3, 0, 0, 1, 10, 100, 1000, 10000, 10000, 24, 34643, 1000000, 43053, 24241]);
    both((each) => ops.moments(each, [0]), x, [70192.375, 57813172224]);
  },
  "numpy/numpy#14691: no deviation among equal numbers": () => {
    const x = ops.broadcastTo(of([100, -100]), [200_000, 2]) as EagerTensor;
    near(values(ops.std(x, { axis: 0 })), [0, 0]);
  },
  "keras-team/keras#21781: quantiles for a list of one": () => {
    both((x) => ops.quantile(x, [0.5] as never, { axis: 1 }), of([[1, 2, 3], [4, 5, 6]]), [2, 5]);
  },
  "tensorflow/tensorflow#58146: the epsilon of LayerNormalization counts": () => {
    both(untyped(new strata.LayerNormalization()), of([[0.09484422, 0.16441762]]), [-0.73995596, 0.73995596]);
  },
  "keras-team/keras#19642: LayerNormalization over the axes -2 and -3": () => {
    const x = of([[[[1], [2]], [[3], [4]]]]);
    const unit = Math.sqrt(1.25);
    const layer = untyped(new strata.LayerNormalization({ axis: [-2, -3], epsilon: 0 } as never));
    both(layer, x, [-1.5 / unit, -0.5 / unit, 0.5 / unit, 1.5 / unit]);
  },
  "keras-team/keras#17402: GroupNormalization with an axis from the front": () => {
    const x = of([[[[1, 2, 3, 5]], [[4, 1, 0, 2]]]]);
    const at = (axis: number) => values(untyped(new strata.GroupNormalization({ groups: 2, axis }))(x));
    near(at(3), at(-1));
  },
  "keras-team/keras#19818: a mask of BatchNormalization that has one axis less": () => {
    const layer = untyped(new strata.BatchNormalization());
    near(values(layer(ones(1, 2, 3, 4), { mask: of([[[1], [1]]], "bool"), training: true })), new Array(24).fill(0));
  },
  "keras-team/keras#20815: masked statistics are those of what counts": () => {
    const layer = untyped(new strata.BatchNormalization({ momentum: 0, epsilon: 0 }));
    layer(of([[[1], [3], [99]]]), { mask: of([[1, 1, 0]], "bool"), training: true });
    near(layer.getWeights().slice(2).map((weight) => weight.array()), [2, 1]);
  },
  "tensorflow/tensorflow#30161: padding does not change the statistics": () => {
    const layer = untyped(new strata.BatchNormalization({ momentum: 0 }));
    layer(new strata.Masking({ maskValue: -10 })(of([[[1], [5], [-10]], [[3], [-10], [-10]]])), { training: true });
    near(layer.getWeights()[2]!.array(), [3]);
  },
  "keras-team/keras#7466: TimeDistributed updates the statistics inside": () => {
    const layer = untyped(new strata.TimeDistributed(new strata.BatchNormalization({ momentum: 0 })));
    layer(of([[[2]], [[4]]]), { training: true });
    near(layer.getWeights().slice(2).map((weight) => weight.array()), [3, 1]);
  },
  "keras-team/keras#22037: TimeDistributed refuses a mask of other steps": () => {
    const layer = untyped(new strata.TimeDistributed(new strata.Dense(5)));
    assertThrows(() => layer(ones(4, 5, 3), { mask: strata.ones([4, 6], { dtype: "bool" }) }), ShapeError);
  },
  "keras-team/keras#1282: both directions with a mask": () => {
    const rnn = new strata.SimpleRNN(1, {
      activation: "linear",
      kernelInitializer: "ones",
      recurrentInitializer: "ones",
      returnSequences: true,
    });
    const call = (x: EagerTensor) => untyped(layer)(x, { mask: of([[0, 1, 1, 1]], "bool") });
    const layer = new strata.Bidirectional(rnn);
    both(call, of([[[0], [1], [2], [3]]]), [0, 0, 1, 6, 3, 5, 6, 3]);
  },
  "keras-team/keras#4192: it does not matter where the padding is": () => {
    const layer = untyped(new strata.Bidirectional(new strata.SimpleRNN(2)));
    const result = (x: number[], mask: number[]) =>
      values(layer(of([x.map((each) => [each])]), { mask: of([mask], "bool") }));
    near(result([1, 2, 0, 0], [1, 1, 0, 0]), result([0, 0, 1, 2], [0, 0, 1, 1]));
  },
  "tensorflow/tfjs#2279: the mask of an Embedding reaches Bidirectional": () => {
    const layer = untyped(new strata.Bidirectional(new strata.LSTM(2)));
    const embedding = untyped(new strata.Embedding(4, 3, { maskZero: true }));
    near(values(layer(embedding(of([[1, 2, 0]], "int32")))), values(layer(embedding(of([[1, 2]], "int32")))));
  },
  "keras-team/keras#3086: masked places of a softmax are 0": () => {
    const call = (x: EagerTensor) => untyped(new strata.Softmax())(x, { mask: of([[1, 1, 1, 1, 0, 0]], "bool") });
    both(call, of([[3, 1, 2, 2, 0, 0]]), [0.53444666, 0.07232948, 0.19661194, 0.19661194, 0, 0]);
  },
  "keras-team/keras#18861: Bidirectional gives sequences and states": () => {
    const lstm = new strata.LSTM(4, { returnSequences: true, returnState: true });
    const shapes = tensorsIn(untyped(new strata.Bidirectional(lstm))(ones(1, 10, 2))).map(({ shape }) => shape);
    assertEquals(shapes, [[1, 10, 8], [1, 4], [1, 4], [1, 4], [1, 4]]);
  },
  "tensorflow/tensorflow#34055: both directions forget their states": () => {
    const layer = new strata.Bidirectional(new strata.LSTM(2, { stateful: true }));
    const first = values(untyped(layer)(ones(1, 3, 1)));
    assert(`${values(untyped(layer)(ones(1, 3, 1)))}` !== `${first}`);
    layer.resetStates();
    near(values(untyped(layer)(ones(1, 3, 1))), first);
  },
  "tensorflow/tfjs#5728: GRU resets after the product": () => {
    const layer = untyped(new strata.GRU(1));
    layer(ones(1, 1, 1));
    layer.setWeights([of([[0, 0, 0]]), of([[0, 0, 1]]), of([[0, 0, 0], [0, 0, 1]])]);
    both(layer, ones(1, 1, 1), [0.5 * Math.tanh(0.5)]);
  },
  "tensorflow/tfjs#441: an LSTM that is written and read gives the same": () => {
    const model = new strata.Sequential(input(["batch", 2, 3]), new strata.LSTM(2));
    const again = modelFromJson(modelToJson(model as never));
    untyped(again).setWeights(untyped(model).getWeights());
    near(values(untyped(again)(ones(1, 2, 3))), values(untyped(model)(ones(1, 2, 3))));
  },
  "keras-team/keras#21595: masks of queries and values of other lengths": () => {
    const mask = [strata.ones([2, 3], { dtype: "bool" }), strata.ones([2, 4], { dtype: "bool" })];
    const result = untyped(new strata.Attention())([ones(2, 3, 5), ones(2, 4, 5)], { mask });
    near(values(result), new Array(30).fill(1));
  },
  "keras-team/keras#20684: the scores of attention have their own shape": () => {
    const [query, value] = [input(["batch", 3, 5]), input(["batch", 4, 5])];
    const results = untyped(new strata.Attention())([query, value], { returnAttentionScores: true });
    assertEquals(tensorsIn(results).map(({ shape }) => shape), [["batch", 3, 5], ["batch", 3, 4]]);
  },
  "tensorflow/tfjs#5389: every row of a large batch is looked up": () => {
    const layer = untyped(new strata.Embedding(64, 64, { embeddingsInitializer: "ones" }));
    const ids = strata.zeros([256, 64], { dtype: "int32" });
    assertEquals(values(ops.min(layer(ids) as EagerTensor)), [1]);
  },
};

for (const [report, test] of Object.entries(TESTS)) Deno.test(`as reported: ${report}`, test);
