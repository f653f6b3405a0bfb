import { assert, assertEquals, assertThrows } from "@std/assert";
import { EagerTensor, input, ShapeError, type Tensor, tensor, trace, zeros } from "@strata/nn";
import type { Graph } from "../../src/graph/graph.ts";
import { conv, convTranspose, depthwiseConv, separableConv } from "../../src/ops/convolution/convolution.ts";
import { Conv1D } from "../../src/layers/convolution/conv.ts";
import { checkAll, tried } from "../graph/joined_runs.ts";
import { compareTraced, type Opening, OPENINGS, type Untyped } from "../jit/both_ways.ts";
import { camelCase, convolutionOpCases, nested, restored } from "../layers/convolution/convolution_golden.ts";
import { filled } from "../layers/every_layer.ts";
import { assertClose } from "../layers/layer_test_harness.ts";

const OPS: { readonly [name: string]: Untyped } = {
  conv: conv as Untyped,
  convTranspose: convTranspose as Untyped,
  depthwiseConv: depthwiseConv as Untyped,
  separableConv: separableConv as Untyped,
};

for (const { op, inputs, options, y } of convolutionOpCases) {
  const own = Object.fromEntries(Object.entries(options).map(([name, value]) => [camelCase(name), value]));
  Deno.test(`${camelCase(op)} gives what Keras gives with ${JSON.stringify(own)}`, () => {
    const fn: Untyped = (...given) => OPS[camelCase(op)]!(...given, own);
    const given = inputs.map(restored);
    const result = OPS[camelCase(op)]!(...given, own) as EagerTensor;
    assertClose("eager", result, nested(y.shape, y.data) as number[]);
    // Kernels have known sizes, as those of layers do; the input may be open.
    for (const [how, open] of Object.entries(OPENINGS)) {
      const opened: Opening = (size, axis, place) => place === 0 ? open(size, axis, place) : size;
      compareTraced(how, fn, given, opened, [result], 1e-5);
      if (op !== "conv") continue;
      // The sizes of windows must be known only where padding depends on them; how many channels there are, never.
      const last = given[1]!.shape.length - 2;
      const channels: Opening = (size, axis, place) => place === 1 && axis < last ? size : open(size, axis, place);
      compareTraced(`${how}, and the kernel's channels`, fn, given, channels, [result], 1e-5);
    }
  });
}

// [1, 2, 3, 4] with the kernel [1, 10], by hand.
const x = [[[1], [2], [3], [4]]];
const kernel = [[[1]], [[10]]];

Deno.test("conv slides the kernel over the input without turning it around", () => {
  assertEquals(conv(x, kernel).array(), [[[21], [32], [43]]]);
  assertEquals(conv(x, kernel, { padding: "same" }).array(), [[[21], [32], [43], [4]]]);
  assertEquals(conv(x, kernel, { padding: "causal" }).array(), [[[10], [21], [32], [43]]]);
  assertEquals(conv(x, kernel, { strides: 2 }).array(), [[[21], [43]]]);
  assertEquals(conv(x, kernel, { dilationRate: 3 }).array(), [[[41]]]);
});

Deno.test("conv finds the groups from the channels", () => {
  const pairs = [[[1, 10], [2, 20]]];
  const apart = [[[1, 2]], [[100, 200]]];
  assertEquals(conv(pairs, apart).array(), [[[201, 4020]]]);
  assertEquals(conv(pairs, apart, { groups: 2 }).array(), [[[201, 4020]]]);
  assertEquals(
    assertThrows(() => conv(pairs, apart, { groups: 1 }), ShapeError).message,
    "Cannot convolve [1, 2, 2] with a kernel of shape [2, 1, 2]: expected 1 groups but there are 2",
  );
});

Deno.test("convolutions of every dtype have the dtype in which the operands meet", () => {
  for (const dtype of ["uint8", "int32", "int64", "float16", "float32", "float64"] as const) {
    const values = tensor(x, { dtype });
    const weights = tensor(kernel, { dtype });
    const results = [
      conv(values, weights),
      convTranspose(values, weights),
      depthwiseConv(values, weights),
      separableConv(values, weights, tensor([[[2]]], { dtype })),
    ];
    assertEquals(results.map((result) => result.dtype), Array(4).fill(dtype));
    const numbers = (result: EagerTensor) => Array.from(result.dataSync() as Iterable<number | bigint>, Number);
    assertEquals(numbers(results[0]!), [21, 32, 43]);
    assertEquals(numbers(results[1]!), [1, 12, 23, 34, 40]);
    assertEquals(numbers(results[2]!), [21, 32, 43]);
    assertEquals(numbers(results[3]!), [42, 64, 86]);
  }
  assertEquals(conv(tensor(x, { dtype: "int32" }), tensor(kernel, { dtype: "float16" })).dtype, "float16");
  assertEquals(conv(tensor(x, { dtype: "uint8" }), tensor(kernel, { dtype: "int32" })).dtype, "int32");
});

