/**
 * Checks of what ops are given beside tensors, for callers without a compiler.
 *
 * @module
 */
import { DTypeError, InputError } from "../shape/error.ts";
import { isDType } from "../tensor/dtype.ts";
import { checkOptions, kindOf } from "../tensor/options.ts";
import { Tensor } from "../tensor/tensor.ts";

/** What may be given, in words, and whether a value is that. `undefined` is always left to the default. */
type Kind = readonly [expected: string, holds: (value: unknown) => boolean];

const isNumber = (value: unknown): boolean => typeof value === "number";
const isInteger = (value: unknown): boolean => Number.isSafeInteger(value);
const isNull = (value: unknown): boolean => value === null;
const listOf = (holds: (value: unknown) => boolean) => (value: unknown): boolean =>
  Array.isArray(value) && Array.from(value as readonly unknown[]).every(holds);
const either = (...kinds: readonly ((value: unknown) => boolean)[]) => (value: unknown): boolean =>
  kinds.some((holds) => holds(value));

const NUMBER: Kind = ["a number", isNumber];
const AXES: Kind = ["an integer or a list of integers", either(isInteger, listOf(isInteger))];
const SIZES: Kind = ["a number or a list of numbers", either(isNumber, listOf(isNumber))];
const INTEGERS: Kind = ["a list of integers", listOf(isInteger)];

/** The kinds of options by their names, for all ops. */
const KINDS: { readonly [option: string]: Kind } = {
  axis: AXES,
  axes: [
    "an integer, or lists of integers",
    either(isInteger, listOf(either(isInteger, listOf(isInteger)))),
  ],
  strides: SIZES,
  dilationRate: SIZES,
  outputPadding: ["a number, a list of numbers or null", either(isNull, isNumber, listOf(isNumber))],
  noiseShape: ["a list of integers and nulls", listOf(either(isInteger, isNull))],
  range: ["a list of two numbers", (value) => listOf(isNumber)(value) && (value as unknown[]).length === 2],
  sharedAxes: INTEGERS,
  attentionAxes: AXES,
  biasAxes: ["a string", (value) => typeof value === "string"],
  binBoundaries: ["a list of numbers", listOf(isNumber)],
  vocabulary: ["a list", either(Array.isArray, ArrayBuffer.isView)],
  seed: [
    "an integer, a SeedGenerator or a state",
    (value) =>
      isNumber(value) || value instanceof Tensor || (typeof value === "object" && value !== null && "next" in value),
  ],
  ...Object.fromEntries(
    [
      "alpha",
      "axis1",
      "axis2",
      "b",
      "base",
      "decimals",
      "epsilon",
      "groups",
      "k",
      "max",
      "mean",
      "min",
      "n",
      "negativeSlope",
      "offset",
      "order",
      "probability",
      "stddev",
      "threshold",
    ].map((name) => [name, NUMBER]),
  ),
};

/** Options that are of other kinds in some ops: tensors, or `null` for what the op makes of it. */
const OTHERWISE: { readonly [op: string]: readonly string[] } = {
  batchNormalization: ["offset", "scale"],
  averagePool: ["strides"],
  maxPool: ["strides"],
};

/** The options of layers that are of these kinds too; others of these names are not in all layers. */
const IN_LAYERS: readonly string[] = [
  "attentionAxes",
  "axis",
  "biasAxes",
  "binBoundaries",
  "epsilon",
  "negativeSlope",
  "noiseShape",
  "sharedAxes",
  "vocabulary",
];

/**
 * Refuses options that an op does not have, and those whose values are of another kind than they must be.
 *
 * @throws {InputError} If there is one.
 */
export function checkOpOptions(op: string, options: unknown, names: readonly string[]): void {
  if (options === undefined) return;
  const attempt = `Cannot apply ${op}`;
  checkOptions(attempt, options, names);
  const { dtype } = options as { readonly dtype?: unknown };
  if (dtype !== undefined && !isDType(dtype)) {
    throw new DTypeError(`${attempt}: expected dtype to be the name of a dtype, received ${show(dtype)}`);
  }
  for (const [name, value] of Object.entries(options as object)) {
    if (Object.hasOwn(KINDS, name) && !OTHERWISE[op]?.includes(name)) checkKind(attempt, name, value);
  }
}

/**
 * Refuses options of layers whose values are of another kind than options of their names are; `undefined` and `null` stand
 * for the default.
 *
 * @throws {InputError} If there is one.
 */
export function checkKindsInLayer(attempt: string, options: object): void {
  for (const [name, value] of Object.entries(options)) {
    if (IN_LAYERS.includes(name) && value !== null) checkKind(attempt, name, value);
  }
}

function checkKind(attempt: string, name: string, value: unknown): void {
  const [expected, holds] = KINDS[name]!;
  if (value === undefined || holds(value)) return;
  throw new InputError(`${attempt}: expected ${name} to be ${expected}, received ${show(value)}`);
}

function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : Object(value) === value ? kindOf(value) : String(value);
}

function check(op: string, what: string, value: unknown, [expected, holds]: Kind): void {
  if (holds(value)) return;
  throw new InputError(`Cannot apply ${op}: expected ${what} to be ${expected}, received ${show(value)}`);
}

/** Refuses what is no integer and no list of integers. */
export function checkAxes(op: string, what: string, value: unknown): void {
  check(op, what, value, AXES);
}

/** Refuses what is no list of integers. */
export function checkIntegers(op: string, what: string, value: unknown): void {
  check(op, what, value, INTEGERS);
}

/** Refuses what is no number, and no list of numbers or pairs of them. */
export function checkWidths(op: string, what: string, value: unknown): void {
  const expected = "a number, a pair of numbers, or a list of pairs";
  check(op, what, value, [expected, either(isNumber, listOf(either(isNumber, listOf(isNumber))))]);
}

/** Refuses arguments of these names that are no numbers. */
export function checkNumbers(op: string, values: { readonly [what: string]: unknown }): void {
  for (const [what, value] of Object.entries(values)) check(op, what, value, NUMBER);
}

/** Refuses what is no list. */
export function checkList(op: string, what: string, value: unknown): void {
  check(op, what, value, ["a list", Array.isArray]);
}

/** Refuses what is no text. */
export function checkText(op: string, what: string, value: unknown): void {
  check(op, what, value, ["a string", (given) => typeof given === "string"]);
}

/** Refuses what is no function. */
export function checkFunction(op: string, what: string, value: unknown): void {
  check(op, what, value, ["a function", (given) => typeof given === "function"]);
}
