/**
 * The common parts of attention layers with heads.
 *
 * @module
 */
import { multiply } from "../../ops/elementwise/arithmetic.ts";
import { sigmoid } from "../../ops/activation/smooth_activations.ts";
import { attend, attentionMask, attentionPlaces } from "../../ops/attention/attention.ts";
import { logicalAnd } from "../../ops/elementwise/logical.ts";
import { einsum } from "../../ops/products/einsum.ts";
import { project } from "../../ops/products/project.ts";
import { dropout } from "../../ops/random/random.ts";
import { repeat } from "../../ops/shaping/repetition.ts";
import { SeedGenerator } from "../../ops/random/seed_generator.ts";
import { where } from "../../ops/elementwise/selection.ts";
import { softmax } from "../../ops/activation/softmax.ts";
import { headedMisfit } from "../../shape/attention.ts";
import { axisSentence } from "../../shape/bind.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import { InputRangeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Structure } from "../../tensor/structure.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type ConfigNames, withConfig } from "../base/config.ts";
import { checkedOptions, checkLayerOptions } from "../base/known_options.ts";
import { attentionShapes, type AttentionSignature, givenMask, type HeadedAttentionOptions } from "./attention_call.ts";
import { checkMasks, maskAt } from "./attention_call.ts";
import type { Shapes } from "../base/layer_core.ts";
import { EinsumDense, type EinsumDenseOptions } from "../core/einsum_dense.ts";
import { type KernelConfig, type KernelOptions, KernelSettings } from "../core/kernel.ts";
import { Layer } from "../base/layer.ts";
import type { Masks } from "../base/masks.ts";
import type { LayerConfig } from "../base/options.ts";
import { positiveInteger } from "../base/validate.ts";

/** The options that attention layers with heads share. */
export interface HeadedOptions<Name extends string = string, D extends DType = DType>
  extends Omit<KernelOptions<Name, D>, "activation"> {
  /** The part of weights that is set to 0 in training. Default: 0. */
  readonly dropout?: number;
  /** Whether the projections add biases. Default: `true`. */
  readonly useBias?: boolean;
  /** The width of the window of values that a query sees: those less than this many places apart. Default: all. */
  readonly slidingWindow?: number | null;
  /** Whether each head's result is multiplied by a gate that the query makes. Default: `false`. */
  readonly useGate?: boolean;
  /** The seed of the dropout. Default: drawn. */
  readonly seed?: number | null;
}

/** The part of a configuration that attention layers with heads share. */
export interface HeadedConfig extends LayerConfig, Omit<KernelConfig, "activation"> {
  /** The part of weights that is set to 0 in training. */
  readonly dropout: number;
  /** Whether the projections add biases. */
  readonly useBias: boolean;
  /** The width of the window of values that a query sees. */
  readonly slidingWindow: number | null;
  /** Whether each head's result is multiplied by a gate that the query makes. */
  readonly useGate: boolean;
  /** The seed as it was given. */
  readonly seed: number | null;
}

/** The sizes of the projections. */
export interface HeadSizes {
  /** The number of heads that queries have. */
  readonly heads: number;
  /** The number of heads that keys and values have. */
  readonly keyHeads: number;
  /** The features of each head of queries and keys. */
  readonly keyDim: number;
  /** The features of each head of values. */
  readonly valueDim: number;
  /** The last axes of results; `null` is the last one of queries. */
  readonly outputShape: readonly number[] | null;
  /** Along which axes is attended; `null` is all but the first and the last. */
  readonly axes: readonly number[] | null;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const CAPITALS = LETTERS.toUpperCase();

/**
 * A projection between features and heads.
 *
 * @internal
 */
export type HeadDense = EinsumDense<string, readonly (number | null)[], EinsumDenseOptions>;

/** A projection between features and heads: an {@linkcode EinsumDense} that is one matrix product. */
class HeadProjection extends EinsumDense<string, readonly (number | null)[], EinsumDenseOptions> {
  /** Sums over as many last axes as the kernel shares, and adds the bias. */
  override call(x: Tensor): Tensor {
    const rank = this.outputShape.length + 1;
    return project(x, this.kernel, this.bias, (x.shape.length + this.kernel.shape.length - rank) / 2);
  }
}

/** Attention with heads: projections of queries, keys and values, and of what comes out. */
export abstract class HeadedAttention<F extends AttentionSignature, C extends HeadedConfig = HeadedConfig>
  extends Layer<F, unknown, C> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = {
    options: ["dropout", "useBias", "useGate", "slidingWindow", "seed"],
  };
  /** Makes the queries of each head; there once the layer is built. */
  queryDense!: HeadDense;
  /** Makes the keys of each head; there once the layer is built. */
  keyDense!: HeadDense;
  /** Makes the gate of each head, or `null` without one; there once the layer is built. */
  gateDense: HeadDense | null = null;
  /** Makes the values of each head; there once the layer is built. */
  valueDense!: HeadDense;
  /** Makes the result of those of the heads; there once the layer is built. */
  outputDense!: HeadDense;
  /** The part of weights that is set to 0 in training. */
  readonly dropout: number;
  /** Whether the projections add biases. */
  readonly useBias: boolean;
  /** The width of the window of values that a query sees; `null` for all. */
  readonly slidingWindow: number | null;
  /** Whether each head's result is multiplied by a gate that the query makes. */
  readonly useGate: boolean;
  /** The source of random numbers for dropout; there is none for rate 0. */
  readonly seedGenerator: SeedGenerator | null;
  readonly #options: HeadedOptions;
  /** The seed as it was given. */
  readonly seed: number | null;
  #features: readonly Shape[] | undefined;

