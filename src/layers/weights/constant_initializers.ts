/**
 * Initializers that always give the same values.
 *
 * @module
 */
import { showShape } from "../../shape/dim.ts";
import { ShapeError } from "../../shape/error.ts";
import { castValues } from "../../tensor/convert.ts";
import { full, zeros } from "../../tensor/creation.ts";
import type { DType } from "../../tensor/dtype.ts";
import { EagerTensor } from "../../tensor/eager.ts";
import { checkOptions } from "../../tensor/options.ts";
import { Initializer, type InitializerConfig } from "./initializer.ts";

/** Zeros. */
export class Zeros extends Initializer {
  /** Zeros of that shape. */
  override call(shape: readonly number[], dtype: DType): EagerTensor {
    return zeros(shape, { dtype });
  }
  /** No options. */
  override getConfig(): InitializerConfig["config"] {
    return {};
  }
}

/** Ones. */
export class Ones extends Initializer {
  /** Ones of that shape. */
  override call(shape: readonly number[], dtype: DType): EagerTensor {
    return full(shape, 1, { dtype });
  }
  /** No options. */
  override getConfig(): InitializerConfig["config"] {
    return {};
  }
}

/** One value everywhere. */
export class Constant extends Initializer {
  /** The value. */
  readonly value: number;
  /**
   * Makes the initializer.
   *
   * @param options The value; default 0.
   */
  constructor(options: { readonly value?: number } = {}) {
    checkOptions("Cannot make Constant", options, ["value"]);
    super();
    this.value = options.value ?? 0;
  }
  /** The value in that shape. */
  override call(shape: readonly number[], dtype: DType): EagerTensor {
    return full(shape, this.value, { dtype });
  }
  /** The value. */
  override getConfig(): InitializerConfig["config"] {
    return { value: this.value };
  }
}

/** `gain` on the diagonal of a matrix, zeros elsewhere. */
export class Identity extends Initializer {
  /** The value on the diagonal. */
  readonly gain: number;
  /**
   * Makes the initializer.
   *
   * @param options The value on the diagonal; default 1.
   */
  constructor(options: { readonly gain?: number } = {}) {
    checkOptions("Cannot make Identity", options, ["gain"]);
    super();
    this.gain = options.gain ?? 1;
  }
  /** The matrix. */
  override call(shape: readonly number[], dtype: DType): EagerTensor {
    const [rows = 0, columns = 0] = shape;
    const values = new Float64Array(rows * columns);
    for (let i = 0; i < Math.min(rows, columns); i++) values[i * columns + i] = this.gain;
    return new EagerTensor(shape, dtype, castValues(values, dtype));
  }
  /** The gain. */
  override getConfig(): InitializerConfig["config"] {
    return { gain: this.gain };
  }
  /** Only matrices. */
  protected override checkShape(shape: readonly number[]): void {
    if (shape.length !== 2) {
      throw new ShapeError(`Cannot initialize with Identity: expected a shape of rank 2, received ${showShape(shape)}`);
    }
  }
}
