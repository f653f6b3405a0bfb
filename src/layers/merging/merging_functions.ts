/**
 * Merging layers as functions: each makes a layer and calls it.
 *
 * @module
 */
import { Concatenate, type ConcatenateOptions, type ConcatenateSignature } from "./concatenate.ts";
import { Dot, type DotAxes, type DotOptions, type DotSignature } from "./dot.ts";
import {
  Add,
  Average,
  type AverageSignature,
  Maximum,
  type MergeSignature,
  Minimum,
  Multiply,
  Subtract,
} from "./merging.ts";
import type { concatenate as concatenateShapes } from "../../shape/concatenate.ts";
import type { Shape } from "../../shape/dim.ts";
import type { dot as dotShapes } from "../../shape/dot.ts";
import type { LayerOptions } from "../base/options.ts";
import type { CheckOf, LayerInput, ResultOf, Signature } from "../base/signature.ts";

/** @internal */
type Merged<F extends Signature, X extends LayerInput> = ResultOf<F, X>;

/** @internal */
type Inputs<F extends Signature, X extends LayerInput> = X & CheckOf<F, X>;

/**
 * Adds tensors: what {@linkcode Add} gives.
 *
 * @throws {ShapeError} If the shapes do not merge.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor } from "@strata/nn";
 * import { add } from "@strata/nn/layers";
 *
 * assertEquals(add([tensor([[1, 2]]), tensor([[10, 20]])]).array(), [[11, 22]]);
 * ```
 */
export function add<const X extends LayerInput>(
  inputs: Inputs<MergeSignature<"add", "float32">, X>,
  options: LayerOptions<"add", "float32"> = {},
): Merged<MergeSignature<"add", "float32">, X> {
  return new Add(options)(inputs as never) as never;
}

/**
 * Subtracts the second tensor from the first: what {@linkcode Subtract} gives.
 *
 * @throws {ShapeError} If the shapes do not merge.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor } from "@strata/nn";
 * import { subtract } from "@strata/nn/layers";
 *
 * assertEquals(subtract([tensor([[1, 2]]), tensor([[10, 20]])]).array(), [[-9, -18]]);
 * ```
 */
export function subtract<const X extends LayerInput>(
  inputs: Inputs<MergeSignature<"subtract", "float32", 2>, X>,
  options: LayerOptions<"subtract", "float32"> = {},
): Merged<MergeSignature<"subtract", "float32", 2>, X> {
  return new Subtract(options)(inputs as never) as never;
}

/**
 * Multiplies tensors elementwise: what {@linkcode Multiply} gives.
 *
 * @throws {ShapeError} If the shapes do not merge.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor } from "@strata/nn";
 * import { multiply } from "@strata/nn/layers";
 *
 * assertEquals(multiply([tensor([[1, 2]]), tensor([[10, 20]])]).array(), [[10, 40]]);
 * ```
 */
export function multiply<const X extends LayerInput>(
  inputs: Inputs<MergeSignature<"multiply", "float32">, X>,
  options: LayerOptions<"multiply", "float32"> = {},
): Merged<MergeSignature<"multiply", "float32">, X> {
  return new Multiply(options)(inputs as never) as never;
}

/**
 * Takes the mean of tensors: what {@linkcode Average} gives.
 *
 * @throws {ShapeError} If the shapes do not merge.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor } from "@strata/nn";
 * import { average } from "@strata/nn/layers";
 *
 * assertEquals(average([tensor([[1, 2]]), tensor([[3, 8]])]).array(), [[2, 5]]);
 * ```
 */
export function average<const X extends LayerInput>(
  inputs: Inputs<AverageSignature<"average", "float32">, X>,
  options: LayerOptions<"average", "float32"> = {},
): Merged<AverageSignature<"average", "float32">, X> {
  return new Average(options)(inputs as never) as never;
}

/**
 * Takes the greatest of tensors, elementwise: what {@linkcode Maximum} gives.
 *
 * @throws {ShapeError} If the shapes do not merge.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor } from "@strata/nn";
 * import { maximum } from "@strata/nn/layers";
 *
 * assertEquals(maximum([tensor([[1, 8]]), tensor([[3, 2]])]).array(), [[3, 8]]);
 * ```
 */
export function maximum<const X extends LayerInput>(
  inputs: Inputs<MergeSignature<"maximum", "float32">, X>,
  options: LayerOptions<"maximum", "float32"> = {},
): Merged<MergeSignature<"maximum", "float32">, X> {
  return new Maximum(options)(inputs as never) as never;
}

/**
 * Takes the least of tensors, elementwise: what {@linkcode Minimum} gives.
 *
 * @throws {ShapeError} If the shapes do not merge.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor } from "@strata/nn";
 * import { minimum } from "@strata/nn/layers";
 *
 * assertEquals(minimum([tensor([[1, 8]]), tensor([[3, 2]])]).array(), [[1, 2]]);
 * ```
 */
export function minimum<const X extends LayerInput>(
  inputs: Inputs<MergeSignature<"minimum", "float32">, X>,
  options: LayerOptions<"minimum", "float32"> = {},
): Merged<MergeSignature<"minimum", "float32">, X> {
  return new Minimum(options)(inputs as never) as never;
}

/**
 * Puts tensors one after the other along an axis: what {@linkcode Concatenate} gives.
 *
 * @throws {ShapeError} If the shapes differ on another axis.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { zeros } from "@strata/nn";
 * import { concatenate } from "@strata/nn/layers";
 *
 * assertEquals(concatenate([zeros([2, 3]), zeros([2, 5])]).shape, [2, 8]);
 * ```
 */
export function concatenate<const X extends LayerInput, const Axis extends number = -1>(
  inputs: Inputs<ConcatenateSignature<Axis, "concatenate", "float32">, X>,
  options: ConcatenateOptions & { readonly axis?: Axis } = {},
): Merged<ConcatenateSignature<Axis, "concatenate", "float32">, X> {
  return new Concatenate(options)(inputs as never) as never;
}

/**
 * The dot products of the rows of two batches: what {@linkcode Dot} gives.
 *
 * @throws {ShapeError} If the axes have other sizes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tensor } from "@strata/nn";
 * import { dot } from "@strata/nn/layers";
 *
 * assertEquals(dot([tensor([[1, 2]]), tensor([[3, 4]])], 1).array(), [[11]]);
 * ```
 */
export function dot<const X extends LayerInput, const Axes extends DotAxes>(
  inputs: Inputs<DotSignature<Axes, "dot", "float32">, X>,
  axes: Axes,
  options: DotOptions = {},
): Merged<DotSignature<Axes, "dot", "float32">, X> {
  return new Dot(axes, options)(inputs as never) as never;
}

/** The shape of several tensors one after the other along an axis, or the {@linkcode Mismatch}. */
export type concatenate<Shapes extends readonly Shape[], Axis extends number> = concatenateShapes<Shapes, Axis>;

/** The shape of the dot product by NumPy's rules, or the {@linkcode Mismatch}; not that of the function `dot`. */
export type dot<A extends Shape, B extends Shape> = dotShapes<A, B>;
