/**
 * What all runtimes' timers have in common.
 *
 * @module
 */

/** Milliseconds; for longer times timers go off at once. */
export const LONGEST_TIME: number = 2 ** 31 - 1;
