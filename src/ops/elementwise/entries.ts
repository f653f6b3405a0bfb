/**
 * The way elementwise entries of the op table are made.
 *
 * @module
 */
import type { Emitter, Value } from "../../emission/emitter.ts";
import { Formula } from "../../emission/formula.ts";
import type { Attributes, Operation } from "../../graph/operation.ts";
import { broadcast } from "../../shape/broadcast.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { TensorLike } from "../../tensor/like.ts";
import { toFloat } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply, applyWith, callable, commonDType, filledIn, toOperands } from "../define.ts";
import { checkOpOptions } from "../arguments.ts";
import { broadcastRows, sameRows } from "../rows.ts";
import type {
  Binary,
  BinaryBool,
  BinaryFloat,
  BinaryInt,
  DTypeRule,
  Unary,
  UnaryBool,
  UnaryFloat,
  UnaryFloatWith,
  UnaryInt,
} from "../types.ts";

/** The way an elementwise op of one input is written: an ONNX operator's name, or the nodes. */
export type UnaryEmission = string | ((emitter: Emitter, x: Value) => Value);

/** The way an elementwise op of two inputs is written: an ONNX operator's name, or the nodes. */
export type BinaryEmission = string | ((emitter: Emitter, a: Value, b: Value) => Value);

/** The dtype stays. */
export const keep: DTypeRule = (dtype: DType): DType => dtype;
const bool: DTypeRule = () => "bool";

/** Float16 is calculated with in float32, and rounded once at the end. */
function inFloat32(emitter: Emitter, inputs: readonly Value[], write: (inputs: readonly Value[]) => Value): Value {
  if (inputs[0]!.dtype !== "float16") return write(inputs);
  const written = write(inputs.map((input) => emitter.cast(input, "float32")));
  return written.dtype === "float32" ? emitter.cast(written, "float16") : written;
}

/** Adds an entry for an op of one input that keeps the shape; its attributes reach the emission. */
export function unaryOperation<A extends Attributes>(
  name: string,
  emission: string | ((emitter: Emitter, x: Value, attributes: A) => Value),
  computed: DTypeRule,
  result: DTypeRule,
): Operation<A> {
  return {
    name,
    infer: ([x]) => [{ shape: x!.shape, dtype: result(x!.dtype) }],
    rows: sameRows,
    emit(emitter, [x], attributes) {
      const input = emitter.cast(x!, computed(x!.dtype));
      if (typeof emission !== "string") {
        return inFloat32(emitter, [input], ([value]) => emission(emitter, value!, attributes));
      }
      const dtype = result(input.dtype);
      return emitter.node(emission, [input], dtype === input.dtype ? {} : { dtype });
    },
  };
}

function defineUnary(name: string, emission: UnaryEmission, computed: DTypeRule, result: DTypeRule): unknown {
  const op = unaryOperation<Attributes>(name, emission, computed, result);
  return callable((x: TensorLike) => apply(op, [x], {}), op);
}

/** The options of an op with none of them left out. */
export type Settled<O> = { readonly [Name in keyof O]-?: Exclude<O[Name], undefined> };

/**
 * Defines an op of one input with options that keeps the shape. What is written reads the options with the defaults
 * filled in.
 */
export function unaryWith<O extends object>(
  name: string,
  defaults: Settled<O>,
  emission: (emitter: Emitter, x: Value, options: Settled<O>) => Value,
  dtype: DTypeRule,
): (x: TensorLike, options?: O) => Tensor {
  const names = Object.keys(defaults);
  const op: Operation = {
    ...unaryOperation(name, emission as (emitter: Emitter, x: Value, attributes: object) => Value, dtype, dtype),
    normalize: (options) => filledIn(defaults, options as Partial<Settled<O>>) as Attributes,
  };
  const call = (x: TensorLike, options?: O): Tensor => {
    checkOpOptions(name, options, names);
    return applyWith(op, [x], options);
  };
  return callable(call, op);
}

/** Defines an op with options whose result is a float, as a formula. */
export function unaryFloatWith<O extends object>(
  name: string,
  defaults: Settled<O>,
  write: (f: Formula, x: Value, options: Settled<O>) => Value,
): UnaryFloatWith<O> {
  const emission = (emitter: Emitter, x: Value, options: Settled<O>): Value =>
    write(new Formula(emitter, x.dtype), x, options);
  return unaryWith<O>(name, defaults, emission, toFloat) as UnaryFloatWith<O>;
}

/** Defines an op that keeps the dtype. */
export function unary(name: string, emission: UnaryEmission): Unary {
  return defineUnary(name, emission, keep, keep) as Unary;
}

/** Defines an op whose result is a float, and which computes in it. */
export function unaryFloat(name: string, emission: UnaryEmission): UnaryFloat {
  return defineUnary(name, emission, toFloat, toFloat) as UnaryFloat;
}

/** Defines an op that keeps the dtype, except that `bool` becomes `int32`. */
export function unaryInt(name: string, emission: UnaryEmission): UnaryInt {
  return defineUnary(name, emission, boolAsInt, boolAsInt) as UnaryInt;
}

/** Defines an op whose result is a boolean; `computed` is the dtype that it computes in. */
export function unaryBool(name: string, emission: UnaryEmission, computed: DTypeRule = keep): UnaryBool {
  return defineUnary(name, emission, computed, bool) as UnaryBool;
}

function defineBinary(name: string, emission: BinaryEmission, computed: DTypeRule, result: DTypeRule): unknown {
  const op: Operation = {
    name,
    infer: ([a, b]) => [{ shape: broadcast(a!.shape, b!.shape), dtype: result(commonDType([a!, b!])) }],
    rows: broadcastRows,
    emit(emitter, [a, b]) {
      const dtype = computed(commonDType([a!, b!]));
      const [left, right] = [emitter.cast(a!, dtype), emitter.cast(b!, dtype)];
      if (typeof emission !== "string") {
        return inFloat32(emitter, [left, right], ([first, second]) => emission(emitter, first!, second!));
      }
      return emitter.node(emission, [left, right], result(dtype) === dtype ? {} : { dtype: result(dtype) });
    },
  };
  return callable((a: TensorLike, b: TensorLike) => apply(op, toOperands(a, b), {}), op);
}

/** Defines an op whose result has the dtype in which its operands meet. */
export function binary(name: string, emission: BinaryEmission): Binary {
  return defineBinary(name, emission, keep, keep) as Binary;
}

/** Defines an op whose result has the dtype in which its operands meet, but `int32` for booleans. */
export function binaryInt(name: string, emission: BinaryEmission): BinaryInt {
  return defineBinary(name, emission, boolAsInt, boolAsInt) as BinaryInt;
}

/** `int32` for `bool`, else the dtype itself. */
export const boolAsInt: DTypeRule = (dtype: DType): DType => dtype === "bool" ? "int32" : dtype;

/** Defines an op whose result is a float, and which computes in it. */
export function binaryFloat(name: string, emission: BinaryEmission): BinaryFloat {
  return defineBinary(name, emission, toFloat, toFloat) as BinaryFloat;
}

/** Defines an op whose result is a boolean; `computed` is the dtype that it compares in. */
export function binaryBool(name: string, emission: BinaryEmission, computed: DTypeRule = keep): BinaryBool {
  return defineBinary(name, emission, computed, bool) as BinaryBool;
}

/** The bool dtype whatever the operands', as logical ops compute in. */
export const asBool: DTypeRule = (_dtype: DType): DType => "bool";
