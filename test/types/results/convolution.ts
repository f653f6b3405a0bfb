// What convolutions give.
import {
  type DType,
  type EagerTensor,
  input,
  type Shape,
  type SymbolicTensor,
  type Tensor,
  zeros,
} from "../../../mod.ts";
import { Conv1D, Conv2D, type Conv2DOptions, Conv3D } from "../../../src/layers/convolution/conv.ts";
import { Conv1DTranspose, Conv2DTranspose, Conv3DTranspose } from "../../../src/layers/convolution/conv_transpose.ts";
import { DepthwiseConv1D, DepthwiseConv2D } from "../../../src/layers/convolution/depthwise_conv.ts";
import { SeparableConv1D, SeparableConv2D } from "../../../src/layers/convolution/separable_conv.ts";
import { conv, convTranspose, depthwiseConv, separableConv } from "../../../src/ops/convolution/convolution.ts";
import { type Eq, is } from "../exact.ts";

const image = zeros([8, 28, 30, 3]);
const open = input(["batch", "height", null, 3]);
declare const unranked: EagerTensor<Shape, "float32">;
declare const plain: Tensor;
declare const options: Conv2DOptions;
declare const format: "channels_last" | "channels_first";

const convolved = [
  new Conv2D(32, 3)(image),
  new Conv2D(32, [3, 5], { strides: 2, useBias: false })(image),
  new Conv2D(32, 3, { padding: "same", strides: [1, 2], activation: "relu" })(image),
  new Conv2D(32, 3, { dataFormat: "channels_first" })(image),
  new Conv2D(32, 3, { dilationRate: [4, 1], dtype: "float64" })(image),
  new Conv2D(32, 3, { padding: "same" })(open),
  new Conv2D(32, 3)(open),
  new Conv2D(32, 1)(open),
  new Conv2D(32, 3)(unranked),
  new Conv2D(32, 3)(plain),
  new Conv2D(32, 3, options)(image),
  new Conv2D(32, 3, { dataFormat: format })(image),
  new Conv2D(32, 3).build([null, 28, 30, 3])(image),
  new Conv1D(4, 3, { padding: "causal", strides: 2 })(zeros([8, 11, 2])),
  new Conv3D(4, [1, 2, 3], { groups: 3 })(zeros([8, 5, 6, 7, 3])),
] as const;
is<
  Eq<
    typeof convolved,
    readonly [
      EagerTensor<readonly [8, 26, 28, 32], "float32">,
      EagerTensor<readonly [8, 13, 13, 32], "float32">,
      EagerTensor<readonly [8, 28, 15, 32], "float32">,
      EagerTensor<readonly [8, 32, 28, 1], "float32">,
      EagerTensor<readonly [8, 20, 28, 32], "float64">,
      SymbolicTensor<readonly ["batch", "height", null, 32], "float32">,
      SymbolicTensor<readonly ["batch", null, null, 32], "float32">,
      SymbolicTensor<readonly ["batch", "height", null, 32], "float32">,
      EagerTensor<Shape, "float32">,
      Tensor<Shape, "float32">,
      EagerTensor<readonly [8, null, null, null], DType>,
      EagerTensor<readonly [8, null, null, null], "float32">,
      EagerTensor<readonly [8, 26, 28, 32], "float32">,
      EagerTensor<readonly [8, 6, 4], "float32">,
      EagerTensor<readonly [8, 5, 5, 5, 4], "float32">,
    ]
  >
>();

