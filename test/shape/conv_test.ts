import { assertEquals, assertThrows } from "@std/assert";
import { conv, type Convolution, type Padding, sizeAt, slide, span, type Window } from "../../src/shape/conv.ts";
import { convTranspose, cropOf, type TransposedConvolution } from "../../src/shape/conv_transpose.ts";
import { convolveSeparable } from "../../src/shape/conv_kernel.ts";
import { ShapeError } from "../../src/shape/error.ts";
import { convolutionCases, optionsOf } from "../layers/convolution/convolution_golden.ts";

const plain: Window = { kernelSize: 3, strides: 1, padding: "valid", dilationRate: 1, dataFormat: "channels_last" };

Deno.test("shapes of convolutions are Keras's", () => {
  let count = 0;
  for (const { layer, init, x, y } of convolutionCases) {
    if (layer.startsWith("Depthwise")) continue;
    const window = { ...plain, outputPadding: null, ...optionsOf(init) };
    const shape = layer.endsWith("Transpose")
      ? convTranspose(x.shape, window as unknown as TransposedConvolution)
      : conv(x.shape, window as unknown as Convolution);
    assertEquals(shape, y.shape, `${layer} ${JSON.stringify(init)}`);
    count++;
  }
  assertEquals(count, 120);
});

Deno.test("names stay where the size stays, and are multiplied by strides of a transposed convolution", () => {
  const x = ["batch", "height", null, 8];
  assertEquals(slide(x, { ...plain, padding: "same" }), x);
  assertEquals(slide(x, { ...plain, kernelSize: 1 }), x);
  assertEquals(slide(x, plain), ["batch", null, null, 8]);
  assertEquals(slide(x, { ...plain, padding: "same", strides: [1, 2] }), x);
  assertEquals(slide(x, { ...plain, padding: "same", strides: [2, 1] }), ["batch", null, null, 8]);
  const twice = { ...plain, strides: 2, padding: "same", filters: "filters", outputPadding: null } as const;
  assertEquals(convTranspose(x, twice), ["batch", "height*2", null, "filters"]);
  assertEquals(convTranspose(x, { ...twice, padding: "valid" }), ["batch", null, null, "filters"]);
  assertEquals(convTranspose(x, { ...twice, kernelSize: 2, padding: "valid" }), ["batch", "height*2", null, "filters"]);
});

Deno.test("kernels reach over what is between the values that they take", () => {
  assertEquals([span(3, 1), span(3, 2), span(1, 9), span(5, 4), span(null, 2), span("k", 1)], [3, 5, 1, 17, null, "k"]);
  assertEquals([sizeAt(4, 1), sizeAt([4, 5], 1), sizeAt<number | null>(null, 0)], [4, 5, null]);
});

Deno.test("a transposed convolution is cut off where a convolution would have been padded", () => {
  const crop = (reach: number, stride: number, padding: Padding, extra: number | null) => {
    const { begin, end, added } = cropOf(reach, stride, padding, extra);
    return [begin, end, added];
  };
  // By hand: 4 inputs with stride 2 and 5 reached give 11; "same" keeps 8, so 3 are cut off, one at the beginning.
  assertEquals(crop(5, 2, "same", null), [1, 2, 0]);
  assertEquals(crop(5, 2, "valid", null), [0, 0, 0]);
  assertEquals(crop(1, 3, "valid", null), [0, 0, 2]);
  assertEquals(crop(1, 3, "same", null), [0, 0, 2]);
  assertEquals(crop(5, 2, "valid", 1), [0, 0, 1]);
  assertEquals(crop(5, 2, "same", 1), [1, 2, 0]);
  assertEquals(crop(1, 4, "same", 3), [0, 0, 3]);
});

Deno.test("both kernels of a separable convolution must fit", () => {
  const separable = (depthwise: readonly number[], pointwise: readonly number[]) => () =>
    convolveSeparable([1, 9, 2], depthwise, pointwise, plain);
  assertEquals(separable([3, 2, 2], [1, 4, 5])(), [1, 7, 5]);
  assertEquals(
    assertThrows(separable([3, 3, 2], [1, 4, 5]), ShapeError).message,
    "Cannot convolve [1, 9, 2] with a kernel of shape [3, 3, 2]: 2 input channels but the kernel has 3",
  );
  assertEquals(
    assertThrows(separable([3, 2, 2], [1, 3, 5]), ShapeError).message,
    "Cannot convolve [1, 7, 4] with a kernel of shape [1, 3, 5]: 4 input channels are no multiple of the kernel's 3",
  );
});
