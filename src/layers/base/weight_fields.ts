/**
 * Fields that hold weights once a layer is built.
 *
 * @module
 */
import { InputError } from "../../shape/error.ts";
import { kindOf } from "../../tensor/options.ts";

/**
 * Declares fields of a class of layers that hold weights once a layer is built. Reading one before throws and says so,
 * where a field like `factor!: Variable` is `undefined`, whatever its type: the compiler cannot tell, and the base class
 * neither, since other fields may well be `undefined`. The class declares the fields without defining them
 * (`declare factor: Variable`); building assigns them, as any field.
 *
 * @throws {InputError} If there is no class, or no array of names.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * import { declareWeights, Layer, ones, ops, type Shape, type Tensor, type Variable } from "@strata/nn";
 *
 * class Scale extends Layer {
 *   declare factor: Variable;
 *   override build(inputShape: Shape): void {
 *     this.factor = this.addWeight({ name: "factor", shape: [inputShape.at(-1)!], initializer: "ones" });
 *   }
 *   override call(x: Tensor): Tensor {
 *     return ops.multiply(x, this.factor);
 *   }
 * }
 * declareWeights(Scale, ["factor"]);
 *
 * const scale = new Scale();
 * assertThrows(() => scale.factor, TypeError, "Cannot read factor of layer scale: it is not built");
 * scale(ones([1, 2]));
 * assertEquals(scale.factor.shape, [2]);
 * ```
 */
export function declareWeights<L extends { readonly name: string }>(
  layerClass: { readonly prototype: L },
  fields: readonly Exclude<keyof L, symbol>[],
): void {
  if (typeof (layerClass as unknown) !== "function") {
    throw new InputError(`Cannot declare weights: expected a class of layers, received ${kindOf(layerClass)}`);
  }
  if (!Array.isArray(fields) || !fields.every((field) => typeof field === "string")) {
    throw new InputError(`Cannot declare weights: expected an array of names of fields, received ${kindOf(fields)}`);
  }
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
