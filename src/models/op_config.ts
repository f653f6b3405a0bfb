/**
 * Ops between layers in the configurations of models: Keras has a class for each, whose options are those of the op.
 *
 * @module
 */
import type { GraphNode } from "../graph/node.ts";
import * as ops from "../ops/mod.ts";
import { InputRangeError } from "../shape/error.ts";
import { EagerTensor } from "../tensor/eager.ts";
import { isRecord } from "../tensor/structure.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { SerializedLayer } from "./serialized.ts";

/** An op as Keras has it. */
interface KerasOp {
  /** The name of Strata's op. */
  readonly name: string;
  /** The name of the class. */
  readonly className: string;
  /** The module that the class is from. */
  readonly module: string;
  /** Options: Strata's name of each, and Keras's. */
  readonly options: { readonly [option: string]: string };
  /** Options that Strata's function takes by place, behind the tensors. */
  readonly positional: readonly string[];
  /** Whether the tensors are one list. */
  readonly isList: boolean;
}

type Settings = Partial<Pick<KerasOp, "className" | "options" | "positional" | "isList">>;

const NUMPY = "keras.src.ops.numpy";
const NN = "keras.src.ops.nn";
const CORE = "keras.src.ops.core";
const MATH = "keras.src.ops.math";

const REDUCTION: Settings = { options: { axis: "axis", keepDims: "keepdims" } };
const AXIS: Settings = { options: { axis: "axis" } };

/** The ops that both know, by Keras's module and Strata's names. */
const TABLE: readonly (readonly [module: string, names: string, settings?: Settings])[] = [
  [
    NUMPY,
    "absolute negative sqrt square exp exp2 expm1 log log1p log2 log10 sin cos tan arcsin arccos arctan sinh cosh tanh " +
    "arcsinh arccosh arctanh sign floor ceil trunc reciprocal isnan isinf isfinite logicalNot",
  ],
  [
    NUMPY,
    "add subtract multiply divide power maximum minimum mod floorDivide matmul dot equal notEqual greater greaterEqual " +
    "less lessEqual logicalAnd logicalOr logicalXor arctan2 where logaddexp hypot",
  ],
  [NUMPY, "mean sum max min prod std any all argmax argmin", REDUCTION],
  [NUMPY, "variance", { ...REDUCTION, className: "Var" }],
  [NUMPY, "concatenate stack", { ...AXIS, isList: true }],
  [NUMPY, "take", AXIS],
  [NUMPY, "reshape", { options: { shape: "newshape" }, positional: ["shape"] }],
  [NUMPY, "broadcastTo", { options: { shape: "shape" }, positional: ["shape"] }],
  [NUMPY, "transpose", { options: { axes: "axes" }, positional: ["axes"] }],
  [NUMPY, "squeeze", AXIS],
  [NUMPY, "expandDims", { ...AXIS, positional: ["axis"] }],
  [NUMPY, "flip", AXIS],
  [NUMPY, "tile", { options: { repeats: "repeats" }, positional: ["repeats"] }],
  [NUMPY, "repeat", { options: { repeats: "repeats", axis: "axis" }, positional: ["repeats"] }],
  [NUMPY, "clip", { options: { min: "x_min", max: "x_max" }, positional: ["min", "max"] }],
  [CORE, "cast", { options: { dtype: "dtype" }, positional: ["dtype"] }],
  [MATH, "rsqrt erf"],
  [MATH, "logsumexp", REDUCTION],
  [NN, "relu relu6 sigmoid silu softplus softsign hardSigmoid hardSilu logSigmoid selu mish squareplus tanhShrink"],
  [NN, "softmax logSoftmax", AXIS],
  [NN, "gelu", { options: { approximate: "approximate" } }],
  [NN, "elu celu", { options: { alpha: "alpha" } }],
  [NN, "leakyRelu", { options: { negativeSlope: "negative_slope" } }],
];

const BY_NAME = new Map<string, KerasOp>();
const BY_CLASS = new Map<string, KerasOp>();
for (const [module, names, settings = {}] of TABLE) {
  for (const name of names.split(" ")) {
    const className = name.charAt(0).toUpperCase() + name.slice(1);
    const op: KerasOp = { name, className, module, options: {}, positional: [], isList: false, ...settings };
    BY_NAME.set(name, op);
    BY_CLASS.set(op.className, op);
  }
}
BY_CLASS.set("TrueDivide", BY_NAME.get("divide")!);

