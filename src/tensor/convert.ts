/**
 * Values from one dtype to another, and from what JavaScript has to typed arrays.
 *
 * @module
 */
import { DTypeError, InputRangeError, ShapeError } from "../shape/error.ts";
import { showShape } from "../shape/dim.ts";
import { type DType, DTYPE_NAMES, DTYPES, isDType, type TypedArrayOf } from "./dtype.ts";
import type { Float16ArrayLike } from "./float16_array.ts";
import { isFloat } from "./promote.ts";
import { typedArrayOf } from "./typed_array.ts";
import { flattenNested, isNestedArray, type NestedArray, type Scalar } from "./nested.ts";

/** A typed array that holds values of some dtype. */
export type TypedArray = TypedArrayOf<DType>;

/** Values that JavaScript has: one, an array nested to any depth, or a typed array. */
export type Values = Scalar | NestedArray | AnyTypedArray;

/** Any of the typed arrays that have a dtype, whatever their buffer. */
export type AnyTypedArray =
  | Float32Array
  | Float64Array
  | Float16ArrayLike
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint8ClampedArray;

/**
 * Refuses what is no dtype.
 *
 * @throws {DTypeError} If it is none.
 */
export function checkDType(dtype: unknown): asserts dtype is DType {
  if (!isDType(dtype)) {
    throw new DTypeError(
      `Cannot make a tensor: expected dtype to be one of ${DTYPE_NAMES.join(", ")}, received ${dtype}`,
    );
  }
}

/** The dtype of a typed array: a `Uint8Array` is `uint8`. */
export type DTypeOfArray<A> = A extends Float32Array ? "float32"
  : A extends Float64Array ? "float64"
  : A extends Float16ArrayLike ? "float16"
  : A extends Int32Array ? "int32"
  : A extends BigInt64Array ? "int64"
  : "uint8";

/** The dtypes by the class of their arrays; booleans have none of their own. */
const DTYPES_BY_CLASS: ReadonlyMap<string, DType> = new Map(
  DTYPE_NAMES.filter((dtype) => DTYPES[dtype].kind !== "bool").map((dtype) => [DTYPES[dtype].array, dtype]),
);
/** Classes whose elements are those of another class. */
const SAME_ELEMENTS: { readonly [name: string]: string } = { Uint8ClampedArray: "Uint8Array", Buffer: "Uint8Array" };

/** Whether a value is a typed array that has a dtype. */
export function isTypedArray(value: unknown): value is AnyTypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) || isFloat16(value);
}

// Where the runtime has no Float16Array its stand-in is no view of a buffer by `ArrayBuffer.isView`.
function isFloat16(value: unknown): boolean {
  return value instanceof typedArrayOf("float16");
}

/**
 * The dtype of a typed array.
 *
 * @throws {DTypeError} If no dtype has such elements.
 */
export function dtypeOfArray(array: AnyTypedArray): DType {
  const name = isFloat16(array) ? "Float16Array" : (array.constructor as { name: string }).name;
  const dtype = DTYPES_BY_CLASS.get(SAME_ELEMENTS[name] ?? name);
  if (dtype === undefined) {
    throw new DTypeError(
      `Cannot make a tensor from ${name}: expected one of ${[...DTYPES_BY_CLASS.keys()].join(", ")}`,
    );
  }
  return dtype;
}

/** The dtype of one value: a number is `float32`, a bigint `int64`, a boolean `bool`. */
export function dtypeOfScalar(value: Scalar): DType {
  return typeof value === "boolean" ? "bool" : typeof value === "bigint" ? "int64" : "float32";
}

