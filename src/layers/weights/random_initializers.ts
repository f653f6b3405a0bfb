/**
 * Initializers that draw random numbers.
 *
 * @module
 */
import { randomNormal, randomUniform, truncatedNormal } from "../../ops/random/random.ts";
import { drawSeed } from "../../ops/random/seed_generator.ts";
import { showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import { castValues } from "../../tensor/convert.ts";
import type { DType } from "../../tensor/dtype.ts";
import { EagerTensor, valuesOf } from "../../tensor/eager.ts";
import { checkOptions } from "../../tensor/options.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Initializer, type InitializerConfig } from "./initializer.ts";
import { orthonormal } from "./orthonormal.ts";

/** The options of initializers that draw random numbers. */
export interface SeedOptions {
  /** The seed of the numbers: the same seed gives the same values. Default: drawn once. */
  readonly seed?: number | null;
}

/** The common parts of initializers that draw random numbers. */
export abstract class RandomInitializer extends Initializer {
  /** The seed of the numbers. */
  readonly seed: number;
  readonly #given: number | null;
  /**
   * Makes the initializer.
   *
   * @param options The seed.
   */
  constructor(options: SeedOptions = {}) {
    super();
    this.#given = options.seed ?? null;
    this.seed = options.seed ?? drawSeed();
  }
  /** The seed as it was given; `null` where it was drawn. */
  protected get seedConfig(): { readonly seed: number | null } {
    return { seed: this.#given };
  }
}

/** Even between `minval` and `maxval`. */
export class RandomUniform extends RandomInitializer {
  /** The smallest value. */
  readonly minval: number;
  /** The largest value, which is not drawn itself. */
  readonly maxval: number;
  /**
   * Makes the initializer.
   *
   * @param options The bounds, by default -0.05 and 0.05, and the seed.
   */
  constructor(options: SeedOptions & { readonly minval?: number; readonly maxval?: number } = {}) {
    checkOptions("Cannot make RandomUniform", options, ["maxval", "minval", "seed"]);
    super(options);
    this.minval = options.minval ?? -0.05;
    this.maxval = options.maxval ?? 0.05;
  }
  /** Random values of that shape. */
  override call(shape: readonly number[], dtype: DType): EagerTensor {
    const { minval: min, maxval: max, seed } = this;
    return draw(dtype, (dtype) => randomUniform(shape, { min, max, dtype, seed }));
  }
  /** The bounds and the seed. */
  override getConfig(): InitializerConfig["config"] {
    return { minval: this.minval, maxval: this.maxval, ...this.seedConfig };
  }
}

/** The common parts of normal initializers. */
export abstract class NormalInitializer extends RandomInitializer {
  /** The mean. */
  readonly mean: number;
  /** The standard deviation. */
  readonly stddev: number;
  /**
   * Makes the initializer.
   *
   * @param options The mean, the standard deviation and the seed.
   */
  constructor(options: SeedOptions & { readonly mean?: number; readonly stddev?: number } = {}) {
    checkOptions(`Cannot make ${new.target.name}`, options, ["mean", "seed", "stddev"]);
    super(options);
    this.mean = options.mean ?? 0;
    this.stddev = options.stddev ?? 0.05;
  }
  /** The mean, the standard deviation and the seed. */
  override getConfig(): InitializerConfig["config"] {
    return { mean: this.mean, stddev: this.stddev, ...this.seedConfig };
  }
}

/** Normal around `mean` (default 0) with `stddev` (default 0.05). */
export class RandomNormal extends NormalInitializer {
  /** Random values of that shape. */
  override call(shape: readonly number[], dtype: DType): EagerTensor {
    const { mean, stddev, seed } = this;
    return draw(dtype, (dtype) => randomNormal(shape, { mean, stddev, dtype, seed }));
  }
}

/** Normal around `mean` (default 0) with `stddev` (default 0.05), nothing beyond two of them. */
export class TruncatedNormal extends NormalInitializer {
  /** Random values of that shape. */
  override call(shape: readonly number[], dtype: DType): EagerTensor {
    const { mean, stddev, seed } = this;
    return draw(dtype, (dtype) => truncatedNormal(shape, { mean, stddev, dtype, seed }));
  }
}

/** The side of a weight that {@linkcode VarianceScaling} counts. */
export type FanMode = "fan_in" | "fan_out" | "fan_avg";

/** Which distribution {@linkcode VarianceScaling} draws from. */
export type Distribution = "truncated_normal" | "untruncated_normal" | "uniform";

const MODES: readonly FanMode[] = ["fan_in", "fan_out", "fan_avg"];
const DISTRIBUTIONS: readonly Distribution[] = ["truncated_normal", "untruncated_normal", "uniform"];

/** The options of initializers that scale to the number of inputs and outputs of a unit. */
export interface FanOptions extends SeedOptions {
  /** The axes of the weight that count inputs, with {@linkcode FanOptions.outputAxes}. Default: by the rank. */
  readonly inputAxes?: readonly number[] | null;
  /** The axes of the weight that count outputs, with {@linkcode FanOptions.inputAxes}. Default: by the rank. */
  readonly outputAxes?: readonly number[] | null;
}

const FAN_OPTIONS: readonly string[] = ["inputAxes", "outputAxes", "seed"];

/** The options of {@linkcode VarianceScaling}. */
export interface VarianceScalingOptions extends FanOptions {
  /** The variance times the fan. Default: 1. */
  readonly scale?: number;
  /** The side that is counted. Default: `"fan_in"`. */
  readonly mode?: FanMode;
  /** The distribution. Default: `"truncated_normal"`. */
  readonly distribution?: Distribution;
}

/** The standard deviation of a normal cut off at two of them, as a part of the uncut one. */
const TRUNCATED_STDDEV = 0.87962566103423978;

/**
 * Random values with variance `scale / fan`, where the fan is the number of inputs of a unit, of outputs, or their mean.
 *
 * See K. He et al., Delving Deep into Rectifiers, 2015, and X. Glorot and Y. Bengio, Understanding the difficulty of
 * training deep feedforward neural networks, 2010.
 */
export class VarianceScaling extends RandomInitializer {
  /** The variance times the fan. */
  readonly scale: number;
  /** The side that is counted. */
  readonly mode: FanMode;
  /** The distribution. */
  readonly distribution: Distribution;
  /** The axes that count inputs, and those that count outputs, where they are given. */
  readonly #axes: Pick<FanOptions, "inputAxes" | "outputAxes">;
  /**
   * Makes the initializer.
   *
   * @throws {RangeError} If the scale is not positive.
   */
  constructor(options: VarianceScalingOptions = {}) {
    checkOptions("Cannot make VarianceScaling", options, ["distribution", "mode", "scale", ...FAN_OPTIONS]);
    super(options);
    this.scale = options.scale ?? 1;
    this.mode = options.mode ?? "fan_in";
    this.distribution = options.distribution ?? "truncated_normal";
    const { inputAxes, outputAxes } = options;
    this.#axes = { ...inputAxes == null ? {} : { inputAxes }, ...outputAxes == null ? {} : { outputAxes } };
    if (!(this.scale > 0)) {
      throw new InputRangeError(`Cannot make VarianceScaling: expected a positive scale, received ${this.scale}`);
    }
    if (!MODES.includes(this.mode)) {
      throw new InputRangeError(
        `Cannot make VarianceScaling: expected mode to be one of ${MODES.join(", ")}, received ${this.mode}`,
      );
    }
    if (!DISTRIBUTIONS.includes(this.distribution)) {
      throw new InputRangeError(
        `Cannot make VarianceScaling: expected distribution to be one of ${
          DISTRIBUTIONS.join(", ")
        }, received ${this.distribution}`,
      );
    }
  }
  /** Random values of that shape. */
  override call(shape: readonly number[], dtype: DType): EagerTensor {
    const { fanIn, fanOut } = computeFans(shape, this.#axes);
    const fan = { fan_in: fanIn, fan_out: fanOut, fan_avg: (fanIn + fanOut) / 2 }[this.mode];
    const variance = this.scale / Math.max(1, fan);
    const { seed } = this;
    return draw(dtype, (dtype) => {
      if (this.distribution === "uniform") {
        const limit = Math.sqrt(3 * variance);
        return randomUniform(shape, { min: -limit, max: limit, dtype, seed });
      }
      const stddev = Math.sqrt(variance);
      return this.distribution === "untruncated_normal"
        ? randomNormal(shape, { stddev, dtype, seed })
        : truncatedNormal(shape, { stddev: stddev / TRUNCATED_STDDEV, dtype, seed });
    });
  }
  /** The scale, mode, distribution, seed, and the axes that were given. */
  override getConfig(): InitializerConfig["config"] {
    const { scale, mode, distribution } = this;
    return { scale, mode, distribution, ...this.fanConfig };
  }
  /** The seed, and the axes that were given. */
  protected get fanConfig(): InitializerConfig["config"] {
    return { ...this.seedConfig, ...this.#axes };
  }
}

/** A {@linkcode VarianceScaling} whose name says its options. */
export abstract class NamedScaling extends VarianceScaling {
  /** The seed and the axes: the rest is in the name. */
  override getConfig(): InitializerConfig["config"] {
    return this.fanConfig;
  }
}

/** Uniform with variance 2 / (inputs + outputs). */
export class GlorotUniform extends NamedScaling {
  /**
   * Makes the initializer.
   *
   * @param options The seed, and the axes that count inputs and outputs.
   */
  constructor(options: FanOptions = {}) {
    checkOptions("Cannot make GlorotUniform", options, FAN_OPTIONS);
    super({ ...options, mode: "fan_avg", distribution: "uniform" });
  }
}

/** Truncated normal with variance 2 / (inputs + outputs). */
export class GlorotNormal extends NamedScaling {
  /**
   * Makes the initializer.
   *
   * @param options The seed, and the axes that count inputs and outputs.
   */
  constructor(options: FanOptions = {}) {
    checkOptions("Cannot make GlorotNormal", options, FAN_OPTIONS);
    super({ ...options, mode: "fan_avg" });
  }
}

/** Uniform with variance 2 / inputs. */
export class HeUniform extends NamedScaling {
  /**
   * Makes the initializer.
   *
   * @param options The seed, and the axes that count inputs and outputs.
   */
  constructor(options: FanOptions = {}) {
    checkOptions("Cannot make HeUniform", options, FAN_OPTIONS);
    super({ ...options, scale: 2, distribution: "uniform" });
  }
}

/** Truncated normal with variance 2 / inputs. */
export class HeNormal extends NamedScaling {
  /**
   * Makes the initializer.
   *
   * @param options The seed, and the axes that count inputs and outputs.
   */
  constructor(options: FanOptions = {}) {
    checkOptions("Cannot make HeNormal", options, FAN_OPTIONS);
    super({ ...options, scale: 2 });
  }
}

/** Uniform with variance 1 / inputs. */
export class LecunUniform extends NamedScaling {
  /**
   * Makes the initializer.
   *
   * @param options The seed, and the axes that count inputs and outputs.
   */
  constructor(options: FanOptions = {}) {
    checkOptions("Cannot make LecunUniform", options, FAN_OPTIONS);
    super({ ...options, distribution: "uniform" });
  }
}

/** Truncated normal with variance 1 / inputs. */
export class LecunNormal extends NamedScaling {
  /**
   * Makes the initializer.
   *
   * @param options The seed, and the axes that count inputs and outputs.
   */
  constructor(options: FanOptions = {}) {
    checkOptions("Cannot make LecunNormal", options, FAN_OPTIONS);
    super(options);
  }
}

/**
 * A matrix with orthonormal rows or columns, whichever are fewer, times `gain`; further axes are folded into the rows.
 *
 * See A. Saxe et al., Exact solutions to the nonlinear dynamics of learning in deep linear neural networks, 2013.
 */
export class Orthogonal extends RandomInitializer {
  /** The length of each row or column. */
  readonly gain: number;
  /**
   * Makes the initializer.
   *
   * @param options The gain, by default 1, and the seed.
   */
  constructor(options: SeedOptions & { readonly gain?: number } = {}) {
    checkOptions("Cannot make Orthogonal", options, ["gain", "seed"]);
    super(options);
    this.gain = options.gain ?? 1;
  }
  /** The matrix in that shape. */
  override call(shape: readonly number[], dtype: DType): EagerTensor {
    const columns = shape.at(-1)!;
    const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1);
    const tall = [Math.max(rows, columns), Math.min(rows, columns)] as const;
    const random = valuesOf(randomNormal(tall, { dtype: "float64", seed: this.seed }) as EagerTensor);
    const values = orthonormal(random as Float64Array, tall[0], tall[1]);
    const matrix = Float64Array.from({ length: rows * columns }, (_, i) => {
      const row = Math.floor(i / columns);
      const column = i % columns;
      return this.gain * (rows < columns ? values[column * rows + row]! : values[row * columns + column]!);
    });
    return new EagerTensor(shape, dtype, castValues(matrix, dtype));
  }
  /** The gain and the seed. */
  override getConfig(): InitializerConfig["config"] {
    return { gain: this.gain, ...this.seedConfig };
  }
  /** At least two axes. */
  protected override checkShape(shape: readonly number[]): void {
    if (shape.length < 2) {
      throw new ShapeError(
        `Cannot initialize with Orthogonal: expected a shape of rank 2 or more, received ${showShape(shape)}`,
      );
    }
  }
}

/** Draws floats in their own dtype, and all else from float32. */
function draw(dtype: DType, make: (dtype: "float32" | "float64") => Tensor): EagerTensor {
  const drawn = make(dtype === "float64" ? "float64" : "float32") as EagerTensor;
  return drawn.dtype === dtype ? drawn : new EagerTensor(drawn.shape, dtype, castValues(valuesOf(drawn), dtype));
}

/**
 * The numbers of inputs and outputs of a unit of a weight: the last two axes, times the sizes of all axes before them, or the
 * axes that are named.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { initializers } from "@strata/nn";
 *
 * assertEquals(initializers.computeFans([3, 3, 16, 32]), { fanIn: 144, fanOut: 288 });
 * ```
 */
export function computeFans(
  shape: readonly number[],
  { inputAxes, outputAxes }: Pick<FanOptions, "inputAxes" | "outputAxes"> = {},
): { fanIn: number; fanOut: number } {
  if (inputAxes != null && outputAxes != null) {
    const [fanIn, fanOut] = [inputAxes, outputAxes].map((axes) => axes.reduce((fan, axis) => fan * shape.at(axis)!, 1));
    return { fanIn: fanIn!, fanOut: fanOut! };
  }
  if (shape.length === 0) return { fanIn: 1, fanOut: 1 };
  if (shape.length === 1) return { fanIn: shape[0]!, fanOut: shape[0]! };
  const field = shape.slice(0, -2).reduce((a, b) => a * b, 1);
  return { fanIn: shape.at(-2)! * field, fanOut: shape.at(-1)! * field };
}
