/**
 * Bits of integers.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import type { Emitter, Value } from "../../emission/emitter.ts";
import { type broadcast, broadcast as broadcastShapes } from "../../shape/broadcast.ts";
import { DTypeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Check, DTypeOf, Like, ShapeOf, StrongDTypeOf, TensorLike } from "../../tensor/like.ts";
import { isFloat, isSigned, isUnsigned, type promote } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { bytesPerElement } from "../../tensor/typed_array.ts";
import { apply, callable, commonDType, toOperands } from "../define.ts";
import { Formula } from "../../emission/formula.ts";
import { toIndices } from "../shaping/indexing.ts";
import { broadcastRows } from "../rows.ts";
import { unaryOperation } from "./entries.ts";

/** The dtype of plain numbers as integers, and that of everything else. */
type IntegerDTypeOf<X> = X extends readonly unknown[] ? X extends { readonly dtype: DType } ? DTypeOf<X> : BoolOrInt<X>
  : DTypeOf<X>;
/** @internal */
type BoolOrInt<X> = StrongDTypeOf<X> extends "float32" ? "int32" : StrongDTypeOf<X>;
/** @internal */
type Met<A, B> = promote<IntegerDTypeOf<A>, IntegerDTypeOf<B>> extends infer D extends DType
  ? D extends "float32" ? "int32" : D
  : DType;

/** An elementwise op on two tensors of integers or booleans that broadcast. */
export interface BinaryBits {
  /** Applies the op to each pair of elements. */
  <const A extends TensorLike, const B extends TensorLike>(
    a: A,
    b: B & Check<broadcast<ShapeOf<A>, ShapeOf<B>>>,
  ): Like<A | B, broadcast<ShapeOf<A>, ShapeOf<B>>, Met<A, B>>;
}

/** Arrays of plain numbers as integers; single numbers take the dtype of the other operand. */
function toBits(value: TensorLike): TensorLike {
  return Array.isArray(value) && typeof value.flat(Infinity)[0] === "number" ? toIndices(value) : value;
}

function checkBits(name: string, dtype: DType): DType {
  if (isFloat(dtype)) throw new DTypeError(`Cannot take ${name} of ${dtype}: expected integers or booleans`);
  return dtype;
}

/** Defines an op on integers; booleans are taken as `boolAs`. */
export function binaryBits(
  name: string,
  emit: (emitter: Emitter, a: Value, b: Value) => Value,
  boolAs: DType,
): BinaryBits {
  const resultOf = (dtype: DType): DType => dtype === "bool" ? boolAs : dtype;
  const op: Operation = {
    name,
    infer: ([a, b]) => [{
      shape: broadcastShapes(a!.shape, b!.shape),
      dtype: resultOf(checkBits(name, commonDType([a!, b!]))),
    }],
    rows: broadcastRows,
    emit(emitter, [a, b]) {
      const dtype = resultOf(commonDType([a!, b!]));
      return emit(emitter, emitter.cast(a!, dtype), emitter.cast(b!, dtype));
    },
  };
  const call = (a: TensorLike, b: TensorLike): Tensor => {
    const both = typeof a === "number" && typeof b === "number" ? [toIndices(a), toIndices(b)] : [toBits(a), toBits(b)];
    return apply(op, toOperands(both[0]!, both[1]!), {});
  };
  return callable(call as BinaryBits, op);
}

/** An operator of bits; of booleans the logical one. */
function bitwise(opType: string, logical: string): (emitter: Emitter, a: Value, b: Value) => Value {
  return (emitter, a, b) => emitter.node(a.dtype === "bool" ? logical : opType, [a, b]);
}

/**
 * The bits that both numbers have, elementwise with broadcasting.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 * @throws {DTypeError} If an operand holds floats.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.bitwiseAnd([5, 6], 3).array(), [1, 2]);
 * ```
 */
export const bitwiseAnd: BinaryBits = binaryBits("bitwiseAnd", bitwise("BitwiseAnd", "And"), "bool");

/**
 * The bits that one number has, or both, elementwise with broadcasting.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 * @throws {DTypeError} If an operand holds floats.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.bitwiseOr([5, 6], 3).array(), [7, 7]);
 * ```
 */
export const bitwiseOr: BinaryBits = binaryBits("bitwiseOr", bitwise("BitwiseOr", "Or"), "bool");

/**
 * The bits that exactly one number has, elementwise with broadcasting.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 * @throws {DTypeError} If an operand holds floats.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.bitwiseXor([5, 6], 3).array(), [6, 5]);
 * ```
 */
export const bitwiseXor: BinaryBits = binaryBits("bitwiseXor", bitwise("BitwiseXor", "Xor"), "bool");

