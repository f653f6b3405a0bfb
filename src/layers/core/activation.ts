/**
 * Activations: by name or as functions, and as layers.
 *
 * @module
 */
import { type ActivationName, activations, operationOfActivation } from "../../ops/activation/activations.ts";
import { glu } from "../../ops/activation/softmax.ts";
import type { NoOptions } from "../../ops/options.ts";
import { InputError, InputRangeError } from "../../shape/error.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ConfigNames } from "../base/config.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import { InputSpec } from "../base/input_spec.ts";
import type { Keeps, NoSpec } from "../base/signature.ts";

/** A value accepted as activation: a name or a function. */
export type ActivationLike = ActivationName | ActivationFunction;

/** A function from a tensor to one of the same shape. */
export type ActivationFunction = (x: Tensor) => Tensor;

/** An activation as layers use it. */
export interface ResolvedActivation {
  /** The name of its entry in the op table, where it is one. */
  readonly operation: string | undefined;
  /** Applies it. */
  readonly apply: ActivationFunction;
}

/** Activations that Keras's JSON may name; they do not keep the shape, or need more than a tensor. */
const FROM_KERAS: { readonly [name: string]: ActivationFunction } = {
  glu: (x) => glu(x) as Tensor,
  threshold: () => {
    throw new InputError(
      'Cannot apply activation "threshold": expected a threshold and a value, received neither; use ops.threshold',
    );
  },
};

/**
 * The activation that a name or a function stands for.
 *
 * @throws {RangeError} If there is none of that name.
 */
export function getActivation(identifier: ActivationLike): ResolvedActivation {
  if (typeof identifier === "function") return { operation: undefined, apply: identifier };
  if (Object.hasOwn(FROM_KERAS, identifier)) return { operation: undefined, apply: FROM_KERAS[identifier]! };
  const apply = Object.hasOwn(activations, identifier) ? activations[identifier] : undefined;
  if (apply === undefined) {
    throw new InputRangeError(
      `Cannot find activation ${JSON.stringify(identifier)}: expected one of ${Object.keys(activations).join(", ")}`,
    );
  }
  return { operation: operationOfActivation(identifier), apply: apply as ActivationFunction };
}

/**
 * The name of an activation.
 *
 * @throws {TypeError} If it is a function of one's own, which has no name that could be looked up.
 */
export function serializeActivation(activation: ActivationLike): ActivationName {
  if (typeof activation === "string") return activation;
  for (const [name, apply] of Object.entries(activations)) if (apply === activation) return name as ActivationName;
  throw new TypeError(
    "Cannot make the configuration of an activation: expected one that has a name, received a function",
  );
}

/** The configuration of {@linkcode Activation}. */
export interface ActivationConfig extends LayerConfig {
  /** The name of the activation. */
  readonly activation: ActivationName;
}

/**
 * Applies an activation, by name or as a function; the shape stays.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Activation } from "@strata/nn";
 *
 * assertEquals(new Activation("relu")([-1, 2]).array(), [0, 2]);
 * ```
 */
export class Activation<
  const O extends LayerOptions = NoOptions,
> extends Layer<Keeps<LayerName<O, "activation">, NoSpec, ResultDType<O>>> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { positional: ["activation"] };
  /** The activation. */
  readonly activation: ActivationLike;
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If there is no activation of that name.
   */
  constructor(activation: ActivationLike, options?: OptionsFor<O, LayerOptions>) {
    super(options);
    this.inputSpec = new InputSpec();
    this.supportsMasking = true;
    this.activation = activation;
    getActivation(activation);
  }
  /** Applies the activation. */
  override call(x: Tensor): Tensor {
    return getActivation(this.activation).apply(x);
  }
  /** The options from which an equal layer can be made. */
  override getConfig(): ActivationConfig {
    return { ...super.getConfig(), activation: serializeActivation(this.activation) };
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: ActivationConfig): Activation {
    return super.fromConfig(config) as Activation;
  }
}
