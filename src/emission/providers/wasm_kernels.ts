/**
 * The dtypes that the engine's CPU kernels take, as measured on onnxruntime-web 1.30.0 at opset 21. What is not listed takes
 * every dtype. Where float16 is listed the engine computes in float32 by itself.
 *
 * @module
 */
import type { DType } from "../../tensor/dtype.ts";

/** The kernels of one operator. */
export interface Kernel {
  /** The dtypes that it computes in. */
  readonly dtypes: readonly DType[];
  /** The inputs that have that dtype. Default: all. */
  readonly inputs?: readonly number[];
}

const FLOAT: readonly DType[] = ["float32", "float16"];
const FLOATS: readonly DType[] = ["float32", "float64", "float16"];
const SIGNED: readonly DType[] = [...FLOATS, "int32", "int64"];
const NUMBERS: readonly DType[] = [...SIGNED, "uint8"];
const INTEGERS: readonly DType[] = ["int32", "int64", "uint8"];
const BOOL: readonly DType[] = ["bool"];

/** The kernels of the operators that do not take every dtype. */
export const KERNELS: { readonly [opType: string]: Kernel } = {
  ...kernels(NUMBERS, undefined, ["Add", "Sub", "Mul", "Div", "Mod", "Max", "Min", "Abs", "Sign", "Clip"]),
  ...kernels(NUMBERS, undefined, ["Less", "LessOrEqual", "Greater", "GreaterOrEqual"]),
  ...kernels(SIGNED, undefined, ["Pow", "Neg", "MatMul", "Einsum", "EyeLike"]),
  ...kernels(FLOATS, undefined, ["Sqrt", "Reciprocal", "Exp", "Log", "Floor", "Ceil", "Round", "IsNaN", "IsInf"]),
  ...kernels(FLOATS, undefined, ["Sin", "Cos", "Tanh", "Sigmoid", "Softmax", "LogSoftmax", "Gemm"]),
  ...kernels(FLOAT, undefined, ["Erf", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Asinh", "Acosh", "Atanh"]),
  ...kernels(FLOAT, undefined, ["LeakyRelu", "Elu", "Selu", "HardSigmoid", "HardSwish", "Softplus", "Softsign"]),
  ...kernels(FLOAT, undefined, ["Gelu", "Mish", "ThresholdedRelu"]),
  ...kernels(INTEGERS, undefined, ["BitwiseAnd", "BitwiseOr", "BitwiseXor"]),
  ...kernels(BOOL, undefined, ["And", "Or", "Xor", "Not"]),
  ...kernels(SIGNED, [0], ["ReduceSum", "ReduceMean", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceSumSquare"]),
  ...kernels(SIGNED, [0], ["ReduceLogSumExp", "CumSum"]),
  ...kernels(NUMBERS, [0], ["ArgMax", "ArgMin", "TopK"]),
  BitShift: { dtypes: ["uint8"] },
  Celu: { dtypes: ["float32"] },
  OneHot: { dtypes: ["float32", "float16", "int64"], inputs: [2] },
  Range: { dtypes: ["float32", "float64", "int32", "int64"] },
  Relu: { dtypes: [...FLOATS, "int32"] },
  Trilu: { dtypes: [...SIGNED, "bool"], inputs: [0] },
  Where: { dtypes: NUMBERS, inputs: [1, 2] },
};

/** The same kernel for several operators. */
export function kernels(
  dtypes: readonly DType[],
  inputs: readonly number[] | undefined,
  operators: readonly string[],
): Record<string, Kernel> {
  const kernel = inputs === undefined ? { dtypes } : { dtypes, inputs };
  return Object.fromEntries(operators.map((operator) => [operator, kernel]));
}
