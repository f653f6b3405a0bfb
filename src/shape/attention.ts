/**
 * The shapes of attention: queries, values, keys and results.
 *
 * @module
 */
import { axisSentence, rankSentence } from "./bind.ts";
import { broadcast, broadcastConflict, cannotBroadcast, equalDim, sizesDiffer } from "./broadcast.ts";
import { type Dim, type Shape, showDim, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/** A number or a name of an input, and why it does not fit. */
export type Misfit = readonly [input: number, reason: string];

/**
 * The sentence for a key that does not have the value's steps.
 *
 * @internal
 */
export type keysDiffer<Value extends Shape, Key extends Shape> =
  `All dimensions of value and key, except the last one, must be equal. Received: value ${ShowShape<
    Value
  >} and key ${ShowShape<Key>}`;
/** The sentence for a key that does not have the value's steps. */
export function keysDiffer(value: Shape, key: Shape): string {
  return `All dimensions of value and key, except the last one, must be equal. Received: value ${
    showShape(value)
  } and key ${showShape(key)}`;
}

type Init<S extends Shape> = S extends readonly [...infer Rest extends Shape, unknown] ? Rest : readonly [];

type SameInit<A extends Shape, B extends Shape> = [Init<A>, Init<B>] extends
  [infer X extends Shape, infer Y extends Shape] ? [X] extends [Y] ? true
  : X["length"] extends Y["length"]
    ? true extends { [I in keyof X]: I extends keyof Y ? sizesDiffer<X[I], Y[I]> : false }[number] ? false : true
  : false
  : true;

type IsUnranked<S extends Shape> = number extends S["length"] ? true : false;

/**
 * The input of attention with heads that does not fit, with the reason; `undefined` if all fit: queries `[batch, ..., dim]`, values
 * and keys of the same rank and batch.
 *
 * @internal
 */
export type headedMisfit<Q extends Shape, V extends Shape, K extends Shape> = IsUnranked<Q> extends true
  ? KeyMisfit<V, K>
  : Q extends readonly [infer Batch extends Dim, unknown, unknown, ...unknown[]]
    ? IsUnranked<V> extends true ? undefined
    : V["length"] extends Q["length"]
      ? sizesDiffer<Batch, V[0]> extends true ? readonly [1, axisSentence<0, Batch, V>] : KeyMisfit<V, K>
    : readonly [1, rankSentence<"ndim", Q["length"], V>]
  : readonly [0, rankSentence<"min_ndim", 3, Q>];

type KeyMisfit<V extends Shape, K extends Shape> = [V] extends [K] ? undefined
  : true extends IsUnranked<V> | IsUnranked<K> ? undefined
  : SameInit<V, K> extends true ? undefined
  : readonly [2, keysDiffer<V, K>];

/**
 * The input of attention with heads that does not fit, with the reason; `undefined` if all fit: queries `[batch, ..., dim]`, values
 * and keys of the same rank and batch. All axes but the first, the last and those of `axes` must have the same sizes;
 * without `axes` these are all between.
 */
export function headedMisfit(
  query: Shape,
  value: Shape,
  key: Shape,
  axes?: readonly number[] | null,
): Misfit | undefined {
  if (query.length < 3) return [0, rankSentence("min_ndim", 3, query)];
  if (value.length !== query.length) return [1, rankSentence("ndim", query.length, value)];
  const rank = query.length;
  const attended = axes?.map((axis) => axis < 0 ? axis + rank : axis);
  for (let axis = 0; axis < rank - 1; axis++) {
    const isBatch = axis === 0 || (attended !== undefined && !attended.includes(axis));
    if (isBatch && sizesDiffer(query[axis]!, value[axis]!)) return [1, axisSentence(axis, query[axis]!, value)];
  }
  const same = key.length === rank && key.every((dim, axis) => axis === rank - 1 || !sizesDiffer(dim, value[axis]!));
  return same ? undefined : [2, keysDiffer(value, key)];
}

/** The way queries are compared with keys: by products of features, or by sums of them, which may stretch. */
export type Comparison = "dot" | "concat";

type FeaturesDiffer<A, B, Mode extends Comparison> = [A] extends [B] ? false
  : Mode extends "dot" ? sizesDiffer<A, B>
  : A extends 1 ? false
  : B extends 1 ? false
  : sizesDiffer<A, B>;

/**
 * The shapes of attention without heads: queries `[..., T, dim]`, values `[..., S, dim]` and keys `[..., S, dim]`. Gives the
 * result's and the weights' shape, or which input does not fit and why. `At` is the number of the input with the keys.
 *
 * @internal
 */
export type flatAttention<
  Q extends Shape,
  V extends Shape,
  K extends Shape,
  At extends 1 | 2,
  Mode extends Comparison,
> = number extends Q["length"] | V["length"] | K["length"] ? { readonly output: Shape; readonly scores: Shape }
  : Q extends readonly [...infer QB extends Shape, infer T extends Dim, infer D extends Dim]
    ? V extends readonly [...infer VB extends Shape, infer S extends Dim, infer E extends Dim]
      ? K extends readonly [...infer KB extends Shape, infer S2, infer D2]
        ? FeaturesDiffer<D, D2, Mode> extends true ? readonly [At, axisSentence<-1, D, K>]
        : sizesDiffer<S, S2> extends true ? readonly [2, axisSentence<-2, S, K>]
        : FlatResult<QB, T, VB, S, E, KB, At>
      : readonly [At, rankSentence<"min_ndim", 2, K>]
    : readonly [1, rankSentence<"min_ndim", 2, V>]
  : readonly [0, rankSentence<"min_ndim", 2, Q>];

type FlatResult<
  QB extends Shape,
  T extends Dim,
  VB extends Shape,
  S extends Dim,
  E extends Dim,
  KB extends Shape,
  At extends 1 | 2,
> = [QB, VB] extends [KB, QB] ? { readonly output: readonly [...QB, T, E]; readonly scores: readonly [...QB, T, S] }
  : broadcast<QB, KB> extends infer B
    ? B extends Shape
      ? broadcast<B, VB> extends infer C
        ? C extends Shape ? { readonly output: readonly [...C, T, E]; readonly scores: readonly [...B, T, S] }
        : readonly [1, cannotBroadcast<[B, VB], broadcastConflict<B, VB>>]
      : never
    : readonly [At, cannotBroadcast<[QB, KB], broadcastConflict<QB, KB>>]
  : never;

/** The shapes of attention without heads, or which input does not fit and why. */
export function flatAttention(
  query: Shape,
  value: Shape,
  key: Shape,
  at: 1 | 2,
  mode: Comparison,
): { readonly output: Shape; readonly scores: Shape } | Misfit {
  if (query.length < 2) return [0, rankSentence("min_ndim", 2, query)];
  if (value.length < 2) return [1, rankSentence("min_ndim", 2, value)];
  if (key.length < 2) return [at, rankSentence("min_ndim", 2, key)];
  const [features, others] = [query.at(-1)!, key.at(-1)!];
  if (sizesDiffer(features, others) && (mode === "dot" || (features !== 1 && others !== 1))) {
    return [at, axisSentence(-1, features, key)];
  }
  if (sizesDiffer(value.at(-2)!, key.at(-2)!)) return [2, axisSentence(-2, value.at(-2)!, key)];
  const [queries, keys, values] = [query.slice(0, -2), key.slice(0, -2), value.slice(0, -2)];
  const conflict = broadcastConflict(queries, keys);
  if (conflict !== undefined) return [at, cannotBroadcast([queries, keys], conflict)];
  const batch = broadcast(queries, keys);
  const other = broadcastConflict(batch, values);
  if (other !== undefined) return [1, cannotBroadcast([batch, values], other)];
  return {
    output: [...broadcast(batch, values), query.at(-2)!, value.at(-1)!],
    scores: [...batch, query.at(-2)!, equalDim(value.at(-2)!, key.at(-2)!)!],
  };
}

/**
 * The sentence for queries, keys and values that attention does not take.
 *
 * @internal
 */
export type cannotAttend<Q extends Shape, K extends Shape, V extends Shape, Reason extends string> =
  `Cannot attend from query ${ShowShape<Q>} to key ${ShowShape<K>} and value ${ShowShape<V>}: ${Reason}`;
/** The sentence for queries, keys and values that attention does not take. */
export function cannotAttend(query: Shape, key: Shape, value: Shape, reason: string): string {
  return `Cannot attend from query ${showShape(query)} to key ${showShape(key)} and value ${
    showShape(value)
  }: ${reason}`;
}

type Show<D> = D extends number ? `${D}` : "?";

type FirstReason<Reasons extends readonly (string | undefined)[]> = Reasons extends
  readonly [infer First, ...infer Rest extends readonly (string | undefined)[]]
  ? First extends string ? First : FirstReason<Rest>
  : undefined;

type DimReason<What extends string, A, B> = sizesDiffer<A, B> extends true ? `${What} ${Show<A>} and ${Show<B>}`
  : undefined;

/**
 * The shape of attention with heads, queries `[batch, T, heads, dim]`, keys `[batch, S, keyHeads, dim]` and values
 * `[batch, S, keyHeads, out]`: `[batch, T, heads, out]`, or the {@linkcode Mismatch}.
 *
 * @internal
 */
export type dotProductAttention<Q extends Shape, K extends Shape, V extends Shape> = true extends
  IsUnranked<Q> | IsUnranked<K> | IsUnranked<V> ? Shape
  : [Q, K, V] extends [
    readonly [infer B extends Dim, infer T extends Dim, infer N extends Dim, infer D extends Dim],
    readonly [infer KB extends Dim, infer S extends Dim, infer KN extends Dim, infer KD extends Dim],
    readonly [infer VB extends Dim, infer VS extends Dim, infer VN extends Dim, infer E extends Dim],
  ] ? FirstReason<[
      DimReason<"the batches of query and key are", B, KB>,
      DimReason<"the batches of key and value are", KB, VB>,
      DimReason<"the lengths of key and value are", S, VS>,
      DimReason<"the heads of key and value are", KN, VN>,
      DimReason<"the features of query and key are", D, KD>,
    ]> extends infer Reason ? Reason extends string ? Mismatch<cannotAttend<Q, K, V, Reason>>
      : readonly [BatchOf<B, KB, VB>, T, N, E]
    : never
  : Mismatch<cannotAttend<Q, K, V, "expected 4 axes of each">>;

type BatchOf<B, KB, VB> = equalDim<B, KB> extends infer X ? equalDim<X, VB> & Dim : never;

/**
 * The shape of attention with heads: `[batch, T, heads, out]`.
 *
 * @throws {ShapeError} If the shapes do not fit, or the heads of the query are no multiple of those of the key.
 */
export function dotProductAttention(query: Shape, key: Shape, value: Shape): Shape {
  const fail = (reason: string): never => {
    throw new ShapeError(cannotAttend(query, key, value, reason));
  };
  if ([query, key, value].some(({ length }) => length !== 4)) fail("expected 4 axes of each");
  const same = (what: string, a: Dim, b: Dim): Dim => {
    const dim = equalDim(a, b);
    return dim === undefined ? fail(`the ${what} are ${showDim(a)} and ${showDim(b)}`) : dim;
  };
  const batch = same("batches of query and key", query[0]!, key[0]!);
  same("batches of key and value", key[0]!, value[0]!);
  same("lengths of key and value", key[1]!, value[1]!);
  same("heads of key and value", key[2]!, value[2]!);
  same("features of query and key", query[3]!, key[3]!);
  const [heads, others] = [query[2]!, key[2]!];
  if (typeof heads === "number" && typeof others === "number" && (others === 0 ? heads !== 0 : heads % others !== 0)) {
    fail(`the ${heads} heads of the query are no multiple of the key's ${others}`);
  }
  return [equalDim(batch, value[0]!)!, query[1]!, heads, value[3]!];
}
