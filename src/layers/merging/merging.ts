/**
 * Layers that merge several inputs elementwise.
 *
 * @module
 */
import { add as addTensors, divide, maximum as greater, minimum as less } from "../../ops/elementwise/arithmetic.ts";
import { multiply as multiplyTensors, subtract as subtractTensors } from "../../ops/elementwise/arithmetic.ts";
import { logicalOr } from "../../ops/elementwise/logical.ts";
import { expandDims } from "../../ops/shaping/shaping.ts";
import type { NoOptions } from "../../ops/options.ts";
import type { Shape } from "../../shape/dim.ts";
import type { Mismatch } from "../../shape/error.ts";
import { merge } from "../../shape/merge.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Structure } from "../../tensor/structure.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { asFloats } from "../base/as_floats.ts";
import { Layer } from "../base/layer.ts";
import type { ConfigNames } from "../base/config.ts";
import type { CallOptions } from "../base/context.ts";
import type { Masks } from "../base/masks.ts";
import type { LayerOptions } from "../base/options.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import {
  checkSeveral,
  type incompatibleInputs,
  type MergedDType,
  type SeveralShapes,
  severalShapes,
} from "../base/several_inputs.ts";
import type { Signature } from "../base/signature.ts";
import { masksFor, mergeCounted, mergeWithIdentity } from "./masked_merging.ts";

/** @internal */
type CheckMerge<Name extends string, Count extends number, Input> = SeveralShapes<Name, Count, Input> extends
  infer Shapes
  ? Shapes extends readonly Shape[]
    ? merge<Shapes> extends Mismatch<infer Reason> ? Mismatch<incompatibleInputs<Name, Reason>> : unknown
  : Shapes
  : never;

/** Shapes that merge; the result is of the dtype in which the inputs meet. */
export interface MergeSignature<Name extends string, D extends DType, Count extends number = number> extends Signature {
  /** The sentence where the inputs do not merge. */
  readonly check: CheckMerge<Name, Count, this["input"]>;
  /** The shape that the inputs merge to. */
  readonly output: this["input"] extends readonly Shape[] ? merge<this["input"]> : Shape;
  /** The dtype in which the inputs meet. */
  readonly dtype: MergedDType<this["dtypes"], D>;
}

/** Shapes that merge; the result is a float. */
export interface AverageSignature<Name extends string, D extends DType> extends Signature {
  /** The sentence where the inputs do not merge. */
  readonly check: CheckMerge<Name, number, this["input"]>;
  /** The shape that the inputs merge to. */
  readonly output: this["input"] extends readonly Shape[] ? merge<this["input"]> : Shape;
  /** The layer's dtype. */
  readonly dtype: D;
}

/**
 * A layer that merges an array of tensors elementwise: their first axis is that of the batch, the others broadcast,
 * whatever their ranks. Subclasses say how two tensors merge.
 *
 * @typeParam F The signature.
 */
export abstract class Merge<F extends Signature = Signature> extends Layer<F> {
  /** The names of the options in configurations: only those of all layers. */
  static override readonly configNames: ConfigNames = {};
  /**
   * Makes the layer.
   *
   * @param options The name, `trainable` and the dtype.
   */
  constructor(options: LayerOptions = {}) {
    super(options);
    this.supportsMasking = true;
  }
  /** The number of inputs that there must be; undefined for any number. */
  protected get count(): number | undefined {
    return undefined;
  }
  /** Two tensors merged. */
  protected abstract mergeTwo(a: Tensor, b: Tensor): Tensor;
  /** All inputs merged, the first two first. */
  override call(inputs: readonly Tensor[], options?: CallOptions<Masks>): Tensor {
    const masks = masksFor(inputs, options?.mask);
    if (masks !== null) return this.mergeMasked(inputs, masks);
    return aligned(inputs).reduce((a, b) => this.mergeTwo(a, b));
  }
  /** All inputs merged where some have masks, which broadcast: as if all positions counted, unless a subclass cares. */
  protected mergeMasked(inputs: readonly Tensor[], _masks: readonly (Tensor | null)[]): Tensor {
    return inputs.reduce((a, b) => this.mergeTwo(a, b));
  }
  /** The mismatch of the shapes. */
  protected override mismatch(shapes: Structure<Shape | null>): undefined {
    const each = severalShapes(this.name, shapes, this.count);
    return checkSeveral(this.name, () => merge(each));
  }
  /** The positions that count in any of the inputs; all do where an input has no mask. */
  override computeMask(_inputs: never, mask: Masks | null): Masks | null {
    if (!Array.isArray(mask) || !mask.every((each) => each instanceof Tensor)) return null;
    return mask.reduce((a: Tensor, b: Tensor) => logicalOr(a, b) as Tensor);
  }
}

/** The inputs with axes of size 1 after the batch, so that all have the same rank. */
function aligned(inputs: readonly Tensor[]): readonly Tensor[] {
  const rank = Math.max(...inputs.map(({ shape }) => shape.length));
  return inputs.map((x) => {
    const more = rank - x.shape.length;
    return more === 0 ? x : expandDims(x, Array.from({ length: more }, (_, index) => index + 1)) as Tensor;
  });
}

/**
 * Adds its inputs.
 *
 * @throws {ShapeError} When called with shapes that do not merge.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Add, tensor } from "@strata/nn";
 *
 * assertEquals(new Add()([tensor([[1, 2]]), tensor([[10, 20]])]).array(), [[11, 22]]);
 * ```
 */
export class Add<
  const O extends LayerOptions = NoOptions,
