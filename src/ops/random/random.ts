/**
 * Random numbers: computed in the graph from a seed and a counter, the same eagerly and traced, in every runtime.
 *
 * The values beside the state are inputs and not attributes, and so is the shape: one model serves all of them.
 *
 * @module
 */
import { type Emitter, int, type Value } from "../../emission/emitter.ts";
import type { Operation } from "../../graph/operation.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import { DTypeError, InputRangeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import { EagerTensor, valuesOf } from "../../tensor/eager.ts";
import { type Like, scalarTensor } from "../../tensor/like.ts";
import { type FloatDType, isFloat } from "../../tensor/promote.ts";
import type { TensorSpec } from "../../tensor/tensor.ts";
import { smallestOf } from "../../tensor/limits.ts";
import { typedArrayOf } from "../../tensor/typed_array.ts";
import { checkOpOptions } from "../arguments.ts";
import { apply } from "../define.ts";
import { erfinv } from "../../emission/erfinv.ts";
import type { NoOptions, OptionOf } from "../options.ts";
import { randomBits, shiftRight32 } from "./random_bits.ts";
import { type Seed, stateOf } from "./seed.ts";
import {
  checkedSizes,
  knownShape,
  type ShapeOfSizes,
  type Sizes,
  SIZES_OF_OPEN_AXES,
  sizesTensor,
} from "../shaping/sizes.ts";
import { checkShare, threshold } from "./rate.ts";

export { dropout, type DropoutOptions } from "./dropout.ts";
export type { Seed } from "./seed.ts";
export { SeedGenerator, type SeedGeneratorOptions, type SeedState, setRandomSeed } from "./seed_generator.ts";

/** The options of random ops. */
export interface RandomOptions<D extends DType = DType> {
  /** The source of the numbers. */
  readonly seed?: Seed;
  /** The dtype of the result. */
  readonly dtype?: D;
}

/** The shape that a tensor of sizes means: unknown dims unless it has values, or was made of sizes that have names. */
function shapeOfSizes(sizes: TensorSpec, rank: number): Shape {
  return sizes instanceof EagerTensor
    ? Object.freeze(Array.from(valuesOf(sizes) as BigInt64Array, Number))
    : knownShape(sizes) ?? Array<Dim>(rank).fill(null);
}

interface DrawAttributes {
  readonly [name: string]: number | string;
  readonly dtype: DType;
  readonly rank: number;
}

/** An op with the inputs: state, sizes, and the numbers of its distribution. */
function draw(
  name: string,
  values: (emitter: Emitter, bits: Value, numbers: readonly Value[], dtype: DType) => Value,
): Operation<DrawAttributes> {
  return {
    name,
    infersFromValues: true,
    infer: ([, sizes], { dtype, rank }) => [{ shape: shapeOfSizes(sizes!, rank), dtype }],
    emit(emitter, [state, sizes, ...numbers], { dtype, rank }) {
      const count = rank === 0 ? emitter.integers([1]) : emitter.node("ReduceProd", [sizes!, emitter.integers([0])]);
      const flat = values(emitter, randomBits(emitter, state!, count), numbers, dtype);
      return emitter.node("Reshape", [flat, sizes!], { attributes: { allowzero: int(1) } });
    },
  };
}

function drawn(
  op: Operation<DrawAttributes>,
  shape: Sizes,
  seed: Seed | undefined,
  dtype: DType,
  numbers: readonly EagerTensor[],
): never {
  const sizes = sizesTensor(checkedSizes("Cannot draw random values", shape, false, SIZES_OF_OPEN_AXES));
  return apply(op, [stateOf(seed, sizes), sizes, ...numbers], { dtype, rank: shape.length }) as never;
}

/** The dtype that floats are computed in. */
function working(dtype: DType): "float32" | "float64" {
  return dtype === "float64" ? "float64" : "float32";
}

function floatOption(dtype: DType | undefined): FloatDType {
  if (dtype === undefined || isFloat(dtype)) return dtype ?? "float32";
  throw new DTypeError(`Cannot draw random values of dtype ${dtype}: expected float16, float32 or float64`);
}

/** Random bits as `int64` from 0 to 2^32 - 1. */
function unsigned(emitter: Emitter, bits: Value): Value {
  return emitter.node("BitwiseAnd", [emitter.cast(bits, "int64"), emitter.scalar(2 ** 32 - 1, "int64")]);
}

