import { assertEquals, assertThrows } from "@std/assert";
import { type AnyLayer, clearSession, input, ShapeError, tensor, zeros } from "@strata/nn";
import { BatchNormalization } from "../../../src/layers/normalization/batch_normalization.ts";
import { GroupNormalization } from "../../../src/layers/normalization/group_normalization.ts";
import { LayerNormalization } from "../../../src/layers/normalization/layer_normalization.ts";
import { Normalization } from "../../../src/layers/normalization/normalization.ts";
import { Rescaling } from "../../../src/layers/normalization/rescaling.ts";
import { RMSNormalization } from "../../../src/layers/normalization/rms_normalization.ts";
import { UnitNormalization } from "../../../src/layers/normalization/unit_normalization.ts";
import { snakeCase } from "../../../src/layers/base/naming.ts";
import type { Values } from "../../../src/tensor/convert.ts";
import type { EagerTensor } from "../../../src/tensor/eager.ts";
import { goldenLayers, type Numbers, shapeOfNumbers } from "../golden.ts";
import { checkCalls, describeCase, dtypeOf, type GoldenCase, readGolden, untyped } from "../golden_case.ts";
import { assertClose, callUntyped, errorOf, layerTest } from "../layer_test_harness.ts";

interface Golden {
  readonly layers: readonly GoldenCase[];
  readonly adapt: readonly {
    readonly options: { readonly [option: string]: unknown };
    readonly data: Numbers;
    readonly weights: readonly { readonly name: string; readonly value: Numbers }[];
    readonly y: Numbers;
  }[];
}

const golden = readGolden<Golden>("normalization");

const CLASSES: { readonly [name: string]: new (...args: never[]) => unknown } = {
  BatchNormalization,
  GroupNormalization,
  LayerNormalization,
  Normalization,
  Rescaling,
  RMSNormalization,
  UnitNormalization,
};

function makerOf({ layer, args, options }: GoldenCase): (more?: object) => AnyLayer {
  const Class = CLASSES[layer]! as unknown as new (...args: readonly unknown[]) => unknown;
  return (more = {}) => untyped(new Class(...args, { ...options, ...more }));
}

for (const each of golden.layers) {
  Deno.test(`as Keras: ${describeCase(each)}`, () => checkCalls(makerOf(each), each));
}

for (const each of golden.layers) {
  const { layer, options, x, weights, calls: [first] } = each;
  // Statistics of a batch axis need their batch, and what is divided by nearly 0 has no float16.
  const axes = ([options["axis"] ?? -1] as number[][]).flat();
  const ofBatch = axes.includes(0) || axes.includes(-shapeOfNumbers(x).length);
  if (first!.training === true || ofBatch || JSON.stringify(options).includes("[4,0,2]")) continue;
  Deno.test(`the harness: ${describeCase(each)}`, () => {
    const name = snakeCase(layer);
    const trainable = weights.filter((weight) => ["gamma", "beta", "scale"].includes(weight.name)).length;
    layerTest({
      layer: makerOf(each) as never,
      input: tensor(x as Values, { dtype: dtypeOf(x) }) as EagerTensor,
      weights: weights.map(({ value }) => value as Values),
      expected: first!.y,
      expectedShape: shapeOfNumbers(x),
      weightPaths: weights.map((weight) => `${name}/${weight.name}`),
      counts: { trainable, nonTrainable: weights.length - trainable },
    });
  });
}

const none: never[] = [];

function sentence(layer: string, reason: string): string {
  return `Input 0 of layer ${layer} is incompatible with the layer: ${reason}`;
}

for (const each of golden.adapt) {
  Deno.test(`Normalization adapts to data as Keras does: ${JSON.stringify(each.options)}`, () => {
    const data = tensor(each.data as Values) as EagerTensor;
    const [whole, parts, later] = [1, 2, 3].map(() => new Normalization(each.options));
    whole!.adapt(data);
    const rows = data.array() as Values[];
    parts!.adapt([rows.slice(0, 1), rows.slice(1, 3), rows.slice(3)].map((part) => tensor(part as Values)));
    const half = rows.length / 2;
    later!.adapt((function* () {
      yield tensor(rows.slice(0, half) as Values);
      yield tensor(rows.slice(half) as Values);
    })());
    for (const layer of [whole!, parts!, later!]) {
      assertEquals(layer.weights.map(({ name }) => name), each.weights.map(({ name }) => name));
      each.weights.forEach(({ name, value }, index) =>
        assertClose(name, layer.weights[index] as never, value as Values)
      );
      assertClose("the data", callUntyped(untyped(layer), data), each.y);
    }
  });
}

Deno.test("Normalization that was not adapted gives its input, and takes new data at any time", () => {
  const layer = new Normalization();
  assertEquals(layer([[3, 5]]).array(), [[3, 5]]);
  layer.adapt([[1, 10], [3, 30]]);
  assertEquals(layer([[1, 30]]).array(), [[-1, 1]]);
  layer.adapt([[0, 0], [4, 0]]);
  assertEquals(layer([[4, 0]]).array(), [[1, 0]]);
  assertEquals(layer.trainableWeights, none);
});

