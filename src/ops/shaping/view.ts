/**
 * The bytes of tensors, read as another dtype.
 *
 * @module
 */
import { type DType, isDType, type TypedArrayOf } from "../../tensor/dtype.ts";
import { EagerTensor } from "../../tensor/eager.ts";
import { showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import { type ShapeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import { typedArrayOf } from "../../tensor/typed_array.ts";
import { valuesFor } from "../values.ts";

/** @internal */
type Viewed<S> = S extends readonly [...infer Rest, unknown]
  ? number extends S["length"] ? readonly number[] : readonly [...{ [I in keyof Rest]: Rest[I] & number }, number]
  : readonly [];

/**
 * A copy of the bytes of a tensor, read as another dtype. Where the dtypes have other numbers of bytes, the last axis gets
 * longer or shorter. It needs values: graphs cannot reinterpret bytes.
 *
 * @param x The tensor.
 * @param dtype The dtype of the result.
 * @throws {ShapeError} If the bytes of the last axis are not a multiple of what an element of `dtype` takes.
 * @throws {RangeError} If there is no such dtype.
 * @throws {TypeError} If `x` has no values yet.
 * @see https://keras.io/api/ops/numpy/
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops, tensor } from "@strata/nn";
 *
 * assertEquals(ops.view(tensor([1, -1]), "int32").array(), [0x3f800000, -0x40800000]);
 * assertEquals(ops.view(tensor([1]), "uint8").array(), [0, 0, 128, 63]);
 * ```
 */
export function view<const X extends TensorLike, const D extends DType>(
  x: X,
  dtype: D,
): EagerTensor<Viewed<ShapeOf<X>>, D> {
  if (!isDType(dtype)) throw new InputRangeError(`Cannot view a tensor: expected a dtype, received ${String(dtype)}`);
  const tensor = toTensor(x);
  const values = valuesFor(tensor, "view");
  const Target = typedArrayOf(dtype) as unknown as {
    readonly BYTES_PER_ELEMENT: number;
    new (buffer: ArrayBuffer): TypedArrayOf<D>;
  };
  const [from, to] = [values.BYTES_PER_ELEMENT, Target.BYTES_PER_ELEMENT];
  const shape = tensor.shape as readonly number[];
  const last = (shape.at(-1) ?? 1) * from;
  if ((shape.length === 0 && from !== to) || last % to !== 0) {
    throw new ShapeError(
      `Cannot view shape ${
        showShape(shape)
      } of ${tensor.dtype} as ${dtype}: expected the last axis to have a multiple ` +
        `of ${to} bytes, received ${last}`,
    );
  }
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
  const result = shape.length === 0 ? [] : [...shape.slice(0, -1), last / to];
  return new EagerTensor(result, dtype, new Target(bytes.buffer)) as never;
}
