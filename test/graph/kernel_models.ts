/** A model of one node for each ONNX operator and dtype, to find out which kernels the engine has. */
import type { HostTensor } from "../../src/engine/engine.ts";
import { int, ints, text } from "../../src/emission/emitter.ts";
import type { OnnxAttribute } from "../../src/onnx/model.ts";
import type { DType } from "../../src/tensor/dtype.ts";
import { host, model, node, value } from "../engine/models.ts";

/** An operator applied to values of `dtype`. */
export interface Probe {
  /** The inputs; those that are constants of the model, such as axes, come as values too. */
  readonly inputs: readonly HostTensor[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
  /** The dtypes of the outputs. */
  readonly outputs: readonly DType[];
}

type MakeProbe = (dtype: DType) => Probe;

const NUMBERS = [1, 0, 2, 3, 1, 2];
const ONES = [1, 1, 2, 1, 1, 2];

/** Values that every dtype holds; a `bool` holds whether they are 0. */
function typed(dtype: DType, shape: readonly number[] = [2, 3], values: readonly number[] = NUMBERS): HostTensor {
  const size = shape.reduce((product, dim) => product * dim, 1);
  return host(dtype, shape, values.slice(0, size).map((value) => dtype === "bool" ? value !== 0 : value));
}

function integers(...values: number[]): HostTensor {
  return host("int64", [values.length], values);
}

function unary(attributes: Probe["attributes"] = {}, result?: DType): MakeProbe {
  return (dtype) => ({ inputs: [typed(dtype)], attributes, outputs: [result ?? dtype] });
}

function binary(result?: DType, attributes: Probe["attributes"] = {}): MakeProbe {
  return (dtype) => ({ inputs: [typed(dtype), typed(dtype, [2, 3], ONES)], attributes, outputs: [result ?? dtype] });
}

function with_(more: readonly HostTensor[], attributes: Probe["attributes"] = {}, result?: DType): MakeProbe {
  return (dtype) => ({ inputs: [typed(dtype), ...more], attributes, outputs: [result ?? dtype] });
}

const reduce = with_([integers(1)], { keepdims: int(0) });
const argument = unary({ axis: int(1), keepdims: int(0) }, "int64");

/** The operators that ops may use; the dtype is that of the inputs which the table of kernels says. */
export const PROBES: Readonly<Record<string, MakeProbe>> = {
  ...named(binary(), "Add", "Sub", "Mul", "Div", "Max", "Min", "Pow", "BitwiseAnd", "BitwiseOr", "BitwiseXor"),
  BitShift: binary(undefined, { direction: text("LEFT") }),
  Mod: (dtype) => binary(undefined, dtype.startsWith("float") ? { fmod: int(1) } : {})(dtype),
  ...named(unary(), "Neg", "Abs", "Sign", "Sqrt", "Reciprocal", "Exp", "Log", "Floor", "Ceil", "Round", "Erf"),
  ...named(unary(), "Sin", "Cos", "Tan", "Asin", "Acos", "Atan"),
  ...named(unary(), "Sinh", "Cosh", "Tanh", "Asinh", "Acosh", "Atanh"),
  ...named(unary({}, "bool"), "IsNaN", "IsInf"),
  ...named(binary("bool"), "And", "Or", "Xor", "Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual"),
  Not: unary(),
  Where: (dtype) => ({
    inputs: [host("bool", [3], [1, 0, 1]), typed(dtype), typed(dtype, [2, 3], ONES)],
    attributes: {},
    outputs: [dtype],
  }),
  Cast: unary({ to: int(1) }, "float32"),
  Clip: (dtype) => ({
    inputs: [typed(dtype), typed(dtype, [], [1]), typed(dtype, [], [2])],
    attributes: {},
    outputs: [dtype],
  }),
  ...named(unary(), "Identity"),
  Shape: unary({}, "int64"),
  MatMul: (dtype) => ({ inputs: [typed(dtype), typed(dtype, [3, 2])], attributes: {}, outputs: [dtype] }),
  Gemm: (dtype) => ({
    inputs: [typed(dtype), typed(dtype, [3, 2]), typed(dtype, [2])],
    attributes: {},
    outputs: [dtype],
  }),
  Einsum: (dtype) => ({
    inputs: [typed(dtype), typed(dtype, [3, 2])],
    attributes: { equation: text("ij,jk->ik") },
    outputs: [dtype],
  }),
  ...named(reduce, "ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceLogSumExp"),
  ...named(reduce, "ReduceL1", "ReduceL2", "ReduceSumSquare"),
  ...named(argument, "ArgMax", "ArgMin"),
  CumSum: with_([host("int64", [], [1])]),
  Reshape: with_([integers(3, 2)]),
  Transpose: unary({ perm: ints([1, 0]) }),
  Unsqueeze: with_([integers(0)]),
  Squeeze: (dtype) => ({ inputs: [typed(dtype, [2, 1]), integers(1)], attributes: {}, outputs: [dtype] }),
  Concat: binary(undefined, { axis: int(0) }),
  Split: (dtype) => ({
    inputs: [typed(dtype), integers(1, 2)],
    attributes: { axis: int(1) },
    outputs: [dtype, dtype],
  }),
  Slice: with_([integers(0), integers(2), integers(1), integers(1)]),
  Pad: (dtype) => ({
    inputs: [typed(dtype), integers(0, 1, 0, 1), typed(dtype, [], [1])],
    attributes: {},
    outputs: [dtype],
  }),
  Tile: with_([integers(1, 2)]),
  Expand: with_([integers(2, 2, 3)]),
  Gather: with_([host("int64", [2], [1, 0])], { axis: int(1) }),
  GatherElements: with_([host("int64", [2, 1], [2, 0])], { axis: int(1) }),
  GatherND: with_([host("int64", [1, 2], [1, 0])]),
  ScatterND: (dtype) => ({
    inputs: [typed(dtype), host("int64", [1, 2], [1, 0]), typed(dtype, [1])],
    attributes: {},
    outputs: [dtype],
  }),
  ScatterElements: (dtype) => ({
    inputs: [typed(dtype), host("int64", [2, 1], [2, 0]), typed(dtype, [2, 1])],
    attributes: { axis: int(1) },
    outputs: [dtype],
  }),
  OneHot: (dtype) => ({
    inputs: [host("int64", [3], [1, 0, 2]), host("int64", [], [3]), typed(dtype, [2], [0, 1])],
    attributes: {},
    outputs: [dtype],
  }),
  TopK: (dtype) => ({ inputs: [typed(dtype), integers(2)], attributes: {}, outputs: [dtype, "int64"] }),
  Trilu: unary(),
  ...named(unary(), "Relu", "LeakyRelu", "Elu", "Selu", "Celu", "Sigmoid", "HardSigmoid", "HardSwish", "Softplus"),
  ...named(unary(), "Softsign", "Gelu", "Mish", "Softmax", "LogSoftmax", "ThresholdedRelu"),
  Range: (dtype) => ({
    inputs: [typed(dtype, [], [0]), typed(dtype, [], [5]), typed(dtype, [], [2])],
    attributes: {},
    outputs: [dtype],
  }),
  ConstantOfShape: (dtype) => ({
    inputs: [integers(2, 2)],
    attributes: { value: { type: "tensor", value: { name: "", dtype, shape: [1], data: bytesOf(typed(dtype, [1])) } } },
    outputs: [dtype],
  }),
  EyeLike: unary(),
};

function named(probe: MakeProbe, ...operators: string[]): Record<string, MakeProbe> {
  return Object.fromEntries(operators.map((operator) => [operator, probe]));
}

function bytesOf({ data }: HostTensor): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** The probe as a model; every input is given when it runs. */
export function probeModel(opType: string, { inputs, attributes, outputs }: Probe): Uint8Array {
  const names = inputs.map((_, index) => `input_${index}`);
  const results = outputs.map((_, index) => `output_${index}`);
  return model(
    inputs.map(({ dtype, shape }, index) => value(names[index]!, dtype, shape)),
    outputs.map((dtype, index) => value(results[index]!, dtype)),
    [node(opType, names, results, attributes)],
  );
}
