/**
 * The dtype that two operands meet in: the higher one in `bool`, `uint8`, `int32`, `int64`, `float16`, `float32`, `float64`.
 * A plain number takes the other operand's dtype, unless it has a fraction and the other is no float.
 *
 * @module
 */
import { type DType, type DTypeOfKind, DTYPES } from "./dtype.ts";

/** The dtypes that hold fractions. */
export type FloatDType = DTypeOfKind<"float">;

/** The dtypes of plain numbers until they meet a tensor: without a fraction, with one, and not known which. */
export type WeakDType = "weak_int" | "weak_float" | "weak";

/** @internal */
interface NotAbove {
  bool: "bool";
  uint8: "bool" | "uint8";
  int32: "bool" | "uint8" | "int32";
  int64: "bool" | "uint8" | "int32" | "int64";
  float16: Exclude<DType, "float32" | "float64">;
  float32: Exclude<DType, "float64">;
  float64: DType;
}

/** @internal */
type Meet<Weak extends WeakDType, D extends DType> = D extends FloatDType ? D
  : Weak extends "weak_float" ? "float32"
  : Weak extends "weak_int" ? (D extends "bool" ? "int32" : D)
  : D | "float32";

/** The dtype in which `A` and `B` meet. */
export type promote<A extends DType | WeakDType, B extends DType | WeakDType> = A extends WeakDType
  ? B extends DType ? Meet<A, B> : "float32"
  : B extends WeakDType ? Meet<B, A & DType>
  : A extends NotAbove[B & DType] ? B
  : A;

/** The dtype that division and functions such as `exp` give: floats stay, all others become `float32`. */
export type toFloat<D extends DType | WeakDType> = D extends FloatDType ? D : "float32";

/** All dtypes, lowest first. */
export const ORDER: readonly DType[] = ["bool", "uint8", "int32", "int64", "float16", "float32", "float64"];

/** The dtype in which two dtypes meet. */
export function promote(a: DType, b: DType): DType {
  return ORDER.indexOf(a) < ORDER.indexOf(b) ? b : a;
}

/** The dtype that a plain number takes beside a tensor of dtype `other`. */
export function weakDType(value: number, other: DType): DType {
  if (isFloat(other)) return other;
  if (!Number.isInteger(value)) return "float32";
  return other === "bool" ? "int32" : other;
}

/** Whether `dtype` holds fractions. */
export function isFloat(dtype: DType): dtype is FloatDType {
  return DTYPES[dtype].kind === "float";
}

/** Whether `dtype` holds integers, not booleans. */
export function isInteger(dtype: DType): boolean {
  return DTYPES[dtype].kind === "signed" || isUnsigned(dtype);
}

/** Whether `dtype` holds negative numbers. */
export function isSigned(dtype: DType): boolean {
  return isFloat(dtype) || DTYPES[dtype].kind === "signed";
}

/** Whether `dtype` holds integers from 0 on. */
export function isUnsigned(dtype: DType): boolean {
  return DTYPES[dtype].kind === "unsigned";
}

/** `dtype` where it holds fractions, else `float32`. */
export function toFloat(dtype: DType): FloatDType {
  return isFloat(dtype) ? dtype : "float32";
}
