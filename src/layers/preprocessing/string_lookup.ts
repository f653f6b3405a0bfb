/**
 * Texts as indices.
 *
 * @module
 */
import type { CategoryMode } from "../../shape/categories.ts";
import { InputRangeError } from "../../shape/error.ts";
import { tensor } from "../../tensor/creation.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { EagerTensor } from "../../tensor/eager.ts";
import { type TensorLike, toTensor } from "../../tensor/like.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { cast } from "../../ops/elementwise/selection.ts";
import type { NoOptions } from "../../ops/options.ts";
import { farmHash } from "./farm_hash.ts";
import { IndexLookup, type LookupConfig, type LookupOptions, type Tokens } from "./index_lookup.ts";
import type { OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { LookupSignature } from "./integer_lookup.ts";

/** The options of {@linkcode StringLookup}. */
export interface StringLookupOptions extends LookupOptions<string> {}

/** The configuration of {@linkcode StringLookup}. */
export interface StringLookupConfig extends LookupConfig<string> {}

/**
 * The index of each text in a vocabulary. There are no tensors of texts: {@linkcode StringLookup.lookup} takes arrays of texts
 * and gives their indices, and the layer, which may be part of a model, is called with these. It gives them as `int64`, or as
 * vectors as {@linkcode CategoryEncoding} does; `layer(layer.lookup(texts))` is what Keras's layer gives for the texts. For the
 * inverse, {@linkcode StringLookup.textsOf} gives the texts of indices.
 *
 * @throws {TypeError} When called before it has a vocabulary.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { StringLookup } from "@strata/nn";
 *
 * const layer = new StringLookup({ vocabulary: ["a", "b", "c"], outputMode: "count" });
 * const indices = layer.lookup([["a", "c", "a"], ["c", "z", "b"]]);
 * assertEquals(indices.array(), [[1n, 3n, 1n], [3n, 0n, 2n]]);
 * assertEquals(layer(indices).array(), [[0, 2, 0, 1], [1, 0, 1, 1]]);
 * assertEquals(layer.textsOf([1, 0]), ["a", "[UNK]"]);
 * ```
 */
export class StringLookup<
  const O extends StringLookupOptions = NoOptions,
> extends IndexLookup<
  string,
  ReadonlyMap<string, number>,
  LookupSignature<OptionFor<O, "outputMode", "int", CategoryMode>, ResultDType<O>>
> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If options contradict each other, or the vocabulary has a token twice.
   */
  constructor(options?: OptionsFor<O, StringLookupOptions>) {
    super(options, "[UNK]");
  }
  /** The index of each token. */
  protected override tableOf(): ReadonlyMap<string, number> {
    return new Map(this.indices());
  }
  /**
   * The indices of texts in arrays nested to any depth, `int64`.
   *
   * @throws {RangeError} If a text is not in the vocabulary and there is no index for such texts.
   */
  lookup(texts: Tokens<string>): EagerTensor {
    const { table } = this;
    const indices = mapNested(texts, (text) => BigInt(table.get(text) ?? this.#other(text)));
    return tensor(indices as never, { dtype: "int64" }) as EagerTensor;
  }
  #other(text: string): number {
    const { numOovIndices, firstOther } = this;
    if (numOovIndices === 0) {
      throw new InputRangeError(
        `Cannot look up a text in layer ${this.name}: expected one of the vocabulary, as numOovIndices is 0, ` +
          `received ${JSON.stringify(text)}`,
      );
    }
    return firstOther + (numOovIndices === 1 ? 0 : Number(farmHash(text) % BigInt(numOovIndices)));
  }
  /** The texts of indices, in arrays nested as the tensor is; what is no index has the token for others. */
  textsOf(indices: TensorLike): Tokens<string> {
    const texts = this.getVocabulary();
    const nested = (toTensor(indices) as EagerTensor).array() as unknown as Tokens<number>;
    return mapNested(nested, (index) => texts[Number(index)] ?? this.oovToken);
  }
  /** The indices as they are, or as vectors. */
  override call(indices: Tensor): Tensor {
    return this.written(cast(indices, "int64"));
  }
  /** Indices are integers. */
  protected override get inputDtype(): DType {
    return "int64";
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: StringLookupConfig): StringLookup<StringLookupOptions> {
    return super.fromConfig(config) as StringLookup<StringLookupOptions>;
  }
}

function mapNested<T extends string | number, R>(values: Tokens<T>, action: (value: T) => R): R {
  if (!Array.isArray(values)) return action(values as T);
  return (values as readonly Tokens<T>[]).map((value) => mapNested(value, action)) as R;
}
