import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { type AnyLayer, clearSession, input, jit, ops, ShapeError, type Tensor, tensor, zeros } from "@strata/nn";
import { Conv1D, Conv2D, Conv3D } from "../../../src/layers/convolution/conv.ts";
import { Conv1DTranspose, Conv2DTranspose } from "../../../src/layers/convolution/conv_transpose.ts";
import { DepthwiseConv2D } from "../../../src/layers/convolution/depthwise_conv.ts";
import { SeparableConv1D, SeparableConv2D } from "../../../src/layers/convolution/separable_conv.ts";
import { goldenLayers } from "../golden.ts";
import {
  camelCase,
  CLASSES,
  type ConvolutionCase,
  convolutionCases,
  makeLayer,
  nested,
  restored,
} from "./convolution_golden.ts";
import { arrayOf, callUntyped, errorOf, layerTest, type WrongInput } from "../layer_test_harness.ts";

/** The same shape with another number of channels, and with an axis less, which the layer of a case must refuse. */
function wrongInputsOf({ x, init, weights }: ConvolutionCase): WrongInput[] {
  const name = weights[0]!.path.split("/")[0];
  const said = `Input 0 of layer ${name} is incompatible with the layer: `;
  const rank = x.shape.length;
  const axis = init["data_format"] === "channels_first" ? 1 : rank - 1;
  const channels = x.shape[axis]!;
  const other = x.shape.map((size, place) => place === axis ? size + 1 : size);
  const less = x.shape.slice(0, -1);
  return [
    {
      shape: other,
      sentence:
        `${said}expected axis ${axis === 1 && rank > 2 && init["data_format"] ? 1 : -1} of input shape to have ` +
        `value ${channels} but received input with shape [${other.join(", ")}]`,
      unbuilt: false,
    },
    {
      shape: less,
      sentence: `${said}expected min_ndim=${rank}, found ndim=${rank - 1}. Full shape received: [${less.join(", ")}]`,
      unbuilt: true,
    },
    {
      shape: [...x.shape, 1],
      sentence: `${said}expected max_ndim=${rank}, found ndim=${rank + 1}`,
      unbuilt: true,
    },
  ];
}

/** Whether no case before has the same class and layout. */
function isFirstOfKind(golden: ConvolutionCase): boolean {
  const kind = ({ layer, init }: ConvolutionCase) => `${layer} ${init["data_format"]}`;
  return convolutionCases.find((other) => kind(other) === kind(golden)) === golden;
}

for (const golden of convolutionCases) {
  const { layer, init, x, weights, y } = golden;
  const options = Object.entries(init).map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(", ");
  Deno.test(`${layer}(${options}) gives what Keras gives`, () => {
    layerTest({
      layer: (own) => makeLayer(golden, own),
      input: restored(x),
      weights: weights.map(({ shape, data }) => nested(shape, data) as number[]),
      expected: nested(y.shape, y.data) as number[],
      expectedShape: y.shape,
      weightPaths: weights.map(({ path }) => path),
      counts: { trainable: weights.length, nonTrainable: 0 },
      // They are refused in the same way whatever the other options are.
      wrongInputs: isFirstOfKind(golden) ? wrongInputsOf(golden) : [],
    });
  });
}

Deno.test("the layers of the first golden file give what Keras gives", () => {
  for (const className of Object.keys(CLASSES).filter((name) => !/Depthwise.*1|Separable.*1|3DT/.test(name))) {
    for (const golden of goldenLayers(className)) {
      clearSession();
      const layer = makeLayer(golden, {});
      callUntyped(layer, tensor(golden.x));
      layer.setWeights(golden.weights.map(({ value }) => value));
      const result = callUntyped(layer, tensor(golden.x));
      assertEquals(result.shape, golden.compute_output_shape);
      assertEquals(layer.weights.map(({ path }) => path), golden.weights.map(({ path }) => path));
      const [got, want] = [tensor(arrayOf(result) as number[]), tensor(golden.y)];
      assertEquals(ops.max(ops.abs(ops.subtract(got, want))).item() < 1e-5, true, className);
    }
  }
});

