/**
 * Attention without heads or projections.
 *
 * @module
 */
import { multiply } from "../../ops/elementwise/arithmetic.ts";
import { attentionMask, attentionPlaces } from "../../ops/attention/attention.ts";
import { attentionWeights } from "../../ops/attention/weights.ts";
import { matmul } from "../../ops/products/linear_algebra.ts";
import { dropout } from "../../ops/random/random.ts";
import { SeedGenerator } from "../../ops/random/seed_generator.ts";
import { cast } from "../../ops/elementwise/selection.ts";
import { expandDims } from "../../ops/shaping/shaping.ts";
import type { NoOptions } from "../../ops/options.ts";
import { type Comparison, flatAttention } from "../../shape/attention.ts";
import type { Shape } from "../../shape/dim.ts";
import { axisSentence } from "../../shape/bind.ts";
import { InputRangeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Structure } from "../../tensor/structure.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import type { ConfigNames } from "../base/config.ts";
import { checkLayerOptions } from "../base/known_options.ts";
import type { Shapes } from "../base/layer_core.ts";
import {
  type AttentionCall,
  type AttentionOptions,
  attentionShapes,
  type AttentionSignature,
  checkMasks,
  maskAt,
  type MisfitOf,
  type WrongInputs,
} from "./attention_call.ts";
import { Layer } from "../base/layer.ts";
import type { Masks } from "../base/masks.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { LayerName, OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";

/** The options of {@linkcode AdditiveAttention}. */
export interface AdditiveAttentionOptions extends LayerOptions {
  /** Whether there is a weight that scales what queries and keys are compared by. */
  readonly useScale?: boolean;
  /** The part of weights that is set to 0 in training. Default: 0. */
  readonly dropout?: number;
  /** The seed of the dropout. Default: drawn. */
  readonly seed?: number | null;
}

/** The options of {@linkcode Attention}. */
export interface AttentionLayerOptions extends AdditiveAttentionOptions {
  /** The way queries are compared with keys: by `"dot"` products, or as `"concat"`: by the tangents of their sums. Default: `"dot"`. */
  readonly scoreMode?: Comparison;
}

/** The configuration of {@linkcode AdditiveAttention}. */
export interface AdditiveAttentionConfig extends LayerConfig {
  /** Whether there is a weight that scales what queries and keys are compared by. */
  readonly useScale: boolean;
  /** The part of weights that is set to 0 in training. */
  readonly dropout: number;
  /** The seed as it was given. */
  readonly seed: number | null;
}

/** The configuration of {@linkcode Attention}. */
export interface AttentionConfig extends AdditiveAttentionConfig {
  /** The way queries are compared with keys. */
  readonly scoreMode: Comparison;
}

/** @internal */
type Flat<S, Mode extends Comparison> = S extends readonly [infer Q extends Shape, infer V extends Shape]
  ? flatAttention<Q, V, V, 1, Mode>
  : S extends readonly [infer Q extends Shape, infer V extends Shape, infer K extends Shape]
    ? flatAttention<Q, V, K, 2, Mode>
  : undefined;

/** @internal */
type FlatCheck<Name extends string, S, Found> = Found extends { readonly output: Shape } ? unknown
  : Found extends undefined ? WrongInputs<Name, S>
  : MisfitOf<Name, Found>;

/** Queries, values and keys whose batches broadcast; the last axis is that of the values. */
export interface FlatSignature<Mode extends Comparison, Name extends string, D extends DType>
  extends AttentionSignature {
  /** The sentence where the inputs do not fit. */
  readonly check: FlatCheck<Name, this["input"], Flat<this["input"], Mode>>;
  /** The query's shape, with the values' last axis. */
  readonly output: Flat<this["input"], Mode> extends { readonly output: infer S extends Shape } ? S : Shape;
  /** The query's shape, with the places of the values as last axis. */
  readonly scores: Flat<this["input"], Mode> extends { readonly scores: infer S extends Shape } ? S : Shape;
  /** The layer's dtype. */
  readonly dtype: D;
}

/** The common parts of attention layers without heads. */
export abstract class FlatAttention<
  F extends AttentionSignature,
  C extends AdditiveAttentionConfig = AdditiveAttentionConfig,
