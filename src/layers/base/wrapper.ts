/**
 * Layers around a layer.
 *
 * @module
 */
import { InputError } from "../../shape/error.ts";
import type { Shapes } from "./layer_core.ts";
import type { ConfigNames } from "./config.ts";
import { type AnyLayer, Layer } from "./layer.ts";
import { type LayerClass, rememberClass } from "./layer_classes.ts";
import type { LayerRecord } from "./layer_record.ts";
import type { LayerConfig, LayerOptions } from "./options.ts";
import type { Anything, Signature } from "./signature.ts";

/** The configuration of a {@linkcode Wrapper}. */
export interface WrapperConfig extends LayerConfig {
  /** The wrapped layer. */
  readonly layer: LayerRecord;
}

/**
 * A layer that changes what another layer does, which is its field `layer`. Subclasses say what in `call`.
 *
 * @typeParam F The signature.
 * @typeParam L The wrapped layer.
 * @typeParam C What {@linkcode Layer.getConfig} gives.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { type Anything, Dense, ones, ops, type Tensor, Wrapper } from "@strata/nn";
 *
 * class Twice extends Wrapper<Anything, Dense> {
 *   override call(x: Tensor): Tensor {
 *     return ops.multiply(this.layer(x), 2) as Tensor;
 *   }
 * }
 *
 * const layer = new Twice(new Dense(1, { kernelInitializer: "ones" }));
 * assertEquals(layer(ones([1, 3])).shape, [1, 1]);
 * assertEquals(layer.weights.map((weight) => weight.path), ["twice/dense/kernel", "twice/dense/bias"]);
 * ```
 */
export abstract class Wrapper<
  F extends Signature = Anything,
  L extends AnyLayer = AnyLayer,
  C extends WrapperConfig = WrapperConfig,
> extends Layer<F, unknown, C> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { positional: ["layer"], layers: ["layer"] };
  /** The wrapped layer. */
  readonly layer: L;

  /**
   * Makes the layer.
   *
   * @param layer The layer to be wrapped.
   * @param options The name, `trainable` and the dtype.
   * @throws {TypeError} If it is no layer.
   */
  constructor(layer: L, options: LayerOptions = {}) {
    super(options);
    if (!(layer instanceof Layer)) {
      throw new InputError(`Cannot make layer ${this.name}: expected a layer to wrap, received ${typeof layer}`);
    }
    rememberClass(layer.constructor as unknown as LayerClass);
    this.layer = layer;
  }

  /** Builds the wrapped layer for the same inputs, and returns this one. */
  override build(inputShape: Shapes): unknown {
    this.layer.build(inputShape as never);
    return this;
  }
}
