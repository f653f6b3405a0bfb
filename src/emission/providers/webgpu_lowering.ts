/**
 * Nodes written for WebGPU instead of operators that the device has no kernel for, or whose kernels give other numbers
 * than the processor's.
 *
 * @module
 */
import type { OnnxAttribute } from "../../onnx/model.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { NodeOptions, NodeWriter, Value } from "../node_writer.ts";

/** Other nodes for one operator. */
export interface Lowering {
  /** The dtypes that the nodes take. */
  readonly dtypes: readonly DType[];
  /** The inputs that have that dtype. Default: all. */
  readonly inputs?: readonly number[];
  /** Writes the nodes; the result has the dtype of the inputs, or that of the operator where it is always the same. */
  write(n: Nodes, inputs: readonly Value[], options: NodeOptions): Value;
}

/** Writes nodes on values of one dtype. */
export class Nodes {
  /** The destination of the nodes. */
  readonly emitter: NodeWriter;
  /** The dtype of the values. */
  readonly dtype: DType;

  /** Nodes whose values have the dtype `dtype`. */
  constructor(emitter: NodeWriter, dtype: DType) {
    this.emitter = emitter;
    this.dtype = dtype;
  }

  /** Any operator whose result has the dtype of its operands; a number becomes a constant. */
  node(opType: string, ...operands: (Value | number)[]): Value {
    return this.emitter.node(opType, operands.map((operand) => this.value(operand)));
  }

  /** The operator itself, which is not written otherwise again. */
  native(opType: string, ...operands: Value[]): Value {
    return this.emitter.nativeNode(opType, operands, {}, [this.dtype])[0]!;
  }

  /** A comparison. */
  compare(opType: "Equal" | "Less" | "Greater", a: Value | number, b: Value | number): Value {
    return this.emitter.node(opType, [this.value(a), this.value(b)], { dtype: "bool" });
  }

  /** `a` where the condition is true, else `b`. */
  where(condition: Value, a: Value | number, b: Value | number): Value {
    return this.emitter.node("Where", [condition, this.value(a), this.value(b)]);
  }

  /** 1 where the condition is true, else 0. */
  indicator(condition: Value): Value {
    return this.emitter.cast(condition, this.dtype);
  }

  /** A reduction over given axes, or over all. */
  reduce(opType: string, x: Value, axes: Value | undefined, keepDims: boolean): Value {
    const attributes = { keepdims: int(keepDims ? 1 : 0) };
    return this.emitter.node(opType, axes === undefined ? [x] : [x, axes], { attributes });
  }

  /** A number as a constant; a value as it is. */
  value(operand: Value | number): Value {
    return typeof operand === "number" ? this.emitter.scalar(operand, this.dtype) : operand;
  }
}

const FLOAT: readonly DType[] = ["float32", "float16"];
const SINGLE: readonly DType[] = ["float32"];
const NUMBERS: readonly DType[] = ["float32", "float16", "int32"];
const INT: readonly DType[] = ["int32"];
const BOOL: readonly DType[] = ["bool"];

function numberOf({ attributes }: NodeOptions, name: string, otherwise: number): number {
  const attribute = attributes?.[name];
  return attribute?.type === "int" || attribute?.type === "float" ? Number(attribute.value) : otherwise;
}

/** Half to even: where what lies above the floor is a half, the floor goes up if it is odd. */
function round(n: Nodes, x: Value): Value {
  const floor = n.node("Floor", x);
  const rest = n.node("Sub", x, floor);
  const even = n.node("Mul", n.node("Floor", n.node("Mul", floor, 0.5)), 2);
  const halfOfOdd = n.node("And", n.compare("Equal", rest, 0.5), n.compare("Greater", floor, even));
  return n.node("Add", floor, n.indicator(n.node("Or", n.compare("Greater", rest, 0.5), halfOfOdd)));
}

/** -1, 0 or 1; NaN of NaN, whose comparisons are all false. */
function sign(n: Nodes, x: Value): Value {
  const sign = n.node("Sub", n.indicator(n.compare("Greater", x, 0)), n.indicator(n.compare("Less", x, 0)));
  return n.dtype === "int32" ? sign : n.where(n.compare("Equal", x, x), sign, x);
}

/** The remainder of integers: that of division by truncation, or that with the sign of the divisor. */
function remainder(n: Nodes, a: Value, b: Value, truncated: boolean): Value {
  const rest = n.node("Sub", a, n.node("Mul", b, n.node("Div", a, b)));
  if (truncated) return rest;
  const signsDiffer = n.node("Xor", n.compare("Less", rest, 0), n.compare("Less", b, 0));
  const uneven = n.node("Not", n.compare("Equal", rest, 0));
  return n.where(n.node("And", uneven, signsDiffer), n.node("Add", rest, b), rest);
}

/**
 * The device has no shader for some operands of different shapes, so both take the shape of the result first. It also
 * gives 0 for powers of NaN.
 */
