/**
 * Rescaling.
 *
 * @module
 */
import { add, multiply } from "../../ops/elementwise/arithmetic.ts";
import { cast } from "../../ops/elementwise/selection.ts";
import type { NoOptions } from "../../ops/options.ts";
import { broadcastTo } from "../../shape/broadcast_to.ts";
import type { Shape } from "../../shape/dim.ts";
import { tensor } from "../../tensor/creation.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { NestedValues } from "../../tensor/nested.ts";
import type { Structure } from "../../tensor/structure.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ConfigNames } from "../base/config.ts";
import { relationMismatch } from "../base/mismatch.ts";
import { InputSpec } from "../base/input_spec.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { CheckOne, Signature } from "../base/signature.ts";

/** One number, or numbers in arrays that broadcast against the input. */
export type Numbers = NestedValues<number>;

/** The options of {@linkcode Rescaling}. */
export interface RescalingOptions extends LayerOptions {
  /** The offset that is added. Default: 0. */
  readonly offset?: Numbers;
}

/** The configuration of {@linkcode Rescaling}. */
export interface RescalingConfig extends LayerConfig {
  /** The factor of the values. */
  readonly scale: Numbers;
  /** The offset that is added. */
  readonly offset: Numbers;
}

/** Any shape stays; the result is a float. */
export interface RescalingSignature<Name extends string, D extends DType> extends Signature {
  /** The sentence where there is more than one input. */
  readonly check: CheckOne<Name, this["input"]>;
  /** The shape of the input. */
  readonly output: this["input"];
  /** The layer's dtype. */
  readonly dtype: D;
}

/**
 * Multiplies values and adds an offset: `x * scale + offset`, a float.
 *
 * @throws {ShapeError} When called with an input to whose shape `scale` or `offset` do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Rescaling } from "@strata/nn";
 *
 * const toUnit = new Rescaling(1 / 255);
 * assertEquals(toUnit(new Uint8Array([0, 255])).array(), [0, 1]);
 * assertEquals(new Rescaling([1, 2], { offset: 1 })([[3, 4]]).array(), [[4, 9]]);
 * ```
 */
export class Rescaling<
  const O extends RescalingOptions = NoOptions,
> extends Layer<RescalingSignature<LayerName<O, "rescaling">, ResultDType<O>>, unknown, RescalingConfig> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { positional: ["scale"], options: ["offset"] };
  /** The factor of the values. */
  readonly scale: Numbers;
  /** The offset that is added. */
  readonly offset: Numbers;
  readonly #factor: Tensor;
  readonly #shift: Tensor;
  /**
   * Makes the layer.
   *
   * @param scale What values are multiplied with.
   * @param options What is added.
   */
  constructor(scale: Numbers, options?: OptionsFor<O, RescalingOptions>) {
    super(options);
    const given: RescalingOptions = options ?? {};
    this.supportsMasking = true;
    this.scale = scale;
    this.offset = given.offset ?? 0;
    this.#factor = tensor(scale, { dtype: this.computeDtype }) as Tensor;
    this.#shift = tensor(this.offset, { dtype: this.computeDtype }) as Tensor;
    this.inputSpec = new InputSpec();
  }
  /** `x * scale + offset` */
  override call(x: Tensor): Tensor {
    const input = x.dtype === this.computeDtype ? x : cast(x, this.computeDtype) as Tensor;
    return add(multiply(input, this.#factor) as Tensor, this.#shift) as Tensor;
  }
  /** The mismatch of the shape. */
  protected override mismatch(shape: Structure<Shape | null>): readonly [number, string] | undefined {
    return relationMismatch(() => {
      broadcastTo(this.#factor.shape, shape as Shape);
      broadcastTo(this.#shift.shape, shape as Shape);
    });
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: RescalingConfig): Rescaling {
    return super.fromConfig(config) as Rescaling;
  }
}