/** Multiples of a power of 2 from 0 up to but not including 1: of 2^-24 in float32, which is exact, else of 2^-32. */
function fraction(emitter: Emitter, bits: Value, dtype: "float32" | "float64"): Value {
  const [whole, unit] = dtype === "float32"
    ? [shiftRight32(emitter, bits, 8), 2 ** -24]
    : [unsigned(emitter, bits), 2 ** -32];
  return emitter.node("Mul", [emitter.cast(whole, dtype), emitter.scalar(unit, dtype)]);
}

/** Odd multiples of 2^-24 between -1 and 1: symmetric, and neither 0 nor an end among them. */
function signedFraction(emitter: Emitter, bits: Value, dtype: "float32" | "float64"): Value {
  const cleared = emitter.node("BitwiseAnd", [bits, emitter.scalar(-256, "int32")]);
  const scaled = emitter.node("Mul", [emitter.cast(cleared, dtype), emitter.scalar(2 ** -31, dtype)]);
  return emitter.node("Add", [scaled, emitter.scalar(2 ** -24, dtype)]);
}

export const randomUniformOperation: Operation<DrawAttributes> = draw(
  "randomUniform",
  (emitter, bits, [low, span, last], dtype) => {
    const u = fraction(emitter, bits, working(dtype));
    const scaled = emitter.node("Add", [emitter.node("Mul", [u, span!]), low!]);
    // Rounding may reach the maximum, which is not among the values.
    return emitter.node("Min", [emitter.cast(scaled, dtype), last!]);
  },
);

/** The greatest value of a dtype below `value`, or `lowest` if there is none above it. */
function below(value: number, dtype: FloatDType, lowest: number): number {
  const Floats = typedArrayOf(dtype);
  const rounded = new Floats([value]);
  let result = rounded[0]!;
  if (result >= value) {
    // The next float below is the integer of its bits one nearer to 0, or one further for negative ones.
    const bytes = new DataView(rounded.buffer);
    const [read, write] = dtype === "float64"
      ? [() => bytes.getBigInt64(0, true), (bits: bigint) => bytes.setBigInt64(0, bits, true)]
      : dtype === "float32"
      ? [() => BigInt(bytes.getInt32(0, true)), (bits: bigint) => bytes.setInt32(0, Number(bits), true)]
      : [() => BigInt(bytes.getInt16(0, true)), (bits: bigint) => bytes.setInt16(0, Number(bits), true)];
    const smallest = smallestOf(dtype);
    if (result === 0) result = -smallest;
    else {
      write(read() - (result > 0 ? 1n : -1n));
      result = rounded[0]!;
    }
  }
  return Math.max(result, new Floats([lowest])[0]!);
}

/** The options of {@linkcode randomUniform}. */
export interface RandomUniformOptions<D extends FloatDType = FloatDType> extends RandomOptions<D> {
  /** The least value. Default: 0. */
  readonly min?: number;
  /** The bound above all values. Default: 1. */
  readonly max?: number;
}

/** The result of a random op: symbolic where the state is, or a size. */
export type Drawn<S extends Sizes, O, D extends DType> = Like<
  OptionOf<O, "seed"> | S[number],
  ShapeOfSizes<S>,
  OptionOf<O, "dtype", D> & DType
>;

/**
 * Draws values that are equally likely anywhere from `min` up to but not including `max`.
 *
 * @param shape The shape; sizes that are known only when a graph runs are given as {@linkcode shape} gives them.
 * @param options The bounds, the dtype (by default `"float32"`) and the seed.
 * @throws {RangeError} If `max` is below `min`, a bound is not finite, or the shape has a negative dim.
 * @throws {DTypeError} If the dtype holds no fractions.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const x = ops.randomUniform([2, 3], { min: -1, max: 1, seed: 7 });
 * assert(x.dataSync().every((value) => value >= -1 && value < 1));
 * ```
 */
export function randomUniform<const S extends Sizes, const O extends RandomUniformOptions = NoOptions>(
  shape: S,
  options?: O,
): Drawn<S, O, "float32"> {
  checkOpOptions("randomUniform", options, ["dtype", "max", "min", "seed"]);
  const { min = 0, max = 1, seed, dtype } = options ?? {} as RandomUniformOptions;
  const float = floatOption(dtype);
  const span = working(float) === "float64" ? max - min : Math.fround(max - min);
  if (!(min <= max && Number.isFinite(span))) {
    throw new InputRangeError(`Cannot draw random values from ${min} to ${max}: expected two finite numbers in order`);
  }
  return drawn(randomUniformOperation, shape, seed, float, [
    scalarTensor(min, working(float)),
    scalarTensor(span, working(float)),
    scalarTensor(below(max, float, min), float),
  ]);
}

