/**
 * The difference of a case, whatever becomes of it.
 *
 * @module
 */
import type { Known } from "./known.ts";

/** The difference that a case has, errors among them. */
export async function differenceIn(run: () => Promise<string | null>): Promise<string | null> {
  try {
    return await run();
  } catch (error) {
    return error instanceof Error ? `${error.constructor.name}: ${error.message.split("\n")[0]}` : String(error);
  }
}

/** The difference of a case, unless it is a known one. */
export async function unknownDifference<C>(
  each: C,
  rules: readonly Known<C>[],
  compare: (each: C) => Promise<string | null>,
): Promise<string | null> {
  const difference = await differenceIn(() => compare(each));
  return difference !== null && rules.some(({ explains }) => explains(each, difference)) ? null : difference;
}

/** Runs an action without warnings, such as of masks that end at a layer, which are tested elsewhere. */
export async function withoutWarnings<T>(action: () => Promise<T>): Promise<T> {
  const { warn } = console;
  // deno-lint-ignore no-console -- it is silenced for a while
  console.warn = () => {};
  try {
    return await action();
  } finally {
    // deno-lint-ignore no-console -- as it was
    console.warn = warn;
  }
}
