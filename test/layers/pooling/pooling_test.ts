import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { type AnyLayer, clearSession, jit, tensor, zeros } from "@strata/nn";
import { defaultEngine } from "../../../src/eager/default_engine.ts";
import { Graph } from "../../../src/graph/graph.ts";
import type { Shape } from "../../../src/shape/dim.ts";
import { castValues } from "../../../src/tensor/convert.ts";
import type { TypedArrayOf } from "../../../src/tensor/dtype.ts";
import type { DType } from "../../../src/tensor/dtype.ts";
import { EagerTensor } from "../../../src/tensor/eager.ts";
import { input, type SymbolicTensor } from "../../../src/tensor/symbolic.ts";
import { arrayOf, assertClose, callUntyped, errorOf, layerTest, type WrongInput } from "../layer_test_harness.ts";
import { classes, type LayerCase, layerCases, makeLayer, optionsOf, titleOf } from "./pooling_golden.ts";

const noWeights = { weightPaths: [], counts: { trainable: 0, nonTrainable: 0 } };

function checkCase(golden: LayerCase): void {
  const title = titleOf(golden);
  const layer = makeLayer(golden.layer, golden.init);
  const x = tensor(golden.x, { dtype: golden.dtype });
  const options = golden.mask === undefined ? {} : { mask: tensor(golden.mask, { dtype: "bool" }) };
  const y = callUntyped(layer, x, options) as EagerTensor;
  assertEquals([y.dtype, y.shape], [golden.y_dtype, golden.shape], title);
  const expected = tensor(golden.y, { dtype: golden.y_dtype }).dataSync();
  const check = (how: string, data: TypedArrayOf<DType>) =>
    assertClose(`${title}, ${how}`, new EagerTensor([data.length], "float64", castValues(data, "float64")), [
      ...Array.from(expected, Number),
    ], 2e-6);
  check("eager", y.dataSync());
  const open = input(x.shape.map(() => null), { dtype: x.dtype });
  const program = defaultEngine.loadSync(
    new Graph([open], [callUntyped(layer, open, options) as SymbolicTensor]).toONNX(),
  );
  const [result] = program.runSync([{ shape: x.shape as number[], dtype: x.dtype, data: x.dataSync() }]);
  program.releaseSync();
  assertEquals(result!.shape, golden.shape, `${title}, open`);
  check("open", result!.data);
  const [, ...rest] = x.shape;
  assertEquals(layer.computeOutputShape([null, ...rest] as Shape), golden.symbolic, `${title}: computeOutputShape`);
  const { name: _, trainable: __, dtype: ___, ...config } = layer.getConfig();
  assertEquals<unknown>(config, optionsOf(golden.config), `${title}: the configuration`);
}

for (const name of Object.keys(classes).filter((name) => layerCases.some(({ layer }) => layer === name))) {
  Deno.test(`${name} gives Keras's numbers, shapes and configuration for all options`, () => {
    layerCases.filter(({ layer }) => layer === name).forEach(checkCase);
  });
}

/** The last case of each class that is of floats and has no mask: the one with most options. */
function typical(name: string): LayerCase {
  return layerCases.filter(({ layer, dtype, mask }) => layer === name && dtype === "float32" && mask === undefined)
    .at(-1)!;
}

const SNAKE: { readonly [name: string]: string } = {
  MaxPooling2D: "max_pooling2d",
  AveragePooling1D: "average_pooling1d",
  AveragePooling2D: "average_pooling2d",
  GlobalMaxPooling1D: "global_max_pooling1d",
  GlobalAveragePooling2D: "global_average_pooling2d",
  AdaptiveMaxPooling2D: "adaptive_max_pooling2d",
  AdaptiveAveragePooling1D: "adaptive_average_pooling1d",
  Cropping2D: "cropping2d",
  ZeroPadding2D: "zero_padding2d",
  UpSampling2D: "up_sampling2d",
};

