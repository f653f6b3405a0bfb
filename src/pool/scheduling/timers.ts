/**
 * The common parts of all runtimes' timers.
 *
 * @module
 */

/** Milliseconds; for longer times timers go off at once. */
export const LONGEST_TIME: number = 2 ** 31 - 1;
