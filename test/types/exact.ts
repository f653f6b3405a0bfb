/**
 * Exact comparison of types, for the fixtures.
 *
 * @module
 */

/** `true` when `A` and `B` are the same type, else `false`. */
export type Eq<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;

/** Compiles only if `T` is `true`. */
export function is<T extends true>(..._: T extends true ? [] : never): void {}
