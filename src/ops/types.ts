/**
 * The types that many ops share.
 *
 * @module
 */
import type { broadcast } from "../shape/broadcast.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Check, DTypeOf, Like, ShapeOf, StrongDTypeOf, TensorLike } from "../tensor/like.ts";
import type { promote, toFloat, WeakDType } from "../tensor/promote.ts";

/** An elementwise op on one tensor that keeps its dtype. */
export interface Unary {
  /** Applies the op to each element; the shape and the dtype stay. */
  <const X extends TensorLike>(x: X): Like<X, ShapeOf<X>, StrongDTypeOf<X>>;
}

/** An elementwise op on one tensor whose result is a float: `float32` unless the tensor is a float itself. */
export interface UnaryFloat {
  /** Applies the op to each element; the shape stays. */
  <const X extends TensorLike>(x: X): Like<X, ShapeOf<X>, toFloat<DTypeOf<X>>>;
}

/** An elementwise op with options `O` on one tensor whose result is a float. */
export interface UnaryFloatWith<O> {
  /** Applies the op to each element; the shape stays. */
  <const X extends TensorLike>(x: X, options?: O): FloatLike<X>;
}

/** `int32` for `bool`, else the dtype itself. */
export type boolToInt<D extends DType> = D extends "bool" ? "int32" : D;

/** An elementwise op on one tensor that keeps its dtype; `bool` becomes `int32`. */
export interface UnaryInt {
  /** Applies the op to each element; the shape stays. */
  <const X extends TensorLike>(x: X): Like<X, ShapeOf<X>, boolToInt<StrongDTypeOf<X>>>;
}

/** An elementwise op with options `O` on one tensor that keeps its dtype; `bool` becomes `int32`. */
export interface UnaryIntWith<O> {
  /** Applies the op to each element; the shape stays. */
  <const X extends TensorLike>(x: X, options?: O): Like<X, ShapeOf<X>, boolToInt<StrongDTypeOf<X>>>;
}

/** An elementwise op on one tensor whose result is a boolean. */
export interface UnaryBool {
  /** Applies the op to each element; the shape stays. */
  <const X extends TensorLike>(x: X): Like<X, ShapeOf<X>, "bool">;
}

/** An elementwise op on two tensors that broadcast; the result has the dtype in which theirs meet. */
export interface Binary {
  /** Applies the op to each pair of elements. */
  <const A extends TensorLike, const B extends TensorLike>(
    a: A,
    b: B & Check<broadcast<ShapeOf<A>, ShapeOf<B>>>,
  ): Like<A | B, broadcast<ShapeOf<A>, ShapeOf<B>>, promote<DTypeOf<A>, DTypeOf<B>>>;
}

/** An elementwise op on two tensors that broadcast; the result has the dtype in which theirs meet, `int32` for `bool`. */
export interface BinaryInt {
  /** Applies the op to each pair of elements. */
  <const A extends TensorLike, const B extends TensorLike>(
    a: A,
    b: B & Check<broadcast<ShapeOf<A>, ShapeOf<B>>>,
  ): Like<A | B, broadcast<ShapeOf<A>, ShapeOf<B>>, MeetingInt<promote<DTypeOf<A>, DTypeOf<B>>>>;
}

/** @internal */
type MeetingInt<D extends DType | WeakDType> = D extends "bool" ? "int32" : D extends DType ? D : "float32";

/** An elementwise op on two tensors that broadcast; the result is a float. */
export interface BinaryFloat {
  /** Applies the op to each pair of elements. */
  <const A extends TensorLike, const B extends TensorLike>(
    a: A,
    b: B & Check<broadcast<ShapeOf<A>, ShapeOf<B>>>,
  ): Like<A | B, broadcast<ShapeOf<A>, ShapeOf<B>>, toFloat<promote<DTypeOf<A>, DTypeOf<B>>>>;
}

/** An elementwise op on two tensors that broadcast; the result is a boolean. */
export interface BinaryBool {
  /** Applies the op to each pair of elements. */
  <const A extends TensorLike, const B extends TensorLike>(
    a: A,
    b: B & Check<broadcast<ShapeOf<A>, ShapeOf<B>>>,
  ): Like<A | B, broadcast<ShapeOf<A>, ShapeOf<B>>, "bool">;
}

/** The dtype in which three operands meet: plain numbers follow those that have a dtype. */
export type promoteAll<A extends DType | WeakDType, B extends DType | WeakDType, C extends DType | WeakDType> =
  B extends WeakDType ? promote<promote<A, C>, B>
    : A extends WeakDType ? promote<A, promote<B, C>>
    : promote<promote<A, B>, C>;

/** A tensor of the shape of `X` that holds floats: `float32` unless `X` does itself. */
export type FloatLike<X> = Like<X, ShapeOf<X>, toFloat<DTypeOf<X>>>;

/** The dtype that an op computes in and gives. */
export type DTypeRule = (dtype: DType) => DType;
