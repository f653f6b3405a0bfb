/**
 * Fields that hold weights once a layer is built.
 *
 * @module
 */

/**
 * Lets instances of a class say that they are not built, where a weight is read before; the class declares the fields
 * without defining them. Building assigns them, as any field.
 */
export function declareWeights<L extends { readonly name: string }>(
  layerClass: { readonly prototype: L },
  fields: readonly Exclude<keyof L, symbol>[],
): void {
  for (const field of fields) {
    Object.defineProperty(layerClass.prototype, field, {
      get(this: L): never {
        throw new TypeError(
          `Cannot read ${String(field)} of layer ${this.name}: it is not built; call it, or layer.build(inputShape)`,
        );
      },
      set(this: L, value: unknown): void {
        Object.defineProperty(this, field, { value, writable: true, enumerable: true, configurable: true });
      },
      configurable: true,
    });
  }
}
