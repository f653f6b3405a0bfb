/**
 * Tensors whose values exist.
 *
 * @module
 */
import type { Shape } from "../shape/dim.ts";
import type { DType, TypedArrayOf } from "./dtype.ts";
import { nest, type Nested, type ScalarOf, scalarOf } from "./nested.ts";
import { installInspect, printTensor } from "./print.ts";
import { Tensor } from "./tensor.ts";

/** The values themselves, not a copy: for Strata's own rooms, which never write to them. */
export let valuesOf: <D extends DType>(tensor: EagerTensor<Shape, D>) => TypedArrayOf<D>;

/**
 * A tensor whose values are there when the line that made it has run. It never changes.
 *
 * @typeParam S The shape.
 * @typeParam D The element type.
 *
 * @example Reading values
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor } from "@strata/nn";
 *
 * const x = tensor([[1, 2], [3, 4]]);
 * assertEquals(x.shape, [2, 2]);
 * assertEquals(x.array(), [[1, 2], [3, 4]]);
 * assertEquals(x.dataSync(), new Float32Array([1, 2, 3, 4]));
 * ```
 */
export class EagerTensor<out S extends Shape = Shape, out D extends DType = DType> extends Tensor<S, D> {
  /** Always `"eager"`. */
  override readonly kind = "eager";
  readonly #data: TypedArrayOf<D>;

  /** Takes `data`, row-major, without copying it; {@linkcode tensor} is the way to make a tensor from values. */
  constructor(shape: S, dtype: D, data: TypedArrayOf<D>) {
    super(shape, dtype);
    this.#data = data;
  }

  /** A copy of the values in row-major order, at once. */
  dataSync(): TypedArrayOf<D> {
    return this.#data.slice() as TypedArrayOf<D>;
  }

  /** A copy of the values in row-major order. */
  data(): Promise<TypedArrayOf<D>> {
    return Promise.resolve(this.dataSync());
  }

  /** The values as nested arrays, one level an axis; `bool` as booleans, `int64` as bigints. */
  array<T extends Shape, E extends DType>(this: EagerTensor<T, E>): Nested<T, E> {
    return nest(this.#data, this.shape as readonly number[], this.dtype) as Nested<T, E>;
  }

  /**
   * The one value of a tensor of size 1.
   *
   * @throws {RangeError} If there is not exactly one value.
   */
  item(): ScalarOf<D> {
    return scalarOf(this.#data, this.shape, this.dtype);
  }

  /** The name, shape, dtype and abbreviated values. */
  override toString(): string {
    return printTensor("EagerTensor", this, this.#data);
  }

  static {
    valuesOf = (tensor) => tensor.#data;
  }
}
installInspect(EagerTensor);