for (const [name, snake] of Object.entries(SNAKE)) {
  Deno.test(`${name} is the same eagerly, traced and compiled, for all ways in which sizes may be open`, () => {
    const golden = typical(name);
    const x = tensor(golden.x, { dtype: "float32" });
    const rank = x.shape.length;
    const wrong: WrongInput = {
      shape: [2, 3],
      sentence:
        `Input 0 of layer ${snake} is incompatible with the layer: expected ndim=${rank}, found ndim=2. Full shape received: [2, 3]`,
      unbuilt: true,
    };
    layerTest({
      ...noWeights,
      layer: (options) => makeLayer(name, golden.init, options),
      input: x,
      expected: golden.y,
      expectedShape: golden.shape,
      wrongInputs: [wrong],
    });
  });
}

function make(name: string, ...given: readonly unknown[]): AnyLayer {
  clearSession();
  return new (classes[name] as new (...given: readonly unknown[]) => AnyLayer)(...given);
}

Deno.test("windows that do not fit in are refused, with the numbers that led there, as soon as sizes are known", () => {
  const sentence =
    "Input 0 of layer max_pooling2d is incompatible with the layer: Computed output size would be zero or " +
    "negative. Received: inputs.shape=[2, 4, 6, 1], poolSize=[5, 5], strides=[5, 5], padding=valid";
  const layer = make("MaxPooling2D", { poolSize: 5 });
  assertEquals(errorOf(() => callUntyped(layer, zeros([2, 4, 6, 1]))).message, sentence);
  assertEquals(errorOf(() => layer.computeOutputShape([2, 4, 6, 1])).message, sentence);
  assertEquals(layer.computeOutputShape(["batch", null, null, 1]), ["batch", null, null, 1]);
  const compiled = jit(layer as never, input([null, null, null, 1])) as unknown as (x: unknown) => unknown;
  const error = errorOf(() => compiled(zeros([2, 4, 6, 1])));
  assert(error.message.includes("inputs.shape=[2, 4, 6, 1], poolSize=[5, 5]"), error.message);
});

Deno.test("cropping refuses to leave nothing", () => {
  const layer = make("Cropping2D", { cropping: [[1, 2], [0, 0]] });
  assertEquals(
    errorOf(() => callUntyped(layer, zeros([1, 3, 3, 1]))).message,
    "Input 0 of layer cropping2d is incompatible with the layer: Values in cropping should be smaller than the " +
      "corresponding spatial dimension of the input. Received: inputs.shape=[1, 3, 3, 1], cropping=[[1, 2], [0, 0]]",
  );
});

Deno.test("options that are none are refused", () => {
  const refused: readonly [string, readonly unknown[], string][] = [
    ["MaxPooling2D", [{ poolSize: 0 }], "poolSize, expected a positive integer or 2 of them, received 0"],
    [
      "MaxPooling2D",
      [{ poolSize: [1, 2, 3] }],
      "poolSize, expected a positive integer or 2 of them, received [1, 2, 3]",
    ],
    ["MaxPooling1D", [{ strides: 0 }], "strides, expected a positive integer, received 0"],
    ["AveragePooling3D", [2.5], "poolSize, expected a positive integer or 3 of them, received 2.5"],
    ["AveragePooling2D", [2, { padding: "causal" }], 'padding, expected one of "valid", "same", received "causal"'],
    [
      "GlobalMaxPooling1D",
      [{ dataFormat: "last" }],
      'dataFormat, expected one of "channels_last", "channels_first", received "last"',
    ],
    ["AdaptiveMaxPooling2D", [[null, 2]], "outputSize, expected a positive integer or 2 of them, received [null, 2]"],
    [
      "Cropping1D",
      [{ cropping: [1, 2, 3] }],
      "cropping, expected an integer that is not negative, a pair of them, received [1, 2, 3]",
    ],
    [
      "ZeroPadding2D",
      [{ padding: -1 }],
      "padding, expected an integer that is not negative, 2 of them or of pairs, received -1",
    ],
    ["UpSampling1D", [{ size: 0 }], "size, expected a positive integer, received 0"],
    [
      "UpSampling2D",
      [{ interpolation: "area" }],
      'interpolation, expected one of "nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", received "area"',
    ],
  ];
  for (const [name, given, reason] of refused) {
    const message = assertThrows(() => make(name, ...given), RangeError).message;
    assert(message.endsWith(`received an invalid value for ${reason}`), message);
  }
});

