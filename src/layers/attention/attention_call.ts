/**
 * The common parts of calls of attention layers: `[query, value]` or `[query, value, key]`, masks, and scores.
 *
 * @module
 */
import { type Shape, showShape } from "../../shape/dim.ts";
import { InputError, type Mismatch, ShapeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import { type Like, type TensorLike, toTensor } from "../../tensor/like.ts";
import { isRecord, type Structure } from "../../tensor/structure.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { isShape } from "../base/build.ts";
import type { CallOptions } from "../base/context.ts";
import { named } from "../base/errors.ts";
import type { Masks } from "../base/masks.ts";
import { incompatible } from "../base/sentences.ts";
import type { Applied, CheckOf, LayerInput, Leaves, ResultOf, Signature } from "../base/signature.ts";

/** The call options of attention layers. */
export interface AttentionOptions extends CallOptions<Masks> {
  /** Whether a query sees the values up to its own place alone. Default: `false`. */
  readonly useCausalMask?: boolean | undefined;
  /** Whether the weights are given too: `[result, scores]`. Default: `false`. */
  readonly returnAttentionScores?: boolean | undefined;
}

/** The call options of attention layers with heads. */
export interface HeadedAttentionOptions extends AttentionOptions {
  /** The values that count for which queries, `[batch, T, S]`. Default: all. */
  readonly attentionMask?: TensorLike | null | undefined;
  /** The queries that count, `[batch, T]`; only {@linkcode GroupQueryAttention} reads it. Default: the mask of the query. */
  readonly queryMask?: TensorLike | null | undefined;
  /** The values that count, `[batch, S]`. Default: the mask of the value. */
  readonly valueMask?: TensorLike | null | undefined;
  /** The keys that count, `[batch, S]`. Default: the mask of the key. */
  readonly keyMask?: TensorLike | null | undefined;
}

/** The signature of an attention layer, which may give its weights too. */
export interface AttentionSignature extends Signature {
  /** The shape of the weights. */
  readonly scores: unknown;
}

/**
 * The result of a call: the result, or `[result, scores]` where the options ask for the scores.
 *
 * @internal
 */
export type AttentionResult<F extends AttentionSignature, X, O> = O extends { readonly returnAttentionScores: true }
  ? readonly [ResultOf<F, X>, ScoresOf<Applied<F, X>["scores"], X, Applied<F, X>["dtype"]>]
  : O extends { readonly returnAttentionScores: boolean }
    ? boolean extends O["returnAttentionScores"]
      ? ResultOf<F, X> | readonly [ResultOf<F, X>, ScoresOf<Applied<F, X>["scores"], X, Applied<F, X>["dtype"]>]
    : ResultOf<F, X>
  : ResultOf<F, X>;

type ScoresOf<S, X, D extends DType> = Like<Leaves<X>, S, D>;

/** A call of an attention layer with options. */
export interface AttentionCall<F extends AttentionSignature, Options> {
  /** Calls the layer. */
  <const X extends LayerInput, const O extends Options>(
    inputs: X & CheckOf<F, X>,
    options: O,
  ): AttentionResult<F, X, O>;
}

/** The number of inputs that were given, in words. */
type Received<S> = S extends Shape ? "1 input tensors"
  : S extends readonly unknown[] ? `${S["length"]} input tensors`
  : "a record";

/** The sentence of an attention layer that takes another number of inputs. */
export type wrongInputs<Name extends string, What extends string> =
  `Layer ${Name} expects [query, value] or [query, value, key], but it received ${What}`;
/** The sentence of an attention layer that takes another number of inputs. */
export function wrongInputs(name: string, what: string): string {
  return `Layer ${name} expects [query, value] or [query, value, key], but it received ${what}`;
}

/**
 * The mismatch of inputs that are not two or three tensors; `unknown` where their number is not known.
 *
 * @internal
 */
export type WrongInputs<Name extends string, S> = unknown extends S ? unknown
  : S extends Shape ? Mismatch<wrongInputs<Name, Received<S>>>
  : S extends readonly unknown[] ? number extends S["length"] ? unknown : Mismatch<wrongInputs<Name, Received<S>>>
  : Mismatch<wrongInputs<Name, Received<S>>>;

/**
 * The check of an argument where `Reason` says which input does not fit and why.
 *
 * @internal
 */
export type MisfitOf<Name extends string, Found> = Found extends
  readonly [infer Input extends number, infer Reason extends string] ? Mismatch<incompatible<Name, Input, Reason>>
  : unknown;

/**
 * The shapes of query, value and key, and the number of the input that has the keys.
 *
 * @throws {TypeError} If there are not two or three tensors.
 */
export function attentionShapes(
  layer: string,
  shapes: Structure<Shape | null>,
): readonly [query: Shape, value: Shape, key: Shape, at: 1 | 2] {
  if (isRecord(shapes)) throw named(new InputError(wrongInputs(layer, "a record")));
  const list = shapes === null || isShape(shapes) ? [shapes] : shapes as readonly Structure<Shape | null>[];
  if (list.length !== 2 && list.length !== 3) {
    throw named(new InputError(wrongInputs(layer, `${list.length} input tensors`)));
  }
  for (const [index, shape] of list.entries()) {
    if (shape === null || !isShape(shape)) {
      const received = shape === null ? "null" : "a list";
      throw named(new InputError(incompatible(layer, index, `expected a tensor, received ${received}`)));
    }
  }
  const [query, value, key = value] = list as readonly Shape[] as readonly [Shape, Shape, Shape?];
  return [query, value, key, list.length === 3 ? 2 : 1];
}

/** The mask of one input among those that a layer was called with. */
export function maskAt(masks: Masks | undefined | null, index: number): Tensor | null {
  const mask = Array.isArray(masks) ? (masks as readonly unknown[])[index] : index === 0 ? masks : null;
  return mask instanceof Tensor ? mask : null;
}

/** A mask that was given, or that of the input at `index`. */
export function givenMask(
  given: TensorLike | null | undefined,
  options: AttentionOptions,
  index: number,
): Tensor | null {
  return given === null || given === undefined ? maskAt(options.mask, index) : toTensor(given);
}

/**
 * Checks that masks are of the shapes of what they are about, or broadcast to them.
 *
 * @param masks What each mask is about, the mask, and the shape that it may have.
 * @throws {ShapeError} If one is of another shape.
 * @throws {InputError} If masks are a list that has not two or three.
 */
export function checkMasks(
  layer: string,
  given: Masks | undefined | null,
  masks: readonly (readonly [about: string, mask: Tensor | null, shape: Shape])[],
): void {
  if (Array.isArray(given) && (given.length < 2 || given.length > 3)) {
    throw new InputError(`Cannot call layer ${layer}: expected masks of 2 or 3 inputs, received ${given.length}`);
  }
  for (const [about, mask, shape] of masks) {
    if (mask === null) continue;
    const added = shape.length - mask.shape.length;
    const fits = added >= 0 && mask.shape.every((dim, axis) => {
      const expected = shape[axis + added];
      return dim === 1 || typeof dim !== "number" || typeof expected !== "number" || dim === expected;
    });
    if (fits) continue;
    throw new ShapeError(
      `Cannot call layer ${layer}: expected a mask of the ${about} of shape ${showShape(shape)}, ` +
        `received ${showShape(mask.shape)}`,
    );
  }
}
