/**
 * Values of element types that are no dtypes, from what users give.
 *
 * @module
 */
import { hostOf } from "../../jit/arguments.ts";
import type { ElementTensor } from "../../engine/engine.ts";
import { DTypeError, InputError, InputRangeError, ShapeError } from "../../shape/error.ts";
import { dtypeOfArray, isTypedArray } from "../../tensor/convert.ts";
import {
  type CarriedType,
  OTHER_ELEMENTS,
  OTHER_INTEGERS,
  type OtherElements,
  type OtherElementType,
  type OtherIntegerType,
} from "../../tensor/element_type.ts";
import { flattenNested } from "../../tensor/nested.ts";
import { isRecord } from "../../tensor/structure.ts";
import { type ArrayConstructor, ARRAYS } from "../../tensor/typed_array.ts";

/** The class of the typed arrays of a type. */
function arrayOf<E extends OtherIntegerType>(type: E): ArrayConstructor<OtherElements[E]> {
  return ARRAYS[OTHER_ELEMENTS[type].array] as unknown as ArrayConstructor<OtherElements[E]>;
}

/** The least and the greatest integer of a type. */
function rangeOf(type: OtherIntegerType): readonly [bigint, bigint] {
  const { bytes, kind } = OTHER_ELEMENTS[type];
  const count = 1n << BigInt(8 * bytes);
  return kind === "signed" ? [-count / 2n, count / 2n - 1n] : [0n, count - 1n];
}

/**
 * A copy of what was given for an input: such a value, a typed array or nested arrays.
 *
 * @throws {InputError} If it is of another type, or has no such elements; the sentence
 * is the end of one about the input.
 */
export function elementTensor(type: OtherElementType, given: unknown): ElementTensor {
  const found = typeOf(given);
  if (found !== undefined && found !== type) throw new DTypeError(`expected dtype=${type}, found dtype=${found}`);
  if (isElementTensor(given)) return made(type, given.shape, elementsOf(type, given.data as Iterable<unknown>));
  if (ArrayBuffer.isView(given)) {
    const elements = elementsOf(type, given as unknown as Iterable<unknown>);
    return made(type, [elements.length], elements);
  }
  const { shape, flat } = flattenNested(given as Parameters<typeof flattenNested>[0]);
  return made(type, shape, elementsOf(type, flat));
}

/** The element type of what has one. */
function typeOf(given: unknown): string | undefined {
  const host = hostOf(given);
  if (host !== undefined) return host.dtype;
  if (isElementTensor(given)) return given.dtype;
  for (const type of OTHER_INTEGERS) {
    if (given instanceof arrayOf(type)) return type;
  }
  return isTypedArray(given) ? dtypeOfArray(given) : undefined;
}

function isElementTensor(given: unknown): given is { dtype: CarriedType; shape: readonly number[]; data: unknown } {
  return isRecord(given) && typeof given.dtype === "string" && Array.isArray(given.shape) &&
    typeof given.data === "object" && given.data !== null && Symbol.iterator in given.data;
}

function made(type: OtherElementType, shape: readonly number[], data: OtherElements[OtherElementType]): ElementTensor {
  const size = shape.reduce((product, dim) => product * dim, 1);
  if (size !== data.length) {
    throw new ShapeError(`expected ${size} values for shape [${shape.join(", ")}], received ${data.length}`);
  }
  return { dtype: type, shape: [...shape], data } as ElementTensor;
}

function elementsOf(type: OtherElementType, values: Iterable<unknown>): OtherElements[OtherElementType] {
  const list = [...values];
  if (type === "string") return list.map(text);
  const elements = new (arrayOf(type))(list.length);
  const integers = list.map((value) => integer(type, value));
  if (elements instanceof BigUint64Array) elements.set(integers);
  else elements.set(integers.map(Number));
  return elements;
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new InputError(`expected strings, received ${kindOf(value)}`);
  if (value.includes("\0")) {
    throw new InputRangeError("expected strings without the character U+0000, which ends one in the engine");
  }
  return value;
}

function integer(type: OtherIntegerType, value: unknown): bigint {
  if (typeof value !== "number" && typeof value !== "bigint") {
    throw new InputError(`expected integers, received ${kindOf(value)}`);
  }
  const [least, most] = rangeOf(type);
  const exact = typeof value === "bigint" ? value : Number.isInteger(value) ? BigInt(value) : undefined;
  if (exact !== undefined && exact >= least && exact <= most) return exact;
  throw new InputRangeError(`expected integers from ${least} to ${most}, received another number`);
}

function kindOf(value: unknown): string {
  return value === null
    ? "null"
    : typeof value === "object"
    ? value.constructor?.name ?? "an object"
    : `a ${typeof value}`;
}