function power(n: Nodes, base: Value, exponent: Value): Value {
  const isNumber = n.compare("Equal", base, base);
  const [x, y] = [
    n.where(n.compare("Equal", exponent, exponent), base, base),
    n.where(isNumber, exponent, exponent),
  ];
  return n.where(isNumber, n.native("Pow", x, y), n.where(n.compare("Equal", exponent, 0), 1, base));
}

/**
 * The device's inverse functions are off by up to 4e-4. What an angle `y` lacks is the inverse of a difference of angles,
 * small enough to be itself: `sin(a - y) = sin a cos y - cos a sin y`.
 */
function arcsin(n: Nodes, x: Value): Value {
  const y = n.native("Asin", x);
  return n.node(
    "Add",
    y,
    n.node("Sub", n.node("Mul", x, n.node("Cos", y)), n.node("Mul", leg(n, x), n.node("Sin", y))),
  );
}

function arccos(n: Nodes, x: Value): Value {
  const y = n.native("Acos", x);
  return n.node(
    "Add",
    y,
    n.node("Sub", n.node("Mul", leg(n, x), n.node("Cos", y)), n.node("Mul", x, n.node("Sin", y))),
  );
}

/** `√(1 - x²)` */
function leg(n: Nodes, x: Value): Value {
  return n.node("Sqrt", n.node("Mul", n.node("Sub", 1, x), n.node("Add", 1, x)));
}

/** As above with tangents: `tan(a - y) = (x cos y - sin y) / (cos y + x sin y)`, where `x` is finite. */
function arctan(n: Nodes, x: Value): Value {
  const bounded = n.node("Max", n.node("Min", x, 1e18), -1e18);
  const y = n.native("Atan", bounded);
  const [sine, cosine] = [n.node("Sin", y), n.node("Cos", y)];
  const over = n.node("Sub", n.node("Mul", bounded, cosine), sine);
  return n.node("Add", y, n.node("Div", over, n.node("Add", cosine, n.node("Mul", bounded, sine))));
}

/** The logarithm of the sum of powers, less the greatest of them, so that none overflows. */
function logSumExp(n: Nodes, x: Value, axes: Value | undefined, keepDims: boolean): Value {
  const greatest = n.reduce("ReduceMax", x, axes, true);
  const shift = n.where(n.compare("Less", n.node("Abs", greatest), Infinity), greatest, 0);
  const sum = n.reduce("ReduceSum", n.node("Exp", n.node("Sub", x, shift)), axes, keepDims);
  return n.node("Add", n.node("Log", sum), keepDims ? shift : n.reduce("ReduceMax", shift, axes, false));
}

function logSoftmax(n: Nodes, x: Value, axis: number): Value {
  const axes = n.emitter.integers([axis]);
  const shifted = n.node("Sub", x, n.reduce("ReduceMax", x, axes, true));
  return n.node("Sub", shifted, n.node("Log", n.reduce("ReduceSum", n.node("Exp", shifted), axes, true)));
}

/** Moves both halves of 32-bit integers as floats, which hold 16 bits exactly. */
function moveHalves(n: Nodes, opType: string, [x, ...rest]: readonly Value[], options: NodeOptions): Value {
  const { emitter } = n;
  const move = (value: Value): Value =>
    emitter.cast(emitter.node(opType, [emitter.cast(value, "float32"), ...rest], options), "int32");
  const high = n.node("Div", x!, 0x10000);
  const low = n.node("Sub", x!, n.node("Mul", high, 0x10000));
  return n.node("Add", n.node("Mul", move(high), 0x10000), move(low));
}

const END = 2 ** 31 - 1;

/**
 * The device steps back from the last element, wherever it is told to start. So what lies between start and end is cut
 * out, turned round whole, and stepped through forwards.
 */
function slice(n: Nodes, [x, ...range]: readonly Value[], options: NodeOptions): Value {
  const { emitter } = n;
  const [starts, ends, axes, steps] = range.map((value) => emitter.numbersOf(value));
  const isSafe = steps === undefined || steps.every((step, place) => step > 0 || starts?.[place] === -1 && step === -1);
  if (isSafe) return emitter.nativeNode("Slice", [x!, ...range], options, [n.dtype])[0]!;
  if (starts === undefined || ends === undefined || axes === undefined) {
    return emitter.nativeNode("Slice", [x!, ...range], options, [n.dtype], true)[0]!;
  }
  const cut = (value: Value, part: (step: number, place: number) => readonly [number, number, number]): Value => {
    const parts = steps.map(part);
    const [from, to, by] = [0, 1, 2].map((index) => emitter.integers(parts.map((numbers) => numbers[index]!)));
    return emitter.node("Slice", [value, from!, to!, emitter.integers(axes), by!]);
  };
  // One past -1, the last element, is the end and not 0.
  const past = (index: number): number => index === -1 ? END : index + 1;
  const between = cut(
    x!,
    (step, at) => step > 0 ? [starts[at]!, ends[at]!, step] : [past(ends[at]!), past(starts[at]!), 1],
  );
  const turned = cut(between, (step) => step > 0 ? [0, END, 1] : [-1, -END, -1]);
  return cut(turned, (step) => step > 0 ? [0, END, 1] : [0, END, -step]);
}

