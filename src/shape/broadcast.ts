/**
 * Broadcasting by NumPy's rules: ranks are aligned at the last axis, and a size of 1 stretches.
 *
 * A dim that is not one literal size never makes a mismatch. A named dim is an open size: it stays where it meets
 * itself or 1, gives way to a known size, and becomes unknown where it meets another name or an unknown dim.
 *
 * @module
 */

import { type Dim, type Shape, type ShowDim, showDim, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/**
 * Whether `D` is one literal number: not a name, not `null`, not a wide `number`, not a union.
 *
 * @internal
 */
export type IsKnownSize<D, Whole = D> = D extends number ? number extends D ? false : [Whole] extends [D] ? true : false
  : false;

/**
 * Whether all of a list are known; an unknown number of them is not.
 *
 * @internal
 */
export type AreAllKnown<List extends readonly unknown[]> = number extends List["length"] ? false
  : false extends { [Place in keyof List]: IsKnownSize<List[Place]> }[number] ? false
  : true;

/** Whether two dims are known sizes that differ. */
export type sizesDiffer<A, B> = [A] extends [B] ? false : IsKnownSize<A> extends true ? IsKnownSize<B> : false;

/** Whether two dims are known sizes that differ. */
export function sizesDiffer(a: Dim, b: Dim): boolean {
  return typeof a === "number" && typeof b === "number" && a !== b;
}

type DifferentDims<A, B> = IsKnownSize<A> extends true ? IsKnownSize<B> extends true ? undefined : A
  : IsKnownSize<B> extends true ? B
  : null;

/** The dim of two that must be equal, as far as it is known; `undefined` if they are known sizes that differ. */
export type equalDim<A, B> = [A, B] extends [B, A] ? A : DifferentDims<A, B>;

/** The dim of two that must be equal, as far as it is known; `undefined` if they are known sizes that differ. */
export function equalDim(a: Dim, b: Dim): Dim | undefined {
  if (a === b) return a;
  if (typeof a === "number") return typeof b === "number" ? undefined : a;
  return typeof b === "number" ? b : null;
}

/** The dim that two dims broadcast to, `undefined` where they do not. */
export type broadcastDim<A, B> = [B] extends [1] ? A : [A] extends [1] ? B : equalDim<A, B>;

/** The dim that two dims broadcast to, `undefined` where they do not. */
export function broadcastDim(a: Dim, b: Dim): Dim | undefined {
  if (b === 1) return a;
  return a === 1 ? b : equalDim(a, b);
}

/**
 * The last axis on which two shapes do not broadcast, in words, `undefined` if there is none. Axes are counted from
 * the end, beyond the axes of `Tail`.
 */
export type broadcastConflict<A extends Shape, B extends Shape, Tail extends readonly unknown[] = readonly []> =
  A extends readonly [...infer RestA extends Shape, infer LastA]
    ? B extends readonly [...infer RestB extends Shape, infer LastB]
      ? broadcastDim<LastA, LastB> extends undefined
        ? `axis -${[...Tail, unknown]["length"] & number} is ${ShowDim<LastA>} and ${ShowDim<LastB>}`
      : broadcastConflict<RestA, RestB, readonly [...Tail, unknown]>
    : undefined
    : undefined;

/**
 * The last axis on which two shapes do not broadcast, in words, `undefined` if there is none. Axes are counted from
 * the end, beyond the first `tail` of them.
 */
export function broadcastConflict(a: Shape, b: Shape, tail = 0): string | undefined {
  for (let back = 1; back <= Math.min(a.length, b.length); back++) {
    const dimA = a.at(-back)!;
    const dimB = b.at(-back)!;
    if (broadcastDim(dimA, dimB) === undefined) {
      return `axis -${tail + back} is ${showDim(dimA)} and ${showDim(dimB)}`;
    }
  }
  return undefined;
}

type ListShapes<Shapes extends readonly Shape[]> = Shapes extends
  readonly [infer First extends Shape, infer Second extends Shape] ? `${ShowShape<First>} and ${ShowShape<Second>}`
  : Shapes extends readonly [infer First extends Shape, ...infer Rest extends readonly Shape[]]
    ? `${ShowShape<First>}, ${ListShapes<Rest>}`
  : "";

/** Shapes as they are printed in a sentence: `shape [2]`, `shapes [2], [3] and [4]`. */
export type showShapes<Shapes extends readonly Shape[]> = Shapes extends readonly [] ? "no shapes"
  : Shapes extends readonly [infer Only extends Shape] ? `shape ${ShowShape<Only>}`
  : `shapes ${ListShapes<Shapes>}`;

/** Shapes as they are printed in a sentence: `shape [2]`, `shapes [2], [3] and [4]`. */
export function showShapes(shapes: readonly Shape[]): string {
  const shown = shapes.map(showShape);
  const last = shown.pop();
  if (last === undefined) return "no shapes";
  return shown.length === 0 ? `shape ${last}` : `shapes ${shown.join(", ")} and ${last}`;
}

/** The sentence for shapes that do not broadcast, with the axis that does not fit. */
export type cannotBroadcast<Shapes extends readonly Shape[], Conflict> = `Cannot broadcast ${showShapes<
  Shapes
>}: ${Conflict & string}`;

/** The sentence for shapes that do not broadcast, with the axis that does not fit. */
export function cannotBroadcast(shapes: readonly Shape[], conflict: string): string {
  return `Cannot broadcast ${showShapes(shapes)}: ${conflict}`;
}

// Equal types are their own result, so that the commonest case costs one comparison. Else the shorter shape is filled
// up with 1, because mapping over a tuple is far cheaper for the compiler than taking it apart. Nothing here refers to
// itself: what did would never come to an end for a shape that is a type parameter.
type Joined<A extends Shape, B extends Shape, All extends readonly Shape[]> = B["length"] extends 0 ? A
  : A["length"] extends 0 ? B
  : A["length"] extends B["length"] ? OfOneRank<A, B, All>
  : B extends readonly [...infer More extends Shape, ...Dims<A>] ? OfOneRank<readonly [...Ones<More>, ...A], B, All>
  : A extends readonly [...infer More extends Shape, ...Dims<B>] ? OfOneRank<A, readonly [...Ones<More>, ...B], All>
  : Shape;
type Dims<S extends Shape> = { readonly [Axis in keyof S]: Dim };
type Ones<S extends Shape> = { readonly [Axis in keyof S]: 1 };
type OfOneRank<A extends Shape, B extends Shape, All extends readonly Shape[]> = [A, B] extends [B, A] ? A
  : Checked<EachDim<A, B>, A, B, All>;
type EachDim<A, B> = { readonly [Axis in keyof A]: broadcastDim<A[Axis], B[Axis & keyof B]> };
type Checked<R extends readonly unknown[], A extends Shape, B extends Shape, All extends readonly Shape[]> =
  undefined extends R[number] ? Mismatch<cannotBroadcast<All, broadcastConflict<A, B>>> : R;
/** @internal */
type Each<A extends Shape, B extends Shape> = A extends Shape ? B extends Shape ? Joined<A, B, readonly [A, B]> : never
  : never;

/**
 * The shape that `A` and `B` broadcast to, or the {@linkcode Mismatch}. Unknown rank gives `Shape`; each of several
 * possible shapes has its own result.
 */
export type broadcast<A extends Shape, B extends Shape> = number extends A["length"] | B["length"] ? Shape : Each<A, B>;

/**
 * The shape that `a` and `b` broadcast to.
 *
 * @throws {ShapeError} If two known sizes on one axis differ and neither is 1.
 */
export function broadcast(a: Shape, b: Shape): Shape {
  return broadcastAll([a, b]);
}

/** @internal */
type Fold<Rest extends readonly Shape[], Result extends Shape, All extends readonly Shape[]> = Rest extends
  readonly [infer Next extends Shape, ...infer Others extends readonly Shape[]]
  ? Joined<Result, Next, All> extends infer Sum ? Sum extends Shape ? Fold<Others, Sum, All> : Sum : never
  : Result;

/**
 * The shape that all of `Shapes` broadcast to, or the {@linkcode Mismatch}. No shapes give the shape of a scalar;
 * one of unknown rank, or a list of unknown length, gives `Shape`.
 */
export type broadcastAll<Shapes extends readonly Shape[]> = number extends Shapes["length"] | Shapes[number]["length"]
  ? Shape
  : Fold<Shapes, readonly [], Shapes>;

/**
 * The shape that all of `shapes` broadcast to. No shapes give the shape of a scalar.
 *
 * @throws {ShapeError} If two known sizes on one axis differ and neither is 1.
 */
export function broadcastAll(shapes: readonly Shape[]): Shape {
  let result: Shape = [];
  for (const shape of shapes) {
    const conflict = broadcastConflict(result, shape);
    if (conflict !== undefined) throw new ShapeError(cannotBroadcast(shapes, conflict));
    const rank = Math.max(result.length, shape.length);
    const other = padToRank(shape, rank);
    result = padToRank(result, rank).map((dim, axis) => broadcastDim(dim, other[axis]!)!);
  }
  return result;
}

function padToRank(shape: Shape, rank: number): Shape {
  return [...new Array<Dim>(rank - shape.length).fill(1), ...shape];
}
