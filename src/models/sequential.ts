/**
 * Models that are one layer after the other.
 *
 * @module
 */
import type { CallOptions } from "../layers/context.ts";
import { type AnyLayer, Layer } from "../layers/layer.ts";
import type { inputMismatch } from "../layers/input_spec.ts";
import { InputSpec } from "../layers/input_spec.ts";
import type { Signature } from "../layers/signature.ts";
import type { incompatible } from "../layers/sentences.ts";
import { isLayer } from "../layers/tracking.ts";
import type { Shape } from "../shape/dim.ts";
import type { Mismatch } from "../shape/error.ts";
import type { DType } from "../tensor/dtype.ts";
import type { AsShape } from "../tensor/like.ts";
import { SymbolicTensor } from "../tensor/symbolic.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What a {@linkcode Sequential} is made of: a symbolic input, which may be left out, and layers. */
export type SequentialParts = readonly (SymbolicTensor | AnyLayer)[];

/** A signature applied to one shape. */
type Applied<L, S, D> = L extends { readonly signature: infer F extends Signature }
  ? F & { readonly input: S; readonly dtypes: D }
  : never;

/** Whether a list is a plain array, of which the length is not known. */
type IsUnknownLength<Layers> = Layers extends readonly unknown[] ? number extends Layers["length"] ? true : false
  : false;

/**
 * The shape and the dtype that come out of a chain of layers; unknown behind what does not fit.
 *
 * @internal
 */
type ChainOut<Layers, S extends Shape, D extends DType> = IsUnknownLength<Layers> extends true ? readonly [Shape, DType]
  : Layers extends readonly [infer First, ...infer Rest]
    ? ChainOut<Rest, AsShape<Applied<First, S, D>["output"]>, Applied<First, S, D>["dtype"]>
  : readonly [S, D];

/**
 * The first sentence in a chain of layers, or `unknown`.
 *
 * @internal
 */
type ChainCheck<Layers, S extends Shape, D extends DType> = Layers extends readonly [infer First, ...infer Rest]
  ? Applied<First, S, D>["check"] extends infer C ? C extends Mismatch<string> ? C
    : ChainCheck<Rest, AsShape<Applied<First, S, D>["output"]>, Applied<First, S, D>["dtype"]>
  : unknown
  : unknown;

/** The parts, with the sentence in place of the first layer that does not fit. */
export type CheckedParts<Parts> = Parts extends readonly [SymbolicTensor<infer S, infer D>, ...infer Layers]
  ? readonly [SymbolicTensor<S, D>, ...Marked<Layers, S, D>]
  : Parts;

type Marked<Layers, S extends Shape, D extends DType> = Layers extends readonly [infer First, ...infer Rest]
  ? Applied<First, S, D>["check"] extends infer C ? C extends Mismatch<string> ? readonly [C, ...Rest]
    : readonly [First, ...Marked<Rest, AsShape<Applied<First, S, D>["output"]>, Applied<First, S, D>["dtype"]>]
  : never
  : Layers;

/** One layer after the other; an input in front says what is expected before the first call. */
export interface SequentialSignature<Parts, Name extends string> extends Signature {
  /** The sentence of the input, or of the first layer that does not fit. */
  readonly check: Parts extends readonly [SymbolicTensor<infer S, DType>, ...infer Layers]
    ? inputMismatch<{ readonly shape: S }, AsShape<this["input"]>, DType> extends infer Reason
      ? [Reason] extends [never] ? ChainCheck<Layers, AsShape<this["input"]>, this["dtypes"] & DType>
      : Mismatch<incompatible<Name, 0, Reason & string>>
    : unknown
    : ChainCheck<Parts, AsShape<this["input"]>, this["dtypes"] & DType>;
  /** The shape that comes out of the last layer. */
  readonly output: ChainOut<LayersOf<Parts>, AsShape<this["input"]>, this["dtypes"] & DType>[0];
  /** The dtype that comes out of the last layer. */
  readonly dtype: ChainOut<LayersOf<Parts>, AsShape<this["input"]>, this["dtypes"] & DType>[1];
}

/** @internal */
type LayersOf<Parts> = Parts extends readonly [SymbolicTensor, ...infer Layers] ? Layers : Parts;

/**
 * One layer after the other. With {@linkcode input} in front the layers are built at once and a layer that does not fit is
 * underlined; without, the first call builds them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dense, input, Sequential, zeros } from "@strata/nn";
 *
 * const model = new Sequential(input(["batch", 64]), new Dense(32), new Dense(10, { inputDim: 32 }));
 * assertEquals(model(zeros([8, 64])).shape, [8, 10]);
 * ```
 */
export class Sequential<const Parts extends SequentialParts = SequentialParts>
  extends Layer<SequentialSignature<Parts, "sequential">> {
  /** The symbolic input in front, where there is one. */
  readonly leading: SymbolicTensor | undefined;
  readonly #layers: readonly AnyLayer[];

  /**
   * Makes the model.
   *
   * @param parts A symbolic input, which may be left out, and layers.
   * @throws {TypeError} If a part is no layer, or two layers have one name.
   * @throws {ShapeError} If a layer does not take what the one before it gives.
   */
  constructor(...parts: Parts & CheckedParts<Parts>) {
    super();
    const [first] = parts as SequentialParts;
    const leading = first instanceof SymbolicTensor ? first : undefined;
    this.leading = leading;
    const layers = (parts as SequentialParts).slice(leading === undefined ? 0 : 1);
    for (const layer of layers) {
      if (!isLayer(layer)) {
        throw new TypeError(`Cannot make model ${this.name}: expected layers, received ${describe(layer)}`);
      }
    }
    this.#layers = layers as readonly AnyLayer[];
    const names = this.#layers.map((layer) => layer.name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined && new Set(this.#layers).size === names.length) {
      throw new TypeError(`Cannot make model ${this.name}: two layers have the name ${twice}`);
    }
    if (leading !== undefined) {
      this.inputSpec = new InputSpec({ shape: leading.shape });
      this.build(leading.shape);
    }
  }

  /**
   * What the model is given: the symbolic input in front.
   *
   * @throws {TypeError} If there is none.
   */
  get inputs(): Parts extends readonly [infer In extends SymbolicTensor, ...unknown[]] ? In : unknown {
    if (this.leading === undefined) {
      throw new TypeError(`Cannot tell the inputs of model ${this.name}: it was made without an input in front`);
    }
    return this.leading as never;
  }

  /** The layers, in the order in which they run. */
  override get layers(): AnyLayer[] {
    return [...this.#layers];
  }

  /** Builds the layers for inputs of that shape, and returns the model. */
  override build(inputShape: Shape): this {
    if (this.#layers.length === 0) throw new TypeError(`Cannot build model ${this.name}: it has no layers`);
    let shape = inputShape;
    for (const layer of this.#layers) {
      // Checked as a call would be, so that a layer that is built already refuses what it does not take.
      const next = layer.computeOutputShape(shape) as Shape;
      layer.build(shape);
      shape = next;
    }
    return this;
  }

  /** Runs the layers one after the other. */
  override call(input: Tensor, options: CallOptions): Tensor {
    let x: unknown = input;
    for (const layer of this.#layers) x = layer(x as never, { training: options.training });
    return x as Tensor;
  }
}

function describe(value: unknown): string {
  return value instanceof SymbolicTensor ? "a second symbolic input" : value === null ? "null" : typeof value;
}
