/**
 * Stand-ins for the part of `@std/assert` that the tests use, for machines that cannot reach JSR. What passes here
 * passes there.
 *
 * @module
 */
import { inspect } from "node:util";

/** Thrown when an assertion fails. */
export class AssertionError extends Error {
  override readonly name = "AssertionError";
}

function fail(what: string, message?: string): never {
  throw new AssertionError(message === undefined ? what : `${what}: ${message}`);
}

function show(value: unknown): string {
  return inspect(value, { depth: 10, maxArrayLength: 100, maxStringLength: 2000 });
}

/** Asserts that `condition` is truthy. */
export function assert(condition: unknown, message?: string): asserts condition {
  if (!condition) fail("Expected a truthy value", message);
}

/** Asserts that `actual` equals `expected`, structurally; 0 equals -0, and NaN equals NaN. */
export function assertEquals<T>(actual: T, expected: T, message?: string): void {
  if (!equal(actual, expected, new Map())) {
    fail(`Expected equal values, actual:\n${show(actual)}\nexpected:\n${show(expected)}\n`, message);
  }
}

/** Asserts that `actual` is the very same value as `expected`. */
export function assertStrictEquals<T>(actual: unknown, expected: T, message?: string): asserts actual is T {
  if (!Object.is(actual, expected)) fail(`Expected the same value, ${show(actual)} is not ${show(expected)}`, message);
}

/** Asserts that two numbers differ by at most `tolerance`, by default 1e-7 of the expected value. */
export function assertAlmostEquals(actual: number, expected: number, tolerance?: number, message?: string): void {
  if (Object.is(actual, expected)) return;
  const allowed = tolerance ?? (Number.isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  if (!(Math.abs(expected - actual) <= allowed)) {
    fail(`Expected ${actual} to be within ${allowed} of ${expected}`, message);
  }
}

/** Asserts that `actual` contains `expected`. */
export function assertStringIncludes(actual: string, expected: string, message?: string): void {
  if (!actual.includes(expected)) fail(`Expected ${show(actual)} to contain ${show(expected)}`, message);
}

/** Asserts that `actual` matches `expected`. */
export function assertMatch(actual: string, expected: RegExp, message?: string): void {
  if (!expected.test(actual)) fail(`Expected ${show(actual)} to match ${expected}`, message);
}

/** Asserts that `actual` is an instance of `expected`. */
// deno-lint-ignore no-explicit-any -- a constructor of anything, from any arguments
export function assertInstanceOf<T extends abstract new (...args: any[]) => any>(
  actual: unknown,
  expected: T,
  message?: string,
): asserts actual is InstanceType<T> {
  if (!(actual instanceof expected)) fail(`Expected an instance of ${expected.name}, not ${show(actual)}`, message);
}

// deno-lint-ignore no-explicit-any -- an error may be made from any arguments
type ErrorClass<E extends Error> = new (...args: any[]) => E;

/** Asserts that `action` throws. */
export function assertThrows(action: () => unknown, message?: string): unknown;
/** Asserts that `action` throws an `errorClass`, whose message contains `includes` where it is given. */
export function assertThrows<E extends Error = Error>(
  action: () => unknown,
  errorClass: ErrorClass<E>,
  includes?: string,
  message?: string,
): E;
export function assertThrows<E extends Error>(action: () => unknown, ...expected: Expected<E>): unknown {
  try {
    action();
  } catch (thrown) {
    return checkError(thrown, expected);
  }
  fail("Expected function to throw", messageOf(expected));
}

/** Asserts that the promise of `action` rejects. */
export function assertRejects(action: () => PromiseLike<unknown>, message?: string): Promise<unknown>;
/** Asserts that the promise of `action` rejects with an `errorClass`, whose message contains `includes` where given. */
export function assertRejects<E extends Error = Error>(
  action: () => PromiseLike<unknown>,
  errorClass: ErrorClass<E>,
  includes?: string,
  message?: string,
): Promise<E>;
export async function assertRejects<E extends Error>(
  action: () => PromiseLike<unknown>,
  ...expected: Expected<E>
): Promise<unknown> {
  let promise: PromiseLike<unknown>;
  try {
    promise = action();
  } catch (thrown) {
    fail(`Expected a promise that rejects, the function itself threw ${show(thrown)}`, messageOf(expected));
  }
  if (typeof promise?.then !== "function") fail("Expected a promise that rejects", messageOf(expected));
  try {
    await promise;
  } catch (thrown) {
    return checkError(thrown, expected);
  }
  fail("Expected promise to reject", messageOf(expected));
}

type Expected<E extends Error> = [(ErrorClass<E> | string)?, string?, string?];

function messageOf<E extends Error>([first, , message]: Expected<E>): string | undefined {
  return typeof first === "string" ? first : message;
}

function checkError<E extends Error>(thrown: unknown, expected: Expected<E>): unknown {
  const [first, includes] = expected;
  if (typeof first === "function") {
    if (!(thrown instanceof Error)) fail(`Expected an Error, not ${show(thrown)}`, messageOf(expected));
    assertInstanceOf(thrown, first, messageOf(expected));
    if (includes) assertStringIncludes(thrown.message, includes, messageOf(expected));
  }
  return thrown;
}

function equal(a: unknown, b: unknown, seen: Map<unknown, unknown>): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if ((a.constructor ?? Object) !== (b.constructor ?? Object)) return false;
  if (a instanceof Date && b instanceof Date) return Object.is(a.getTime(), b.getTime());
  if (a instanceof RegExp || a instanceof URL) return String(a) === String(b);
  if (isTypedArray(a) && isTypedArray(b)) return a.length === b.length && a.every((x, i) => equal(x, b[i], seen));
  if (seen.get(a) === b) return true;
  seen.set(a, b);
  if (a instanceof Set && b instanceof Set) return a.size === b.size && matched([...a], [...b], seen);
  if (a instanceof Map && b instanceof Map) return a.size === b.size && matched([...a], [...b], seen);
  const keys = ownKeys(a);
  return keys.length === ownKeys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equal(Reflect.get(a, key), Reflect.get(b, key), seen));
}

/** Typed arrays may be large, so they are not compared key by key. */
function isTypedArray(value: object): value is Float64Array {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** Whether each of `a` has its equal in `b`, in any order. */
function matched(a: unknown[], b: unknown[], seen: Map<unknown, unknown>): boolean {
  return a.every((item) => b.some((other) => equal(item, other, seen)));
}

function ownKeys(value: object): PropertyKey[] {
  return Reflect.ownKeys(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key));
}
