/**
 * The common parts of layers that look up indices of tokens.
 *
 * @module
 */
import { multiply } from "../../ops/elementwise/arithmetic.ts";
import { encodeCategories } from "../../ops/encoding/categories.ts";
import { pad } from "../../ops/shaping/repetition.ts";
import type { CategoryMode } from "../../shape/categories.ts";
import { InputRangeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import { tensor } from "../../tensor/creation.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { InputSpec } from "../base/input_spec.ts";
import { oneOf } from "./category_encoding.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { Signature } from "../base/signature.ts";
import { positiveInteger } from "../base/validate.ts";

/** A token: an integer or a text. */
export type Token = number | string;

/** Tokens in arrays nested to any depth. */
export type Tokens<T extends Token> = T | readonly Tokens<T>[];

/** The options of layers that look up indices. */
export interface LookupOptions<
  T extends Token,
  Mode extends CategoryMode = CategoryMode,
  Name extends string = string,
  D extends DType = DType,
> extends LayerOptions<Name, D> {
  /** The number of indices at most, those of special tokens included. Default: any number. */
  readonly maxTokens?: number | null;
  /** The number of indices that tokens outside the vocabulary share. Default: 1. */
  readonly numOovIndices?: number;
  /** The token that stands for none. Default: none. */
  readonly maskToken?: T | null;
  /** The token that stands for those outside the vocabulary. */
  readonly oovToken?: T;
  /** The tokens, with or without the special ones. Default: those that `adapt` finds. */
  readonly vocabulary?: readonly T[] | null;
  /** For `"tf_idf"`: how much each token of the vocabulary counts. */
  readonly idfWeights?: readonly number[] | null;
  /** Whether tokens are looked up by indices. Default: `false`. */
  readonly invert?: boolean;
  /** The way indices are written: as they are, or as {@linkcode CategoryEncoding} does. Default: `"int"`. */
  readonly outputMode?: Mode;
  /** Whether vectors have `maxTokens` elements. Default: `false`. */
  readonly padToMaxTokens?: boolean;
}

/** The configuration of layers that look up indices. */
export interface LookupConfig<T extends Token> extends LayerConfig {
  /** The number of indices at most. */
  readonly maxTokens: number | null;
  /** The number of indices that tokens outside the vocabulary share. */
  readonly numOovIndices: number;
  /** The token that stands for none. */
  readonly maskToken: T | null;
  /** The token that stands for those outside the vocabulary. */
  readonly oovToken: T;
  /** The tokens, without the special ones. */
  readonly vocabulary: readonly T[] | null;
  /** The weight of each token. */
  readonly idfWeights: readonly number[] | null;
  /** Whether tokens are looked up by indices. */
  readonly invert: boolean;
  /** The way indices are written. */
  readonly outputMode: CategoryMode;
  /** Whether vectors have `maxTokens` elements. */
  readonly padToMaxTokens: boolean;
}

/** A vocabulary and the indices of its tokens. */
export abstract class IndexLookup<T extends Token, Table, F extends Signature> extends Layer<F> {
  /** The number of indices at most. */
  readonly maxTokens: number | null;
  /** The number of indices that tokens outside the vocabulary share. */
  readonly numOovIndices: number;
  /** The token that stands for none. */
  readonly maskToken: T | null;
  /** The token that stands for those outside the vocabulary. */
  readonly oovToken: T;
  /** Whether tokens are looked up by indices. */
  readonly invert: boolean;
  /** The way indices are written. */
  readonly outputMode: CategoryMode;
  /** Whether vectors have `maxTokens` elements. */
  readonly padToMaxTokens: boolean;
  #tokens: readonly T[] | null = null;
  #table: Table | null = null;
  #idf: readonly number[] | null = null;

  /**
   * Makes the layer.
   *
   * @throws {RangeError} If options contradict each other, or the vocabulary has a token twice.
   */
  constructor(options: LookupOptions<T> | undefined = {}, oovToken: T) {
    super(options);
    this.inputSpec = new InputSpec();
    const { maxTokens = null, numOovIndices = 1, vocabulary = null, idfWeights = null } = options;
    const modes = ["int", "one_hot", "multi_hot", "count", "tf_idf"] as const;
    this.outputMode = oneOf(options.outputMode ?? "int", modes, this.name);
    this.invert = options.invert ?? false;
    this.padToMaxTokens = options.padToMaxTokens ?? false;
    this.maxTokens = maxTokens === null ? null : positiveInteger(maxTokens, "maxTokens", this.name);
    this.numOovIndices = numOovIndices;
    this.maskToken = options.maskToken ?? null;
    this.oovToken = options.oovToken ?? oovToken;
    this.autocast = false;
    if (maxTokens === 1) this.#fail("expected maxTokens greater than 1, received 1");
    if (!Number.isSafeInteger(numOovIndices) || numOovIndices < 0) {
      this.#fail(`expected numOovIndices to be an integer of at least 0, received ${numOovIndices}`);
    }
    if (this.invert && this.outputMode !== "int") {
      this.#fail(`expected outputMode "int" where invert is true, received "${this.outputMode}"`);
    }
    if (this.padToMaxTokens && maxTokens === null) this.#fail("expected maxTokens where padToMaxTokens is true");
    if (vocabulary !== null) this.setVocabulary(vocabulary, idfWeights);
    else if (idfWeights !== null) this.#fail("expected a vocabulary beside idfWeights");
  }

  #fail(reason: string): never {
    throw new InputRangeError(`Cannot make layer ${this.name}: ${reason}`);
  }

  /**
   * Replaces the vocabulary.
   *
   * @param vocabulary The tokens, with or without the special ones at its beginning.
   * @param idfWeights For `outputMode: "tf_idf"`, how much each of them counts.
   * @throws {RangeError} If it is empty, too large, or has a token twice or a special one where it does not belong.
   */
  setVocabulary(vocabulary: readonly T[], idfWeights: readonly number[] | null = null): void {
    const fail = (reason: string): never => {
      throw new InputRangeError(`Cannot set the vocabulary of layer ${this.name}: ${reason}`);
    };
    if (this.outputMode !== "tf_idf" && idfWeights !== null) {
      fail(`expected idfWeights only where outputMode is "tf_idf", received them with "${this.outputMode}"`);
    }
    if (this.outputMode === "tf_idf" && idfWeights === null) fail('expected idfWeights as outputMode is "tf_idf"');
    if (idfWeights !== null && idfWeights.length !== vocabulary.length) {
      fail(`expected as many idfWeights as tokens, received ${idfWeights.length} and ${vocabulary.length}`);
    }
    if (vocabulary.length === 0) fail("expected at least one token");
    const special = this.#special();
    const hasSpecial = special.length > 0 && special.every((token, index) => vocabulary[index] === token);
    const tokens = hasSpecial ? vocabulary.slice(special.length) : [...vocabulary];
    if (new Set(tokens).size < tokens.length) fail("expected each token once, received some more often");
    if (this.maskToken !== null && tokens.includes(this.maskToken)) {
      fail("expected the mask token first, where it is given, received it elsewhere");
    }
    if (tokens.includes(this.oovToken)) {
      fail("expected the token for others before the tokens, where it is given, received it elsewhere");
    }
    const size = tokens.length + this.#firstToken;
    if (this.maxTokens !== null && size > this.maxTokens) {
      fail(`expected at most maxTokens=${this.maxTokens} indices, received ${size}`);
    }
    this.#tokens = tokens;
    this.#idf = idfWeights === null ? null : hasSpecial ? idfWeights.slice(special.length) : [...idfWeights];
    this.#table = this.tableOf(tokens);
  }

  /** The tokens that come before the vocabulary: that of the mask, and that of others as often as it has indices. */
  #special(): T[] {
    const mask = this.maskToken === null || this.outputMode !== "int" ? [] : [this.maskToken];
    return [...mask, ...Array<T>(this.numOovIndices).fill(this.oovToken)];
  }

  get #firstToken(): number {
    return this.firstOther + this.numOovIndices;
  }

  /** The first index for tokens outside the vocabulary. */
  protected get firstOther(): number {
    return this.maskToken !== null && this.outputMode === "int" ? 1 : 0;
  }

  /** Makes what tokens are looked up in. */
  protected abstract tableOf(tokens: readonly T[]): Table;

  /** The indices of the tokens and of the mask token. */
  protected indices(): readonly (readonly [T, number])[] {
    const first = this.#firstToken;
    const tokens = (this.#tokens ?? []).map((token, index): [T, number] => [token, first + index]);
    const mask = this.outputMode === "int" ? 0 : -1;
    return this.maskToken === null ? tokens : [[this.maskToken, mask], ...tokens];
  }

  /** The token of each index. */
  getVocabulary(options: { readonly includeSpecialTokens?: boolean } = {}): T[] {
    const tokens = this.#tokens ?? [];
    return options.includeSpecialTokens === false ? [...tokens] : [...this.#special(), ...tokens];
  }

  /** The number of indices. */
  vocabularySize(): number {
    return (this.#tokens?.length ?? 0) + this.#firstToken;
  }

  /**
   * Makes a vocabulary of the tokens in `data`, the most frequent first; of those that are as frequent, the greater ones. For
   * `outputMode: "tf_idf"` each row of the data is a document. Returns the layer.
   *
   * @throws {RangeError} If there are none.
   */
  adapt(data: Tokens<T>): this {
    const counts = new Map<T, number>();
    const inDocuments = new Map<T, number>();
    const add = (map: Map<T, number>, token: T) => map.set(token, (map.get(token) ?? 0) + 1);
    const isDeep = Array.isArray(data) && data.some(Array.isArray);
    const documents = (isDeep ? data : [data]) as readonly Tokens<T>[];
    for (const document of documents) {
      const tokens = ([document] as unknown[]).flat(20) as T[];
      for (const token of tokens) add(counts, token);
      for (const token of new Set(tokens)) add(inDocuments, token);
    }
    counts.delete(this.oovToken);
    if (this.maskToken !== null) counts.delete(this.maskToken);
    const order = (a: T, b: T) => a < b ? 1 : a > b ? -1 : 0;
    const sorted = [...counts].sort(([a, m], [b, n]) => n - m || order(a, b)).map(([token]) => token);
    const tokens = sorted.slice(0, this.maxTokens === null ? undefined : this.maxTokens - this.#firstToken);
    const idf = tokens.map((token) => Math.log(1 + documents.length / (1 + inDocuments.get(token)!)));
    this.setVocabulary(tokens, this.outputMode === "tf_idf" ? idf : null);
    return this;
  }

  /** The tables in which tokens are looked up, once there is a vocabulary. */
  protected get table(): Table {
    if (this.#table !== null) return this.#table;
    throw new TypeError(
      `Cannot look up in layer ${this.name}: it has no vocabulary; expected one in the options, or adapt(data) before`,
    );
  }

  /** Indices as the layer writes them. */
  protected written(indices: Tensor): Tensor {
    const { outputMode } = this;
    if (outputMode === "int") return indices;
    const size = this.vocabularySize();
    const mode = outputMode === "tf_idf" ? "count" : outputMode;
    const vectors = encodeCategories(indices, size, mode, this.dtype);
    const weighed = outputMode === "tf_idf" ? multiply(vectors, this.#weights()) as Tensor : vectors;
    const missing = this.padToMaxTokens ? this.maxTokens! - size : 0;
    if (missing <= 0) return weighed;
    return pad(weighed, weighed.shape.map((_, axis) => [0, axis === weighed.shape.length - 1 ? missing : 0])) as Tensor;
  }

  /** The weight of each index; those for other tokens as the mean of all. */
  #weights(): Tensor {
    const idf = this.#idf!;
    const mean = idf.reduce((a, b) => a + b, 0) / idf.length;
    return tensor([...Array<number>(this.numOovIndices).fill(mean), ...idf], { dtype: this.dtype });
  }

  /** The options from which an equal layer can be made; the vocabulary that it found is among them. */
  override getConfig(): LookupConfig<T> {
    const { maxTokens, numOovIndices, maskToken, oovToken, invert, outputMode, padToMaxTokens } = this;
    return {
      ...super.getConfig(),
      maxTokens,
      numOovIndices,
      maskToken,
      oovToken,
      invert,
      outputMode,
      padToMaxTokens,
      vocabulary: this.#tokens,
      idfWeights: this.#idf,
    };
  }
}
