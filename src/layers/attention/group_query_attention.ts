/**
 * Attention whose heads share keys and values.
 *
 * @module
 */
import type { NoOptions } from "../../ops/options.ts";
import { InputRangeError } from "../../shape/error.ts";
import type { AttentionCall, HeadedAttentionOptions } from "./attention_call.ts";
import { HeadedAttention, type HeadedConfig, type HeadedOptions, type HeadSizes } from "./headed_attention.ts";
import type { HeadedSignature } from "./multi_head_attention.ts";
import type { ConfigNames } from "../base/config.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import { positiveInteger } from "../base/validate.ts";

/** The options of {@linkcode GroupQueryAttention}. */
export interface GroupQueryAttentionOptions extends HeadedOptions {}

/** The configuration of {@linkcode GroupQueryAttention}. */
export interface GroupQueryAttentionConfig extends HeadedConfig {
  /** The features of each head. */
  readonly headDim: number;
  /** The number of heads that queries have. */
  readonly numQueryHeads: number;
  /** The number of heads that keys and values have. */
  readonly numKeyValueHeads: number;
}

/** @internal */
type GroupSignature<Heads extends number, O> = HeadedSignature<
  Heads,
  null,
  LayerName<O, "grouped_query_attention">,
  ResultDType<O>
>;

/** Calls the layer with options. */
export interface GroupQueryAttention<Heads extends number = number, O extends GroupQueryAttentionOptions = NoOptions>
  extends AttentionCall<GroupSignature<Heads, O>, HeadedAttentionOptions> {
}

/**
 * Attention whose heads share keys and values: neighbours among `numQueryHeads` heads of queries have one of
 * `numKeyValueHeads` heads of keys and values. Else it is as {@linkcode MultiHeadAttention}.
 *
 * It is called with `[query, value]` or `[query, value, key]`: query `[batch, T, dim]`, value and key `[batch, S, ...]`.
 * Result: `[batch, T, dim]`; with `returnAttentionScores` it is `[result, scores]`, scores `[batch, numQueryHeads, T, S]`.
 *
 * See J. Ainslie et al., GQA: Training Generalized Multi-Query Transformer Models from Multi-Head Checkpoints, 2023.
 *
 * @throws {ShapeError} When the inputs do not fit each other, or have other features than those it was built for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { GroupQueryAttention, zeros } from "@strata/nn";
 *
 * const layer = new GroupQueryAttention(3, 4, 2);
 * assertEquals(layer([zeros([1, 4, 8]), zeros([1, 2, 8])]).shape, [1, 4, 8]);
 * assertEquals(layer.keyDense.kernel.shape, [8, 2, 3]);
 * ```
 */
export class GroupQueryAttention<
  const Heads extends number = number,
  const O extends GroupQueryAttentionOptions = NoOptions,
> extends HeadedAttention<GroupSignature<Heads, O>, GroupQueryAttentionConfig> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { positional: ["headDim", "numQueryHeads", "numKeyValueHeads"] };
  /** The features of each head. */
  readonly headDim: number;
  /** The number of heads that queries have. */
  readonly numQueryHeads: Heads;
  /** The number of heads that keys and values have. */
  readonly numKeyValueHeads: number;
  /**
   * Makes the layer.
   *
   * @param headDim The features of each head.
   * @param numQueryHeads How many heads queries have.
   * @param numKeyValueHeads How many heads keys and values have; it divides the former.
   * @throws {RangeError} If a size is no positive integer, or the heads of queries are no multiple of the others.
   */
  constructor(
    headDim: number,
    numQueryHeads: Heads,
    numKeyValueHeads: number,
    options?: OptionsFor<O, GroupQueryAttentionOptions>,
  ) {
    super(options);
    this.headDim = positiveInteger(headDim, "headDim", this.name);
    this.numQueryHeads = positiveInteger(numQueryHeads, "numQueryHeads", this.name);
    this.numKeyValueHeads = positiveInteger(numKeyValueHeads, "numKeyValueHeads", this.name);
    if (numQueryHeads % numKeyValueHeads !== 0) {
      throw new InputRangeError(
        `Cannot make layer ${this.name}: numQueryHeads must be divisible by numKeyValueHeads, ` +
          `received ${numQueryHeads} and ${numKeyValueHeads}`,
      );
    }
  }
  /** The sizes of the projections. */
  protected override get sizes(): HeadSizes {
    const { headDim, numQueryHeads: heads, numKeyValueHeads: keyHeads } = this;
    return { heads, keyHeads, keyDim: headDim, valueDim: headDim, outputShape: null, axes: null };
  }
  /** Queries that do not count see nothing. */
  protected override get readsQueryMask(): boolean {
    return true;
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: GroupQueryAttentionConfig): GroupQueryAttention {
    return super.fromConfig(config) as GroupQueryAttention;
  }
}
