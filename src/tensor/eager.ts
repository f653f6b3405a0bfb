/**
 * Tensors whose values exist.
 *
 * @module
 */
import type { Shape } from "../shape/dim.ts";
import type { DType, TypedArrayOf } from "./dtype.ts";
import { jsonOf, type JsonValues } from "./json.ts";
import { nest, type Nested, type ScalarOf, scalarOf } from "./nested.ts";
import { installInspect, printTensor } from "./print.ts";
import { Tensor } from "./tensor.ts";

/** The values themselves, not a copy: for Strata's own modules, which never write to them. */
export let valuesOf: <D extends DType>(tensor: EagerTensor<Shape, D>) => TypedArrayOf<D>;

/**
 * A tensor whose values are there when the line that made it has run. It never changes. `structuredClone` and
 * `postMessage` copy it to a record of `shape`, `dtype` and `values`, the typed array.
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
  // A property that is there at run time, so that structured clones and deep comparisons see the values.
  private readonly values: TypedArrayOf<D>;

  /** Takes `data`, row-major, without copying it; {@linkcode tensor} is the way to make a tensor from values. */
  constructor(shape: S, dtype: D, data: TypedArrayOf<D>) {
    super(shape, dtype);
    this.values = data;
  }

  /** A copy of the values in row-major order, at once. */
  dataSync(): TypedArrayOf<D> {
    return this.values.slice() as TypedArrayOf<D>;
  }

  /** A copy of the values in row-major order. */
  data(): Promise<TypedArrayOf<D>> {
    return Promise.resolve(this.dataSync());
  }

  /** The values as nested arrays, one level an axis; `bool` as booleans, `int64` as bigints. */
  array<T extends Shape, E extends DType>(this: EagerTensor<T, E>): Nested<T, E> {
    return nest(this.values, this.shape as readonly number[], this.dtype) as Nested<T, E>;
  }

  /**
   * The one value of a tensor of size 1.
   *
   * @throws {RangeError} If there is not exactly one value.
   */
  item(): ScalarOf<D> {
    return scalarOf(this.values, this.shape, this.dtype);
  }

  /**
   * The form for `JSON.stringify` and `Response.json`: the values as nested arrays, `int64` as numbers.
   *
   * @throws {RangeError} If JSON has no number for a value: NaN, an infinity, or an integer beyond 2^53 - 1.
   */
  toJSON(): JsonValues {
    return jsonOf(this.values, this.shape as readonly number[], this.dtype);
  }

  /** The name, shape, dtype and abbreviated values. */
  override toString(): string {
    return printTensor("EagerTensor", this, this.values);
  }

  static {
    valuesOf = (tensor) => tensor.values;
  }
}
installInspect(EagerTensor);