const others = [
  new Conv1DTranspose(4, 3, { strides: 2 })(zeros([8, 5, 2])),
  new Conv2DTranspose(4, 3, { strides: [2, 3], padding: "same" })(open),
  new Conv2DTranspose(4, [3, 4], { strides: 3, outputPadding: [1, 2] })(image),
  new Conv3DTranspose(4, 2)(zeros([8, 5, 6, 7, 3])),
  new DepthwiseConv1D(3, { depthMultiplier: 4 })(zeros([8, 5, 2])),
  new DepthwiseConv2D([2, 3], { padding: "same", strides: 2 })(image),
  new DepthwiseConv2D(3, { depthMultiplier: 2 })(input(["batch", 5, 5, "channels"])),
  new SeparableConv1D(6, 3, { dataFormat: "channels_first" })(zeros([8, 2, 5])),
  new SeparableConv2D(6, 3, { depthMultiplier: 2, padding: "same" })(open),
] as const;
is<
  Eq<
    typeof others,
    readonly [
      EagerTensor<readonly [8, 11, 4], "float32">,
      SymbolicTensor<readonly ["batch", "height*2", null, 4], "float32">,
      EagerTensor<readonly [8, 85, 93, 4], "float32">,
      EagerTensor<readonly [8, 6, 7, 8, 4], "float32">,
      EagerTensor<readonly [8, 3, 8], "float32">,
      EagerTensor<readonly [8, 14, 15, 3], "float32">,
      SymbolicTensor<readonly ["batch", 3, 3, "channels*2"], "float32">,
      EagerTensor<readonly [8, 6, 3], "float32">,
      SymbolicTensor<readonly ["batch", "height", null, 6], "float32">,
    ]
  >
>();

const applied = [
  conv(image, zeros([3, 5, 3, 8])),
  conv(open, zeros([3, 5, 3, 8]), { padding: "same", dilationRate: 2 }),
  conv([[[1], [2], [3]]], [[[1]], [[2]]]),
  conv(zeros([1, 5, 2], { dtype: "int32" }), zeros([2, 1, 4], { dtype: "float16" })),
  conv(unranked, zeros([3, 5, 3, 8])),
  convTranspose(image, zeros([3, 5, 8, 3]), { strides: 2, padding: "same" }),
  depthwiseConv(image, zeros([3, 5, 3, 2]), { strides: [1, 2] }),
  separableConv(image, zeros([3, 5, 3, 2]), zeros([1, 1, 6, 9])),
] as const;
is<
  Eq<
    typeof applied,
    readonly [
      EagerTensor<readonly [8, 26, 26, 8], "float32">,
      SymbolicTensor<readonly ["batch", "height", null, 8], "float32">,
      EagerTensor<readonly [1, 2, 1], "float32">,
      EagerTensor<readonly [1, 4, 4], "float16">,
      EagerTensor<Shape, "float32">,
      EagerTensor<readonly [8, 56, 60, 8], "float32">,
      EagerTensor<readonly [8, 26, 13, 6], "float32">,
      EagerTensor<readonly [8, 26, 26, 9], "float32">,
    ]
  >
>();

// Words in capitals, which Keras takes too.
const capitals = [
  new Conv2D(32, 3, { padding: "SAME", strides: 2 })(image),
  new Conv1D(4, 3, { padding: "CAUSAL" })(zeros([8, 11, 2])),
  new DepthwiseConv2D(3, { padding: "VALID", dataFormat: "CHANNELS_FIRST" })(zeros([8, 3, 28, 30])),
  conv(image, zeros([3, 5, 3, 8]), { padding: "SAME" }),
  convTranspose(image, zeros([3, 5, 8, 3]), { strides: 2, padding: "SAME" }),
] as const;
is<
  Eq<
    typeof capitals,
    readonly [
      EagerTensor<readonly [8, 14, 15, 32], "float32">,
      EagerTensor<readonly [8, 11, 4], "float32">,
      EagerTensor<readonly [8, 3, 26, 28], "float32">,
      EagerTensor<readonly [8, 28, 30, 8], "float32">,
      EagerTensor<readonly [8, 56, 60, 8], "float32">,
    ]
  >
>();

// A layer's class without arguments stands for all layers of the class.
const any: readonly [Conv2D, Conv1DTranspose, DepthwiseConv2D, SeparableConv1D] = [
  new Conv2D(8, [3, 2], { strides: 2, padding: "same", groups: 2, name: "any" }),
  new Conv1DTranspose(8, 3, { outputPadding: 1, strides: 2 }).build([null, 7, 2]),
  new DepthwiseConv2D(3, { depthMultiplier: 2 }),
  new SeparableConv1D(3, [2], { dilationRate: 2 }),
];
const given = any[0](image);
is<Eq<typeof given, EagerTensor<readonly [8, null, null, number], "float32">>>();
