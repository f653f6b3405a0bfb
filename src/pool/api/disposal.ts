/**
 * Anything that ends with a scope, by `await using`.
 *
 * @module
 */

/**
 * The symbol of `await using`, where the `lib` of a project has one.
 *
 * @internal
 */
type AsyncDispose = SymbolConstructor extends { readonly asyncDispose: infer Key extends symbol } ? Key : never;

/** Ends with a scope: `await using`. It has no members in projects whose `lib` does not have `Symbol.asyncDispose`. */
export type AsyncDisposing = { readonly [Key in AsyncDispose]: () => Promise<void> };

/** Gives instances of a class, which ends by `dispose`, what `await using` calls. */
export function installAsyncDispose<T>(
  constructor: { readonly prototype: T },
  dispose: (self: T) => Promise<void>,
): void {
  Object.defineProperty(constructor.prototype, Symbol.asyncDispose, {
    value(this: T): Promise<void> {
      return dispose(this);
    },
    writable: true,
    configurable: true,
  });
}
