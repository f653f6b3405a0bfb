/**
 * The expectations of one input, and the sentence that says what does not fit: once as a type, once as a function.
 *
 * @module
 */
import { axisSentence, rankSentence } from "../../shape/bind.ts";
import { sizesDiffer } from "../../shape/broadcast.ts";
import type { Dim, IsRankUnknown, Shape, ShowShape } from "../../shape/dim.ts";
import { showShape } from "../../shape/dim.ts";
import { InputError, InputRangeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import { checkOptions } from "../../tensor/options.ts";
import type { TensorSpec } from "../../tensor/tensor.ts";

/** The possible expectations of one input; all fields are optional. */
export interface InputSpecOptions {
  /** The element type. */
  readonly dtype?: DType;
  /** The full shape, the batch included; `null` and names match any size. */
  readonly shape?: Shape;
  /** The exact rank; follows from `shape` where that is given. */
  readonly ndim?: number;
  /** The largest rank. */
  readonly maxNdim?: number;
  /** The smallest rank. */
  readonly minNdim?: number;
  /** Required sizes by axis; negative axes count from the end, and `null` matches any size. */
  readonly axes?: { readonly [axis: number]: Dim };
  /** Whether a last axis of size 1 may be left out or be there in addition. Default: `false`. */
  readonly allowLastAxisSqueeze?: boolean;
  /** The key of this input in a record of inputs. */
  readonly name?: string;
  /** Whether the input may be `null`. Default: `false`. */
  readonly optional?: boolean;
}

/**
 * The expectations of a layer for one input: dtype, shape, rank and the sizes of axes. A layer whose `inputSpec` is set checks
 * every call, before it builds and again after.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { InputSpec } from "@strata/nn";
 *
 * const spec = new InputSpec({ minNdim: 2, axes: { [-1]: 5 } });
 * assertEquals(
 *   spec.mismatch({ shape: [10, 4], dtype: "float32" }),
 *   "expected axis -1 of input shape to have value 5 but received input with shape [10, 4]",
 * );
 * assertEquals(spec.mismatch({ shape: [10, 5], dtype: "float32" }), undefined);
 * ```
 */
export class InputSpec {
  /** The element type, or undefined for any. */
  readonly dtype: DType | undefined;
  /** The full shape, or undefined for any. */
  readonly shape: Shape | undefined;
  /** The exact rank, or undefined for any. */
  readonly ndim: number | undefined;
  /** The largest rank, or undefined for any. */
  readonly maxNdim: number | undefined;
  /** The smallest rank, or undefined for any. */
  readonly minNdim: number | undefined;
  /** Required sizes by axis. */
  readonly axes: ReadonlyMap<number, Dim>;
  /** Whether a last axis of size 1 may be left out or be there in addition. */
  readonly allowLastAxisSqueeze: boolean;
  /** The key of this input in a record of inputs. */
  readonly name: string | undefined;
  /** Whether the input may be `null`. */
  readonly optional: boolean;

  /**
   * Makes the specification.
   *
   * @throws {TypeError} If an axis is not an integer.
   * @throws {RangeError} If an axis is beyond the rank, or `ndim` contradicts `shape`.
   */
  constructor(options: InputSpecOptions = {}) {
    checkOptions("Cannot make an InputSpec", options, [
      "allowLastAxisSqueeze",
      "axes",
      "dtype",
      "maxNdim",
      "minNdim",
      "name",
      "ndim",
      "optional",
      "shape",
    ]);
    this.dtype = options.dtype;
    this.shape = options.shape;
    if (options.shape !== undefined && options.ndim !== undefined && options.ndim !== options.shape.length) {
      throw new InputRangeError(
        `Cannot make an InputSpec: expected ndim=${options.shape.length} for shape ${showShape(options.shape)}, ` +
          `received ndim=${options.ndim}`,
      );
    }
    this.ndim = options.shape?.length ?? options.ndim;
    this.maxNdim = options.maxNdim;
    this.minNdim = options.minNdim;
    this.axes = axesOf(options.axes ?? {}, this.ndim ?? this.maxNdim);
    this.allowLastAxisSqueeze = options.allowLastAxisSqueeze ?? false;
    this.name = options.name;
    this.optional = options.optional ?? false;
  }

  /** What does not fit, as the end of a sentence, or undefined where all fits. */
  mismatch(input: TensorSpec): string | undefined {
    return inputMismatch(this, input);
  }

  /** The fields that are set, from which an equal spec can be made. */
  getConfig(): InputSpecOptions {
    const { dtype, shape, maxNdim, minNdim, name } = this;
    const fields = {
      dtype,
      shape,
      ndim: shape === undefined ? this.ndim : undefined,
      maxNdim,
      minNdim,
      axes: this.axes.size === 0 ? undefined : Object.fromEntries(this.axes),
      allowLastAxisSqueeze: this.allowLastAxisSqueeze || undefined,
      name,
      optional: this.optional || undefined,
    };
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as InputSpecOptions;
  }
}

function axesOf(axes: { readonly [axis: number]: Dim }, rank: number | undefined): ReadonlyMap<number, Dim> {
  const entries = Object.entries(axes).map(([axis, dim]): [number, Dim] => {
    const number = Number(axis);
    if (axis.trim() === "" || !Number.isInteger(number)) {
      throw new InputError(`Cannot make an InputSpec: expected axes with integer keys, received key "${axis}"`);
    }
    if (rank !== undefined && (number >= rank || number < -rank)) {
      throw new InputRangeError(
        `Cannot make an InputSpec: expected axes from ${-rank} to ${
          rank - 1
        } for rank ${rank}, received axis ${number}`,
      );
    }
    return [number, dim];
  });
  return new Map(entries);
}

/** @internal */
function inputMismatch(spec: InputSpec, input: TensorSpec): string | undefined {
  const { dtype } = input;
  const shape = spec.allowLastAxisSqueeze ? squeezed(input.shape, spec) : input.shape;
  const { ndim, maxNdim, minNdim } = spec;
  if (ndim !== undefined && shape.length !== ndim && spec.shape === undefined) {
    return rankSentence("ndim", ndim, input.shape);
  }
  if (maxNdim !== undefined && shape.length > maxNdim) return maxRankSentence(maxNdim, input.shape);
  if (minNdim !== undefined && shape.length < minNdim) return rankSentence("min_ndim", minNdim, input.shape);
  if (spec.dtype !== undefined && dtype !== spec.dtype) return dtypeSentence(spec.dtype, dtype);
  for (const [axis, expected] of spec.axes) {
    const dim = shape.at(axis);
    const beyond = axis >= shape.length || axis < -shape.length;
    if (beyond || sizesDiffer(expected, dim!)) return axisSentence(axis, expected, input.shape);
  }
  if (spec.shape !== undefined) {
    const expected = spec.shape;
    const fits = shape.length === expected.length &&
      shape.every((dim, axis) => !sizesDiffer(dim, expected[axis]!));
    if (!fits) return shapeSentence(expected, input.shape);
  }
}

/** The shape, with a last 1 added or dropped where that makes its rank the expected one. */
function squeezed(shape: Shape, spec: InputSpec): Shape {
  const { ndim } = spec;
  if (ndim === undefined) return shape;
  if (shape.length === ndim + 1 && shape.at(-1) === 1) return shape.slice(0, -1);
  if (shape.length === ndim - 1 && spec.shape?.at(-1) === 1) return [...shape, 1];
  return shape;
}

/** The sentence for a rank that is too large. */
export type maxRankSentence<Expected extends number, S extends Shape> = `expected max_ndim=${Expected}, found ndim=${S[
  "length"
]}`;
/** The sentence for a rank that is too large. */
export function maxRankSentence(expected: number, shape: Shape): string {
  return `expected max_ndim=${expected}, found ndim=${shape.length}`;
}

/** The sentence for another dtype. */
export type dtypeSentence<Expected extends DType, Found extends DType> =
  `expected dtype=${Expected}, found dtype=${Found}`;
/** The sentence for another dtype. */
export function dtypeSentence(expected: DType, found: DType): string {
  return `expected dtype=${expected}, found dtype=${found}`;
}

/** The sentence for another shape. */
export type shapeSentence<Expected extends Shape, Found extends Shape> = `expected shape=${ShowShape<
  Expected
>}, found shape=${ShowShape<Found>}`;
/** The sentence for another shape. */
export function shapeSentence(expected: Shape, found: Shape): string {
  return `expected shape=${showShape(expected)}, found shape=${showShape(found)}`;
}

/**
 * What does not fit when an input of shape `S` and dtype `D` meets `Spec`, as the end of a sentence; `never` where all
 * fits or is not known.
 */
export type inputMismatch<Spec extends InputSpecOptions, S extends Shape, D extends DType> = IsRankUnknown<S> extends
  true ? DTypeMismatch<Spec, D>
  : Squeezed<Spec, S> extends infer T extends Shape ? FirstOf<RankMismatch<Spec, T, S>, RestMismatch<Spec, T, S, D>>
  : never;

type FirstOf<A, B> = [A] extends [never] ? B : A;

type RestMismatch<Spec extends InputSpecOptions, T extends Shape, S extends Shape, D extends DType> = FirstOf<
  DTypeMismatch<Spec, D>,
  FirstOf<AxesMismatch<Spec, T, S>, ShapeMismatch<Spec, T, S>>
>;

type RankMismatch<Spec extends InputSpecOptions, T extends Shape, S extends Shape> = Spec extends
  { readonly ndim: infer N extends number }
  ? T["length"] extends N ? BoundMismatch<Spec, T, S> : rankSentence<"ndim", N, S>
  : BoundMismatch<Spec, T, S>;

type BoundMismatch<Spec extends InputSpecOptions, T extends Shape, S extends Shape> = Spec extends
  { readonly maxNdim: infer N extends number }
  ? LongerThan<T, N> extends true ? maxRankSentence<N, S> : MinMismatch<Spec, T, S>
  : MinMismatch<Spec, T, S>;

type MinMismatch<Spec extends InputSpecOptions, T extends Shape, S extends Shape> = Spec extends
  { readonly minNdim: infer N extends number }
  ? T["length"] extends N ? never : LongerThan<T, N> extends true ? never : rankSentence<"min_ndim", N, S>
  : never;

// Whether T has more than N axes: N is met on the way down.
type LongerThan<T extends Shape, N extends number> = number extends N ? false
  : T extends readonly [unknown, ...infer Rest extends Shape] ? Rest["length"] extends N ? true : LongerThan<Rest, N>
  : false;

type DTypeMismatch<Spec extends InputSpecOptions, D extends DType> = Spec extends
  { readonly dtype: infer E extends DType } ? [D] extends [E] ? never : [E] extends [D] ? never : dtypeSentence<E, D>
  : never;

type AxesMismatch<Spec extends InputSpecOptions, T extends Shape, S extends Shape> = Spec extends
  { readonly axes: infer Axes extends object }
  ? { [K in keyof Axes]: AxisMismatch<K & number, Axes[K] & Dim, T, S> }[keyof Axes]
  : never;

type AxisMismatch<Axis extends number, Expected extends Dim, T extends Shape, S extends Shape> = number extends Axis
  ? never
  : AtAxis<T, Axis> extends readonly [infer D]
    ? sizesDiffer<Expected, D> extends true ? axisSentence<Axis, Expected, S> : never
  : axisSentence<Axis, Expected, S>;

// The dim at an axis as a list of one; undefined beyond the rank. The commonest negative axes are looked up directly.
type AtAxis<T extends Shape, Axis extends number> = Axis extends -1
  ? T extends readonly [...unknown[], infer D] ? readonly [D] : undefined
  : `${Axis}` extends `-${infer Back extends number}` ? FromEnd<T, Back>
  : `${Axis}` extends keyof T ? readonly [T[`${Axis}` & keyof T]]
  : undefined;

type FromEnd<T extends Shape, Back extends number, Seen extends readonly unknown[] = [unknown]> = T extends
  readonly [...infer Rest extends Shape, infer D]
  ? Seen["length"] extends Back ? readonly [D] : FromEnd<Rest, Back, [...Seen, unknown]>
  : undefined;

type ShapeMismatch<Spec extends InputSpecOptions, T extends Shape, S extends Shape> = Spec extends
  { readonly shape: infer E extends Shape } ? SameShape<E, T> extends true ? never : shapeSentence<E, S>
  : never;

type SameShape<A extends Shape, B extends Shape> = IsRankUnknown<A> extends true ? true
  : A extends readonly [infer X, ...infer Xs extends Shape]
    ? B extends readonly [infer Y, ...infer Ys extends Shape]
      ? sizesDiffer<X, Y> extends true ? false : SameShape<Xs, Ys>
    : false
  : B extends readonly [] ? true
  : false;

type Squeezed<Spec extends InputSpecOptions, S extends Shape> = Spec extends { readonly allowLastAxisSqueeze: true }
  ? Spec extends { readonly shape: infer E extends Shape } ? SqueezedTo<S, E["length"], E>
  : Spec extends { readonly ndim: infer N extends number } ? SqueezedTo<S, N, readonly []>
  : S
  : S;

type SqueezedTo<S extends Shape, N extends number, E extends Shape> = S["length"] extends N ? S
  : S extends readonly [...infer Rest extends Shape, 1] ? Rest["length"] extends N ? Rest : Widened<S, N, E>
  : Widened<S, N, E>;

type Widened<S extends Shape, N extends number, E extends Shape> = E extends readonly [...Shape, 1]
  ? [...S, 1]["length"] extends N ? readonly [...S, 1] : S
  : S;
