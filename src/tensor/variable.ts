/**
 * Tensors whose values change: the state of layers.
 *
 * @module
 */
import { showShape } from "../shape/dim.ts";
import type { Shape } from "../shape/dim.ts";
import { DTypeError, InputError, ShapeError } from "../shape/error.ts";
import { castValues, convertValues, type Values } from "./convert.ts";
import type { DType, TypedArrayOf } from "./dtype.ts";
import { EagerTensor, valuesOf } from "./eager.ts";
import { jsonOf, type JsonValues } from "./json.ts";
import type { Nested, ScalarOf } from "./nested.ts";
import { nest, scalarOf } from "./nested.ts";
import { checkOptions } from "./options.ts";
import { currentPath, currentUpdates } from "./scope.ts";
import { installInspect, printTensor } from "./print.ts";
import { Tensor } from "./tensor.ts";

/** The options of a {@linkcode Variable}. */
export interface VariableOptions {
  /** The name in its layer. Default: `"variable"`. */
  readonly name?: string;
  /** The layer's path and the name, joined by `/`. Default: the name. */
  readonly path?: string;
  /** Whether training may change it. Default: `true`. */
  readonly trainable?: boolean;
  /** Whether layers that compute in another dtype than their weights have, read it in that. Default: `true`. */
  readonly autocast?: boolean;
  /** The penalty on its values. Default: none. */
  readonly regularizer?: VariableFunction | null;
  /** The constraint to which its values are projected after each update. Default: none. */
  readonly constraint?: VariableFunction | null;
}

const VARIABLE_OPTIONS: readonly string[] = ["name", "path", "trainable", "autocast", "regularizer", "constraint"];

/** A function of a weight: a penalty or a projection. */
export type VariableFunction = (weight: Tensor) => Tensor;

/** Values that an engine copies, with the version that tells when to copy them again. */
export interface ResidentValue {
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** The values now. */
  readonly data: TypedArrayOf<DType>;
  /** Counts the changes. */
  readonly version: number;
}

/** The value of a variable as engines take it; the same object for the variable's whole life. */
export let residentOf: (variable: Variable) => ResidentValue;

class Value implements ResidentValue {
  readonly shape: readonly number[];
  readonly dtype: DType;
  version = 0;
  #data: TypedArrayOf<DType> | (() => TypedArrayOf<DType>);

  constructor(shape: readonly number[], dtype: DType, data: TypedArrayOf<DType> | (() => TypedArrayOf<DType>)) {
    this.shape = shape;
    this.dtype = dtype;
    this.#data = data;
  }

  get data(): TypedArrayOf<DType> {
    if (typeof this.#data === "function") this.#data = this.#data();
    return this.#data;
  }

  set data(data: TypedArrayOf<DType>) {
    this.#data = data;
    this.version++;
  }
}

/**
 * A tensor that layers keep and that {@linkcode Variable.assign} changes; usable wherever a tensor is.
 *
 * @typeParam S The shape, which never changes.
 * @typeParam D The element type, which never changes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Variable, zeros } from "@strata/nn";
 *
 * const state = new Variable(zeros([2]), { name: "state" });
 * state.assign([1, 2]);
 * assertEquals(state.array(), [1, 2]);
 * ```
 */
export class Variable<out S extends Shape = Shape, out D extends DType = DType> extends Tensor<S, D> {
  /** Always `"variable"`. */
  override readonly kind = "variable";
  /** The name in its layer. */
  readonly name: string;
  /** The layer's path and the name, joined by `/`. */
  readonly path: string;
  /** Whether training may change it. */
  trainable: boolean;
  /** Whether layers that compute in another dtype than their weights have, read it in that. */
  readonly autocast: boolean;
  /** The penalty on its values, or `null`. */
  readonly regularizer: VariableFunction | null;
  /** The constraint to which its values are projected after each update, or `null`. */
  readonly constraint: VariableFunction | null;
  readonly #value: Value;

