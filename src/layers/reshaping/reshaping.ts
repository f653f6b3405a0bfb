/**
 * Layers that move values about.
 *
 * @module
 */
import { reshapeRest } from "../../ops/shaping/reshape_rest.ts";
import { expandDims, transpose } from "../../ops/shaping/shaping.ts";
import { repeat } from "../../ops/shaping/repetition.ts";
import type { rankSentence } from "../../shape/bind.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import { InputError, InputRangeError, type Mismatch, ShapeError } from "../../shape/error.ts";
import type { flattenRest } from "../../shape/flatten.ts";
import { reshape } from "../../shape/reshape.ts";
import { anyCase, type DataFormat } from "../../shape/spatial.ts";
import type { DType } from "../../tensor/dtype.ts";
import { kindOf } from "../../tensor/options.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { InputSpec } from "../base/input_spec.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { CastFloats, CheckOne, CheckRank, NameOr, Signature } from "../base/signature.ts";
import type { incompatible } from "../base/sentences.ts";
import type { Structure } from "../../tensor/structure.ts";
import { positiveInteger } from "../base/validate.ts";

/**
 * A layer that takes an input of known rank and keeps its dtype.
 *
 * @internal
 */
interface Moves<Name extends string, D extends DType> extends Signature {
  /** Floats become the layer's dtype, all else stays. */
  readonly dtype: CastFloats<this["dtypes"], D>;
}

/**
 * The sentence of what a relation said, as a layer's.
 *
 * @internal
 */
type CheckMove<Name extends string, Result> = Result extends Mismatch<infer Reason>
  ? Mismatch<incompatible<Name, 0, Reason>>
  : unknown;

/**
 * The sentence where there is no axis.
 *
 * @internal
 */
type CheckBatched<Name extends string, S> = S extends readonly []
  ? Mismatch<incompatible<Name, 0, rankSentence<"min_ndim", 1, S>>>
  : CheckOne<Name, S>;

/** The batch stays, all other axes become one. */
export interface FlattenSignature<Name extends string, D extends DType> extends Moves<Name, D> {
  /** The sentence where there is no axis. */
  readonly check: CheckBatched<Name, this["input"]>;
  /** The batch, and the product of the other axes. */
  readonly output: this["input"] extends Shape ? flattenRest<this["input"]> : Shape;
}

/** The options of {@linkcode Flatten}. */
export interface FlattenOptions<Name extends string = string, D extends DType = DType> extends LayerOptions<Name, D> {
  /** The position of the channel axis; those that come first are put last. Default: `"channels_last"`. */
  readonly dataFormat?: DataFormat;
}

/** The configuration of {@linkcode Flatten}. */
export interface FlattenConfig extends LayerConfig {
  /** The position of the channel axis. */
  readonly dataFormat: DataFormat;
}

/**
 * Makes all axes but the first one axis: `[batch, 3, 4]` becomes `[batch, 12]`, and `[batch]` becomes `[batch, 1]`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Flatten, zeros } from "@strata/nn";
 *
 * assertEquals(new Flatten()(zeros([2, 3, 4])).shape, [2, 12]);
 * const layer = new Flatten({ dataFormat: "channels_first" });
 * assertEquals(layer([[[0, 1, 2], [3, 4, 5]]]).array(), [[0, 3, 1, 4, 2, 5]]);
 * ```
 */
export class Flatten<const Name extends string = string, const D extends DType = "float32">
  extends Layer<FlattenSignature<NameOr<Name, "flatten">, D>> {
  /** The position of the channel axis: they vary fastest in the result. */
  readonly dataFormat: DataFormat;
  /**
   * Makes the layer.
   *
   * @param options Where the channels are, the name, `trainable` and the dtype.
   * @throws {RangeError} If the data format is none.
   */
  constructor(options: FlattenOptions<Name, D> = {}) {
    super(options);
    this.inputSpec = new InputSpec({ minNdim: 1 });
    this.dataFormat = anyCase(options.dataFormat ?? "channels_last");
    if (this.dataFormat !== "channels_last" && this.dataFormat !== "channels_first") {
      throw new InputRangeError(
        `Cannot make layer ${this.name}: received an invalid value for dataFormat, expected one of ` +
          `"channels_last", "channels_first", received ${JSON.stringify(options.dataFormat)}`,
      );
    }
  }
  /** All axes but the first as one. */
  override call(x: Tensor): Tensor {
    const { length } = x.shape;
    if (this.dataFormat === "channels_last" || length < 3) return reshapeRest(x, [-1]);
    const spatial = Array.from({ length: length - 2 }, (_, axis) => axis + 2);
    return reshapeRest(transpose(x, [0, ...spatial, 1]) as Tensor, [-1]);
  }
  /** The options from which an equal layer can be made. */
  override getConfig(): FlattenConfig {
    return { ...super.getConfig(), dataFormat: this.dataFormat };
  }
}

