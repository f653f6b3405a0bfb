/**
 * Tensors made from values.
 *
 * @module
 */
import { InputError, InputRangeError } from "../shape/error.ts";
import {
  type AnyTypedArray,
  castValues,
  checkDType,
  convertValues,
  type DTypeOfArray,
  isScalar,
  type TypedArray,
  type Values,
} from "./convert.ts";
import { showShape } from "../shape/dim.ts";
import type { DType } from "./dtype.ts";
import { EagerTensor } from "./eager.ts";
import type { NestedDType, NestedShape, Scalar } from "./nested.ts";
import { checkOptions } from "./options.ts";
import { typedArrayOf } from "./typed_array.ts";

/** The options of functions that make tensors. */
export interface CreationOptions<D extends DType = DType> {
  /** The element type. */
  readonly dtype?: D;
}

/** The options of {@linkcode tensor}, the shape among them. */
export interface ShapedOptions<S extends readonly number[] = readonly number[], D extends DType = DType>
  extends CreationOptions<D> {
  /** The shape; the values are in row-major order. */
  readonly shape: S;
}

/** The shape of values: of a typed array its length, of a nested array its lengths, of a scalar `[]`. */
export type ShapeOfValues<X> = X extends AnyTypedArray ? readonly [number] : NestedShape<X>;

/** The dtype that values take: of a typed array its own; numbers are `float32`, bigints `int64`, booleans `bool`. */
export type DTypeOfValues<X> = X extends AnyTypedArray ? DTypeOfArray<X> : NestedDType<X>;

/**
 * Makes a tensor from a scalar, a nested array or a typed array, which is copied. A nested array gives its shape; a
 * typed array is one axis unless a shape is given, as an argument or among the options. Numbers become `float32`, bigints `int64`, booleans `bool`; a typed
 * array keeps its type.
 *
 * @throws {ShapeError} If a nested array is ragged or the shape has another size than the values.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor } from "@strata/nn";
 *
 * assertEquals(tensor([[1, 2, 3], [4, 5, 6]]).shape, [2, 3]);
 * assertEquals(tensor(new Int32Array([1, 2, 3, 4]), [2, 2]).array(), [[1, 2], [3, 4]]);
 * assertEquals(tensor([1, 2, 3, 4], { shape: [2, 2] }).array(), [[1, 2], [3, 4]]);
 * assertEquals(tensor([0, 1], { dtype: "bool" }).array(), [false, true]);
 * ```
 */
export function tensor<
  const X extends Values,
  const S extends readonly number[],
  const D extends DType = DTypeOfValues<X>,
>(
  values: X,
  options: ShapedOptions<S, D>,
): EagerTensor<S, NoInfer<D>>;
/** Values whose shape is read off them. */
export function tensor<const X extends Values, const D extends DType = DTypeOfValues<X>>(
  values: X,
  options?: CreationOptions<D>,
): EagerTensor<ShapeOfValues<X>, NoInfer<D>>;
/** Values in row-major order, and their shape. */
export function tensor<
  const X extends Values,
  const S extends readonly number[],
  const D extends DType = DTypeOfValues<X>,
>(
  values: X,
  shape: S,
  options?: CreationOptions<D>,
): EagerTensor<S, NoInfer<D>>;
export function tensor(
  values: Values,
  shapeOrOptions?: readonly number[] | Partial<ShapedOptions>,
  otherOptions?: CreationOptions,
): EagerTensor {
  const isShape = Array.isArray(shapeOrOptions);
  const options = isShape || shapeOrOptions === undefined ? otherOptions : shapeOrOptions;
  checkOptions("Cannot make a tensor", options, isShape ? ["dtype"] : ["shape", "dtype"]);
  const { shape, dtype } = { ...options, ...(isShape ? { shape: shapeOrOptions } : {}) } as Partial<ShapedOptions>;
  const converted = convertValues(values, { shape, dtype });
  return new EagerTensor(converted.shape, converted.dtype, converted.data);
}

function filled(shape: readonly number[], dtype: DType, value: Scalar): EagerTensor {
  checkDType(dtype);
  let size = 1;
  for (const dim of shape) {
    if (!Number.isSafeInteger(dim) || dim < 0) {
      throw new InputRangeError(
        `Cannot make a tensor of shape ${showShape(shape)}: expected each dim to be a non-negative integer`,
      );
    }
    size *= dim;
  }
  const data = new (typedArrayOf(dtype))(size) as TypedArray;
  if (Number(value) !== 0) data.fill(castValues([value], dtype)[0] as never);
  return new EagerTensor(Object.freeze([...shape]), dtype, data);
}

/**
 * Makes a tensor of zeros.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { zeros } from "@strata/nn";
 *
 * assertEquals(zeros([2, 2]).array(), [[0, 0], [0, 0]]);
 * ```
 */
