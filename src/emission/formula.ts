/**
 * Formulas as ONNX nodes: operators as methods, and plain numbers as constants of the formula's dtype.
 *
 * @module
 */
import type { Emitter, Value } from "./emitter.ts";
import type { DType } from "../tensor/dtype.ts";

/** An operand of a formula: a value, or a number that becomes a constant. */
export type Operand = Value | number;

/** Writes the nodes of formulas in one dtype. */
export class Formula {
  /** The destination of the nodes. */
  readonly emitter: Emitter;
  /** The dtype of the numbers. */
  readonly dtype: DType;

  /** A formula whose numbers have the dtype `dtype`. */
  constructor(emitter: Emitter, dtype: DType) {
    this.emitter = emitter;
    this.dtype = dtype;
  }

  /** Any operator whose result has the dtype of its operands. */
  node(opType: string, ...operands: Operand[]): Value {
    return this.emitter.node(opType, operands.map((operand) => this.value(operand)));
  }

  /** A number as a constant; a value as it is. */
  value(operand: Operand): Value {
    return typeof operand === "number" ? this.emitter.scalar(operand, this.dtype) : operand;
  }

  /** `a + b` */
  add(a: Operand, b: Operand): Value {
    return this.node("Add", a, b);
  }

  /** `a - b` */
  sub(a: Operand, b: Operand): Value {
    return this.node("Sub", a, b);
  }

  /** `a * b` */
  mul(a: Operand, b: Operand): Value {
    return this.node("Mul", a, b);
  }

  /** `a / b` */
  div(a: Operand, b: Operand): Value {
    return this.node("Div", a, b);
  }

  /** The greater one; NaN if one is. */
  max(a: Operand, b: Operand): Value {
    return this.node("Max", a, b);
  }

  /** The lesser one; NaN if one is. */
  min(a: Operand, b: Operand): Value {
    return this.node("Min", a, b);
  }

  /** `x` where it lies from `low` to `high`, else the nearer of the two. */
  clip(x: Value, low: number, high: number): Value {
    return this.node("Clip", x, low, high);
  }

  /** `-x` */
  neg(x: Operand): Value {
    return this.node("Neg", x);
  }

  /** `|x|` */
  abs(x: Operand): Value {
    return this.node("Abs", x);
  }

  /** The square root. */
  sqrt(x: Operand): Value {
    return this.node("Sqrt", x);
  }

  /** `e` to the power of `x`. */
  exp(x: Operand): Value {
    return this.node("Exp", x);
  }

  /** The natural logarithm. */
  log(x: Operand): Value {
    return this.node("Log", x);
  }

  /** The hyperbolic tangent. */
  tanh(x: Operand): Value {
    return this.node("Tanh", x);
  }

  /** Whether `a < b`. */
  less(a: Operand, b: Operand): Value {
    return this.#compare("Less", a, b);
  }

  /** Whether `a > b`. */
  greater(a: Operand, b: Operand): Value {
    return this.#compare("Greater", a, b);
  }

  /** Whether `a = b`. */
  equal(a: Operand, b: Operand): Value {
    return this.#compare("Equal", a, b);
  }

  /** Whether both are true. */
  and(a: Value, b: Value): Value {
    return this.emitter.node("And", [a, b]);
  }

  /** Whether one of both is true. */
  or(a: Value, b: Value): Value {
    return this.emitter.node("Or", [a, b]);
  }

  /** Whether exactly one of both is true. */
  xor(a: Value, b: Value): Value {
    return this.emitter.node("Xor", [a, b]);
  }

  /** Whether it is false. */
  not(a: Value): Value {
    return this.emitter.node("Not", [a]);
  }

  /** `a` where the condition is true, else `b`. */
  where(condition: Value, a: Operand, b: Operand): Value {
    return this.emitter.node("Where", [condition, this.value(a), this.value(b)]);
  }

  #compare(opType: string, a: Operand, b: Operand): Value {
    return this.emitter.node(opType, [this.value(a), this.value(b)], { dtype: "bool" });
  }
}

/** An emission that writes a formula in the dtype of its first input. */
export function formula<Inputs extends readonly Value[]>(
  write: (f: Formula, ...inputs: Inputs) => Value,
): (emitter: Emitter, ...inputs: Inputs) => Value {
  return (emitter, ...inputs) => write(new Formula(emitter, inputs[0]!.dtype), ...inputs);
}