export const bitwiseInvertOperation: Operation = unaryOperation(
  "bitwiseInvert",
  (emitter, x) => emitter.node(x.dtype === "bool" ? "Not" : "BitwiseNot", [x]),
  (dtype) => checkBits("bitwiseInvert", dtype),
  (dtype) => checkBits("bitwiseInvert", dtype),
);

/**
 * Every bit turned around, elementwise: `-x - 1` for signed integers, and the logical not of booleans.
 *
 * @throws {DTypeError} If an operand holds floats.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.bitwiseInvert([0, 5, -1]).array(), [-1, -6, 0]);
 * ```
 */
export function bitwiseInvert<const X extends TensorLike>(x: X): Like<X, ShapeOf<X>, Met<X, X>> {
  return apply(bitwiseInvertOperation, [typeof x === "number" ? toIndices(x) : toBits(x)], {}) as never;
}

/**
 * Every bit turned around: another name of {@linkcode bitwiseInvert}.
 *
 * @throws {DTypeError} If an operand holds floats.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.bitwiseNot([0, 5, -1]).array(), [-1, -6, 0]);
 * ```
 */
export const bitwiseNot: typeof bitwiseInvert = bitwiseInvert;

/** The number of bits of an integer dtype that are digits: all but the sign. */
function digitsOf(dtype: DType): number {
  return 8 * bytesPerElement(dtype) - (isSigned(dtype) ? 1 : 0);
}

/** Powers of 2 with exponents that are cut off at the number of digits. */
function powerOfTwo(f: Formula, exponent: Value, digits: number): Value {
  // Doubled step by step, since powers are computed in floats, which do not hold them all.
  let power = f.value(1);
  for (let bit = 0; 2 ** bit <= digits; bit++) {
    const step = f.emitter.node("BitwiseAnd", [exponent, f.value(2 ** bit)]);
    const factor = 2 ** bit < digits ? f.value(2 ** (2 ** bit)) : f.value(0);
    power = f.where(f.equal(step, 0), power, f.mul(power, factor));
  }
  return power;
}

function writeLeftShift(emitter: Emitter, x: Value, by: Value): Value {
  const f = new Formula(emitter, x.dtype);
  const digits = digitsOf(x.dtype);
  const inside = f.and(f.not(f.less(by, 0)), f.not(f.greater(by, digits)));
  const doubled = f.mul(x, powerOfTwo(f, f.where(inside, by, 0), digits));
  return f.where(inside, doubled, 0);
}

function writeRightShift(emitter: Emitter, x: Value, by: Value): Value {
  const f = new Formula(emitter, x.dtype);
  const digits = digitsOf(x.dtype);
  const inside = f.and(f.not(f.less(by, 0)), f.less(by, digits));
  const power = powerOfTwo(f, f.where(inside, by, 0), digits);
  const isNegative = f.less(x, 0);
  // Division rounds towards zero; that of what is left of -1 rounds down.
  const positive = isUnsigned(x.dtype) ? x : f.where(isNegative, f.sub(-1, x), x);
  const quotient = f.where(inside, f.div(positive, power), 0);
  return isUnsigned(x.dtype) ? quotient : f.where(isNegative, f.sub(-1, quotient), quotient);
}

/**
 * Moves bits to the left, elementwise with broadcasting: `a 2^b`, which wraps around; 0 where `b` is negative or as many as
 * there are bits.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 * @throws {DTypeError} If an operand holds floats.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.bitwiseLeftShift([1, 3], [4, 1]).array(), [16, 6]);
 * ```
 */
export const bitwiseLeftShift: BinaryBits = binaryBits("bitwiseLeftShift", writeLeftShift, "int32");

/**
 * Moves bits to the right, elementwise with broadcasting: `⌊a / 2^b⌋`; 0, or -1 for negative `a`, where `b` is negative or as
 * many as there are bits.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 * @throws {DTypeError} If an operand holds floats.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.bitwiseRightShift([16, -5], [3, 1]).array(), [2, -3]);
 * ```
 */
export const bitwiseRightShift: BinaryBits = binaryBits("bitwiseRightShift", writeRightShift, "int32");

/**
 * Moves bits to the left: another name of {@linkcode bitwiseLeftShift}.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 * @throws {DTypeError} If an operand holds floats.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.leftShift([1, 3], 2).array(), [4, 12]);
 * ```
 */
export const leftShift: BinaryBits = bitwiseLeftShift;

/**
 * Moves bits to the right: another name of {@linkcode bitwiseRightShift}.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 * @throws {DTypeError} If an operand holds floats.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.rightShift([16, -5], 2).array(), [4, -2]);
 * ```
 */
export const rightShift: BinaryBits = bitwiseRightShift;