/** `mean + stddev * z`. */
function scaled(emitter: Emitter, z: Value, mean: Value, stddev: Value, dtype: DType): Value {
  return emitter.cast(emitter.node("Add", [emitter.node("Mul", [z, stddev]), mean]), dtype);
}

export const randomNormalOperation: Operation<DrawAttributes> = draw(
  "randomNormal",
  (emitter, bits, [mean, stddev], dtype) => {
    const x = signedFraction(emitter, bits, working(dtype));
    const z = emitter.node("Mul", [erfinv(emitter, x, false), emitter.scalar(Math.SQRT2, x.dtype)]);
    return scaled(emitter, z, mean!, stddev!, dtype);
  },
);

/** `erf(sqrt(2))`: how likely a normal value is within two standard deviations. */
const WITHIN_TWO = 0.9544997361036416;

export const truncatedNormalOperation: Operation<DrawAttributes> = draw(
  "truncatedNormal",
  (emitter, bits, [mean, stddev], dtype) => {
    const fraction = signedFraction(emitter, bits, working(dtype));
    const x = emitter.node("Mul", [fraction, emitter.scalar(WITHIN_TWO, fraction.dtype)]);
    const z = emitter.node("Mul", [erfinv(emitter, x, true), emitter.scalar(Math.SQRT2, x.dtype)]);
    const bounded = emitter.node("Max", [
      emitter.node("Min", [z, emitter.scalar(2, x.dtype)]),
      emitter.scalar(-2, x.dtype),
    ]);
    return scaled(emitter, bounded, mean!, stddev!, dtype);
  },
);

/** The options of {@linkcode randomNormal} and {@linkcode truncatedNormal}. */
export interface RandomNormalOptions<D extends FloatDType = FloatDType> extends RandomOptions<D> {
  /** The mean. Default: 0. */
  readonly mean?: number;
  /** The standard deviation. Default: 1. */
  readonly stddev?: number;
}

function normal(op: Operation<DrawAttributes>, shape: Sizes, options: RandomNormalOptions): never {
  const { mean = 0, stddev = 1, seed, dtype } = options;
  if (!(stddev >= 0 && Number.isFinite(stddev) && Number.isFinite(mean))) {
    throw new InputRangeError(
      `Cannot draw normal values of mean ${mean} and standard deviation ${stddev}: ` +
        "expected finite numbers, the second not negative",
    );
  }
  const float = floatOption(dtype);
  const numbers = [mean, stddev].map((value) => scalarTensor(value, working(float)));
  return drawn(op, shape, seed, float, numbers);
}

/**
 * Draws values from a normal distribution.
 *
 * @param shape The shape; sizes that are known only when a graph runs are given as {@linkcode shape} gives them.
 * @param options The mean, the standard deviation, the dtype (by default `"float32"`) and the seed.
 * @throws {RangeError} If the standard deviation is negative, or the shape has a negative dim.
 * @throws {DTypeError} If the dtype holds no fractions.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const x = ops.randomNormal([2, 3], { stddev: 0.1, seed: 7 });
 * assertEquals(x.array(), ops.randomNormal([2, 3], { stddev: 0.1, seed: 7 }).array());
 * ```
 */
export function randomNormal<const S extends Sizes, const O extends RandomNormalOptions = NoOptions>(
  shape: S,
  options?: O,
): Drawn<S, O, "float32"> {
  checkOpOptions("randomNormal", options, ["dtype", "mean", "seed", "stddev"]);
  return normal(randomNormalOperation, shape, options ?? {});
}

/**
 * Draws values from a normal distribution of which only what is within two standard deviations of the mean is kept.
 *
 * @param shape The shape; sizes that are known only when a graph runs are given as {@linkcode shape} gives them.
 * @param options The mean and the standard deviation before the cut, the dtype (by default `"float32"`) and the seed.
 * @throws {RangeError} If the standard deviation is negative, or the shape has a negative dim.
 * @throws {DTypeError} If the dtype holds no fractions.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const x = ops.truncatedNormal([100], { mean: 1, seed: 7 });
 * assert(x.dataSync().every((value) => value >= -1 && value <= 3));
 * ```
 */
