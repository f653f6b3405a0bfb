/**
 * Attention: each query gets a mean of values, weighted by how well their keys suit it.
 *
 * @module
 */
import type { Value } from "../../emission/emitter.ts";
import type { Operation } from "../../graph/operation.ts";
import { dotProductAttention as attentionShape } from "../../shape/attention.ts";
import { broadcast, equalDim } from "../../shape/broadcast.ts";
import { broadcastTo } from "../../shape/broadcast_to.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import { type Check, type DTypeOf, type Like, type ShapeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import { type promote, toFloat } from "../../tensor/promote.ts";
import type { Tensor, TensorSpec } from "../../tensor/tensor.ts";
import { checkOpOptions } from "../arguments.ts";
import { type AttentionAttributes, writeAttention, writePlaces } from "./nodes.ts";
import { commonDType } from "../define.ts";
import { dispatch, dispatchOne } from "../../eager/dispatch.ts";
import type { RowAxis } from "../rows.ts";

/** The options of {@linkcode dotProductAttention}. */
export interface DotProductAttentionOptions {
  /** The bias added to the products of queries and keys; broadcasts to `[batch, heads, T, S]`. Default: nothing. */
  readonly bias?: TensorLike | null | undefined;
  /** The keys that count for which queries; broadcasts to `[batch, heads, T, S]`. Default: all. */
  readonly mask?: TensorLike | null | undefined;
  /** The factor of the products. Default: 1 over the root of the number of features. */
  readonly scale?: number | null | undefined;
  /** Whether a query sees the keys up to its own place alone. Default: `false`. */
  readonly isCausal?: boolean | undefined;
}

/** The further options of attention in layers. */
export interface AttendOptions extends DotProductAttentionOptions {
  /** The width of the window of keys that a query sees: those less than this apart. Default: all. */
  readonly window?: number | undefined;
  /** Whether queries that see no key get zeros; else they get the mean of all values. Default: `false`. */
  readonly zeros?: boolean | undefined;
  /** Whether the weights are given too. Default: `false`. */
  readonly scores?: boolean | undefined;
}

function shapesOf(inputs: readonly TensorSpec[]): readonly [output: Shape, scores: Shape] {
  const [query, key, value] = inputs.map(({ shape }) => shape) as [Shape, Shape, Shape];
  const output = attentionShape(query, key, value);
  return [output, [output[0]!, query[2]!, query[1]!, equalDim(key[1]!, value[1]!)!]];
}

function operands(inputs: readonly TensorSpec[]): readonly TensorSpec[] {
  return inputs.slice(0, 3);
}

export const dotProductAttentionOperation: Operation<AttentionAttributes> = {
  name: "dotProductAttention",
  infer(inputs, { scores }) {
    const [output, weights] = shapesOf(inputs);
    const dtype = toFloat(commonDType(operands(inputs)));
    return [{ shape: output, dtype }, ...(scores ? [{ shape: weights, dtype }] : [])];
  },
  rows(axes, inputs, { scores }) {
    const apart = axes.every((axis: RowAxis, index) =>
      index < 3 ? axis === 0 : axis === null ? inputs[index]!.shape[0] === 1 : axis === 0
    );
    const row = apart && inputs.slice(3).every(({ shape }) => shape.length === 4) ? 0 : undefined;
    return scores ? [row, row] : [row];
  },
  emit(emitter, inputs, attributes) {
    const dtype = toFloat(commonDType(operands(inputs)));
    // Halves are added up as the engine does it elsewhere: in float32.
    const wide = dtype === "float16" ? "float32" : dtype;
    const place = attributes.bias ? 3 : -1;
    const cast = inputs.map((input, index) => index < 3 || index === place ? emitter.cast(input, wide) : input);
    const { result, scores } = writeAttention(emitter, cast, attributes);
    return [result, ...(scores === undefined ? [] : [scores])].map((value) => emitter.cast(value, dtype));
  },
};

function isSame(a: Dim | undefined, b: Dim): boolean {
  return a !== undefined && a !== null && a === b;
}

