/**
 * The base class of tensors: a shape and a dtype.
 *
 * @module
 */
import type { Shape } from "../shape/dim.ts";
import type { DType } from "./dtype.ts";

/** Whether the values exist already (`"eager"`, and `"variable"`, which may change) or not yet (`"symbolic"`). */
export type TensorKind = "eager" | "variable" | "symbolic";

/**
 * An array of one element type. What has values is an {@linkcode EagerTensor} or a {@linkcode Variable}; what stands for
 * values that come later is a {@linkcode SymbolicTensor}.
 *
 * @typeParam S The shape, a readonly tuple of dims.
 * @typeParam D The element type.
 */
export abstract class Tensor<out S extends Shape = Shape, out D extends DType = DType> {
  /** The kind of the tensor. */
  abstract readonly kind: TensorKind;
  /** The size of each axis: a number, the name of an open size, or `null` where unknown. */
  readonly shape: S;
  /** The element type. */
  readonly dtype: D;

  /** Only the kinds of tensor call this. */
  constructor(shape: S, dtype: D) {
    this.shape = Object.freeze(shape);
    this.dtype = dtype;
  }

  /** The number of axes. */
  get rank(): S["length"] {
    return this.shape.length;
  }

  /** The number of elements, or `null` where a dim is open. */
  get size(): number | null {
    let size = 1;
    for (const dim of this.shape) {
      if (typeof dim !== "number") return null;
      size *= dim;
    }
    return size;
  }
}

/** The dtype and the shape of one value, without the value. */
export interface TensorSpec {
  /** The shape; open dims are names or `null`. */
  readonly shape: Shape;
  /** The element type. */
  readonly dtype: DType;
}
