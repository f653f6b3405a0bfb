/**
 * A layer applied to each step.
 *
 * @module
 */
import { alongTime, type MaskedStep, stepKeepsRows } from "../../ops/control/along_time.ts";
import { foldTime, unfoldTime } from "../../ops/shaping/time_fold.ts";
import type { NoOptions } from "../../ops/options.ts";
import type { rankSentence } from "../../shape/bind.ts";
import { type Dim, type Shape, showShape } from "../../shape/dim.ts";
import { type Mismatch, ShapeError } from "../../shape/error.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { CallOptions } from "../base/context.ts";
import { InputSpec } from "../base/input_spec.ts";
import type { AnyLayer } from "../base/layer.ts";
import { withoutLosses } from "../base/losses.ts";
import type { LayerOptions } from "../base/options.ts";
import type { LayerName, OptionsFor } from "../base/option_types.ts";
import type { incompatible } from "../base/sentences.ts";
import type { CheckOne, Signature } from "../base/signature.ts";
import { Wrapper, type WrapperConfig } from "../base/wrapper.ts";

/**
 * The shape of one step of each row; unknown where there are too few axes.
 *
 * @internal
 */
type StepOf<In> = In extends readonly [infer B extends Dim, Dim, ...infer Rest] ? readonly [B, ...Rest] : unknown;

/**
 * The layer's signature, applied to one step of each row.
 *
 * @internal
 */
type OnStep<L extends AnyLayer, Step, D> = L["signature"] & { readonly input: Step; readonly dtypes: D };

/**
 * The sentence where there are too few axes, or what the layer says about a step.
 *
 * @internal
 */
type CheckSteps<Name extends string, S, OfLayer> = S extends readonly [] | readonly [Dim] | readonly [Dim, Dim]
  ? Mismatch<incompatible<Name, 0, rankSentence<"min_ndim", 3, S>>>
  : S extends Shape ? OfLayer
  : CheckOne<Name, S>;

/** The result of the layer for each step, along time again. */
export interface TimeDistributedSignature<L extends AnyLayer, Name extends string> extends Signature {
  /** The sentence where the input has too few axes, or the layer does not take a step. */
  readonly check: CheckSteps<
    Name,
    this["input"],
    OnStep<L, StepOf<this["input"]>, this["dtypes"]>["check"]
  >;
  /** The shape of a step's result, with time after the batch. */
  readonly output: this["input"] extends readonly [infer B extends Dim, infer T extends Dim, ...unknown[]]
    ? OnStep<L, StepOf<this["input"]>, this["dtypes"]>["output"] extends
      readonly [Dim, ...infer Rest extends readonly Dim[]] ? readonly [B, T, ...Rest]
    : Shape
    : Shape;
  /** The dtype that the layer gives. */
  readonly dtype: OnStep<L, StepOf<this["input"]>, this["dtypes"]>["dtype"];
}

/**
 * Applies a layer to each step of sequences: `[batch, time, ...]`, at least three axes, where the layer takes `[batch,
 * ...]`. A layer that mixes the rows of its batch, keeps state or draws random numbers runs step by step; for others the
 * steps of all rows are one batch.
 *
 * @throws {ShapeError} When called with fewer axes, or if the layer does not take a step.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dense, TimeDistributed, zeros } from "@strata/nn";
 *
 * const layer = new TimeDistributed(new Dense(4));
 * assertEquals(layer(zeros([2, 5, 3])).shape, [2, 5, 4]);
 * assertEquals(layer.weights.map((weight) => weight.path), ["time_distributed/dense/kernel", "time_distributed/dense/bias"]);
 * ```
 */
export class TimeDistributed<
  L extends AnyLayer = AnyLayer,
  const O extends LayerOptions = NoOptions,
> extends Wrapper<TimeDistributedSignature<L, LayerName<O, "time_distributed">>, L> {
  readonly #apart = new Map<string, boolean>();
  /**
   * Makes the layer.
   *
   * @param layer What is applied to each step.
   * @throws {TypeError} If it is no layer.
   */
  constructor(layer: L, options?: OptionsFor<O, LayerOptions>) {
    super(layer, options);
    this.inputSpec = new InputSpec({ minNdim: 3 });
    this.supportsMasking = true;
    this.autocast = (layer as unknown as { readonly autocast: boolean }).autocast;
  }

  /** Builds the layer for one step of each row, and returns this one. */
  override build(inputShape: Shape): this {
    const [batch, , ...rest] = inputShape;
    this.layer.build([batch!, ...rest]);
    return this;
  }

  /** The result of the layer for each step. */
  override call(x: Tensor, { mask = null, training }: CallOptions): Tensor {
    if (mask !== null) this.#checkMask(x, mask);
    const told = this.layer.supportsMasking ? mask : null;
    const layer = this.layer as unknown as (x: Tensor, options: CallOptions) => Tensor;
    const step: MaskedStep = (part, counts) => layer(part, { ...(counts === null ? {} : { mask: counts }), training });
    if (!this.#keepsRows(x, told, step, training)) return alongTime(x, told, step);
    return unfoldTime(step(foldTime(x), told && foldTime(told)), x);
  }

  #checkMask(x: Tensor, mask: Tensor): void {
    const fits = mask.shape.length >= 2 && [0, 1].every((axis) => {
      const [expected, received] = [x.shape[axis], mask.shape[axis]];
      return typeof expected !== "number" || typeof received !== "number" || expected === received;
    });
    if (fits) return;
    throw new ShapeError(
      `Cannot call layer ${this.name}: expected a mask whose shape begins with ${showShape(x.shape.slice(0, 2))}, ` +
        `received ${showShape(mask.shape)}`,
    );
  }

  /** Whether the layer does the same to the steps one by one as to all of them in one batch. */
  #keepsRows(x: Tensor, mask: Tensor | null, step: MaskedStep, training: boolean | undefined): boolean {
    // What a layer does in training depends on what of it is frozen, which may change from call to call.
    const key = training === true ? undefined : `${x.dtype} ${showShape(x.shape.slice(2))} ${mask?.shape.length}`;
    const known = key === undefined ? undefined : this.#apart.get(key);
    if (known !== undefined) return known;
    const found = withoutLosses(() => stepKeepsRows(x, mask, step));
    if (key !== undefined) this.#apart.set(key, found);
    return found;
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: WrapperConfig): TimeDistributed {
    return super.fromConfig(config) as TimeDistributed;
  }
}