Deno.test("adaptive pooling to the size that there is, or to a larger one, repeats values", () => {
  const x = [[[1], [2], [4]]];
  assertEquals(arrayOf(callUntyped(make("AdaptiveMaxPooling1D", 3), x)), x);
  // Windows of [0, 1), [0, 2), [1, 2), [1, 3), [2, 3) by the definition.
  assertEquals(arrayOf(callUntyped(make("AdaptiveMaxPooling1D", 5), x)), [[[1], [2], [2], [4], [4]]]);
  assertEquals(arrayOf(callUntyped(make("AdaptiveAveragePooling1D", 5), x)), [[[1], [1.5], [2], [3], [4]]]);
});

Deno.test("zeros that a padding layer adds count in the pool behind it, as negative numbers do not outweigh them", () => {
  const model = jit(
    ((x: never) => callUntyped(make("MaxPooling2D"), callUntyped(make("ZeroPadding2D"), x))) as never,
    input(["batch", 2, 2, 1]),
  ) as unknown as (x: EagerTensor) => EagerTensor;
  assertEquals(model(tensor([[[[-1], [-2]], [[-3], [-4]]]])).array(), [[[[0], [0]], [[0], [0]]]]);
});

Deno.test("an average pool of bytes does not overflow", () => {
  const x = tensor([[[200], [255], [255]]], { dtype: "uint8" });
  assertEquals(arrayOf(callUntyped(make("AveragePooling1D", 2), x)), [[[227.5]]]);
  assertEquals(arrayOf(callUntyped(make("AveragePooling1D", 2, { padding: "same" }), x)), [[[227.5], [255]]]);
});

Deno.test("large integers stay exact in pools", () => {
  const x = new BigInt64Array([2n ** 60n + 1n, 2n ** 60n, -(2n ** 60n), -(2n ** 60n) - 1n]);
  const given = new EagerTensor([1, 4, 1], "int64", x);
  const pooled = callUntyped(make("MaxPooling1D"), given) as EagerTensor;
  assertEquals(pooled.dataSync(), new BigInt64Array([2n ** 60n + 1n, -(2n ** 60n)]));
});

Deno.test("batches and channels without values can be pooled", () => {
  for (const shape of [[0, 4, 4, 2], [2, 4, 4, 0]] as const) {
    const [batch, , , channels] = shape;
    assertEquals(callUntyped(make("MaxPooling2D"), zeros(shape)).shape, [batch, 2, 2, channels]);
    assertEquals(callUntyped(make("AveragePooling2D", 2), zeros(shape)).shape, [batch, 2, 2, channels]);
    assertEquals(callUntyped(make("AdaptiveMaxPooling2D", 3), zeros(shape)).shape, [batch, 3, 3, channels]);
  }
  assertEquals(callUntyped(make("AveragePooling1D", 2, { padding: "same" }), zeros([2, 0, 3])).shape, [2, 0, 3]);
});

Deno.test("a pool between channels-last layers leaves no transposes between them", () => {
  const layers = [make("ZeroPadding2D"), make("MaxPooling2D"), make("UpSampling2D"), make("AveragePooling2D", 2)];
  const x = input(["batch", null, null, 3]);
  const y = layers.reduce<SymbolicTensor>((value, layer) => callUntyped(layer, value) as SymbolicTensor, x);
  const program = defaultEngine.loadSync(new Graph([x], [y]).toONNX(), { profile: true });
  const image = { shape: [2, 16, 16, 3], dtype: "float32" as const, data: new Float32Array(2 * 16 * 16 * 3) };
  program.runSync([image]);
  const operators = program.endProfile().events.filter(({ kind }) => kind === "node").map(({ operator }) => operator);
  program.releaseSync();
  const pools = [operators.indexOf("MaxPool"), operators.indexOf("AveragePool")];
  assert(pools.every((place) => place >= 0), operators.join(" "));
  assertEquals(operators.slice(pools[0], pools[1]).filter((operator) => operator === "Transpose"), []);
});

Deno.test("layers know their classes", () => {
  assertStrictEquals(make("MaxPooling2D").className, "MaxPooling2D");
  assertEquals(make("MaxPooling2D").name, "max_pooling2d");
  assert(make("AveragePooling2D", { poolSize: 2 }) instanceof (classes["AveragePooling2D"] as new () => AnyLayer));
});