Deno.test("options that are none are refused", () => {
  const messageOf = (make: () => unknown) => assertThrows(make, RangeError).message;
  assertEquals(
    messageOf(() => conv(x, kernel, { padding: "full" as "same" })),
    'Cannot convolve: expected padding to be "valid", "same" or "causal", received "full"',
  );
  assertEquals(
    messageOf(() => depthwiseConv(zeros([1, 4, 4, 1]), zeros([2, 2, 1, 1]), { padding: "causal" })),
    'Cannot convolve depthwise: expected padding to be "valid" or "same", received "causal"',
  );
  assertEquals(
    messageOf(() => conv(x, kernel, { strides: 0 })),
    "Cannot convolve: expected strides to be a positive integer, or 1 of them, received 0",
  );
  assertEquals(
    messageOf(() => conv(x, kernel, { dilationRate: [1, 1] })),
    "Cannot convolve: expected dilationRate to be a positive integer, or 1 of them, received [1,1]",
  );
  assertEquals(
    messageOf(() => conv(x, kernel, { dataFormat: "NCW" as "channels_first" })),
    'Cannot convolve: expected dataFormat to be "channels_last" or "channels_first", received "NCW"',
  );
  assertEquals(
    messageOf(() => convTranspose(x, kernel, { strides: 2, outputPadding: 2 })),
    "Cannot convolve transposed: expected outputPadding to be less than strides=[2], received [2]",
  );
  assertEquals(
    messageOf(() => convTranspose(x, kernel, { outputPadding: -1 })),
    "Cannot convolve transposed: expected outputPadding to be an integer that is not negative, or 1 of them, received -1",
  );
});

Deno.test("graphs of open sizes find the groups when they run, also of open kernels, float16 and several axes", () => {
  const fn: Untyped = (a, k) => conv(a as never, k as never, { padding: "same" });
  for (const rank of [1, 2, 3]) {
    const spatial = [4, 3, 2].slice(0, rank);
    for (const [channels, own, filters] of [[6, 2, 3], [6, 3, 4], [4, 1, 8], [4, 4, 3]] as const) {
      for (const dtype of ["float32", "float16"] as const) {
        const given = [
          filled([2, ...spatial, channels], 0, dtype),
          filled([...spatial.map(() => 2), own, filters], 1, dtype),
        ];
        const result = fn(...given) as EagerTensor;
        compareTraced(
          `${rank}, ${channels}, ${own}`,
          fn,
          given,
          () => null,
          [result],
          dtype === "float16" ? 4e-3 : 1e-5,
        );
      }
    }
  }
});

Deno.test("a kernel whose size is open can be used where the size does not matter", () => {
  const open = input([null, null, 1]);
  const openKernel = input([null, 1, 1]);
  const graphOf = (fn: Untyped) =>
    (trace as unknown as (fn: Untyped, ...inputs: unknown[]) => Graph)(fn, open, openKernel);
  const shape = (fn: Untyped) => (graphOf(fn).outputs as { readonly shape: unknown }).shape;
  assertEquals(shape((a, k) => conv(a as never, k as never)), [null, null, 1]);
  assertEquals(
    graphOf((a, k) => conv(a as never, k as never, { padding: "same", strides: 2 })).toONNX().length > 0,
    true,
  );
  const dilated = graphOf((a, k) => conv(a as never, k as never, { padding: "same", dilationRate: 2 }));
  assertEquals(
    assertThrows(() => dilated.toONNX(), RangeError).message,
    "Cannot convolve: expected a kernel of known size where it is transposed, dilated or causal",
  );
  assertEquals(
    assertThrows(
      () => depthwiseConv(input([null, 5, null]), input([2, null, 1])),
      ShapeError,
    ).message,
    "Cannot convolve [?, 5, ?] with a kernel of shape [2, ?, 1]: expected a known number of channels",
  );
});

Deno.test("a batch without rows, and axes without values, give none", () => {
  assertEquals(conv(zeros([0, 5, 2]), zeros([3, 2, 4])).shape, [0, 3, 4]);
  assertEquals(convTranspose(zeros([0, 5, 2]), zeros([3, 4, 2]), { strides: 2 }).shape, [0, 11, 4]);
  assertEquals(conv(zeros([2, 0, 2]), zeros([3, 2, 4]), { padding: "same" }).shape, [2, 0, 4]);
  const spread = convTranspose(zeros([1, 0, 1]), zeros([3, 1, 1]));
  assert(spread instanceof EagerTensor);
  assertEquals(spread.array(), [[[0], [0]]]);
});

const ROWS: { readonly [name: string]: readonly [fn: (x: Tensor) => unknown, ...shape: readonly number[]] } = {
  "conv": [(x) => conv(x as never, arange([2, 2, 3])), 3, 5, 2],
  "conv of channels first": [
    (x) => conv(x as never, arange([2, 3, 3, 2]), { dataFormat: "channels_first", padding: "same", strides: 2 }),
    4,
    3,
    5,
    5,
  ],
  "conv with dilation and strides": [
    (x) => conv(x as never, arange([2, 2, 3]), { padding: "same", strides: 2, dilationRate: 2 }),
    3,
    5,
    2,
  ],
  "convTranspose": [(x) => convTranspose(x as never, arange([2, 3, 2]), { strides: 2 }), 3, 5, 2],
  "depthwiseConv": [(x) => depthwiseConv(x as never, arange([2, 2, 3])), 3, 5, 2],
  "separableConv": [(x) => separableConv(x as never, arange([2, 2, 3]), arange([1, 6, 4])), 3, 5, 2],
  "a layer with softmax": [(x) => (softmax as unknown as (x: Tensor) => Tensor)(x), 3, 5, 2],
};
const softmax = new Conv1D(2, 2, { activation: "softmax" }).build([null, null, 2]);

/** A tensor of different numbers. */
function arange(shape: readonly number[]): EagerTensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tensor(nested(shape, Array.from({ length: size }, (_, place) => (place * 7 + 3) % 11 - 5)) as number[]);
}

for (const [what, [fn, ...shape]] of Object.entries(ROWS)) {
  Deno.test(`${what}: in one run what it gives row by row`, () => {
    assertEquals(checkAll(fn as Untyped as never, [arange(shape)]), []);
    assert(tried.has(what.split(" ")[0] === "a" ? "conv" : what.split(" ")[0]!), "the rows are known to stay apart");
  });
}
