/**
 * Integers as indices.
 *
 * @module
 */
import { lookUpIndices, lookUpKeys } from "../../ops/encoding/categories.ts";
import type { NoOptions } from "../../ops/options.ts";
import type { CategoryMode, encoded } from "../../shape/categories.ts";
import type { Shape } from "../../shape/dim.ts";
import { InputRangeError } from "../../shape/error.ts";
import { tensor } from "../../tensor/creation.ts";
import type { DType } from "../../tensor/dtype.ts";
import { EagerTensor } from "../../tensor/eager.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { Signature } from "../base/signature.ts";
import { IndexLookup, type LookupConfig, type LookupOptions } from "./index_lookup.ts";

/** The options of {@linkcode IntegerLookup}. */
export interface IntegerLookupOptions extends LookupOptions<number> {}

/** The configuration of {@linkcode IntegerLookup}. */
export interface IntegerLookupConfig extends LookupConfig<number> {}

/** Any integers, as indices or vectors. */
export interface LookupSignature<Mode extends CategoryMode, D extends DType> extends Signature {
  /** Any shape fits. */
  readonly check: unknown;
  /** The shape, or with one more axis, or with the last one replaced. */
  readonly output: this["input"] extends infer S extends Shape ? encoded<S, null, Mode> : Shape;
  /** `int64` where the indices are written as they are. */
  readonly dtype: [Mode] extends ["int"] ? "int64" : "int" extends Mode ? "int64" | D : D;
}

/**
 * The index of each integer in a vocabulary, `int64`, or vectors of such indices. Integers outside the vocabulary have the
 * index 0, or one of `numOovIndices`; after them come the tokens in their order. With `maskToken` index 0 is that of no token.
 *
 * The integers must be safe ones of JavaScript.
 *
 * @throws {TypeError} When called before it has a vocabulary.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { IntegerLookup, tensor } from "@strata/nn";
 *
 * const layer = new IntegerLookup({ vocabulary: [12, 36, 1138, 42] });
 * assertEquals(layer(tensor([12, 42, 7], { dtype: "int32" })).array(), [1n, 4n, 0n]);
 *
 * const back = new IntegerLookup({ vocabulary: [12, 36, 1138, 42], invert: true });
 * assertEquals(back(tensor([1, 4, 0], { dtype: "int32" })).array(), [12n, 42n, -1n]);
 * ```
 */
export class IntegerLookup<
  const O extends IntegerLookupOptions = NoOptions,
> extends IndexLookup<
  number,
  readonly Tensor[],
  LookupSignature<OptionFor<O, "outputMode", "int", CategoryMode>, ResultDType<O>>
> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If options contradict each other, or the vocabulary has a token twice.
   */
  constructor(options?: OptionsFor<O, IntegerLookupOptions>) {
    super(options, -1);
  }
  /** The tokens in ascending order and their indices, or for the inverse the token of each index. */
  protected override tableOf(tokens: readonly number[]): readonly Tensor[] {
    const unsafe = tokens.find((token) => !Number.isSafeInteger(token));
    if (unsafe !== undefined) {
      throw new InputRangeError(
        `Cannot set the vocabulary of layer ${this.name}: expected integers, received ${unsafe}`,
      );
    }
    const int64 = { dtype: "int64" } as const;
    if (this.invert) return [tensor(this.getVocabulary(), int64)];
    const sorted = [...this.indices()].sort(([a], [b]) => a - b);
    const size = 2 ** Math.ceil(Math.log2(sorted.length));
    // Keys beyond all others, which are those of the last index.
    const last = sorted.at(-1)!;
    const padded = [...sorted, ...Array<typeof last>(size - sorted.length).fill(last)];
    return [tensor(padded.map(([token]) => token), int64), tensor(padded.map(([, index]) => index), int64)];
  }
  /** The indices, or vectors of them, or the tokens of indices. */
  override call(x: Tensor): Tensor {
    const [keys, indices] = this.table;
    if (this.invert) return lookUpKeys(x, keys!, this.oovToken);
    if (this.numOovIndices === 0 && x instanceof EagerTensor) this.#refuseOthers(x);
    return this.written(lookUpIndices(x, keys!, indices!, this.firstOther, this.numOovIndices));
  }
  /** In a graph, where no value can be read, the lookup itself fails. */
  #refuseOthers(x: EagerTensor): void {
    const known = new Set(this.indices().map(([token]) => token));
    if (Array.from(x.dataSync() as ArrayLike<number | bigint>, Number).every((token) => known.has(token))) return;
    throw new InputRangeError(
      `Cannot look up tokens in layer ${this.name}: expected tokens of the vocabulary, as numOovIndices is 0, ` +
        "received others",
    );
  }
  /** Tokens are integers. */
  protected override get inputDtype(): DType {
    return "int64";
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: IntegerLookupConfig): IntegerLookup<IntegerLookupOptions> {
    return super.fromConfig(config) as IntegerLookup<IntegerLookupOptions>;
  }
}
