import { assertEquals } from "@std/assert";
import { input, ShapeError, tensor } from "@strata/nn";
import { moments } from "../../src/ops/reduction/moments.ts";
import { batchNormalization, layerNormalization, rmsNormalization } from "../../src/ops/normalization/normalization.ts";
import type { Values } from "../../src/tensor/convert.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import type { Numbers } from "../layers/golden.ts";
import { readGolden } from "../layers/golden_case.ts";
import { assertClose, errorOf } from "../layers/layer_test_harness.ts";

interface Golden {
  readonly ops: {
    readonly x: Numbers;
    readonly scale: Numbers;
    readonly offset: Numbers;
    readonly moments: readonly {
      readonly axes: number | readonly number[];
      readonly keepDims: boolean;
      readonly mean: Numbers;
      readonly variance: Numbers;
    }[];
    readonly batchNormalization: readonly Numbers[];
    readonly layerNormalization: readonly Numbers[];
    readonly rmsNormalization: readonly Numbers[];
  };
}

const golden = readGolden<Golden>("normalization").ops;
const x = tensor(golden.x as Values) as EagerTensor as Tensor;
const scale = tensor(golden.scale as Values) as EagerTensor as Tensor;
const offset = tensor(golden.offset as Values) as EagerTensor as Tensor;

function checkEach(results: readonly Tensor[], expected: readonly Numbers[]): void {
  assertEquals(results.length, expected.length);
  results.forEach((result, index) => assertClose(`result ${index}`, result, expected[index] as Values));
}

Deno.test("moments are Keras's", () => {
  for (const { axes, keepDims, mean, variance } of golden.moments) {
    checkEach(moments(x, axes, { keepDims }) as readonly Tensor[], [mean, variance]);
  }
});

Deno.test("moments of whole numbers are floats, and of halves they do not overflow", () => {
  const [mean, variance] = moments(tensor([1, 2], { dtype: "int32" }), 0);
  assertEquals([mean.dtype, mean.item(), variance.item()], ["float32", 1.5, 0.25]);
  const [half] = moments(tensor([60000, 60000], { dtype: "float16" }), undefined);
  assertEquals([half.dtype, half.item()], ["float16", 60000]);
});

Deno.test("batchNormalization is Keras's", () => {
  const [mean, variance] = moments(x, [0, 1]) as readonly [Tensor, Tensor];
  checkEach([
    batchNormalization(x, mean, variance, -1),
    batchNormalization(x, mean, variance, 2, { offset, scale, epsilon: 0.1 }),
    batchNormalization(x, mean, variance, -1, { scale }),
    batchNormalization(x, mean, variance, -1, { offset }),
  ], golden.batchNormalization);
});

Deno.test("layerNormalization is Keras's", () => {
  checkEach([
    layerNormalization(x),
    layerNormalization(x, scale, offset, { axis: -1, epsilon: 0.1 }),
    layerNormalization(x, null, offset),
    layerNormalization(x, null, null, { axis: [0, 1] }),
  ], golden.layerNormalization);
});

Deno.test("rmsNormalization is Keras's", () => {
  checkEach([
    rmsNormalization(x),
    rmsNormalization(x, scale, { axis: -1, epsilon: 0.1 }),
    rmsNormalization(x, null, { axis: [0, 1] }),
  ], golden.rmsNormalization);
});

Deno.test("rmsNormalization scales along any axis", () => {
  // By hand: 3 and 4 along axis 0 have the mean square 12.5.
  const y = rmsNormalization(tensor([[3], [4]]), [1, 10], { axis: 0, epsilon: 0 });
  assertClose("along axis 0", y, [[3 / Math.sqrt(12.5)], [40 / Math.sqrt(12.5)]]);
});

Deno.test("normalizations refuse parameters of other shapes", () => {
  const wrong: readonly [() => unknown, string][] = [
    [
      () => layerNormalization(x, [1, 2, 3] as never),
      "Cannot normalize shape [2, 3, 4]: expected gamma of shape [4], received shape [3]",
    ],
    [
      () => layerNormalization(x, null, tensor([[1, 2, 3, 4]]) as never, { axis: -1 }),
      "Cannot normalize shape [2, 3, 4]: expected beta of shape [4], received shape [1, 4]",
    ],
    [
      () => rmsNormalization(input(["batch", 3, 4]), [1, 2] as never, { axis: [1, 2] }),
      "Cannot normalize shape [batch, 3, 4]: expected scale of shape [3, 4], received shape [2]",
    ],
    [
      () => batchNormalization(x, offset, [1] as never, -1),
      "Cannot normalize shape [2, 3, 4]: expected variance of shape [4], received shape [1]",
    ],
    [
      () => batchNormalization(x, offset, scale, 3 as never),
      "Axis 3 is out of range for shape [2, 3, 4]: expected an axis from -3 to 2",
    ],
    [() => moments(x, [0, 0] as never), "Axes [0, 0] name axis 0 twice in shape [2, 3, 4]: expected different axes"],
  ];
  for (const [action, message] of wrong) {
    const error = errorOf(action);
    assertEquals([error.constructor, error.message], [ShapeError, message]);
  }
});
