/**
 * The interface of every initializer.
 *
 * @module
 */
import type { TypedArray } from "../../tensor/convert.ts";
import type { DType } from "../../tensor/dtype.ts";
import { type EagerTensor, valuesOf } from "../../tensor/eager.ts";

/** The configuration of an initializer: the class and its options. */
export interface InitializerConfig {
  /** The name of the class. */
  readonly className: string;
  /** The options of its constructor. */
  readonly config: { readonly [option: string]: number | string | readonly number[] | null };
}

/** The interface of every initializer. */
export abstract class Initializer {
  /**
   * The values for a weight.
   *
   * @throws {ShapeError} If the initializer has no values of that shape.
   */
  abstract call(shape: readonly number[], dtype: DType): EagerTensor;

  /** The options from which an equal initializer can be made. */
  abstract getConfig(): InitializerConfig["config"];

  /**
   * Checks now that there are values of that shape; they are made when the returned function is called.
   *
   * @throws {ShapeError} If there are none.
   */
  prepare(shape: readonly number[], dtype: DType): () => TypedArray {
    this.checkShape(shape);
    return () => valuesOf(this.call(shape, dtype));
  }

  /** Throws where the initializer has no values of that shape. */
  protected checkShape(_shape: readonly number[]): void {}

  /** The class and the options. */
  serialize(): InitializerConfig {
    return { className: this.constructor.name, config: this.getConfig() };
  }
}
