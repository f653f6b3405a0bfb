/**
 * Stand-ins for the part of `@std/testing/types` that the tests use, for machines that cannot reach JSR.
 *
 * @module
 */

/** Asserts at compile time that `T` is the literal that is passed. */
export function assertType<T extends boolean>(_expected: T): void {}

/** `true` when `A` and `B` are the same type, else `false`. */
export type IsExact<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