  /**
   * Makes the variable.
   *
   * @param value The first values; or, for values to be made on first use, their shape and dtype and a function.
   * @param options Name, path, whether it is trainable, and what applies to it in training.
   */
  constructor(value: EagerTensor<S, D> | LazyValue<S, D>, options: VariableOptions = {}) {
    checkOptions("Cannot make a variable", options, VARIABLE_OPTIONS);
    super(value.shape, value.dtype);
    this.name = options.name ?? "variable";
    this.path = options.path ?? this.name;
    this.trainable = options.trainable ?? true;
    this.autocast = options.autocast ?? true;
    this.regularizer = options.regularizer ?? null;
    this.constraint = options.constraint ?? null;
    const data = value instanceof EagerTensor ? valuesOf(value) : value.initialize;
    this.#value = new Value(value.shape as readonly number[], value.dtype, data as () => TypedArrayOf<DType>);
    // Structured clones and deep comparisons see the values, as those of an EagerTensor.
    Object.defineProperty(this, "values", { get: () => this.#read(), enumerable: true });
  }

  /**
   * Replaces the values; they are converted to the variable's dtype. Every later call sees them. In a trace nothing is
   * replaced: what the trace reads from here on is `value`, and each run of the graph assigns it.
   *
   * @throws {ShapeError} If the shape is another; nothing has changed then.
   * @throws {DTypeError} If a symbolic tensor has another dtype.
   */
  assign(value: Tensor | Values): this {
    const updates = currentUpdates();
    if (updates !== undefined && value instanceof Tensor && value.kind !== "eager") {
      this.#checkShape(value.shape);
      if (value.dtype !== this.dtype) {
        throw new DTypeError(
          `Cannot assign to variable ${this.path}: expected a value of dtype ${this.dtype}, received ${value.dtype}`,
        );
      }
      updates.set(this, updates.get(value) ?? value);
      return this;
    }
    const { shape, data } = value instanceof Tensor
      ? { shape: value.shape, data: readOnlyValues(value) }
      : convertValues(value);
    this.#checkShape(shape);
    const values = castValues(data, this.dtype);
    if (updates === undefined) this.#value.data = values;
    else updates.set(this, new EagerTensor(this.shape, this.dtype, values));
    return this;
  }

  #checkShape(shape: Shape): void {
    if (shape.length === this.shape.length && shape.every((dim, axis) => dim === this.shape[axis])) return;
    throw new ShapeError(
      `Cannot assign to variable ${this.path}: expected a value of shape ${showShape(this.shape)}, ` +
        `received shape ${showShape(shape)}`,
    );
  }

  /** The values, unless a trace is under way: the graph will see those of each run. */
  #read(): TypedArrayOf<D> {
    if (currentUpdates() === undefined) return this.#value.data as TypedArrayOf<D>;
    const path = currentPath();
    throw new TypeError(
      `Cannot read the values of variable ${this.path} in a trace: a run of the graph may find others` +
        (path === "" ? "" : `; the layer being traced is ${path}`) + "; use the variable itself as a tensor in ops",
    );
  }

  /**
   * The values now, as a tensor that does not change with the variable.
   *
   * @throws {TypeError} If a trace is under way, as for all that reads values.
   */
  get value(): EagerTensor<S, D> {
    return new EagerTensor(this.shape, this.dtype, this.#read());
  }

  /** A copy of the values in row-major order, at once. */
  dataSync(): TypedArrayOf<D> {
    return this.#read().slice() as TypedArrayOf<D>;
  }

  /** A copy of the values in row-major order. */
  data(): Promise<TypedArrayOf<D>> {
    return Promise.resolve(this.dataSync());
  }

  /** The values as nested arrays, one level an axis. */
  array<T extends Shape, E extends DType>(this: Variable<T, E>): Nested<T, E> {
    return nest(this.#read(), this.#value.shape, this.dtype) as Nested<T, E>;
  }

  /**
   * The one value of a variable of size 1.
   *
   * @throws {RangeError} If there is not exactly one value.
   */
  item(): ScalarOf<D> {
    return scalarOf(this.#read(), this.shape, this.dtype);
  }

  /**
   * The form for `JSON.stringify` and `Response.json`: the values as nested arrays, `int64` as numbers.
   *
   * @throws {RangeError} If JSON has no number for a value: NaN, an infinity, or an integer beyond 2^53 - 1.
   */
  toJSON(): JsonValues {
    return jsonOf(this.#read(), this.#value.shape, this.dtype);
  }

  /** The path, shape, dtype and abbreviated values. */
  override toString(): string {
    return printTensor(`Variable ${this.path}`, this, this.#value.data);
  }

  static {
    residentOf = (variable) => variable.#value;
  }
}
installInspect(Variable);

/** Values that are made when they are first read. */
export interface LazyValue<S extends Shape = Shape, D extends DType = DType> {
  /** The shape. */
  readonly shape: S;
  /** The element type. */
  readonly dtype: D;
  /** Makes the values, row-major. */
  readonly initialize: () => TypedArrayOf<D>;
}

function readOnlyValues(value: Tensor): TypedArrayOf<DType> {
  if (value instanceof EagerTensor) return valuesOf(value);
  if (value instanceof Variable) return residentOf(value).data;
  throw new InputError(`Cannot assign ${value}: expected values that exist already`);
}