> extends Layer<F, unknown, C> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { options: ["useScale", "dropout", "seed"] };
  /** The weight that scales what queries and keys are compared by, or `null` without one; there once the layer is built. */
  scale: Variable | null = null;
  /** Whether there is such a weight. */
  readonly useScale: boolean;
  /** The part of weights that is set to 0 in training. */
  readonly dropout: number;
  /** The source of random numbers for dropout; there is none for rate 0. */
  readonly seedGenerator: SeedGenerator | null;
  /** The seed as it was given. */
  readonly seed: number | null;
  #features: number | undefined;
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If the dropout is not from 0 to 1.
   */
  constructor(options: AdditiveAttentionOptions | undefined = {}, useScale: boolean) {
    super(options);
    this.useScale = useScale;
    this.dropout = options.dropout ?? 0;
    if (!(this.dropout >= 0 && this.dropout <= 1)) {
      throw new InputRangeError(
        `Cannot make layer ${this.name}: expected a dropout from 0 to 1, received ${this.dropout}`,
      );
    }
    this.seed = options.seed ?? null;
    this.seedGenerator = this.dropout === 0 ? null : new SeedGenerator(this.seed ?? undefined);
  }
  /** The way queries are compared with keys. */
  protected abstract get comparison(): Comparison;
  /** Makes the weights for queries of so many features. */
  protected abstract buildFor(features: Shape): void;
  /** The part of each value that each query takes. */
  protected abstract weigh(query: Tensor, key: Tensor, mask: Tensor | null): Tensor;
  /** Makes the weights, and returns the layer. */
  override build(inputShape: Shapes): this {
    const [query] = attentionShapes(this.name, inputShape);
    this.buildFor(query.slice(-1));
    this.#features = this.scale?.shape[0] as number | undefined;
    return this;
  }
  /** The result, or `[result, scores]`. */
  override call(inputs: readonly Tensor[], options: AttentionOptions): Tensor | readonly Tensor[] {
    const [query, value, key = value] = inputs as readonly [Tensor, Tensor, Tensor?];
    const [queryMask, valueMask] = [maskAt(options.mask, 0), maskAt(options.mask, 1)];
    checkMasks(this.name, options.mask, [
      ["query", queryMask, query.shape.slice(0, -1)],
      ["value", valueMask, value.shape.slice(0, -1)],
    ]);
    const rank = Math.max(query.shape.length, key.shape.length);
    const pairs = attentionPlaces(query, key, -2, options.useCausalMask === true, undefined);
    const weights = this.weigh(query, key, attentionMask({ value: valueMask, pairs }, rank));
    const drops = options.training === true && this.seedGenerator !== null;
    const used = drops ? dropout(weights, this.dropout, { seed: this.seedGenerator! }) as Tensor : weights;
    const result = matmul(used, value) as Tensor;
    const kept = queryMask === null
      ? result
      : multiply(result, cast(expandDims(queryMask, -1) as Tensor, result.dtype) as Tensor) as Tensor;
    return options.returnAttentionScores === true ? [kept, used] : kept;
  }
  /** Queries, values and keys that do not fit each other, or have other features than those that the layer was built for. */
  protected override mismatch(shapes: Structure<Shape | null>): readonly [number | string, string] | undefined {
    const [query, value, key, at] = attentionShapes(this.name, shapes);
    const found = flatAttention(query, value, key, at, this.comparison);
    if (!("output" in found)) return found;
    const expected = this.#features;
    if (expected === undefined || expected === 1) return undefined;
    for (const [input, shape] of [[at, key], [0, query]] as const) {
      const received = shape.at(-1);
      if (typeof received === "number" && received !== expected && received !== 1) {
        return [input, axisSentence(-1, expected, shape)];
      }
    }
    return undefined;
  }
  /** The query, the value and the key have masks of their own. */
  protected override get readsEachMask(): boolean {
    return true;
  }
  /** The mask of the query; scores have none. */
  override computeMask(_inputs: never, mask: Masks | null): Masks | null {
    return maskAt(mask, 0);
  }
}

/** Calls the layer with options. */
export interface Attention<O extends AttentionLayerOptions = NoOptions> extends
  AttentionCall<
    FlatSignature<OptionFor<O, "scoreMode", "dot", Comparison>, LayerName<O, "attention">, ResultDType<O>>,
    AttentionOptions
  > {
}

/**
 * For each query a mean of the values, weighted by how well their keys suit it: `softmax(query . key) . value`, or with
 * `scoreMode: "concat"` `softmax(Σ tanh(query + key)) . value`.
 *
 * It is called with `[query, value]` or `[query, value, key]`: query `[..., T, dim]`, value `[..., S, out]` and key
 * `[..., S, dim]`, by default the value. Result: `[..., T, out]`; with `returnAttentionScores` it is `[result, scores]`, scores
 * `[..., T, S]`. Masks come as `mask: [queryMask, valueMask]`: values that do not count get no weight, and results of queries
 * that do not count are 0.
 *
 * Weights: with `useScale` `scale` `[]`; with `scoreMode: "concat"` `concat_score_weight` `[]`.
 *
 * See M.-T. Luong et al., Effective Approaches to Attention-based Neural Machine Translation, 2015.
 *
 * @throws {ShapeError} When the inputs do not fit each other.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Attention, tensor } from "@strata/nn";
 *
 * const layer = new Attention();
 * const query = tensor([[[0, 0]]]);
 * const value = tensor([[[2, 4], [6, 8]]]);
 * assertEquals(layer([query, value]).array(), [[[4, 6]]]);
 * assertEquals(layer([query, value], { returnAttentionScores: true })[1].array(), [[[0.5, 0.5]]]);
 * ```
 */