export function zeros<const S extends readonly number[], const D extends DType = "float32">(
  shape: S,
  options: CreationOptions<D> = {},
): EagerTensor<S, NoInfer<D>> {
  checkOptions("Cannot apply zeros", options, ["dtype"]);
  return filled(shape, options.dtype ?? "float32", 0) as never;
}

/**
 * Makes a tensor of ones.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ones } from "@strata/nn";
 *
 * assertEquals(ones([3], { dtype: "int32" }).array(), [1, 1, 1]);
 * ```
 */
export function ones<const S extends readonly number[], const D extends DType = "float32">(
  shape: S,
  options: CreationOptions<D> = {},
): EagerTensor<S, NoInfer<D>> {
  checkOptions("Cannot apply ones", options, ["dtype"]);
  return filled(shape, options.dtype ?? "float32", 1) as never;
}

/**
 * The dtype of a tensor of one value; a boolean counts as a number, as in Keras.
 *
 * @internal
 */
export type FilledDType<V extends Scalar> = V extends boolean ? "float32" : DTypeOfValues<V>;

/**
 * Makes a tensor of one value, `float32` unless a dtype is given or the value is a bigint.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { full } from "@strata/nn";
 *
 * assertEquals(full([2], 7).array(), [7, 7]);
 * ```
 */
export function full<
  const S extends readonly number[],
  const V extends Scalar,
  const D extends DType = FilledDType<V>,
>(
  shape: S,
  value: V,
  options: CreationOptions<D> = {},
): EagerTensor<S, NoInfer<D>> {
  checkOptions("Cannot apply full", options, ["dtype"]);
  if (!isScalar(value)) throw new InputError("Cannot fill a tensor: expected a number, a bigint or a boolean");
  const dtype = options.dtype ?? (typeof value === "bigint" ? "int64" : "float32");
  return filled(shape, dtype, value) as never;
}

/** The most elements that an array may have in all runtimes. */
const MOST_VALUES = 2 ** 32 - 1;

/** The dtype of a range: `int32` where the first number and the step are integers. */
export type RangeDType<Start extends number, Step extends number> = number extends Start | Step ? "int32" | "float32"
  : `${Start | Step}` extends infer Text
    ? Extract<Text, `${string}.${string}` | `${string}e-${string}`> extends never ? "int32"
    : "float32"
  : never;

/**
 * Makes evenly spaced values: `0, 1, ..., stop - 1`, or from `start` below `stop` in steps. The options come last.
 *
 * @throws {RangeError} If a number is not finite, or the step is 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { arange } from "@strata/nn";
 *
 * assertEquals(arange(3).array(), [0, 1, 2]);
 * assertEquals(arange(6, 0, -2).array(), [6, 4, 2]);
 * assertEquals(arange(1, 3, { dtype: "float32" }).array(), [1, 2]);
 * assertEquals(arange(1, 2, 0.25).array(), [1, 1.25, 1.5, 1.75]);
 * ```
 */
export function arange<const Stop extends number, const D extends DType = RangeDType<Stop, 1>>(
  stop: Stop,
  options?: CreationOptions<D>,
): EagerTensor<readonly [number], NoInfer<D>>;
/** From `start` below `stop`. */
export function arange<const Start extends number, const D extends DType = RangeDType<Start, 1>>(
  start: Start,
  stop: number,
  options?: CreationOptions<D>,
): EagerTensor<readonly [number], NoInfer<D>>;
/** From `start` below `stop` in steps; the first number is the end where `stop` is undefined. */
export function arange<
  const Start extends number,
  const Step extends number = 1,
  const D extends DType = RangeDType<Start, Step>,
>(
  start: Start,
  stop: number | undefined,
  step: Step | undefined,
  options?: CreationOptions<D>,
): EagerTensor<readonly [number], NoInfer<D>>;
export function arange(...args: readonly (number | CreationOptions | undefined)[]): EagerTensor {
  const last = args.at(-1);
  const options = typeof last === "object" ? last : {};
  checkOptions("Cannot apply arange", options, ["dtype"]);
  const [first = NaN, stop, step = 1] = args.filter((item) => typeof item !== "object");
  const endless = [first, stop ?? first, step].find((value) => !Number.isFinite(value));
  if (endless !== undefined) {
    throw new InputRangeError(`Cannot make a range: expected finite numbers, received ${endless}`);
  }
  if (step === 0) {
    throw new InputRangeError(`Cannot make a range: expected a step other than 0, received ${step}`);
  }
  const from = stop === undefined ? 0 : first;
  const to = stop ?? first;
  const length = Math.max(0, Math.ceil((to - from) / step));
  if (length > MOST_VALUES) {
    throw new InputRangeError(`Cannot make a range of ${length} values: expected at most ${MOST_VALUES}`);
  }
  const integers = Number.isInteger(first) && Number.isInteger(step);
  const dtype = options.dtype ?? (integers ? "int32" : "float32");
  checkDType(dtype);
  const values = Array.from({ length }, (_, i) => from + i * step);
  return new EagerTensor([length] as const, dtype, castValues(values, dtype));
}