/** Attention with heads; the weights are the second result where they are asked for. */
export function attend(query: Tensor, key: Tensor, value: Tensor, options: AttendOptions): readonly Tensor[] {
  const [, scores] = shapesOf([query, key, value]);
  const extra = [options.bias, options.mask].map((input) =>
    input === null || input === undefined ? null : toTensor(input)
  );
  for (const input of extra) if (input !== null) broadcastTo(input.shape, scores);
  const [heads, dim, out] = [query.shape[2]!, query.shape[3]!, value.shape[3]!];
  const others = key.shape[2]!;
  const known = typeof heads === "number" && typeof others === "number";
  const features = [dim, key.shape[3]!].find((size) => typeof size === "number");
  const areKnown = typeof heads === "number" && typeof features === "number" && typeof out === "number";
  const { causal, window } = { causal: options.isCausal ?? false, window: options.window };
  const isFull = (input: Tensor): boolean => [-2, -1].every((axis) => isSame(input.shape.at(axis), scores.at(axis)!));
  const reach = causal || window !== undefined ? extra.slice(0, 1) : extra;
  const given = extra.filter((input) => input !== null);
  return dispatch(dotProductAttentionOperation, [query, key, value, ...given], {
    scale: options.scale ?? (features === undefined ? undefined : 1 / Math.sqrt(features as number)),
    bias: extra[0] !== null,
    mask: extra[1] !== null,
    causal,
    window,
    zeros: options.zeros ?? false,
    scores: options.scores ?? false,
    shared: known ? others === 0 ? 1 : heads / others : isSame(heads, others) ? 1 : undefined,
    sizes: areKnown && heads * features * out > 0 && query.shape[1] !== 0 && key.shape[1] !== 0
      ? [heads, features, out]
      : undefined,
    full: fillsPairs(reach, isFull) && given.every(({ shape }) => shape.length === 4),
  });
}

// The sum of a mask and a bias reaches all pairs where one of them does.
function fillsPairs(inputs: readonly (Tensor | null)[], isFull: (input: Tensor) => boolean): boolean {
  const given = inputs.filter((input) => input !== null);
  return given.length === 0 || given.some(isFull);
}

/**
 * Attention with heads: `softmax(scale * query . key + bias) . value` over the places of the keys, for each head.
 *
 * Queries: `[batch, T, heads, dim]`. Keys: `[batch, S, keyHeads, dim]`. Values: `[batch, S, keyHeads, out]`. Result:
 * `[batch, T, heads, out]`. Where there are fewer heads of keys than of queries, neighbouring heads share one.
 *
 * See A. Vaswani et al., Attention Is All You Need, 2017.
 *
 * @throws {ShapeError} If the shapes do not fit.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const query = [[[[0, 0]], [[0, 0]]]];
 * const value = [[[[2, 4]], [[6, 8]]]];
 * assertEquals(ops.dotProductAttention(query, value, value).array(), [[[[4, 6]], [[4, 6]]]]);
 * assertEquals(ops.dotProductAttention(query, value, value, { isCausal: true }).array(), [[[[2, 4]], [[4, 6]]]]);
 * ```
 */
export function dotProductAttention<
  const Q extends TensorLike,
  const K extends TensorLike,
  const V extends TensorLike,
>(
  query: Q,
  key: K,
  value: V & Check<attentionShape<ShapeOf<Q>, ShapeOf<K>, ShapeOf<V>>>,
  options: DotProductAttentionOptions = {},
): Like<
  Q | K | V,
  attentionShape<ShapeOf<Q>, ShapeOf<K>, ShapeOf<V>>,
  toFloat<promote<promote<DTypeOf<Q>, DTypeOf<K>>, DTypeOf<V>>>
> {
  checkOpOptions("dotProductAttention", options, ["bias", "isCausal", "mask", "scale"]);
  return attend(toTensor(query), toTensor(key), toTensor(value), options)[0] as never;
}

type MaskAttributes = {
  /** What each input is about: `"query"`, `"value"` or `"pairs"`. */
  readonly about: readonly string[];
  /** The number of axes that the result has. */
  readonly rank: number;
  /** Before how many of its last axes axes of 1 are added. */
  readonly tail: number;
};

function asPairs(shape: Shape, about: string): Shape {
  return about === "query" ? [...shape, 1] : about === "value" ? [...shape.slice(0, -1), 1, shape.at(-1)!] : shape;
}