export class Attention<
  const O extends AttentionLayerOptions = NoOptions,
> extends FlatAttention<
  FlatSignature<OptionFor<O, "scoreMode", "dot", Comparison>, LayerName<O, "attention">, ResultDType<O>>,
  AttentionConfig
> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { options: ["scoreMode"] };
  /** The weight of what `scoreMode: "concat"` compares by, else `null`; there once the layer is built. */
  concatScoreWeight: Variable | null = null;
  /** The way queries are compared with keys. */
  readonly scoreMode: Comparison;
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If the mode is none, or the dropout not from 0 to 1.
   */
  constructor(options?: OptionsFor<O, AttentionLayerOptions>) {
    checkLayerOptions(new.target, options);
    super(options, options?.useScale ?? false);
    const given: AttentionLayerOptions = options ?? {};
    this.scoreMode = given.scoreMode ?? "dot";
    if (this.scoreMode !== "dot" && this.scoreMode !== "concat") {
      throw new InputRangeError(
        `Cannot make layer ${this.name}: received an invalid value for scoreMode, expected "dot" or "concat", ` +
          `received ${JSON.stringify(this.scoreMode)}`,
      );
    }
  }
  /** The way queries are compared with keys. */
  protected override get comparison(): Comparison {
    return this.scoreMode;
  }
  /** Makes the weights, which are numbers. */
  protected override buildFor(): void {
    if (this.useScale) this.scale = this.addWeight({ name: "scale", shape: [], initializer: "ones" });
    if (this.scoreMode === "concat") {
      this.concatScoreWeight = this.addWeight({ name: "concat_score_weight", shape: [], initializer: "ones" });
    }
  }
  /** The part of each value that each query takes. */
  protected override weigh(query: Tensor, key: Tensor, mask: Tensor | null): Tensor {
    const { scoreMode: mode, scale, concatScoreWeight: factor } = this;
    return attentionWeights(query, key, { mode, scale, factor, mask });
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: AttentionConfig): Attention<AttentionLayerOptions> {
    return super.fromConfig(config) as Attention<AttentionLayerOptions>;
  }
}

/** Calls the layer with options. */
export interface AdditiveAttention<O extends AdditiveAttentionOptions = NoOptions>
  extends AttentionCall<FlatSignature<"concat", LayerName<O, "additive_attention">, ResultDType<O>>, AttentionOptions> {
}

/**
 * For each query a mean of the values, weighted by `softmax(Σ scale * tanh(query + key))`.
 *
 * It is called as {@linkcode Attention} is. Weight: `scale` `[dim]`, unless `useScale` is `false`.
 *
 * See D. Bahdanau et al., Neural Machine Translation by Jointly Learning to Align and Translate, 2015.
 *
 * @throws {ShapeError} When the inputs do not fit each other, or they have other features than those that it was built for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { AdditiveAttention, tensor } from "@strata/nn";
 *
 * const layer = new AdditiveAttention({ useScale: false });
 * assertEquals(layer([tensor([[[1, 1]]]), tensor([[[2, 4], [4, 2]]])]).array(), [[[3, 3]]]);
 * ```
 */
export class AdditiveAttention<
  const O extends AdditiveAttentionOptions = NoOptions,
> extends FlatAttention<FlatSignature<"concat", LayerName<O, "additive_attention">, ResultDType<O>>> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If the dropout is not from 0 to 1.
   */
  constructor(options?: OptionsFor<O, AdditiveAttentionOptions>) {
    checkLayerOptions(new.target, options);
    super(options, options?.useScale ?? true);
  }
  /** The way queries are compared with keys. */
  protected override get comparison(): Comparison {
    return "concat";
  }
  /** Makes the weight, which has a number for each feature. */
  protected override buildFor(features: Shape): void {
    if (this.useScale) this.scale = this.addWeight({ name: "scale", shape: features });
  }
  /** The part of each value that each query takes. */
  protected override weigh(query: Tensor, key: Tensor, mask: Tensor | null): Tensor {
    return attentionWeights(query, key, { mode: "concat", factor: this.scale, mask });
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: AdditiveAttentionConfig): AdditiveAttention {
    return super.fromConfig(config) as AdditiveAttention;
  }
}