/** The input's shape without the batch becomes `Target`. */
export interface ReshapeSignature<Target extends Shape, Name extends string, D extends DType> extends Moves<Name, D> {
  /** The sentence where the sizes differ. */
  readonly check: this["input"] extends readonly [Dim, ...infer Rest extends Shape]
    ? CheckMove<Name, reshape<Rest, Target>>
    : CheckBatched<Name, this["input"]>;
  /** The batch, and the target. */
  readonly output: this["input"] extends readonly [infer Batch extends Dim, ...infer Rest extends Shape]
    ? reshape<Rest, Target> extends infer R extends Shape ? readonly [Batch, ...R] : Shape
    : Shape;
}

/** The configuration of {@linkcode Reshape}. */
export interface ReshapeConfig extends LayerConfig {
  /** The shape of the results without the batch. */
  readonly targetShape: readonly number[];
}

function checkList(layer: string, what: string, value: unknown): void {
  if (Array.isArray(value)) return;
  throw new InputError(
    `Cannot make layer ${layer}: expected ${what} to be a list of integers, received ${kindOf(value)}`,
  );
}

/**
 * Gives each row of a batch another shape with as many values; one size may be -1, which is computed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Reshape, zeros } from "@strata/nn";
 *
 * assertEquals(new Reshape([-1, 2])(zeros([5, 6])).shape, [5, 3, 2]);
 * ```
 */
export class Reshape<
  const Target extends readonly number[] = readonly number[],
  const Name extends string = string,
  const D extends DType = "float32",
> extends Layer<ReshapeSignature<Target, NameOr<Name, "reshape">, D>> {
  /** The shape of the results without the batch. */
  readonly targetShape: Target;
  /**
   * Makes the layer.
   *
   * @param targetShape The shape without the batch; at most one -1.
   * @throws {RangeError} If a size is not -1 or a non-negative integer, or more than one is -1.
   */
  constructor(targetShape: Target, options: LayerOptions<Name, D> = {}) {
    super(options);
    checkList(this.name, "targetShape", targetShape);
    const valid = targetShape.every((dim) => Number.isSafeInteger(dim) && dim >= -1);
    if (!valid || targetShape.filter((dim) => dim === -1).length > 1) {
      throw new InputRangeError(
        `Cannot make layer ${this.name}: expected non-negative sizes and at most one -1, received [${
          targetShape.join(", ")
        }]`,
      );
    }
    this.targetShape = targetShape;
    this.inputSpec = new InputSpec({ minNdim: 1 });
  }
  /** Each row in the target shape. */
  override call(x: Tensor): Tensor {
    return reshapeRest(x, this.targetShape);
  }
  /** The mismatch of the sizes. */
  protected override mismatch(shape: Structure<Shape | null>): readonly [number, string] | undefined {
    const sentence = sentenceOf(() => reshape((shape as Shape).slice(1), this.targetShape));
    return sentence === undefined ? undefined : [0, sentence];
  }
  /** The options from which an equal layer can be made. */
  override getConfig(): ReshapeConfig {
    return { ...super.getConfig(), targetShape: this.targetShape };
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: ReshapeConfig): Reshape {
    const { targetShape, ...options } = config;
    return new Reshape<readonly number[]>(targetShape, options as LayerOptions<string, "float32">);
  }
}

/** The axes after the batch in the order of `Dims`, which counts from 1. */
export interface PermuteSignature<Dims extends readonly number[], Name extends string, D extends DType>
  extends Moves<Name, D> {
  /** The sentence where the rank is another. */
  readonly check: CheckRank<Name, [0, ...Dims]["length"], this["input"]>;
  /** The batch, and the axes in their new order. */
  readonly output: this["input"] extends infer S extends Shape
    ? number extends S["length"] ? Shape : readonly [S[0], ...{ [I in keyof Dims]: S[Dims[I]] }]
    : Shape;
}