/** An op of a model as plain data, with what it reads. */
export interface SerializedOp extends Pick<SerializedLayer, "className" | "config" | "module"> {
  /** What it reads. */
  readonly args: readonly unknown[];
}

/**
 * An op of a model as plain data.
 *
 * @throws {TypeError} If Keras has no such op.
 */
export function serializeOp(node: GraphNode, name: string): SerializedOp {
  const op = BY_NAME.get(node.operation);
  if (op === undefined) {
    throw new TypeError(
      `Cannot write op ${node.operation} between layers: it has no class in Keras; put it into a layer of its own`,
    );
  }
  const { className, module, isList } = op;
  const attributes = { ...namedInputs(node), ...attributesOf(node) };
  const config = Object.fromEntries(
    Object.entries(op.options).flatMap(([option, key]) => {
      const value = attributes[option];
      return value === undefined ? [] : [[key, value]];
    }),
  );
  const inputs = node.operation === "clip" ? node.inputs.slice(0, 1) : node.inputs;
  return { className, module, config: { name, ...config }, args: isList ? [inputs] : inputs };
}

/** Bounds, which Keras has as options, and Strata as inputs. */
function namedInputs({ operation, inputs }: GraphNode): { readonly [option: string]: unknown } {
  if (operation !== "clip") return {};
  const [, min, max] = inputs.map((input) =>
    input instanceof EagerTensor && input.size === 1 ? Number(input.item()) : 0
  );
  return { min, max };
}

/** The attributes under the names of the public function. */
function attributesOf({ operation, attributes }: GraphNode): { readonly [option: string]: unknown } {
  const { axes } = attributes as { readonly axes?: readonly number[] };
  if (axes === undefined || operation === "transpose") return attributes;
  return { ...attributes, axis: operation === "flip" || axes.length > 1 ? axes : axes[0] };
}

/** Whether plain data stands for an op, and not for a layer. */
export function isOp({ module, className }: SerializedLayer): boolean {
  return module !== undefined && (module.startsWith("keras.src.ops.") || module.startsWith("keras.ops")) &&
    className !== "Functional";
}

/**
 * Runs an op as its configuration says.
 *
 * @throws {RangeError} If Strata has no such op.
 */
export function runOp(
  { className, config }: SerializedLayer,
  args: readonly unknown[],
  kwargs: { readonly [name: string]: unknown },
): unknown {
  if (className === "GetItem") return getItem(args[0] as Tensor, args[1]);
  const op = BY_CLASS.get(className);
  if (op === undefined) throw new InputRangeError(`Cannot make op ${className}: Strata does not know it`);
  const options: { [option: string]: unknown } = {};
  for (const [option, key] of Object.entries(op.options)) {
    const value = kwargs[key] ?? config[key];
    if (value !== undefined && value !== null) options[option] = value;
  }
  const positional = op.positional.map((option) => options[option]);
  for (const option of op.positional) delete options[option];
  const run = (ops as unknown as { readonly [name: string]: (...args: readonly unknown[]) => unknown })[op.name]!;
  const others = Object.keys(options).length === 0 ? [] : [options];
  return run(...args, ...positional.filter((value) => value !== undefined), ...others);
}

/** Python's `x[...]`: an integer takes one position of an axis, a slice several. */
function getItem(x: Tensor, key: unknown): Tensor {
  let result = x;
  let axis = 0;
  const keys = Array.isArray(key) ? key : [key];
  for (const part of keys) {
    if (typeof part === "number") {
      result = ops.take(result, part, { axis }) as Tensor;
      continue;
    }
    const { className, config } = (isRecord(part) ? part : {}) as {
      readonly className?: string;
      readonly config?: unknown;
    };
    const { start = null, stop = null, step = null } = (config ?? {}) as { readonly [bound: string]: number | null };
    const size = result.shape[axis];
    if (className !== "__slice__" || (step !== null && step !== 1)) {
      throw new InputRangeError(`Cannot make op GetItem: expected integers and slices without steps as its key`);
    }
    if (start !== null || stop !== null) {
      if (typeof size !== "number") {
        throw new InputRangeError(
          `Cannot make op GetItem: expected slices of axes of known size, received axis ${axis}`,
        );
      }
      const bound = (value: number) => Math.min(Math.max(value < 0 ? value + size : value, 0), size);
      const [from, to] = [bound(start ?? 0), bound(stop ?? size)];
      const positions = Int32Array.from({ length: Math.max(to - from, 0) }, (_, index) => from + index);
      result = ops.take(result, positions, { axis }) as Tensor;
    }
    axis++;
  }
  return result;
}