Deno.test("Normalization refuses half of the statistics, other sizes, and data where statistics are given", () => {
  clearSession();
  assertEquals(
    assertThrows(() => new Normalization({ mean: 1 }), TypeError).message,
    "Cannot make layer normalization: expected both a mean and a variance or neither, received only a mean",
  );
  clearSession();
  const given = new Normalization({ mean: [1, 2], variance: [1, 1] });
  assertEquals(
    assertThrows(() => given.adapt([[1, 2]]), TypeError).message,
    "Cannot adapt layer normalization: its mean and variance were given when it was made",
  );
  assertEquals(
    errorOf(() => callUntyped(untyped(given), zeros([2, 3]))).message,
    sentence("normalization", "Cannot broadcast shape [2] to [3]: axis -1 is 2 and 3"),
  );
  clearSession();
  const adapted = new Normalization();
  adapted.adapt([[1, 2], [3, 4]]);
  assertEquals(
    errorOf(() => callUntyped(untyped(adapted), zeros([2, 3]))).message,
    sentence("normalization", "expected axis 1 of input shape to have value 2 but received input with shape [2, 3]"),
  );
  assertEquals(
    assertThrows(() => adapted.adapt([]), Error).message.startsWith("Cannot adapt layer normalization"),
    true,
  );
});

Deno.test("layers that normalize refuse other sizes than they were built for, and axes that there are not", () => {
  const cases: readonly [make: () => AnyLayer, built: number[], wrong: number[], reason: string][] = [
    [
      () => untyped(new BatchNormalization()),
      [2, 3],
      [2, 4],
      "expected axis -1 of input shape to have value 3 but received input with shape [2, 4]",
    ],
    [
      () => untyped(new BatchNormalization()),
      [2, 3],
      [2, 2, 3],
      "expected ndim=2, found ndim=3. Full shape received: [2, 2, 3]",
    ],
    [
      () => untyped(new LayerNormalization({ axis: [1, 2] })),
      [2, 3, 4],
      [2, 3, 5],
      "expected axis 2 of input shape to have value 4 but received input with shape [2, 3, 5]",
    ],
    [
      () => untyped(new RMSNormalization()),
      [2, 3],
      [2, 4],
      "expected axis -1 of input shape to have value 3 but received input with shape [2, 4]",
    ],
    [
      () => untyped(new GroupNormalization({ groups: 2 })),
      [2, 4],
      [2, 6],
      "expected axis -1 of input shape to have value 4 but received input with shape [2, 6]",
    ],
  ];
  for (const [make, shape, wrong, reason] of cases) {
    clearSession();
    const layer = make();
    callUntyped(layer, zeros(shape));
    for (const bad of [zeros(wrong), input(wrong)]) {
      const error = errorOf(() => callUntyped(layer, bad));
      assertEquals([error.constructor, error.message], [ShapeError, sentence(snakeCase(layer.className), reason)]);
    }
  }
  clearSession();
  const axes = "Axis 3 is out of range for shape [2, 3]: expected an axis from -2 to 1";
  for (const name of ["BatchNormalization", "LayerNormalization", "RMSNormalization", "UnitNormalization"]) {
    clearSession();
    const layer = makerOf({ layer: name, args: [], options: { axis: 3 }, x: 0, weights: [], calls: [] })();
    assertEquals(errorOf(() => callUntyped(layer, zeros([2, 3]))).message, sentence(snakeCase(name), axes));
    assertEquals([layer.built, layer.weights], [false, none]);
  }
});

Deno.test("GroupNormalization refuses channels that do not make groups", () => {
  const reasons: readonly [options: object, shape: number[], reason: string][] = [
    [{ groups: 3 }, [2, 3, 4], "Cannot make 3 groups of axis -1 of shape [2, 3, 4]: 4 is no multiple of 3"],
    [{}, [2, 8], "Cannot make 32 groups of axis -1 of shape [2, 8]: 8 is no multiple of 32"],
    [{ groups: 2, axis: 0 }, [2, 4], "Cannot make 2 groups of axis 0 of shape [2, 4]: it is the axis of the batch"],
  ];
  for (const [options, shape, reason] of reasons) {
    clearSession();
    const layer = untyped(new GroupNormalization(options));
    assertEquals(errorOf(() => callUntyped(layer, zeros(shape))).message, sentence("group_normalization", reason));
    assertEquals(layer.weights, none);
  }
  for (const groups of [0, -2, 1.5]) {
    clearSession();
    assertEquals(
      assertThrows(() => new GroupNormalization({ groups }), RangeError).message,
      "Cannot make layer group_normalization: expected groups to be a positive integer, or -1 for as many as channels, " +
        `received ${groups}`,
    );
  }
});

Deno.test("BatchNormalization refuses a mask of another rank", () => {
  clearSession();
  const layer = untyped(new BatchNormalization());
  const mask = tensor([true, false]);
  assertEquals(
    errorOf(() => callUntyped(layer, zeros([2, 3, 4]), { training: true, mask })).message.split("\n")[0],
    "Cannot normalize [2, 3, 4] with a mask of shape [2]: expected one axis less",
  );
});

Deno.test("BatchNormalization of halves keeps its statistics in its dtype, and computes them in float32", () => {
  const layer = new BatchNormalization({ dtype: "float16", momentum: 0.5, epsilon: 0 });
  // 0 and 2048 times 1024: in float16 their sum, and their squares, would be infinite.
  const x = tensor([[0], [2048]], { dtype: "float16" });
  const y = layer(x, { training: true });
  assertEquals([y.dtype, y.array()], ["float16", [[-1], [1]]]);
  assertEquals([layer.movingMean.dtype, layer.movingMean.array()], ["float16", [512]]);
});

Deno.test("layers that normalize the same values agree with the numbers that came with the issue", () => {
  for (const name of ["LayerNormalization", "BatchNormalization", "GroupNormalization", "RMSNormalization"] as const) {
    const [given] = goldenLayers(name);
    const options = name === "GroupNormalization" ? { groups: 2 } : {};
    const layer = untyped(new (CLASSES[name]! as unknown as new (options: object) => unknown)(options));
    callUntyped(layer, tensor(given.x));
    layer.setWeights(given.weights.map(({ value }) => value));
    assertClose(name, callUntyped(layer, tensor(given.x)), given.y);
  }
});