/**
 * The device does not stretch axes of size 1. Where it is not certain that operands have the same sizes along a label,
 * they are stretched first.
 */
function einsum(n: Nodes, inputs: readonly Value[], options: NodeOptions): Value {
  const equation = options.attributes?.["equation"];
  const terms = equation?.type === "string" ? equation.value.split("->")[0]!.split(",") : [];
  const native = (operands: readonly Value[]) => n.emitter.nativeNode("Einsum", operands, options, [n.dtype])[0]!;
  const dimOf = (operand: number, label: string) => inputs[operand]!.shape[terms[operand]!.indexOf(label)] ?? null;
  const owners = (label: string): number[] => terms.flatMap((term, operand) => term.includes(label) ? [operand] : []);
  const isOpen = (label: string): boolean => {
    const [first, ...others] = owners(label).map((operand) => dimOf(operand, label));
    return others.some((dim) => dim === null || dim !== first);
  };
  const open = new Set([...terms.join("")].filter(isOpen));
  if (open.size === 0) return native(inputs);
  const { emitter } = n;
  const sizeOf = (operand: number, label: string): Value => {
    const shape = emitter.node("Shape", [inputs[operand]!], { dtype: "int64" });
    return emitter.node("Gather", [shape, emitter.integers([terms[operand]!.indexOf(label)])]);
  };
  return native(inputs.map((input, operand) => {
    const labels = [...terms[operand]!];
    if (!labels.some((label) => open.has(label))) return input;
    // Expand leaves an axis as it is where 1 is asked for.
    const sizes = labels.map((label) =>
      open.has(label)
        ? owners(label).map((owner) => sizeOf(owner, label)).reduce((a, b) => emitter.node("Max", [a, b]))
        : emitter.integers([1])
    );
    return emitter.node("Expand", [input, emitter.node("Concat", sizes, { attributes: { axis: int(0) } })]);
  }));
}

/** The nodes written instead of each operator. */
export const WEBGPU_LOWERINGS: { readonly [opType: string]: Lowering } = {
  Neg: { dtypes: INT, write: (n, [x]) => n.node("Sub", 0, x!) },
  Abs: { dtypes: INT, write: (n, [x]) => n.node("Max", x!, n.node("Sub", 0, x!)) },
  Sign: { dtypes: NUMBERS, write: (n, [x]) => sign(n, x!) },
  Round: { dtypes: SINGLE, write: (n, [x]) => round(n, x!) },
  Mod: { dtypes: INT, write: (n, [a, b], options) => remainder(n, a!, b!, numberOf(options, "fmod", 0) === 1) },
  Pow: { dtypes: FLOAT, write: (n, [base, exponent]) => power(n, base!, exponent!) },
  Asin: { dtypes: SINGLE, write: (n, [x]) => arcsin(n, x!) },
  Acos: { dtypes: SINGLE, write: (n, [x]) => arccos(n, x!) },
  Atan: { dtypes: SINGLE, write: (n, [x]) => arctan(n, x!) },
  IsNaN: { dtypes: FLOAT, write: (n, [x]) => n.node("Not", n.compare("Equal", x!, x!)) },
  IsInf: { dtypes: FLOAT, write: (n, [x]) => n.compare("Equal", n.node("Abs", x!), Infinity) },
  Or: { dtypes: BOOL, write: (n, [a, b]) => n.node("Not", n.node("And", n.node("Not", a!), n.node("Not", b!))) },
  Xor: { dtypes: BOOL, write: (n, [a, b]) => n.node("Not", n.compare("Equal", a!, b!)) },
  // The device's own kernels of these turn NaN into a number.
  Relu: { dtypes: NUMBERS, write: (n, [x]) => n.node("Max", x!, 0) },
  Clip: { dtypes: NUMBERS, write: (n, [x, low, high]) => n.node("Min", n.node("Max", x!, low!), high!) },
  HardSigmoid: {
    dtypes: FLOAT,
    write(n, [x], options) {
      const [slope, offset] = [numberOf(options, "alpha", 0.2), numberOf(options, "beta", 0.5)];
      return n.node("Max", n.node("Min", n.node("Add", n.node("Mul", x!, slope), offset), 1), 0);
    },
  },
  // The device's own kernel overflows.
  ReduceLogSumExp: {
    dtypes: SINGLE,
    inputs: [0],
    write: (n, [x, axes], options) => logSumExp(n, x!, axes, numberOf(options, "keepdims", 1) === 1),
  },
  LogSoftmax: { dtypes: SINGLE, write: (n, [x], options) => logSoftmax(n, x!, numberOf(options, "axis", -1)) },
  Slice: {
    dtypes: NUMBERS,
    inputs: [0],
    write: (n, inputs, options) =>
      n.dtype === "int32" ? moveHalves(n, "Slice", inputs, options) : slice(n, inputs, options),
  },
  GatherElements: {
    dtypes: INT,
    inputs: [0],
    write: (n, inputs, options) => moveHalves(n, "GatherElements", inputs, options),
  },
  Einsum: { dtypes: SINGLE, write: einsum },
};

function int(value: number): OnnxAttribute {
  return { type: "int", value };
}
