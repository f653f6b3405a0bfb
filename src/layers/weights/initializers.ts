/**
 * The way the first values of weights are made, under Keras's names.
 *
 * @module
 */
import { showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import { castValues, type TypedArray } from "../../tensor/convert.ts";
import type { DType } from "../../tensor/dtype.ts";
import { EagerTensor, valuesOf } from "../../tensor/eager.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Constant, Identity, Ones, Zeros } from "./constant_initializers.ts";
import { Initializer, type InitializerConfig } from "./initializer.ts";
import { snakeCase } from "../base/naming.ts";
import {
  GlorotNormal,
  GlorotUniform,
  HeNormal,
  HeUniform,
  LecunNormal,
  LecunUniform,
  Orthogonal,
  RandomNormal,
  RandomUniform,
  TruncatedNormal,
  VarianceScaling,
} from "./random_initializers.ts";

export * from "./constant_initializers.ts";
export * from "./initializer.ts";
export * from "./random_initializers.ts";

/** A function that makes first values: the same shape and dtype give the same values. */
export type InitializerFunction = (shape: readonly number[], options: { readonly dtype: DType }) => Tensor;

/** A value accepted as initializer: one of {@linkcode Initializer}'s classes, its name in snake case, or a function. */
export type InitializerLike = Initializer | InitializerName | InitializerFunction | InitializerConfig;

class FunctionInitializer extends Initializer {
  readonly #function: InitializerFunction;
  constructor(make: InitializerFunction) {
    super();
    this.#function = make;
  }
  override call(shape: readonly number[], dtype: DType): EagerTensor {
    const made = this.#function(shape, { dtype });
    if (!(made instanceof EagerTensor) || showShape(made.shape) !== showShape(shape)) {
      throw new ShapeError(
        `Cannot initialize: expected the function to give an eager tensor of shape ${showShape(shape)}, received ${
          made instanceof EagerTensor ? `shape ${showShape(made.shape)}` : typeof made
        }`,
      );
    }
    return made.dtype === dtype ? made : new EagerTensor(shape, dtype, castValues(valuesOf(made), dtype));
  }
  // What a stranger's function gives is looked at now: it may throw, and a build must not fail late.
  override prepare(shape: readonly number[], dtype: DType): () => TypedArray {
    const values = valuesOf(this.call(shape, dtype));
    return () => values;
  }
  override getConfig(): never {
    throw new TypeError(
      "Cannot make the configuration of a function that initializes: use one of the initializer classes",
    );
  }
}

const CLASSES = {
  Zeros,
  Ones,
  Constant,
  Identity,
  RandomUniform,
  RandomNormal,
  TruncatedNormal,
  VarianceScaling,
  GlorotUniform,
  GlorotNormal,
  HeUniform,
  HeNormal,
  LecunUniform,
  LecunNormal,
  Orthogonal,
} as const;

/** The names of initializers, in snake case. */
export type InitializerName =
  | "zeros"
  | "ones"
  | "constant"
  | "identity"
  | "random_uniform"
  | "random_normal"
  | "truncated_normal"
  | "variance_scaling"
  | "glorot_uniform"
  | "glorot_normal"
  | "he_uniform"
  | "he_normal"
  | "lecun_uniform"
  | "lecun_normal"
  | "orthogonal";

/** The options of a configuration that are not at their defaults: Keras writes some as `null` that Strata does not have. */
function withoutNulls(config: object): object {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null));
}

/** Other names that Keras has for some. */
const ALIASES: { readonly [name: string]: string } = {
  IdentityInitializer: "Identity",
  OrthogonalInitializer: "Orthogonal",
  normal: "RandomNormal",
  one: "Ones",
  uniform: "RandomUniform",
  zero: "Zeros",
};

/**
 * The initializer that a name, a configuration, a function or an initializer stands for.
 *
 * @throws {RangeError} If there is none of that name.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { initializers } from "@strata/nn";
 *
 * assertEquals(initializers.get("ones").call([2], "float32").array(), [1, 1]);
 * ```
 */
export function get(identifier: InitializerLike): Initializer {
  if (identifier instanceof Initializer) return identifier;
  if (typeof identifier === "function") return new FunctionInitializer(identifier);
  const [given, config] = typeof identifier === "string"
    ? [identifier, {}]
    : [identifier?.className, identifier?.config ?? {}];
  const name = typeof given === "string" && Object.hasOwn(ALIASES, given) ? ALIASES[given] : given;
  for (const [className, constructor] of Object.entries(CLASSES)) {
    if (name === className || name === snakeCase(className)) {
      return new (constructor as new (config: object) => Initializer)(withoutNulls(config));
    }
  }
  throw new InputRangeError(
    `Cannot find initializer ${JSON.stringify(name ?? identifier)}: expected one of ${
      Object.keys(CLASSES).map(snakeCase).join(", ")
    }`,
  );
}
