/**
 * Attention with heads.
 *
 * @module
 */
import type { NoOptions } from "../../ops/options.ts";
import type { headedMisfit } from "../../shape/attention.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import { InputError, InputRangeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import { kindOf } from "../../tensor/options.ts";
import type {
  AttentionCall,
  AttentionSignature,
  HeadedAttentionOptions,
  MisfitOf,
  WrongInputs,
} from "./attention_call.ts";
import { HeadedAttention, type HeadedConfig, type HeadedOptions, type HeadSizes } from "./headed_attention.ts";
import type { ConfigNames } from "../base/config.ts";
import type { LayerName, OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";
import { positiveInteger } from "../base/validate.ts";

/** What stands for the last axis of queries in results. */
export type OutputShape = number | readonly number[] | null;

/** The options of {@linkcode MultiHeadAttention}. */
export interface MultiHeadAttentionOptions extends HeadedOptions {
  /** The features of each head of values. Default: `keyDim`. */
  readonly valueDim?: number | null;
  /** The last axes of results. Default: the last axis of queries. */
  readonly outputShape?: OutputShape;
  /** Along which axes is attended. Default: all but the first and the last. */
  readonly attentionAxes?: number | readonly number[] | null;
}

/** The configuration of {@linkcode MultiHeadAttention}. */
export interface MultiHeadAttentionConfig extends HeadedConfig {
  /** The number of heads. */
  readonly numHeads: number;
  /** The features of each head of queries and keys. */
  readonly keyDim: number;
  /** The features of each head of values. */
  readonly valueDim: number;
  /** The last axes of results. */
  readonly outputShape: OutputShape;
  /** Along which axes is attended. */
  readonly attentionAxes: readonly number[] | null;
}

/** @internal */
type HeadedCheck<Name extends string, S> = S extends readonly [infer Q extends Shape, infer V extends Shape]
  ? MisfitOf<Name, headedMisfit<Q, V, V>>
  : S extends readonly [infer Q extends Shape, infer V extends Shape, infer K extends Shape]
    ? MisfitOf<Name, headedMisfit<Q, V, K>>
  : WrongInputs<Name, S>;

/** @internal */
type Replaced<S extends Shape, Out> = Out extends null ? S
  : S extends readonly [...infer Rest extends Shape, unknown] ? number extends S["length"] ? Shape
    : Out extends number ? readonly [...Rest, Out]
    : Out extends Shape ? readonly [...Rest, ...Out]
    : Shape
  : Shape;

/** @internal */
type HeadedScores<S, Heads extends number> = S extends readonly [
  readonly [infer B extends Dim, infer T extends Dim, unknown],
  readonly [unknown, infer K extends Dim, unknown],
  ...unknown[],
] ? readonly [B, Heads, T, K]
  : Shape;

/** Queries, values and keys of one rank and batch; the last axis of queries becomes `Out`. */
export interface HeadedSignature<Heads extends number, Out extends OutputShape, Name extends string, D extends DType>
  extends AttentionSignature {
  /** The sentence where the inputs do not fit. */
  readonly check: HeadedCheck<Name, this["input"]>;
  /** The query's shape, with `Out` as its last axes. */
  readonly output: this["input"] extends readonly [infer Q extends Shape, ...unknown[]] ? Replaced<Q, Out> : Shape;
  /** The batch, the heads, and the places of queries and values. */
  readonly scores: HeadedScores<this["input"], Heads>;
  /** The layer's dtype. */
  readonly dtype: D;
}

/** @internal */
type MultiHeadSignature<Heads extends number, O> = HeadedSignature<
  Heads,
  OptionFor<O, "outputShape", null, OutputShape>,
  LayerName<O, "multi_head_attention">,
  ResultDType<O>
>;

/** Calls the layer with options. */
export interface MultiHeadAttention<Heads extends number = number, O extends MultiHeadAttentionOptions = NoOptions>
  extends
    AttentionCall<
      MultiHeadSignature<Heads, O>,
      HeadedAttentionOptions
    > {
}

/**
 * Attention with heads: each of `numHeads` heads projects queries, keys and values, and takes for each query a mean of the
 * values, weighted by `softmax(query . key / √keyDim)`; a last projection makes one result of what they found.
 *
 * It is called with `[query, value]` or `[query, value, key]`: query `[batch, T, dim]`, value `[batch, S, ...]` and key
 * `[batch, S, ...]`, by default the value. Result: `[batch, T, dim]`; with `returnAttentionScores` it is `[result, scores]`,
 * scores `[batch, numHeads, T, S]`. There may be more axes than one between the first and the last.
 *
 * Weights: `query/kernel` `[dim, numHeads, keyDim]`, `key/kernel`, `value/kernel` `[..., numHeads, valueDim]`,
 * `attention_output/kernel` `[numHeads, valueDim, dim]`, each with its `bias`; with `useGate` also `gate/kernel`.
 *
 * See A. Vaswani et al., Attention Is All You Need, 2017.
 *
 * @throws {ShapeError} When the inputs do not fit each other, or have other features than those it was built for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { MultiHeadAttention, ones, zeros } from "@strata/nn";
 *
 * const layer = new MultiHeadAttention(2, 3);
 * const [y, scores] = layer([zeros([1, 4, 8]), ones([1, 2, 8])], { returnAttentionScores: true });
 * assertEquals(y.shape, [1, 4, 8]);
 * assertEquals(scores.shape, [1, 2, 4, 2]);
 * assertEquals(scores.array()[0]?.[0]?.[0], [0.5, 0.5]);
 * ```
 */
export class MultiHeadAttention<
  const Heads extends number = number,
  const O extends MultiHeadAttentionOptions = NoOptions,
> extends HeadedAttention<
  MultiHeadSignature<Heads, O>,
  MultiHeadAttentionConfig
> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = {
    positional: ["numHeads", "keyDim"],
    options: ["valueDim", "outputShape", "attentionAxes"],
  };
  /** The number of heads. */
  readonly numHeads: Heads;
  /** The features of each head of queries and keys. */
  readonly keyDim: number;
  /** The features of each head of values. */
  readonly valueDim: number;
  /** The last axes of results; `null` is the last one of queries. */
  readonly outputShape: OutputShape;
  /** Along which axes is attended; `null` is all but the first and the last. */
  readonly attentionAxes: readonly number[] | null;
  /**
   * Makes the layer.
   *
   * @param numHeads How many heads there are.
   * @param keyDim The features of each head of queries and keys.
   * @throws {RangeError} If a size is no positive integer, the dropout not from 0 to 1, or an axis named twice.
   */
  constructor(numHeads: Heads, keyDim: number, options?: OptionsFor<O, MultiHeadAttentionOptions>) {
    super(options);
    const given: MultiHeadAttentionOptions = options ?? {};
    this.numHeads = positiveInteger(numHeads, "numHeads", this.name);
    this.keyDim = positiveInteger(keyDim, "keyDim", this.name);
    this.valueDim = positiveInteger(given.valueDim ?? keyDim, "valueDim", this.name);
    const outputShape: OutputShape = given.outputShape ?? null;
    if (outputShape !== null && typeof outputShape !== "number" && !Array.isArray(outputShape)) {
      const received = kindOf(outputShape);
      throw new InputError(
        `Cannot make layer ${this.name}: expected outputShape to be an integer or a list, received ${received}`,
      );
    }
    for (const size of listOf(outputShape) ?? []) positiveInteger(size, "outputShape", this.name);
    this.outputShape = outputShape;
    this.attentionAxes = listOf(given.attentionAxes ?? null);
    const axes = this.attentionAxes ?? [];
    if (!axes.every(Number.isInteger) || axes.includes(0) || axes.includes(-1) || new Set(axes).size < axes.length) {
      throw new InputRangeError(
        `Cannot make layer ${this.name}: expected attentionAxes between the first and the last axis, each once, ` +
          `received [${axes.join(", ")}]`,
      );
    }
  }
  /** The sizes of the projections. */
  protected override get sizes(): HeadSizes {
    const { numHeads: heads, keyDim, valueDim, attentionAxes: axes } = this;
    return { heads, keyHeads: heads, keyDim, valueDim, outputShape: listOf(this.outputShape), axes };
  }
  /** As in Keras, the option changes nothing here, while the mask that travels with the query does. */
  protected override get readsQueryMask(): boolean {
    return false;
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: MultiHeadAttentionConfig): MultiHeadAttention<number, MultiHeadAttentionOptions> {
    return super.fromConfig(config) as MultiHeadAttention<number, MultiHeadAttentionOptions>;
  }
}

function listOf(sizes: OutputShape): readonly number[] | null {
  return typeof sizes === "number" ? [sizes] : sizes;
}