Deno.test("configurations have Keras's values under Keras's names in camel case", () => {
  for (const { layer, init, config } of convolutionCases) {
    const own: Record<string, unknown> = { ...makeLayer({ layer, init }, {}).getConfig() };
    for (const [name, value] of Object.entries(config)) assertEquals(own[camelCase(name)], value, `${layer} ${name}`);
  }
});

Deno.test("configurations keep initializers, regularizers and constraints under Keras's names", () => {
  const separable = new SeparableConv2D(2, 3, {
    depthwiseInitializer: "ones",
    pointwiseRegularizer: "l2",
    depthwiseConstraint: "non_neg",
    biasInitializer: "zeros",
  });
  const config = separable.getConfig();
  assertEquals(config.depthwiseInitializer.className, "Ones");
  assertEquals(config.pointwiseInitializer.className, "GlorotUniform");
  assertEquals(config.pointwiseRegularizer?.className, "L2");
  assertEquals([config.depthwiseRegularizer, config.pointwiseConstraint], [null, null]);
  assertEquals(config.depthwiseConstraint?.className, "NonNeg");
  assertEquals("kernelInitializer" in config, false);
  const copy = SeparableConv2D.fromConfig(config).build([null, 5, 5, 3]);
  assertEquals(copy.getConfig(), config);
  assertEquals(arrayOf(ops.min(copy.depthwiseKernel)), 1);
  assertEquals(copy.depthwiseKernel.constraint === null, false);
  assertEquals([copy.depthwiseKernel.regularizer === null, copy.pointwiseKernel.regularizer === null], [true, false]);
  const depthwise = new DepthwiseConv2D(2, { depthwiseInitializer: "ones" });
  assertEquals(depthwise.getConfig().depthwiseInitializer.className, "Ones");
});

Deno.test("a kernel that does not fit is refused with the numbers, built or not", () => {
  const fits = (layer: () => AnyLayer, shape: readonly number[], sentence: string) => {
    clearSession();
    for (const given of [zeros(shape), input(shape)]) {
      clearSession();
      const error = errorOf(() => callUntyped(layer(), given));
      assertEquals(error.message, sentence);
      assertStrictEquals(error.constructor, ShapeError);
    }
  };
  const said = (name: string) =>
    `Input 0 of layer ${name} is incompatible with the layer: Computed output size would be zero or negative: `;
  fits(
    () => new Conv2D(1, 3) as AnyLayer,
    [1, 2, 5, 1],
    `${said("conv2d")}floor((2 - 1 * (3 - 1) - 1) / 1) + 1 = 0 along axis 1 of input shape [1, 2, 5, 1]`,
  );
  fits(
    () => new Conv2D(1, [1, 6], { strides: [1, 2] }) as AnyLayer,
    [1, 2, 2, 1],
    `${said("conv2d")}floor((2 - 1 * (6 - 1) - 1) / 2) + 1 = -1 along axis 2 of input shape [1, 2, 2, 1]`,
  );
  fits(
    () => new Conv1D(1, 1) as AnyLayer,
    [1, 0, 1],
    `${said("conv1d")}floor((0 - 1 * (1 - 1) - 1) / 1) + 1 = 0 along axis 1 of input shape [1, 0, 1]`,
  );
  fits(
    () => new SeparableConv1D(1, 3, { dilationRate: 4, dataFormat: "channels_first" }) as AnyLayer,
    [1, 2, 8],
    `${said("separable_conv1d")}floor((8 - 4 * (3 - 1) - 1) / 1) + 1 = 0 along axis 2 of input shape [1, 2, 8]`,
  );
});

Deno.test("what fits gives as many results as there are windows", () => {
  // By hand: 9 - 3 * (3 - 1) = 3 places; every second of 7 places from the first on; ceil(7 / 3).
  assertEquals(new Conv1D(1, 3, { dilationRate: 3 })(zeros([1, 9, 1])).shape, [1, 3, 1]);
  assertEquals(new Conv1D(1, 1, { strides: 2 })(zeros([1, 7, 1])).shape, [1, 4, 1]);
  assertEquals(new Conv1D(1, 9, { strides: 3, padding: "same" })(zeros([1, 7, 1])).shape, [1, 3, 1]);
});

