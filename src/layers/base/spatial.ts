/**
 * What layers on positions in space have in common: a batch, one to three spatial axes, and channels.
 *
 * @module
 */
import type { Shape } from "../../shape/dim.ts";
import { InputRangeError, type Mismatch, ShapeError } from "../../shape/error.ts";
import type { Ends } from "../../shape/crop.ts";
import { anyCase, type DataFormat, type PerAxis, perAxis } from "../../shape/spatial.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Structure } from "../../tensor/structure.ts";
import { InputSpec } from "./input_spec.ts";
import { Layer } from "./layer.ts";
import type { LayerConfig, LayerOptions } from "./options.ts";
import type { incompatible } from "./sentences.ts";
import type { Anything, CheckRank } from "./signature.ts";

/** How many spatial axes a layer has. */
export type SpatialRank = 1 | 2 | 3;

/** `T` for each of `N` spatial axes. */
export type Each<N extends SpatialRank, T> = N extends 1 ? readonly [T]
  : N extends 2 ? readonly [T, T]
  : readonly [T, T, T];

/** One number for all of `N` spatial axes, or one for each. */
export type Sizes<N extends SpatialRank> = number | Each<N, number>;

/** What is done at the ends of spatial axes: one number for all ends, one for each axis, or one for each end. */
export type EndsOption = number | readonly (number | Ends)[];

/** What is done at the ends of `N` spatial axes: one number for all ends, one for each axis, or one for each end. */
export type EndsOf<N extends SpatialRank> = N extends 1 ? number | Ends
  : number | Each<N, number> | Each<N, Ends>;

/**
 * The two numbers of each of `N` spatial axes that an option means.
 *
 * @internal
 */
export type eachEnds<N extends SpatialRank, V> = V extends readonly unknown[]
  ? N extends 1 ? readonly [V & Ends] : { readonly [I in keyof V]: V[I] extends number ? readonly [V[I], V[I]] : V[I] }
  : V extends number ? Each<N, readonly [V, V]>
  : Each<N, Ends>;

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
export interface SpatialOptions<
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = DType,
> extends LayerOptions<Name, D> {
  /** Where the channels are. Default: `"channels_last"`. */
  readonly dataFormat?: F;
}

/** The configuration of layers that know where the channels are. */
export interface SpatialConfig extends LayerConfig {
  /** Where the channels are. */
  readonly dataFormat: DataFormat;
}

/** A layer on one to three spatial axes, without a signature: what is exported has one. */
export abstract class SpatialLayer extends Layer<Anything> {
  /** How many spatial axes there are. */
  readonly spatialRank: SpatialRank;
  /** Where the channels are. */
  readonly dataFormat: DataFormat;

  /**
   * Makes the layer.
   *
   * @throws {RangeError} If the data format is none.
   */
  constructor(spatialRank: SpatialRank, options: SpatialOptions) {
    super(options);
    this.spatialRank = spatialRank;
    this.dataFormat = anyCase(options.dataFormat ?? "channels_last");
    this.oneOf(["channels_last", "channels_first"], this.dataFormat, "dataFormat");
    this.inputSpec = new InputSpec({ ndim: spatialRank + 2 });
  }

  /** The shape of the result; throws a {@linkcode ShapeError} where there is none. */
  protected abstract resultShape(shape: Shape): Shape;

  /** What does not fit about the sizes. */
  protected override mismatch(shape: Structure<Shape | null>): readonly [number, string] | undefined {
    try {
      this.resultShape(shape as Shape);
    } catch (error) {
      if (error instanceof ShapeError) return [0, error.message];
      throw error;
    }
  }

  /** The error of an option that is not what it must be. */
  protected invalid(what: string, expected: string, received: unknown): RangeError {
    const shown = Array.isArray(received) ? JSON.stringify(received).replaceAll(",", ", ") : JSON.stringify(received);
    return new InputRangeError(
      `Cannot make layer ${this.name}: received an invalid value for ${what}, expected ${expected}, received ${shown}`,
    );
  }

  /** Throws unless a value is one of several. */
  protected oneOf(values: readonly string[], value: unknown, what: string): void {
    if (values.some((each) => each === value)) return;
    throw this.invalid(what, `one of ${values.map((each) => JSON.stringify(each)).join(", ")}`, value);
  }

  /** One positive integer for each spatial axis. */
  protected sizes(value: PerAxis, what: string): readonly number[] {
    const count = this.spatialRank;
    const list = typeof value === "number" ? perAxis(value, count) : value;
    const valid = Array.isArray(list) && list.length === count && list.every((size) => isInteger(size, 1));
    if (!valid) throw this.invalid(what, `a positive integer${count === 1 ? "" : ` or ${count} of them`}`, value);
    return list;
  }

  /** What is done at both ends of each spatial axis: one number for all ends, one for each axis, or one for each end. */
  protected ends(value: EndsOption, what: string): readonly Ends[] {
    const count = this.spatialRank;
    // Of one axis, a list has a number for each end.
    const list = typeof value === "number" ? perAxis(value, count) : count === 1 ? [value as Ends] : value;
    const ends = Array.isArray(list) ? list.map((each) => typeof each === "number" ? [each, each] : each) : [];
    const valid = ends.length === count &&
      ends.every((each) => Array.isArray(each) && each.length === 2 && each.every((end) => isInteger(end, 0)));
    const pairs = count === 1 ? "a pair of them" : `${count} of them or of pairs`;
    if (!valid) throw this.invalid(what, `an integer that is not negative, ${pairs}`, value);
    return ends;
  }

  /** The options from which an equal layer can be made. */
  override getConfig(): SpatialConfig {
    return { ...super.getConfig(), dataFormat: this.dataFormat };
  }
}

function isInteger(value: unknown, least: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least;
}

/** What is given as a size and options, or as options that have the size under the name `key`. */
export function sizeAndOptions<O extends object>(key: string, given: PerAxis | O, options: O): readonly [PerAxis, O] {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return [given as PerAxis, options];
  return [(given as Record<string, unknown>)[key] as PerAxis, given as O];
}
