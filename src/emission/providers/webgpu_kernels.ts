/**
 * The kernels that the WebGPU provider has, as measured on onnxruntime-web 1.30.0 at opset 21 in Deno 2.9: those that load
 * with the processor forbidden, run, and give the processor's numbers. What is not listed is written otherwise
 * (`webgpu_lowering.ts`) or runs on the processor.
 *
 * @module
 */
import type { DType } from "../../tensor/dtype.ts";
import { type Kernel, kernels } from "./wasm_kernels.ts";

const SINGLE: readonly DType[] = ["float32"];
const FLOAT: readonly DType[] = ["float32", "float16"];
const NUMBERS: readonly DType[] = ["float32", "float16", "int32"];
const WORDS: readonly DType[] = ["float32", "int32"];
const BYTES: readonly DType[] = [...NUMBERS, "uint8", "bool"];
const BOOL: readonly DType[] = ["bool"];
const ALL: readonly DType[] = [...BYTES, "int64"];

/**
 * The kernels of the device. Where halves are added up float16 is not listed: the device adds them in float16, and the
 * processor in float32.
 */
export const WEBGPU_KERNELS: { readonly [opType: string]: Kernel } = {
  ...kernels(NUMBERS, undefined, ["Add", "Sub", "Mul", "Div", "Max", "Min"]),
  ...kernels(NUMBERS, undefined, ["Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Identity", "Concat"]),
  ...kernels(FLOAT, undefined, ["Neg", "Abs", "Sqrt", "Reciprocal", "Exp", "Log", "Floor", "Ceil", "Erf"]),
  ...kernels(FLOAT, undefined, ["Sin", "Cos", "Tan", "Sinh", "Cosh", "Tanh", "Asinh", "Atanh", "Elu", "LeakyRelu"]),
  ...kernels(FLOAT, undefined, ["Sigmoid", "HardSwish", "Softplus", "Gelu", "Mish", "PRelu"]),
  ...kernels(SINGLE, undefined, ["Acosh", "ThresholdedRelu", "Softmax", "MatMul", "Einsum", "Gemm"]),
  ...kernels(BOOL, undefined, ["And", "Not"]),
  ...kernels(WORDS, [0], ["ReduceSum", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceSumSquare", "CumSum"]),
  ...kernels(SINGLE, [0], ["ReduceMean"]),
  ...kernels(NUMBERS, [0], ["ReduceMax", "ReduceMin", "ArgMax", "ArgMin"]),
  ...kernels(NUMBERS, [0], ["Transpose", "Squeeze", "Split", "Tile", "Expand", "GatherND", "Trilu"]),
  ...kernels(NUMBERS, [0, 2], ["ScatterND", "ScatterElements"]),
  ...kernels(BYTES, [0], ["Cast", "Reshape", "Gather"]),
  ...kernels([...NUMBERS, "bool"], [0], ["Unsqueeze"]),
  ...kernels(FLOAT, [0], ["Slice", "GatherElements"]),
  ...kernels(ALL, [0], ["Shape"]),
  // Only for what is written instead of themselves: none of them is exact.
  ...kernels(FLOAT, undefined, ["Pow"]),
  ...kernels(SINGLE, undefined, ["Asin", "Acos", "Atan"]),
  Pad: { dtypes: WORDS, inputs: [0, 2] },
  Range: { dtypes: WORDS },
  Where: { dtypes: NUMBERS, inputs: [1, 2] },
  // What layers that are still to come are made of.
  ...kernels(SINGLE, undefined, ["Conv", "ConvTranspose", "LayerNormalization", "InstanceNormalization"]),
  ...kernels(SINGLE, undefined, ["AveragePool", "GlobalAveragePool", "LpNormalization", "BatchNormalization"]),
  ...kernels(FLOAT, undefined, ["MaxPool", "GlobalMaxPool", "DepthToSpace"]),
  ...kernels(SINGLE, [0, 1, 2, 3, 5, 6, 7], ["LSTM", "GRU"]),
  Resize: { dtypes: SINGLE, inputs: [0] },
};

/** Operators that run on the processor. */
export interface Fallback {
  /** The operators that fall back; `"*"` is every operator. */
  readonly operators: readonly string[];
  /** For which dtypes; all unless given. */
  readonly dtypes?: readonly DType[];
  /** Why. */
  readonly reason: string;
}

/**
 * The operators that still run on the processor if the provider is WebGPU, except nodes on the shapes of values, which
 * are small and belong there.
 */
export const WEBGPU_FALLBACKS: readonly Fallback[] = [
  { operators: ["*"], dtypes: ["int64"], reason: "the device has no 64-bit integers; what ArgMax finds is int64 too" },
  { operators: ["TopK"], reason: "the device's kernel does not keep the order of equal values, and loses infinities" },
  { operators: ["Mod"], dtypes: ["float32", "float16"], reason: "division on the device is not exact enough" },
  { operators: ["Pow"], dtypes: ["int32"], reason: "the device calculates it in float32" },
  { operators: ["MatMul", "Einsum"], dtypes: ["int32"], reason: "no kernel" },
  { operators: ["BitwiseAnd", "BitwiseOr", "BitwiseXor", "BitShift"], reason: "no kernel, so random numbers too" },
  { operators: ["Scan", "Loop"], reason: "no kernel, so cumulative products too" },
  { operators: ["Identity"], dtypes: ["uint8", "bool"], reason: "no kernel, where an output is an input as it is" },
  { operators: ["ConvTranspose"], reason: "over three axes: the device's kernel has one or two, and claims more" },
  { operators: ["RNN", "LRN", "GroupNormalization", "SpaceToDepth", "OneHot", "EyeLike"], reason: "no kernel" },
];

/**
 * The operators that the device accepts and then computes wrongly, or not at all, for some attributes; whoever writes
 * such nodes writes others.
 */
export const WEBGPU_FAILURES: readonly string[] = [
  "MaxPool with the output Indices",
  "BatchNormalization in training mode",
  "ConvTranspose over three axes",
  "Resize with antialias",
  "ReduceMax, ReduceMin and Softmax of tensors without values",
  "MatMul over an axis without values, after which the thread's engine is lost",
  "ScatterND that adds halves",
  "float16 where the device has not the feature shader-f16",
  "NaN in Softmax, which gives 0",
];