Deno.test("groups must divide the channels and the filters", () => {
  clearSession();
  const layer = new Conv2D(6, 1, { groups: 3 }) as AnyLayer;
  assertEquals(
    errorOf(() => callUntyped(layer, zeros([1, 2, 2, 4]))).message,
    "Input 0 of layer conv2d is incompatible with the layer: The number of input channels must be evenly divisible by " +
      "the number of groups. Received groups=3, but the input has 4 channels (full input shape is [1, 2, 2, 4])",
  );
  assertEquals([layer.built, layer.weights], [false, []]);
  clearSession();
  assertEquals(
    assertThrows(() => new Conv2D(4, 1, { groups: 3 }), RangeError).message,
    "Cannot make layer conv2d: the number of filters must be evenly divisible by the number of groups, received " +
      "groups=3 and filters=4",
  );
});

Deno.test("options that are none are refused where the layer is made", () => {
  const refused = (make: () => unknown, rest: string) => {
    clearSession();
    assertEquals(assertThrows(make, RangeError).message, `Cannot make layer ${rest}`);
  };
  const invalid = "received an invalid value for";
  for (const filters of [0, -1, 4.5, "a" as unknown as number]) {
    refused(
      () => new Conv2D(filters, 2),
      `conv2d: ${invalid} filters, expected a positive integer, received ${filters}`,
    );
  }
  const two = "expected a positive integer or 2 of them";
  refused(() => new Conv2D(2, 0), `conv2d: ${invalid} kernelSize, ${two}, received 0`);
  refused(() => new Conv2D(2, [2, 0]), `conv2d: ${invalid} kernelSize, ${two}, received [2, 0]`);
  refused(
    () => new Conv2D(2, [2, 2, 2] as unknown as [2, 2]),
    `conv2d: ${invalid} kernelSize, ${two}, received [2, 2, 2]`,
  );
  refused(() => new Conv2D(2, 2, { strides: 0 }), `conv2d: ${invalid} strides, ${two}, received 0`);
  refused(
    () => new Conv1D(2, 2, { strides: 1.5 }),
    `conv1d: ${invalid} strides, expected a positive integer, received 1.5`,
  );
  refused(
    () => new Conv2D(2, 2, { dilationRate: [1, -1] }),
    `conv2d: ${invalid} dilationRate, ${two}, received [1, -1]`,
  );
  refused(() => new Conv2D(2, 2, { groups: 0 }), `conv2d: ${invalid} groups, expected a positive integer, received 0`);
  refused(
    () => new Conv2D(2, 2, { padding: "causal" as "same" }),
    `conv2d: ${invalid} padding, expected one of "valid", "same", received "causal"`,
  );
  refused(
    () => new Conv1D(2, 2, { padding: "full" as "same" }),
    `conv1d: ${invalid} padding, expected one of "valid", "same", "causal", received "full"`,
  );
  refused(
    () => new Conv3D(2, 2, { dataFormat: "NCHW" as "channels_first" }),
    `conv3d: ${invalid} dataFormat, expected one of "channels_last", "channels_first", received "NCHW"`,
  );
  refused(
    () => new Conv2D(2, 2, { strides: [2, 1], dilationRate: [1, 2] }),
    "conv2d: strides > 1 are not supported in conjunction with dilationRate > 1, received strides=[2, 1] and " +
      "dilationRate=[1, 2]",
  );
  refused(
    () => new Conv1DTranspose(2, 2, { strides: 2, dilationRate: 2 }),
    "conv1d_transpose: strides > 1 are not supported in conjunction with dilationRate > 1, received strides=[2] and " +
      "dilationRate=[2]",
  );
  refused(
    () => new Conv2DTranspose(2, 2, { strides: 2, outputPadding: [1, 2] }),
    "conv2d_transpose: outputPadding must be strictly less than strides on all axes, received outputPadding=[1, 2] and " +
      "strides=[2, 2]",
  );
  refused(
    () => new Conv2DTranspose(2, 2, { strides: 2, outputPadding: -1 }),
    "conv2d_transpose: received an invalid value for outputPadding, expected an integer that is not negative or 2 of " +
      "them, received -1",
  );
  refused(
    () => new DepthwiseConv2D(2, { depthMultiplier: 0 }),
    `depthwise_conv2d: ${invalid} depthMultiplier, expected a positive integer, received 0`,
  );
});