  /**
   * Makes the layer.
   *
   * @throws {RangeError} If the dropout is not from 0 to 1, or the window no positive integer.
   */
  constructor(options: HeadedOptions = {}) {
    checkLayerOptions(new.target, options);
    const { activityRegularizer: _, ...own } = options;
    super(checkedOptions(own));
    this.dropout = options.dropout ?? 0;
    if (!(this.dropout >= 0 && this.dropout <= 1)) {
      throw new InputRangeError(
        `Cannot make layer ${this.name}: expected a dropout from 0 to 1, received ${this.dropout}`,
      );
    }
    this.useBias = options.useBias ?? true;
    this.useGate = options.useGate ?? false;
    const { slidingWindow = null } = options;
    this.slidingWindow = slidingWindow === null ? null : positiveInteger(slidingWindow, "slidingWindow", this.name);
    this.#options = options;
    const settings = new KernelSettings(options);
    withConfig(this, {
      getConfig(): object {
        const { activation: _, ...kernel } = settings.getConfig();
        return kernel;
      },
    });
    this.seed = options.seed ?? null;
    this.seedGenerator = this.dropout === 0 ? null : new SeedGenerator(this.seed ?? undefined);
  }

  /** The sizes of the projections. */
  protected abstract get sizes(): HeadSizes;

  /** Whether the option `queryMask` is read; else only the mask that travels with the query. */
  protected abstract get readsQueryMask(): boolean;

  /** Makes the projections, and returns the layer. */
  override build(inputShape: Shapes): this {
    const [query, value, key] = attentionShapes(this.name, inputShape);
    const { heads, keyHeads, keyDim, valueDim, outputShape } = this.sizes;
    const rank = query.length;
    const spread = (name: string, shape: Shape, count: number, size: number) =>
      this.#projection(name, shape, LETTERS.slice(0, rank), 1, [count, size]);
    this.queryDense = spread("query", query, heads, keyDim);
    this.keyDense = spread("key", key, keyHeads, keyDim);
    if (this.useGate) this.gateDense = spread("gate", query, heads, valueDim);
    this.valueDense = spread("value", value, keyHeads, valueDim);
    const joined = [...query.slice(0, -1), heads, valueDim];
    const last = outputShape ?? [query.at(-1) as number];
    this.outputDense = this.#projection("attention_output", joined, LETTERS.slice(0, rank + 1), 2, last);
    this.#features = [query, value, key].map((shape) => shape.slice(-1));
    return this;
  }