/** The configuration of {@linkcode Permute}. */
export interface PermuteConfig extends LayerConfig {
  /** The axes in their new order, counted from 1. */
  readonly dims: readonly number[];
}

/**
 * Puts the axes after the batch in another order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Permute, zeros } from "@strata/nn";
 *
 * assertEquals(new Permute([2, 1])(zeros([5, 3, 4])).shape, [5, 4, 3]);
 * ```
 */
export class Permute<
  const Dims extends readonly number[] = readonly number[],
  const Name extends string = string,
  const D extends DType = "float32",
> extends Layer<PermuteSignature<Dims, NameOr<Name, "permute">, D>> {
  /** The axes in their new order, counted from 1. */
  readonly dims: Dims;
  /**
   * Makes the layer.
   *
   * @param dims A permutation of 1, 2, ... up to the number of axes after the batch.
   * @throws {RangeError} If it is none.
   */
  constructor(dims: Dims, options: LayerOptions<Name, D> = {}) {
    super(options);
    checkList(this.name, "dims", dims);
    const sorted = [...dims].sort((a, b) => a - b);
    if (!sorted.every((dim, index) => dim === index + 1)) {
      throw new InputRangeError(
        `Cannot make layer ${this.name}: expected dims to be a permutation of the axes counted from 1, received [${
          dims.join(", ")
        }]`,
      );
    }
    this.dims = dims;
    this.inputSpec = new InputSpec({ ndim: dims.length + 1 });
  }
  /** The axes in their new order. */
  override call(x: Tensor): Tensor {
    return transpose(x, [0, ...this.dims]);
  }
  /** The options from which an equal layer can be made. */
  override getConfig(): PermuteConfig {
    return { ...super.getConfig(), dims: this.dims };
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: PermuteConfig): Permute {
    const { dims, ...options } = config;
    return new Permute<readonly number[]>(dims, options as LayerOptions<string, "float32">);
  }
}

/** `[batch, features]` becomes `[batch, N, features]`. */
export interface RepeatVectorSignature<N extends number, Name extends string, D extends DType> extends Moves<Name, D> {
  /** The sentence where the rank is not 2. */
  readonly check: CheckRank<Name, 2, this["input"]>;
  /** The vector `N` times. */
  readonly output: this["input"] extends readonly [infer Batch extends Dim, infer Features extends Dim]
    ? readonly [Batch, N, Features]
    : Shape;
}

/** The configuration of {@linkcode RepeatVector}. */
export interface RepeatVectorConfig extends LayerConfig {
  /** The number of times that each vector is repeated. */
  readonly n: number;
}

/**
 * Repeats each vector of a batch: `[batch, features]` becomes `[batch, n, features]`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { RepeatVector } from "@strata/nn";
 *
 * assertEquals(new RepeatVector(2)([[1, 2]]).array(), [[[1, 2], [1, 2]]]);
 * ```
 */
export class RepeatVector<
  const N extends number = number,
  const Name extends string = string,
  const D extends DType = "float32",
> extends Layer<RepeatVectorSignature<N, NameOr<Name, "repeat_vector">, D>> {
  /** The number of times that each vector is repeated. */
  readonly n: N;
  /**
   * Makes the layer.
   *
   * @param n How often each vector is repeated, a positive integer.
   * @throws {RangeError} If `n` is no positive integer.
   */
  constructor(n: N, options: LayerOptions<Name, D> = {}) {
    super(options);
    this.n = positiveInteger(n, "n", this.name);
    this.inputSpec = new InputSpec({ ndim: 2 });
  }
  /** Each vector `n` times. */
  override call(x: Tensor): Tensor {
    return repeat(expandDims(x, 1), this.n, { axis: 1 });
  }
  /** The options from which an equal layer can be made. */
  override getConfig(): RepeatVectorConfig {
    return { ...super.getConfig(), n: this.n };
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: RepeatVectorConfig): RepeatVector {
    const { n, ...options } = config;
    return new RepeatVector<number>(n, options as LayerOptions<string, "float32">);
  }
}

/** What a relation says where shapes do not fit, or undefined. */
function sentenceOf(relation: () => unknown): string | undefined {
  try {
    relation();
  } catch (error) {
    if (error instanceof ShapeError) return error.message;
    throw error;
  }
}
