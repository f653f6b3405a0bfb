/**
 * Integers and texts as bins, by their hashes.
 *
 * @module
 */
import { encodeCategories } from "../../ops/encoding/categories.ts";
import type { NoOptions } from "../../ops/options.ts";
import type { CategoryMode, encoded } from "../../shape/categories.ts";
import type { Shape } from "../../shape/dim.ts";
import { InputError, InputRangeError } from "../../shape/error.ts";
import { tensor } from "../../tensor/creation.ts";
import type { DType } from "../../tensor/dtype.ts";
import { EagerTensor } from "../../tensor/eager.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { oneOf } from "./category_encoding.ts";
import { farmHash } from "./farm_hash.ts";
import type { Token, Tokens } from "./index_lookup.ts";
import type { ConfigNames } from "../base/config.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { Signature } from "../base/signature.ts";
import { sipHash } from "./sip_hash.ts";
import { positiveInteger } from "../base/validate.ts";

/** How {@linkcode Hashing} writes bins. */
export type HashingMode = Exclude<CategoryMode, "tf_idf">;

/** The options of {@linkcode Hashing}. */
export interface HashingOptions extends LayerOptions {
  /** The value that has bin 0 for itself. Default: nothing. */
  readonly maskValue?: Token | null;
  /** The key of a keyed hash; a number stands for both of its halves. Default: a hash without key. */
  readonly salt?: number | readonly [number, number] | null;
  /** The way the bins are written: their numbers, or as {@linkcode CategoryEncoding} does. Default: `"int"`. */
  readonly outputMode?: HashingMode;
}

/** The configuration of {@linkcode Hashing}. */
export interface HashingConfig extends LayerConfig {
  /** The number of bins. */
  readonly numBins: number;
  /** The value that has bin 0 for itself. */
  readonly maskValue: Token | null;
  /** The key of a keyed hash. */
  readonly salt: readonly [number, number] | null;
  /** The way the bins are written. */
  readonly outputMode: HashingMode;
}

/** Any integers, as bins. */
export interface HashingSignature<Tokens extends number, Mode extends HashingMode, D extends DType> extends Signature {
  /** Any shape fits. */
  readonly check: unknown;
  /** The shape, or with one more axis, or with the last one replaced. */
  readonly output: this["input"] extends infer S extends Shape ? encoded<S, Tokens, Mode> : Shape;
  /** `int64` where the bins are written as numbers. */
  readonly dtype: [Mode] extends ["int"] ? "int64" : "int" extends Mode ? "int64" | D : D;
}

/**
 * Bins for integers or texts, by their hashes, which are Keras's: FarmHash, or with a salt SipHash. Integers are hashed as their
 * decimal text.
 *
 * There are no tensors of texts, and an ONNX graph cannot hold these hashes: {@linkcode Hashing.hash} takes arrays of texts or
 * integers, and the layer tensors of integers that have values. It cannot be traced; a model begins with the bins, which
 * {@linkcode CategoryEncoding} or {@linkcode Embedding} take.
 *
 * @throws {TypeError} When called with symbolic tensors or floats.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Hashing } from "@strata/nn";
 *
 * const layer = new Hashing(3);
 * assertEquals(layer.hash([["A"], ["B"]]).array(), [[1n], [0n]]);
 * assertEquals(layer(new Int32Array([0, 1, 2])).array(), [1n, 0n, 1n]);
 * ```
 */
export class Hashing<
  const Bins extends number = number,
  const O extends HashingOptions = NoOptions,
> extends Layer<
  HashingSignature<Bins, OptionFor<O, "outputMode", "int", HashingMode>, ResultDType<O>>,
  unknown,
  HashingConfig
> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = {
    positional: ["numBins"],
    options: ["maskValue", "salt", "outputMode"],
  };
  /** The number of bins. */
  readonly numBins: Bins;
  /** The value that has bin 0 for itself. */
  readonly maskValue: Token | null;
  /** The key of a keyed hash, or `null`. */
  readonly salt: readonly [number, number] | null;
  /** The way the bins are written. */
  readonly outputMode: HashingMode;
  /**
   * Makes the layer.
   *
   * @param numBins How many bins there are.
   * @throws {RangeError} If that is no positive integer, the salt not one or two integers, or the mode none.
   */
  constructor(numBins: Bins, options?: OptionsFor<O, HashingOptions>) {
    super(options);
    const given: HashingOptions = options ?? {};
    this.numBins = positiveInteger(numBins, "numBins", this.name);
    this.maskValue = given.maskValue ?? null;
    const { salt = null } = given;
    this.salt = typeof salt === "number" ? [salt, salt] : salt;
    if (this.salt !== null && (this.salt.length !== 2 || !this.salt.every(Number.isSafeInteger))) {
      throw new InputRangeError(
        `Cannot make layer ${this.name}: expected a salt of one or two integers, received ${salt}`,
      );
    }
    this.outputMode = oneOf(given.outputMode ?? "int", ["int", "one_hot", "multi_hot", "count"], this.name);
    this.autocast = false;
  }
  /** The bins of texts or integers in arrays nested to any depth, `int64`. */
  hash(values: Tokens<Token | bigint & Token>): EagerTensor {
    const bins = (value: unknown): unknown =>
      Array.isArray(value) ? value.map(bins) : this.#binOf(value as string | number | bigint);
    return tensor(bins(values) as never, { dtype: "int64" }) as EagerTensor;
  }
  #binOf(value: string | number | bigint): bigint {
    const { maskValue, salt } = this;
    const text = String(value);
    if (maskValue !== null && text === String(maskValue)) return 0n;
    const hash = salt === null ? farmHash(text) : sipHash(text, [BigInt(salt[0]), BigInt(salt[1])]);
    // Bin 0 is that of the mask alone.
    const kept = maskValue !== null && this.numBins > 1 ? 1n : 0n;
    return hash % (BigInt(this.numBins) - kept) + kept;
  }
  /** The bins of integers. */
  override call(x: Tensor): Tensor {
    if (!(x instanceof EagerTensor)) {
      throw new TypeError(
        `Cannot trace layer ${this.name}: an ONNX graph cannot hold its hash; expected tensors with values, or a model ` +
          "that begins with what hash() gives",
      );
    }
    if (x.dtype.startsWith("float") || x.dtype === "bool") {
      throw new InputError(`Cannot hash a tensor of dtype ${x.dtype}: expected integers`);
    }
    const values = Array.from(x.dataSync() as Iterable<number | bigint>, (value) => this.#binOf(value));
    const bins = new EagerTensor(x.shape, "int64", new BigInt64Array(values));
    const { outputMode, numBins, dtype } = this;
    return outputMode === "int" ? bins : encodeCategories(bins, numBins, outputMode, dtype);
  }
  /** Integers are hashed. */
  protected override get inputDtype(): DType {
    return "int64";
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: HashingConfig): Hashing<number, HashingOptions> {
    return super.fromConfig(config) as Hashing<number, HashingOptions>;
  }
}