  #projection(
    name: string,
    shape: Shape,
    letters: string,
    taken: number,
    given: readonly number[],
  ): HeadDense {
    const made = LETTERS.slice(letters.length, letters.length + given.length);
    const kept = letters.slice(0, letters.length - taken);
    const equation = `${letters},${letters.slice(-taken)}${made}->${kept}${made}`;
    const { kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, activityRegularizer } =
      this.#options;
    const { kernelConstraint, biasConstraint } = this.#options;
    const options = {
      kernelInitializer,
      biasInitializer,
      kernelRegularizer,
      biasRegularizer,
      activityRegularizer,
      kernelConstraint,
      biasConstraint,
    };
    const outputShape = [...Array<null>(kept.length - 1).fill(null), ...given];
    const layer = new HeadProjection(equation, outputShape, {
      name,
      dtype: this.dtypePolicy,
      trainable: this.trainable,
      biasAxes: this.useBias ? made : null,
      ...Object.fromEntries(Object.entries(options).filter(([, option]) => option !== undefined)),
    });
    layer.supportsMasking = true;
    layer.build(shape);
    return layer;
  }

  /** The result, or `[result, scores]`. */
  override call(inputs: readonly Tensor[], options: HeadedAttentionOptions): Tensor | readonly Tensor[] {
    const [query, value, key = value] = inputs as readonly [Tensor, Tensor, Tensor?];
    const parts = [this.queryDense(query), this.keyDense(key), this.valueDense(value)] as readonly Tensor[];
    const [queries, keys, values] = parts as readonly [Tensor, Tensor, Tensor];
    const rank = query.shape.length;
    const axes = this.attended(rank);
    const masks = {
      query: givenMask(this.readsQueryMask ? options.queryMask : null, options, 0),
      value: givenMask(options.valueMask, options, 1),
      key: givenMask(options.keyMask, options, 2),
      pairs: givenMask(options.attentionMask, {}, 0),
    };
    if (rank === 3) {
      const [batch, queryLength] = query.shape as readonly [Dim, Dim];
      const heads = masks.pairs !== null && masks.pairs.shape.length > 3 ? [this.sizes.heads] : [];
      checkMasks(this.name, options.mask, [
        ["query", masks.query, query.shape.slice(0, -1)],
        ["value", masks.value, value.shape.slice(0, -1)],
        ["key", masks.key, key.shape.slice(0, -1)],
        ["pairs", masks.pairs, [batch, ...heads, queryLength, key.shape[1]!]],
      ]);
    }
    const mask = attentionMask(
      masks,
      rank + 1 + (axes.length - 1),
      2 * axes.length,
    );
    const drops = options.training === true && this.seedGenerator !== null;
    const isPlain = rank === 3;
    const told = { mask, causal: options.useCausalMask === true, scores: options.returnAttentionScores === true };
    const [context, scores] = isPlain
      ? this.#plain(queries, keys, values, told, drops)
      : this.#general(queries, keys, values, axes, told, drops);
    const gated = this.gateDense === null
      ? context
      : multiply(context, sigmoid(this.gateDense(query) as Tensor)) as Tensor;
    const result = this.outputDense(gated) as Tensor;
    return told.scores ? [result, scores!] : result;
  }

  // As in Keras, queries that see nothing get zeros wherever the weights are made one by one: where they are given or where
  // some may drop.
  #plain(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    told: Told,
    drops: boolean,
  ): readonly [Tensor, (Tensor | undefined)?] {
    const [context, scores] = attend(query, key, value, {
      mask: told.mask,
      isCausal: told.causal,
      window: this.slidingWindow ?? undefined,
      zeros: told.scores || this.dropout > 0,
      scores: told.scores || drops,
    }) as readonly [Tensor, (Tensor | undefined)?];
    if (!drops) return [context, scores];
    const { heads, keyHeads } = this.sizes;
    const values = heads === keyHeads ? value : repeat(value, heads / keyHeads, { axis: 2 }) as Tensor;
    return [einsum("bnts,bsnv->btnv", this.#dropped(scores!), values) as Tensor, scores];
  }

  #dropped(scores: Tensor): Tensor {
    return dropout(scores, this.dropout, { seed: this.seedGenerator! }) as Tensor;
  }

  /** Attention along some of several axes. */
  #general(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    axes: readonly number[],
    told: Told,
    drops: boolean,
  ): readonly [Tensor, Tensor] {
    const rank = query.shape.length - 1;
    const ofQuery = [...LETTERS.slice(0, rank - 1)];
    const ofKey = ofQuery.map((letter, axis) => axes.includes(axis) ? CAPITALS[axis]! : letter);
    const free = ofQuery.filter((_, axis) => !axes.includes(axis)).join("");
    const pairs = axes.map((axis) => ofQuery[axis]).join("") + axes.map((axis) => ofKey[axis]).join("");
    const scale = 1 / Math.sqrt(this.sizes.keyDim);
    const weights = `${free}y${pairs}`;
    const products = einsum(
      `${ofQuery.join("")}yz,${ofKey.join("")}yz->${weights}` as string,
      multiply(query, scale) as Tensor,
      key,
    ) as Tensor;
    const near = axes.length === 1
      ? attentionPlaces(query, key, axes[0]!, told.causal, this.slidingWindow ?? undefined)
      : this.#refusePlaces(told.causal);
    const mask = told.mask !== null && near !== null ? logicalAnd(told.mask, near) as Tensor : told.mask ?? near;
    const over = axes.map((_, index) => weights.length - axes.length + index);
    let scores: Tensor = softmax(mask === null ? products : where(mask, products, -1e9) as Tensor, { axis: over });
    if (mask !== null) scores = where(mask, scores, 0) as Tensor;
    const used = drops ? this.#dropped(scores) : scores;
    const equation: string = `${weights},${ofKey.join("")}yz->${ofQuery.join("")}yz`;
    return [einsum(equation, used, value) as Tensor, scores];
  }

  #refusePlaces(causal: boolean): null {
    if (causal || this.slidingWindow !== null) {
      throw new RangeError(
        "Cannot tell queries which values come before them or are near: expected one attention axis, received several",
      );
    }
    return null;
  }

  /** The axes along which is attended in queries of some rank. */
  protected attended(rank: number): readonly number[] {
    const { axes } = this.sizes;
    return axes?.map((axis) => axis < 0 ? axis + rank : axis) ??
      Array.from({ length: rank - 2 }, (_, axis) => axis + 1);
  }

  /** Queries, values and keys that do not fit each other, or have other features than those that the layer was built for. */
  protected override mismatch(shapes: Structure<Shape | null>): readonly [number | string, string] | undefined {
    const [query, value, key, at] = attentionShapes(this.name, shapes);
    const misfit = headedMisfit(query, value, key, this.sizes.axes);
    if (misfit !== undefined || this.#features === undefined) return misfit;
    for (const [index, [shape, input]] of ([[query, 0], [value, 1], [key, at]] as const).entries()) {
      const [expected, received] = [this.#features[index]![0]!, shape.at(-1)!];
      if (typeof received === "number" && received !== expected) return [input, axisSentence(-1, expected, shape)];
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

interface Told {
  readonly mask: Tensor | null;
  readonly causal: boolean;
  readonly scores: boolean;
}
