/**
 * Dot products of the rows of two batches.
 *
 * @module
 */
import { batchDot } from "../../ops/products/batch_dot.ts";
import { normalize } from "../../ops/reduction/norm.ts";
import type { NoOptions } from "../../ops/options.ts";
import { normalizeAxis } from "../../shape/axis.ts";
import { batchDot as batchDotShape } from "../../shape/batch_dot.ts";
import type { Shape } from "../../shape/dim.ts";
import { InputError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Structure } from "../../tensor/structure.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ConfigNames } from "../base/config.ts";
import { axisList, checkAxis } from "../base/axes.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import {
  type CheckSeveral,
  checkSeveral,
  type MergedDType,
  type SeveralShapes,
  severalShapes,
} from "../base/several_inputs.ts";
import type { Signature } from "../base/signature.ts";

/** The axis of both inputs, or of each, over which products are summed. */
export type DotAxes = number | readonly [number, number];

/** The options of {@linkcode Dot}. */
export interface DotOptions extends LayerOptions {
  /** Whether vectors are divided by their length first, so that the products are cosines. Default: `false`. */
  readonly normalize?: boolean;
}

/** The configuration of {@linkcode Dot}. */
export interface DotConfig extends LayerConfig {
  /** The axis of both inputs, or of each. */
  readonly axes: DotAxes;
  /** Whether vectors are divided by their length first. */
  readonly normalize: boolean;
}

/** @internal */
type Products<Shapes, Axes extends DotAxes> = Shapes extends readonly [infer A extends Shape, infer B extends Shape]
  ? Axes extends readonly [infer I extends number, infer J extends number] ? batchDotShape<A, B, I, J>
  : Axes extends number ? batchDotShape<A, B, Axes, Axes>
  : Shape
  : Shape;

/** Two batches and the axes over which products are summed. */
export interface DotSignature<Axes extends DotAxes, Name extends string, D extends DType> extends Signature {
  /** The sentence where the sizes differ. */
  readonly check: SeveralShapes<Name, 2, this["input"]> extends infer Shapes
    ? CheckSeveral<Name, Shapes, Products<Shapes, Axes>>
    : never;
  /** The batch, then the other axes of the first input, then those of the second; 1 where there are none. */
  readonly output: Products<this["input"], Axes>;
  /** The dtype in which the inputs meet. */
  readonly dtype: MergedDType<this["dtypes"], D>;
}

/**
 * The dot products of the rows of two batches over an axis of each.
 *
 * @throws {TypeError} When called with other than two inputs.
 * @throws {ShapeError} When called with axes of other sizes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dot, tensor, zeros } from "@strata/nn";
 *
 * assertEquals(new Dot(1)([tensor([[1, 2]]), tensor([[3, 4]])]).array(), [[11]]);
 * assertEquals(new Dot([1, 2])([zeros([2, 3, 4]), zeros([2, 5, 3])]).shape, [2, 4, 5]);
 * ```
 */
export class Dot<
  const Axes extends DotAxes = DotAxes,
  const O extends DotOptions = NoOptions,
> extends Layer<DotSignature<Axes, LayerName<O, "dot">, ResultDType<O>>, unknown, DotConfig> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { positional: ["axes"], options: ["normalize"] };
  /** The axis of both inputs, or of each. */
  readonly axes: Axes;
  /** Whether vectors are divided by their length first. */
  readonly normalize: boolean;
  /**
   * Makes the layer.
   *
   * @param axes The axis of both inputs, or of each, not that of the batch.
   * @param options Whether vectors are divided by their length first.
   * @throws {TypeError} If it is neither an integer nor two of them.
   */
  constructor(axes: Axes, options?: OptionsFor<O, DotOptions>) {
    super(options);
    const given: DotOptions = options ?? {};
    this.supportsMasking = true;
    this.axes = checkAxis(axes, this.name);
    if (typeof axes !== "number" && axes.length !== 2) {
      throw new InputError(`Cannot make layer ${this.name}: expected one axis or two, received ${axes}`);
    }
    this.normalize = given.normalize ?? false;
  }
  /** The products. */
  override call([a, b]: readonly [Tensor, Tensor]): Tensor {
    const [i, j] = this.#axesOf(a.shape, b.shape);
    const [x, y] = this.normalize ? [normalize(a, { axis: i }) as Tensor, normalize(b, { axis: j }) as Tensor] : [a, b];
    return batchDot(x, y, i, j);
  }
  #axesOf(a: Shape, b: Shape): readonly [number, number] {
    const [i, j = i] = axisList(this.axes) as readonly [number, number?];
    return [normalizeAxis(i, a), normalizeAxis(j, b)];
  }
  /** The mismatch of the shapes. */
  protected override mismatch(shapes: Structure<Shape | null>): undefined {
    const [a, b] = severalShapes(this.name, shapes, 2) as readonly [Shape, Shape];
    const [i, j = i] = axisList(this.axes) as readonly [number, number?];
    return checkSeveral(this.name, () => batchDotShape(a, b, i, j));
  }
  /** None: positions are summed over. */
  override computeMask(): null {
    return null;
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: DotConfig): Dot {
    return super.fromConfig(config) as Dot;
  }
}