function withHeads(shape: Shape, { rank, tail }: MaskAttributes): Shape {
  const ones = Array<number>(Math.max(0, rank - shape.length)).fill(1);
  const before = Math.max(0, shape.length - tail);
  return [...shape.slice(0, before), ...ones, ...shape.slice(before)];
}

export const attentionMaskOperation: Operation<MaskAttributes> = {
  name: "attentionMask",
  infer(inputs, attributes) {
    const shapes = inputs.map(({ shape }, index) => asPairs(shape, attributes.about[index]!));
    return [{ shape: withHeads(shapes.reduce((a, b) => broadcast(a, b)), attributes), dtype: "bool" }];
  },
  rows(axes, inputs, { about, rank }) {
    const ranks = inputs.map(({ shape }, index) => asPairs(shape, about[index]!).length);
    const apart = axes.every((axis, index) =>
      ranks[index] === ranks[0] && (axis === 0 || (axis === null && inputs[index]!.shape[0] === 1))
    );
    // Axes are added after the first one, or there are none to add.
    return [apart && ranks[0]! >= 3 && ranks[0]! <= rank ? 0 : undefined];
  },
  emit(emitter, inputs, attributes) {
    const pairs = inputs.map((input, index): Value => {
      const seen = emitter.cast(input, "bool");
      const about = attributes.about[index];
      return about === "pairs"
        ? seen
        : emitter.node("Unsqueeze", [seen, emitter.integers([about === "query" ? -1 : -2])]);
    });
    const all = pairs.reduce((a, b) => emitter.node("And", [a, b]));
    const rank = Math.max(...inputs.map(({ shape }, index) => asPairs(shape, attributes.about[index]!).length));
    if (attributes.rank <= rank) return all;
    const at = Math.max(0, rank - attributes.tail);
    return emitter.node("Unsqueeze", [
      all,
      emitter.integers(Array.from({ length: attributes.rank - rank }, (_, index) => at + index)),
    ]);
  },
};

/** The masks that attention is told, each or none. */
export interface AttentionMasks {
  /** The queries that count, `[batch, T]`. */
  readonly query?: Tensor | null | undefined;
  /** The values that count, `[batch, S]`. */
  readonly value?: Tensor | null | undefined;
  /** The keys that count, `[batch, S]`. */
  readonly key?: Tensor | null | undefined;
  /** The keys that count for which queries, `[batch, T, S]`. */
  readonly pairs?: Tensor | null | undefined;
}

/**
 * The keys that count for which queries, with axes of 1 before the last `tail` where the scores have `rank` axes; `null` where
 * all do.
 */
export function attentionMask(given: AttentionMasks, rank: number, tail = 2): Tensor | null {
  const parts = [
    ["query", given.query],
    ["value", given.value],
    ["value", given.key],
    ["pairs", given.pairs],
  ] as const;
  const there = parts.flatMap(([about, mask]) => mask === null || mask === undefined ? [] : [{ about, mask }]);
  if (there.length === 0) return null;
  const about = there.map((part) => part.about);
  return dispatchOne(attentionMaskOperation, there.map(({ mask }) => mask), { about, rank, tail });
}

type PlaceAttributes = {
  /** The axis along which queries and keys have their places. */
  readonly axis: number;
  /** Whether a query sees the keys up to its own place alone. */
  readonly causal: boolean;
  /** The width of the window of keys that a query sees; undefined for all. */
  readonly window: number | undefined;
};

export const attentionPlacesOperation: Operation<PlaceAttributes> = {
  name: "attentionPlaces",
  infer: ([query, key], { axis }) => [{ shape: [query!.shape.at(axis)!, key!.shape.at(axis)!], dtype: "bool" }],
  emit: (emitter, [query, key], { axis, causal, window }) => writePlaces(emitter, query!, key!, axis, causal, window)!,
};

/** Which keys `[..., S, ...]` queries `[..., T, ...]` see by their places along an axis: `[T, S]`; `null` where they see all. */
export function attentionPlaces(
  query: Tensor,
  key: Tensor,
  axis: number,
  causal: boolean,
  window: number | undefined,
): Tensor | null {
  return causal || window !== undefined
    ? dispatchOne(attentionPlacesOperation, [query, key], { axis, causal, window })
    : null;
}