/** Writes values as dtype `dtype` in a new typed array, rounding towards zero for integers; nonzero is true. */
export function castValues<D extends DType>(values: ArrayLike<Scalar>, dtype: D): TypedArrayOf<D> {
  const result: { length: number; [index: number]: unknown } = new (typedArrayOf(dtype))(values.length);
  if (dtype === "bool") {
    for (let i = 0; i < values.length; i++) result[i] = Number(values[i]) === 0 ? 0 : 1;
  } else if (dtype === "int64") {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      result[i] = typeof value === "bigint" ? value : BigInt(integer(Number(value)));
    }
  } else if (!isFloat(dtype)) {
    for (let i = 0; i < values.length; i++) result[i] = integer(Number(values[i]));
  } else {
    for (let i = 0; i < values.length; i++) result[i] = Number(values[i]);
  }
  return result as TypedArrayOf<D>;
}

function integer(value: number): number {
  return Number.isFinite(value) ? Math.trunc(value) : 0;
}

/** Values with their dtype and shape. */
export interface ConvertedValues {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly data: TypedArray;
}

/**
 * Copies what JavaScript has into a typed array.
 *
 * @throws {ShapeError} If nested arrays are ragged, or `shape` has another size than the values.
 * @throws {DTypeError} If the values are of no dtype.
 */
export function convertValues(
  values: Values,
  options: { readonly shape?: readonly number[] | undefined; readonly dtype?: DType | undefined } = {},
): ConvertedValues {
  if (options.dtype !== undefined) checkDType(options.dtype);
  const { shape, dtype, data } = read(values, options.dtype);
  const wanted = options.shape;
  if (wanted === undefined) return { shape, dtype, data };
  for (const dim of wanted) {
    if (!Number.isSafeInteger(dim) || dim < 0) {
      throw new InputRangeError(
        `Cannot make a tensor of shape ${showShape(wanted)}: expected each dim to be a non-negative integer`,
      );
    }
  }
  const size = wanted.reduce((product, dim) => product * dim, 1);
  if (size !== data.length) {
    throw new ShapeError(
      `Cannot make a tensor of shape ${showShape(wanted)}: expected ${size} values, received ${data.length}`,
    );
  }
  return { shape: Object.freeze([...wanted]), dtype, data };
}

function read(values: Values, wanted: DType | undefined): ConvertedValues {
  if (isTypedArray(values)) {
    const own = dtypeOfArray(values);
    const dtype = wanted ?? own;
    const data = dtype === own
      ? new (typedArrayOf(dtype))(values as never) as TypedArray
      : castValues(values as ArrayLike<Scalar>, dtype);
    return { shape: Object.freeze([values.length]), dtype, data };
  }
  if (Array.isArray(values)) {
    if (!isNestedArray(values)) throw notValues(firstLeaf(values));
    const { shape, flat } = flattenNested(values);
    for (const value of flat) if (!isScalar(value)) throw notValues(value);
    const dtype = wanted ?? dtypeOfScalars(flat);
    return { shape: Object.freeze(shape), dtype, data: castValues(flat, dtype) };
  }
  if (!isScalar(values)) throw notValues(values);
  const dtype = wanted ?? dtypeOfScalar(values);
  return { shape: Object.freeze([]), dtype, data: castValues([values], dtype) };
}

function firstLeaf(values: readonly unknown[]): unknown {
  let first: unknown = values;
  while (Array.isArray(first)) first = first[0];
  return first;
}

/** The dtype of values of one kind. */
function dtypeOfScalars(values: readonly Scalar[]): DType {
  const [first = 0] = values;
  const other = values.find((value) => typeof value !== typeof first);
  if (other !== undefined) {
    throw new DTypeError(
      `Cannot make a tensor: expected values of one kind, received a ${typeof first} and a ${typeof other}; ` +
        "give a dtype to convert them",
    );
  }
  return dtypeOfScalar(first);
}

/** Whether a value is a number, a bigint or a boolean. */
export function isScalar(value: unknown): value is Scalar {
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";
}

function notValues(value: unknown): DTypeError {
  const what = value === null
    ? "null"
    : typeof value === "object"
    ? value?.constructor?.name ?? "object"
    : typeof value;
  return new DTypeError(
    `Cannot make a tensor: expected numbers, bigints or booleans, nested arrays of them or a typed array, received ${what}`,
  );
}
