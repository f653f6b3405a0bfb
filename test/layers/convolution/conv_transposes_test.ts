/**
 * Layers have the channels last, the engine's convolutions have them first. Between two layers the transpositions must
 * cancel out: only the first and the last may be left in the graph that the engine made of it.
 */
import { assertEquals } from "@std/assert";
import { Flatten, input, ops, randomNormal, type Tensor, trace } from "@strata/nn";
import { defaultEngine } from "../../../src/eager/default_engine.ts";
import type { HostTensor } from "../../../src/engine/engine.ts";
import type { Graph } from "../../../src/graph/graph.ts";
import { Conv1D, Conv2D, Conv3D } from "../../../src/layers/convolution/conv.ts";
import { Conv2DTranspose } from "../../../src/layers/convolution/conv_transpose.ts";
import { DepthwiseConv2D } from "../../../src/layers/convolution/depthwise_conv.ts";
import { SeparableConv2D } from "../../../src/layers/convolution/separable_conv.ts";

type Untyped = (x: Tensor) => Tensor;

/** The operators that ran, in their order. */
function operatorsOf(fn: Untyped, size: readonly number[]): string {
  const open = input(["batch", ...size.slice(1)]);
  const graph = (trace as unknown as (fn: Untyped, x: Tensor) => Graph)(fn, open);
  const program = defaultEngine.loadSync(graph.toONNX(), { profile: true });
  const given: HostTensor = { shape: size, dtype: "float32", data: randomNormal(size).dataSync() };
  const [result] = program.runSync([given]);
  const { events } = program.endProfile();
  program.releaseSync();
  const output = graph.outputs as Tensor;
  assertEquals(result!.shape, [size[0]!, ...output.shape.slice(1)] as number[]);
  return events.filter(({ kind }) => kind === "node").map(({ operator }) => operator).join(" ");
}

/** Layers one after the other. */
function chain(...layers: readonly unknown[]): Untyped {
  return (x) => layers.reduce<Tensor>((y, layer) => (layer as Untyped)(y), x);
}

const image = [2, 12, 12, 3];

Deno.test("two convolutions with relu leave no transpositions between them, and bias and relu are in their nodes", () => {
  const relu = { activation: "relu" } as const;
  assertEquals(
    operatorsOf(chain(new Conv2D(4, 3, relu), new Conv2D(5, 3, relu)), image),
    "Transpose FusedConv FusedConv Transpose",
  );
  assertEquals(
    operatorsOf(chain(new Conv1D(4, 3, relu), new Conv1D(5, 3, { ...relu, padding: "causal" })), [2, 12, 3]),
    "Transpose FusedConv FusedConv Transpose",
  );
  assertEquals(
    operatorsOf(chain(new Conv3D(4, 3, relu), new Conv3D(5, 3, { ...relu, padding: "same" })), [2, 6, 6, 6, 3]),
    "Transpose FusedConv FusedConv Transpose",
  );
});

Deno.test("convolutions with strides, of other kinds and without activation leave none between them either", () => {
  const same = { padding: "same", strides: 2, activation: "relu" } as const;
  assertEquals(
    operatorsOf(chain(new Conv2D(4, 3, same), new Conv2D(5, 3, same)), image),
    "Transpose FusedConv FusedConv Transpose",
  );
  assertEquals(operatorsOf(chain(new Conv2D(4, 3), new Conv2D(5, 3)), image), "Transpose Conv Conv Transpose");
  const relu = { activation: "relu" } as const;
  const kinds = chain(
    new DepthwiseConv2D(3, relu),
    new SeparableConv2D(4, 3, relu),
    new Conv2DTranspose(5, 3, { ...relu, strides: 2 }),
    new Conv2D(6, 1, relu),
  );
  assertEquals(
    operatorsOf(kinds, image),
    "Transpose FusedConv Conv FusedConv ConvTranspose Relu FusedConv Transpose",
  );
});

Deno.test("activations that the engine does not fuse stand between, but no transpositions", () => {
  for (const activation of ["gelu", "silu", "elu", "hard_swish", "softplus"] as const) {
    const operators = operatorsOf(chain(new Conv2D(4, 3, { activation }), new Conv2D(5, 3, { activation })), image);
    assertEquals(operators.split(" ").filter((operator) => operator === "Transpose").length, 2, activation);
  }
  const own = { activation: (x: Tensor) => ops.relu(x) };
  assertEquals(
    operatorsOf(chain(new Conv2D(4, 3, own), new Conv2D(5, 3)), image),
    "Transpose FusedConv Conv Transpose",
  );
});

Deno.test("a residual block has transpositions at its ends alone, and its sum is in a convolution", () => {
  const same = { padding: "same" } as const;
  const first = new Conv2D(4, 3, { ...same, activation: "relu" }) as unknown as Untyped;
  const second = new Conv2D(4, 3, same) as unknown as Untyped;
  const shortcut = new Conv2D(4, 1) as unknown as Untyped;
  const last = new Conv2D(2, 3) as unknown as Untyped;
  const block: Untyped = (x) => last(ops.relu(ops.add(second(first(x)), shortcut(x))));
  const operators = operatorsOf(block, image).split(" ");
  assertEquals(operators.filter((operator) => operator === "Transpose").length, 2);
  assertEquals(operators.filter((operator) => /^(Fused)?Conv$/.test(operator)).length, 4);
  assertEquals(operators.length, 6);
});

Deno.test("before a flattening the channels are put last again", () => {
  assertEquals(
    operatorsOf(chain(new Conv2D(4, 3, { activation: "relu" }), new Flatten()), image),
    "Transpose FusedConv Transpose Reshape",
  );
});

Deno.test("where the channels come first nothing is transposed", () => {
  const first = { dataFormat: "channels_first", activation: "relu" } as const;
  assertEquals(
    operatorsOf(chain(new Conv2D(4, 3, first), new Conv2D(5, 3, first)), [2, 3, 12, 12]),
    "FusedConv FusedConv",
  );
});