Deno.test("the number of channels must be known", () => {
  clearSession();
  const layer = new Conv2D(2, 3);
  assertEquals(
    assertThrows(() => layer(input([null, 8, 8, null])), ShapeError).message,
    "Cannot make weight conv2d/kernel: expected a shape of known sizes, received [3, 3, ?, 2]",
  );
  assertEquals([layer.built, layer.weights], [false, []]);
});

Deno.test("an activation may be a function of one's own", () => {
  const layer = new Conv1D(1, 2, { useBias: false, activation: (y: Tensor) => ops.multiply(y, 2) }).build([null, 3, 1]);
  layer.setWeights([[[[1]], [[10]]]]);
  // (1 + 20) * 2 and (2 + 30) * 2.
  assertEquals(arrayOf(layer([[[1], [2], [3]]])), [[[42], [64]]]);
  assertStrictEquals(layer.bias, null);
});

Deno.test("softmax is taken along the last axis, also where the channels come first", () => {
  const last = new Conv1D(2, 1, { activation: "softmax" }).build([null, 3, 1]);
  last.setWeights([[[[0, 0]]], [0, Math.log(3)]]);
  const rounded = (values: Tensor) => arrayOf(ops.round(ops.multiply(values, 100)));
  assertEquals(rounded(last(zeros([1, 1, 1]))), [[[25, 75]]]);
  const first = new Conv1D(2, 1, { activation: "softmax", dataFormat: "channels_first" }).build([null, 1, 4]);
  assertEquals(rounded(first(zeros([1, 1, 4]))), [[[25, 25, 25, 25], [25, 25, 25, 25]]]);
});

Deno.test("spatial axes without values stay without values where that is possible", () => {
  assertEquals(new Conv2D(3, 3, { padding: "same" })(zeros([1, 0, 4, 2])).shape, [1, 0, 4, 3]);
  assertEquals(new Conv1D(3, 3, { padding: "same", strides: 2, activation: "relu" })(zeros([2, 0, 2])).shape, [
    2,
    0,
    3,
  ]);
  // A transposed convolution puts a border of the kernel's size around nothing; only the bias is in it.
  const transposed = new Conv1DTranspose(2, 3).build([null, 0, 2]);
  transposed.setWeights([zeros([3, 2, 2]), [1, 2]]);
  assertEquals(arrayOf(transposed(zeros([1, 0, 2]))), [[[1, 2], [1, 2]]]);
});

Deno.test("a compiled layer takes images of any size", () => {
  const layer = new Conv2D(1, 3, { padding: "same", strides: 2, useBias: false }).build([null, null, null, 1]);
  layer.setWeights([ops.ones([3, 3, 1, 1])]);
  const compiled = jit(layer, input(["batch", "height", "width", 1]));
  // How many of the nine places under the kernel are inside: with 4 values the border is at the end alone.
  assertEquals(compiled(ops.ones([1, 4, 4, 1])).array(), [[[[9], [6]], [[6], [4]]]]);
  assertEquals(compiled(ops.ones([1, 5, 5, 1])).array(), [[[[4], [6], [4]], [[6], [9], [6]], [[4], [6], [4]]]]);
  assertEquals(compiled(ops.ones([2, 1, 2, 1])).shape, [2, 1, 1, 1]);
});

Deno.test("a layer goes on giving the same once its weights have been written into its program", () => {
  const layer = new SeparableConv1D(1, 2).build([null, 3, 1]);
  layer.setWeights([[[[1]], [[10]]], [[[2]]], [5]]);
  // 2 * (1 + 20) + 5 and 2 * (2 + 30) + 5.
  for (let call = 0; call < 80; call++) assertEquals(arrayOf(layer([[[1], [2], [3]]])), [[[47], [69]]]);
  layer.bias!.assign([6]);
  assertEquals(arrayOf(layer([[[1], [2], [3]]])), [[[48], [70]]]);
});