> extends Merge<MergeSignature<LayerName<O, "add">, ResultDType<O>>> {
  /**
   * Makes the layer.
   *
   * @param options The name, `trainable` and the dtype.
   */
  constructor(options?: OptionsFor<O, LayerOptions>) {
    super(options);
  }
  /** `a + b` */
  protected override mergeTwo(a: Tensor, b: Tensor): Tensor {
    return addTensors(a, b) as Tensor;
  }
}

/**
 * Subtracts its second input from the first.
 *
 * @throws {TypeError} When called with other than two inputs.
 * @throws {ShapeError} When called with shapes that do not merge.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Subtract, tensor } from "@strata/nn";
 *
 * assertEquals(new Subtract()([tensor([[1, 2]]), tensor([[10, 20]])]).array(), [[-9, -18]]);
 * ```
 */
export class Subtract<
  const O extends LayerOptions = NoOptions,
> extends Merge<MergeSignature<LayerName<O, "subtract">, ResultDType<O>, 2>> {
  /**
   * Makes the layer.
   *
   * @param options The name, `trainable` and the dtype.
   */
  constructor(options?: OptionsFor<O, LayerOptions>) {
    super(options);
  }
  /** Two. */
  protected override get count(): number {
    return 2;
  }
  /** `a - b` */
  protected override mergeTwo(a: Tensor, b: Tensor): Tensor {
    return subtractTensors(a, b) as Tensor;
  }
}

/**
 * Multiplies its inputs elementwise. Positions that a mask leaves out multiply by 1; where all inputs leave them out the
 * result is 0.
 *
 * @throws {ShapeError} When called with shapes that do not merge.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Multiply, tensor } from "@strata/nn";
 *
 * assertEquals(new Multiply()([tensor([[1, 2]]), tensor([[10, 20]])]).array(), [[10, 40]]);
 * ```
 */
export class Multiply<
  const O extends LayerOptions = NoOptions,
> extends Merge<MergeSignature<LayerName<O, "multiply">, ResultDType<O>>> {
  /**
   * Makes the layer.
   *
   * @param options The name, `trainable` and the dtype.
   */
  constructor(options?: OptionsFor<O, LayerOptions>) {
    super(options);
  }
  /** `a * b` */
  protected override mergeTwo(a: Tensor, b: Tensor): Tensor {
    return multiplyTensors(a, b) as Tensor;
  }
  /** The product of what counts; 0 where nothing does. */
  protected override mergeMasked(inputs: readonly Tensor[], masks: readonly (Tensor | null)[]): Tensor {
    return mergeWithIdentity((a, b) => this.mergeTwo(a, b), 1, inputs, masks);
  }
}

/**
 * The mean of its inputs, a float.
 *
 * @throws {ShapeError} When called with shapes that do not merge.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Average, tensor } from "@strata/nn";
 *
 * assertEquals(new Average()([tensor([[1, 2]]), tensor([[3, 8]])]).array(), [[2, 5]]);
 * ```
 */
export class Average<
  const O extends LayerOptions = NoOptions,
> extends Merge<AverageSignature<LayerName<O, "average">, ResultDType<O>>> {
  /**
   * Makes the layer.
   *
   * @param options The name, `trainable` and the dtype.
   */
  constructor(options?: OptionsFor<O, LayerOptions>) {
    super(options);
  }
  /** The sum by the number of inputs. */
  override call(inputs: readonly Tensor[]): Tensor {
    return divide(super.call(inputs.map((x) => asFloats(x, this.computeDtype))), inputs.length) as Tensor;
  }
  /** `a + b` */
  protected override mergeTwo(a: Tensor, b: Tensor): Tensor {
    return addTensors(a, b) as Tensor;
  }
}

/**
 * The greatest of its inputs, elementwise, without those that a mask leaves out.
 *
 * @throws {ShapeError} When called with shapes that do not merge.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Maximum, tensor } from "@strata/nn";
 *
 * assertEquals(new Maximum()([tensor([[1, 8]]), tensor([[3, 2]])]).array(), [[3, 8]]);
 * ```
 */
export class Maximum<
  const O extends LayerOptions = NoOptions,
> extends Merge<MergeSignature<LayerName<O, "maximum">, ResultDType<O>>> {
  /**
   * Makes the layer.
   *
   * @param options The name, `trainable` and the dtype.
   */
  constructor(options?: OptionsFor<O, LayerOptions>) {
    super(options);
  }
  /** The greater one. */
  protected override mergeTwo(a: Tensor, b: Tensor): Tensor {
    return greater(a, b) as Tensor;
  }
  /** The greatest of what counts. */
  protected override mergeMasked(inputs: readonly Tensor[], masks: readonly (Tensor | null)[]): Tensor {
    return mergeCounted((a, b) => this.mergeTwo(a, b), inputs, masks);
  }
}

/**
 * The least of its inputs, elementwise, without those that a mask leaves out.
 *
 * @throws {ShapeError} When called with shapes that do not merge.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Minimum, tensor } from "@strata/nn";
 *
 * assertEquals(new Minimum()([tensor([[1, 8]]), tensor([[3, 2]])]).array(), [[1, 2]]);
 * ```
 */
export class Minimum<
  const O extends LayerOptions = NoOptions,
> extends Merge<MergeSignature<LayerName<O, "minimum">, ResultDType<O>>> {
  /**
   * Makes the layer.
   *
   * @param options The name, `trainable` and the dtype.
   */
  constructor(options?: OptionsFor<O, LayerOptions>) {
    super(options);
  }
  /** The lesser one. */
  protected override mergeTwo(a: Tensor, b: Tensor): Tensor {
    return less(a, b) as Tensor;
  }
  /** The least of what counts. */
  protected override mergeMasked(inputs: readonly Tensor[], masks: readonly (Tensor | null)[]): Tensor {
    return mergeCounted((a, b) => this.mergeTwo(a, b), inputs, masks);
  }
}
