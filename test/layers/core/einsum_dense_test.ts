import { assertEquals, assertThrows } from "@std/assert";
import { type AnyLayer, clearSession, EinsumDense, input, ShapeError, tensor, zeros } from "@strata/nn";
import { goldenLayers } from "../golden.ts";
import { assertClose, callUntyped, errorOf, layerTest } from "../layer_test_harness.ts";

const [golden] = goldenLayers("EinsumDense");

Deno.test("EinsumDense along the last axis, with bias", () => {
  layerTest({
    layer: (options) => new EinsumDense("abc,cd->abd", [null, 5], { biasAxes: "d", ...options }) as AnyLayer,
    input: tensor(golden.x),
    weights: golden.weights.map(({ value }) => value),
    expected: golden.y,
    expectedShape: [2, 4, 5],
    weightPaths: ["einsum_dense/kernel", "einsum_dense/bias"],
    counts: { trainable: 2, nonTrainable: 0 },
    wrongInputs: [
      {
        shape: [2, 3],
        sentence: "Input 0 of layer einsum_dense is incompatible with the layer: expected ndim=3, found ndim=2. " +
          "Full shape received: [2, 3]",
        unbuilt: true,
      },
      {
        shape: [2, 4, 7],
        sentence: "Input 0 of layer einsum_dense is incompatible with the layer: expected axis 2 of input shape to " +
          "have value 3 but received input with shape [2, 4, 7]",
        unbuilt: false,
      },
    ],
  });
});

Deno.test("EinsumDense with dots takes any rank", () => {
  // Each row times the kernel, by hand: [1, 2] · [[1, 0, 2], [0, 1, 1]] = [1, 2, 4].
  const layer = new EinsumDense("...x,xy->...y", 3).build([null, 2]);
  layer.setWeights([[[1, 0, 2], [0, 1, 1]]]);
  assertEquals(layer([[1, 2]]).array(), [[1, 2, 4]]);
  assertEquals(layer([[[1, 2]], [[0, 1]]]).array(), [[[1, 2, 4]], [[0, 1, 1]]]);
  assertEquals(layer(input(["batch", null, 2])).shape, ["batch", null, 3]);
});

Deno.test("EinsumDense makes kernels and biases along several axes", () => {
  const heads = new EinsumDense("abc,cde->abde", [null, 4, 5], { biasAxes: "de" }).build([null, 7, 3]);
  assertEquals(heads.weights.map(({ shape }) => shape), [[3, 4, 5], [4, 5]]);
  const merged = new EinsumDense("abcd,cde->abe", [null, 6], { biasAxes: "e" }).build([null, 7, 4, 5]);
  assertEquals(merged.weights.map(({ shape }) => shape), [[4, 5, 6], [6]]);
  const inner = new EinsumDense("abc,bd->adc", [4, null], { biasAxes: "d" }).build([null, 2, 3]);
  assertEquals(inner.weights.map(({ shape }) => shape), [[2, 4], [4, 1]]);
  assertClose("bias along an inner axis", inner(zeros([1, 2, 3])), [[[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]]]);
  inner.setWeights([[[0, 0, 0, 0], [0, 0, 0, 0]], [[1], [2], [3], [4]]]);
  assertEquals(inner(zeros([1, 2, 3])).array(), [[[1, 1, 1], [2, 2, 2], [3, 3, 3], [4, 4, 4]]]);
});

Deno.test("EinsumDense knows the size of an axis that it keeps", () => {
  const layer = new EinsumDense("abc,cd->abd", [null, 5]);
  assertEquals(layer.computeOutputShape([2, 4, 3]), [2, 4, 5]);
  assertEquals(layer.computeOutputShape(["batch", "time", 3]), ["batch", "time", 5]);
});

Deno.test("EinsumDense refuses equations that are none", () => {
  for (const equation of ["abc", "ab,bc", "ab,bc->...c", "a b->c", "", "...ab,bc->ac", "ab,bc->ac->a"]) {
    clearSession();
    const error = assertThrows(() => new EinsumDense(equation, 3), RangeError);
    assertEquals(
      error.message,
      'Cannot make layer einsum_dense: expected an equation such as "abc,cd->abd", or with "..." at the same end of ' +
        `the first and the last part, received "${equation}"`,
    );
  }
});

Deno.test("EinsumDense refuses what contradicts its equation, and is as it was", () => {
  const build = (equation: string, output: readonly (number | null)[], options: object, shape: readonly number[]) => {
    clearSession();
    const layer = new EinsumDense(equation, output, options) as AnyLayer;
    const { message } = assertThrows(() => layer.build(shape), ShapeError);
    assertEquals([layer.built, layer.weights, layer.path], [false, [], null]);
    return message;
  };
  assertEquals(
    build("abc,cd->abd", [9, 5], {}, [2, 4, 3]),
    'Cannot build layer einsum_dense with equation "abc,cd->abd": axis b is 4 in input shape [2, 4, 3] and 9 in the ' +
      "output shape",
  );
  assertEquals(
    build("abc,cd->abd", [null, null], {}, [2, 4, 3]),
    'Cannot build layer einsum_dense with equation "abc,cd->abd": the size of axis d is neither in input shape [2, 4, 3] ' +
      "nor in the output shape",
  );
  assertEquals(
    build("abc,cdz->abd", [null, 5], {}, [2, 4, 3]),
    'Cannot build layer einsum_dense with equation "abc,cdz->abd": axis z of the kernel is neither in the input nor ' +
      "in the output",
  );
  assertEquals(
    build("abc,cd->abd", [null, 5], { biasAxes: "c" }, [2, 4, 3]),
    'Cannot build layer einsum_dense with equation "abc,cd->abd": bias axis c is not an axis of the output',
  );
});

Deno.test("EinsumDense built elsewhere refuses another size along any axis of its kernel", () => {
  clearSession();
  const layer = new EinsumDense("abcd,cde->abe", [null, 6]).build([null, 7, 4, 5]) as AnyLayer;
  assertEquals(
    errorOf(() => callUntyped(layer, input(["batch", 7, 3, 5]))).message,
    "Input 0 of layer einsum_dense is incompatible with the layer: expected axis 2 of input shape to have value 4 " +
      "but received input with shape [batch, 7, 3, 5]",
  );
  assertEquals(callUntyped(layer, input(["batch", 9, 4, 5])).shape, ["batch", 9, 6]);
});
