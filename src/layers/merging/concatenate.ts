/**
 * Concatenation.
 *
 * @module
 */
import { onesLike, zerosLike } from "../../ops/shaping/creation.ts";
import { concatenate } from "../../ops/shaping/joining.ts";
import { logicalOr } from "../../ops/elementwise/logical.ts";
import { any } from "../../ops/reduction/reduction.ts";
import { expandDims } from "../../ops/shaping/shaping.ts";
import type { NoOptions } from "../../ops/options.ts";
import { concatenate as concatenateShapes } from "../../shape/concatenate.ts";
import type { Shape } from "../../shape/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Structure } from "../../tensor/structure.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { ConfigNames } from "../base/config.ts";
import { checkAxis } from "../base/axes.ts";
import { Layer } from "../base/layer.ts";
import type { Masks } from "../base/masks.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { LayerName, OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";
import {
  type CheckSeveral,
  checkSeveral,
  type MergedDType,
  type SeveralShapes,
  severalShapes,
} from "../base/several_inputs.ts";
import type { Signature } from "../base/signature.ts";

/** The options of {@linkcode Concatenate}. */
export interface ConcatenateOptions extends LayerOptions {
  /** The axis along which inputs come one after the other. Default: -1. */
  readonly axis?: number;
}

/** Shapes that differ on one axis only. */
export interface ConcatenateSignature<Axis extends number, Name extends string, D extends DType> extends Signature {
  /** The sentence where the inputs differ elsewhere. */
  readonly check: SeveralShapes<Name, number, this["input"]> extends infer Shapes
    ? CheckSeveral<Name, Shapes, Shapes extends readonly Shape[] ? concatenateShapes<Shapes, Axis> : never>
    : never;
  /** The shape of the inputs one after the other. */
  readonly output: this["input"] extends readonly Shape[] ? concatenateShapes<this["input"], Axis> : Shape;
  /** The dtype in which the inputs meet. */
  readonly dtype: MergedDType<this["dtypes"], D>;
}

/**
 * Puts its inputs one after the other along an axis.
 *
 * @throws {ShapeError} When called with shapes that differ on another axis.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Concatenate, zeros } from "@strata/nn";
 *
 * assertEquals(new Concatenate()([zeros([2, 3]), zeros([2, 5])]).shape, [2, 8]);
 * assertEquals(new Concatenate({ axis: 1 })([zeros([2, 3, 4]), zeros([2, 5, 4])]).shape, [2, 8, 4]);
 * ```
 */
export class Concatenate<
  const O extends ConcatenateOptions = NoOptions,
> extends Layer<
  ConcatenateSignature<OptionFor<O, "axis", -1, number>, LayerName<O, "concatenate">, ResultDType<O>>,
  unknown,
  LayerConfig & { readonly axis: number }
> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { options: ["axis"] };
  /** The axis along which inputs come one after the other. */
  readonly axis: OptionFor<O, "axis", -1, number>;
  /**
   * Makes the layer.
   *
   * @throws {TypeError} If the axis is no integer.
   */
  constructor(options?: OptionsFor<O, ConcatenateOptions>) {
    super(options);
    const given: ConcatenateOptions = options ?? {};
    this.axis = checkAxis(given.axis ?? -1, this.name) as this["axis"];
  }
  /** The inputs one after the other. */
  override call(inputs: readonly Tensor[]): Tensor {
    return concatenate(inputs, { axis: this.axis as number }) as Tensor;
  }
  /** The mismatch of the shapes. */
  protected override mismatch(shapes: Structure<Shape | null>): undefined {
    const each = severalShapes(this.name, shapes);
    return checkSeveral(this.name, () => concatenateShapes(each, this.axis));
  }
  /** The masks one after the other; what has no mask counts. */
  override computeMask(inputs: readonly Tensor[], mask: Masks | null): Masks | null {
    if (!Array.isArray(mask) || mask.every((each) => each === null)) return null;
    const masks = inputs.map((x, index): Tensor => {
      const given = mask[index] as Tensor | null;
      if (!(given instanceof Tensor)) return onesLike(x, { dtype: "bool" }) as Tensor;
      if (given.shape.length === x.shape.length) return given;
      return logicalOr(expandDims(given, -1) as Tensor, zerosLike(x, { dtype: "bool" }) as Tensor) as Tensor;
    });
    return any(concatenate(masks, { axis: this.axis as number }) as Tensor, { axis: -1 }) as Tensor;
  }
}
