/**
 * Base class of the layers on positions in space: a batch, one to three spatial axes, and channels.
 *
 * @module
 */
import type { Shape } from "../../shape/dim.ts";
import { type Mismatch, ShapeError } from "../../shape/error.ts";
import type { Ends } from "../../shape/crop.ts";
import type { AnyCase, DataFormat, PerAxis, SpatialRank } from "../../shape/spatial.ts";
import type { Structure } from "../../tensor/structure.ts";
import { InputSpec } from "./input_spec.ts";
import { Layer } from "./layer.ts";
import type { LayerConfig, LayerOptions } from "./options.ts";
import type { incompatible } from "./sentences.ts";
import { endsOf, type EndsOption, sizesOf, wordOf } from "./spatial_options.ts";
import type { Anything, CheckRank, Signature } from "./signature.ts";

/** The rank of inputs with `N` spatial axes. */
export type InputRank<N extends SpatialRank> = N extends 1 ? 3 : N extends 2 ? 4 : 5;

/**
 * The sentence where an input of shape `S` has another rank than `N` spatial axes make, or the relation that gives `Result`
 * says that it does not fit.
 *
 * @internal
 */
export type CheckSpatial<Name extends string, N extends SpatialRank, S, Result = unknown> =
  CheckRank<Name, InputRank<N>, S> extends infer OfRank
    ? unknown extends OfRank ? Result extends Mismatch<infer Reason> ? Mismatch<incompatible<Name, 0, Reason>> : unknown
    : OfRank
    : never;

/** The options of layers that know where the channels are. */
export interface SpatialOptions extends LayerOptions {
  /** The position of the channel axis. Default: `"channels_last"`. */
  readonly dataFormat?: AnyCase<DataFormat>;
}

/** The configuration of layers that know where the channels are. */
export interface SpatialConfig extends LayerConfig {
  /** The position of the channel axis. */
  readonly dataFormat: DataFormat;
}

/** A layer on one to three spatial axes. */
export abstract class SpatialLayer<S extends Signature = Anything> extends Layer<S> {
  /** The number of spatial axes. */
  readonly spatialRank: SpatialRank;
  /** The position of the channel axis. */
  readonly dataFormat: DataFormat;

  /**
   * Makes the layer.
   *
   * @throws {RangeError} If the data format is none.
   */
  constructor(spatialRank: SpatialRank, options: SpatialOptions = {}) {
    super(options);
    this.spatialRank = spatialRank;
    this.dataFormat = this.word(options.dataFormat, ["channels_last", "channels_first"], "dataFormat");
    this.inputSpec = new InputSpec({ ndim: spatialRank + 2 });
  }

  /** The shape of the result; throws a {@linkcode ShapeError} where there is none. */
  protected abstract resultShape(shape: Shape): Shape;

  /** The mismatch of the sizes. */
  protected override mismatch(shape: Structure<Shape | null>): readonly [number, string] | undefined {
    try {
      this.resultShape(shape as Shape);
    } catch (error) {
      if (error instanceof ShapeError) return [0, error.message];
      throw error;
    }
  }

  /** One of several words, in small letters; the first where it is left out. */
  protected word<const W extends string>(given: unknown, words: readonly [W, ...W[]], what: string): W {
    return wordOf(given, words, what, this.name);
  }

  /** One positive integer for each spatial axis. */
  protected sizes(value: PerAxis | undefined, what: string, least: 0 | 1 = 1): readonly number[] {
    return sizesOf(value, this.spatialRank, what, this.name, least);
  }

  /** The amounts at both ends of each spatial axis: one number for all ends, one for each axis, or one for each end. */
  protected ends(value: EndsOption, what: string): readonly Ends[] {
    return endsOf(value, this.spatialRank, what, this.name);
  }
}