export function truncatedNormal<const S extends Sizes, const O extends RandomNormalOptions = NoOptions>(
  shape: S,
  options?: O,
): Drawn<S, O, "float32"> {
  checkOpOptions("truncatedNormal", options, ["dtype", "mean", "seed", "stddev"]);
  return normal(truncatedNormalOperation, shape, options ?? {});
}

export const randomIntegerOperation: Operation<DrawAttributes> = draw(
  "randomInteger",
  (emitter, bits, [low, count], dtype) => {
    // floor(bits * count / 2^32) with unsigned bits: as likely for each, except at most count / 2^32.
    const product = emitter.node("Mul", [unsigned(emitter, bits), count!]);
    const place = emitter.node("Div", [product, emitter.scalar(2 ** 32, "int64")]);
    return emitter.cast(emitter.node("Add", [place, low!]), dtype);
  },
);

/** The options of {@linkcode randomInteger}. */
export interface RandomIntegerOptions<D extends DType = DType> extends RandomOptions<D> {
  /** The least value. Default: 0. */
  readonly min?: number;
  /** The bound above all values. */
  readonly max: number;
}

/** The most values that 32 bits can be shared among. */
const MOST_INTEGERS = 2 ** 31;

/**
 * Draws integers that are equally likely from `min` up to but not including `max`.
 *
 * @param shape The shape; sizes that are known only when a graph runs are given as {@linkcode shape} gives them.
 * @param options The bounds, the dtype (by default `"int32"`) and the seed.
 * @throws {RangeError} If the bounds are no integers in order, or 2^31 or more apart, or the shape has a negative dim.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const dice = ops.randomInteger([10], { min: 1, max: 7, seed: 7 });
 * assert(dice.dataSync().every((value) => value >= 1 && value <= 6));
 * ```
 */
export function randomInteger<const S extends Sizes, const O extends RandomIntegerOptions>(
  shape: S,
  options: O,
): Drawn<S, O, "int32"> {
  checkOpOptions("randomInteger", options, ["dtype", "max", "min", "seed"]);
  const { min = 0, max = NaN, seed, dtype = "int32" } = options as Partial<RandomIntegerOptions> ?? {};
  if (!(Number.isSafeInteger(min) && Number.isSafeInteger(max) && min < max && max - min <= MOST_INTEGERS)) {
    throw new InputRangeError(
      `Cannot draw integers from ${min} to ${max}: expected two integers in order, at most 2^31 apart`,
    );
  }
  return drawn(randomIntegerOperation, shape, seed, dtype, [
    scalarTensor(min, "int64"),
    scalarTensor(max - min, "int64"),
  ]);
}

export const bernoulliOperation: Operation<DrawAttributes> = draw(
  "bernoulli",
  (emitter, bits, [limit], dtype) =>
    emitter.cast(emitter.node("Less", [emitter.cast(bits, "int64"), limit!], { dtype: "bool" }), dtype),
);

/** The options of {@linkcode bernoulli}. */
export interface BernoulliOptions<D extends DType = DType> extends RandomOptions<D> {
  /** The probability of 1. Default: 0.5. */
  readonly probability?: number;
}

/**
 * Draws ones with a given probability, and zeros else.
 *
 * @param shape The shape; sizes that are known only when a graph runs are given as {@linkcode shape} gives them.
 * @param options How likely 1 is, the dtype (by default `"float32"`) and the seed.
 * @throws {RangeError} If the probability is not from 0 to 1, or the shape has a negative dim.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const coins = ops.bernoulli([10], { seed: 7 });
 * assert(coins.dataSync().every((value) => value === 0 || value === 1));
 * ```
 */
export function bernoulli<const S extends Sizes, const O extends BernoulliOptions = NoOptions>(
  shape: S,
  options?: O,
): Drawn<S, O, "float32"> {
  checkOpOptions("bernoulli", options, ["dtype", "probability", "seed"]);
  const { probability = 0.5, seed, dtype = "float32" } = options ?? {} as BernoulliOptions;
  checkShare("Cannot draw ones with a probability", probability);
  return drawn(bernoulliOperation, shape, seed, dtype, [scalarTensor(threshold(probability), "int64")]);
}
