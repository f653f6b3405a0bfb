/**
 * Recurrent layers that go both ways.
 *
 * @module
 */
import { add, multiply } from "../../ops/elementwise/arithmetic.ts";
import { concatenate } from "../../ops/shaping/joining.ts";
import { flip } from "../../ops/shaping/repetition.ts";
import { cast } from "../../ops/elementwise/selection.ts";
import type { NoOptions, Only } from "../../ops/options.ts";
import type { multiplyDims } from "../../shape/arithmetic.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import { InputError, InputRangeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { TensorLike } from "../../tensor/like.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ConfigNames } from "../base/config.ts";
import type { CallOptions } from "../base/context.ts";
import { type AnyLayer, Layer } from "../base/layer.ts";
import type { LayerClass } from "../base/layer_classes.ts";
import type { LayerRecord } from "../base/layer_record.ts";
import type { Masks } from "../base/masks.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { LayerName, OptionFor, ResultDType } from "../base/option_types.ts";
import { type OrderOptions, Recurrent, statesOf } from "./recurrent.ts";
import type { RecurrentCell } from "./recurrent_cell.ts";
import type { CheckRank, Signature } from "../base/signature.ts";

/** The way the outputs of both directions become one; `null` gives both. */
export type MergeMode = "concat" | "sum" | "mul" | "ave" | null;

const MODES: readonly MergeMode[] = ["concat", "sum", "mul", "ave", null];

/** A recurrent layer of any kind. */
export type AnyRecurrent =
  & AnyLayer
  & Pick<
    Recurrent<RecurrentCell, Signature>,
    "cell" | "returnSequences" | "returnState" | "goBackwards" | "stateful" | "zeroOutputForMask" | "resetStates"
  >;

/** The options of {@linkcode Bidirectional}. */
export interface BidirectionalOptions extends LayerOptions {
  /** The way the outputs become one; `null` gives both. Default: `"concat"`. */
  readonly mergeMode?: MergeMode;
  /** The layer that goes the other way. Default: an equal layer that does. */
  readonly backwardLayer?: AnyRecurrent;
}

/** The configuration of {@linkcode Bidirectional}. */
export interface BidirectionalConfig extends LayerConfig {
  /** The way the outputs become one. */
  readonly mergeMode: MergeMode;
  /** The layer that goes one way. */
  readonly layer: LayerRecord;
  /** The layer that goes the other way. */
  readonly backwardLayer: LayerRecord;
}

type Merged<Y extends Shape, Mode extends MergeMode> = Mode extends "concat"
  ? Y extends readonly [...infer Before extends readonly Dim[], infer Last extends Dim]
    ? number extends Y["length"] ? Shape : readonly [...Before, multiplyDims<Last, 2>]
  : Shape
  : Y;

/**
 * The shapes of both directions together, where each gives `Out`; unknown where that is.
 *
 * @internal
 */
type Both<Out, Mode extends MergeMode> = Out extends Shape
  ? [Mode] extends [null] ? readonly [Out, Out] : Merged<Out, Mode>
  : Out extends readonly [infer Y extends Shape, ...infer States extends readonly Shape[]]
    ? [Mode] extends [null] ? readonly [Y, Y, ...States, ...States] : readonly [Merged<Y, Mode>, ...States, ...States]
  : Out extends readonly unknown[] ? readonly Shape[]
  : unknown;

/** @internal */
type On<L extends AnyLayer, In, D> = L["signature"] & { readonly input: In; readonly dtypes: D };

// Before a call nothing here depends on what `L` computes, so that the layer around an LSTM is one around any recurrent
// layer for the compiler.
/** What both directions give. */
export interface BidirectionalSignature<
  L extends AnyLayer,
  Mode extends MergeMode,
  Name extends string,
  D extends DType = DType,
> extends Signature {
  /** The sentence where the input has another rank than the layer takes. */
  readonly check: unknown extends this["input"] ? unknown
    : L["signature"] extends { readonly ndim: infer N extends number } ? CheckRank<Name, N, this["input"]>
    : unknown;
  /** The shapes of the results. */
  readonly output: unknown extends this["input"] ? unknown
    : Both<On<L, this["input"], this["dtypes"]>["output"], Mode>;
  /** The layer's own dtype; states have that of the layer inside. */
  readonly dtype: On<L, this["input"], this["dtypes"]>["output"] extends Shape ? D : D | L["signature"]["dtype"];
}

/**
 * Goes through sequences both ways, and merges what comes out: at each step what both directions gave for this step, or
 * what both gave last.
 *
 * With `returnSequences` of the layer, a step that a mask leaves out gives 0. With `returnState` of the layer, an array of the output, the states of the one and then those of the other direction.
 * `initialState` among the options of a call has the states of both.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Bidirectional, LSTM, zeros } from "@strata/nn";
 *
 * const layer = new Bidirectional(new LSTM(4, { returnSequences: true }));
 * assertEquals(layer(zeros([2, 5, 3])).shape, [2, 5, 8]);
 * assertEquals(layer.weights[3]?.path, "bidirectional/backward_lstm/lstm_cell/kernel");
 * ```
 */
export class Bidirectional<
  L extends AnyRecurrent = AnyRecurrent,
  const O extends BidirectionalOptions = NoOptions,
> extends Layer<
  BidirectionalSignature<
    L,
    OptionFor<O, "mergeMode", "concat", MergeMode>,
    LayerName<O, "bidirectional">,
    ResultDType<O>
  >,
  unknown,
  BidirectionalConfig
> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = {
    positional: ["layer"],
    options: ["mergeMode", "backwardLayer"],
    layers: ["layer", "backwardLayer"],
  };
  /** The layer that goes one way. */
  readonly forwardLayer: L;
  /** The layer that goes the other way. */
  readonly backwardLayer: AnyRecurrent;
  /** The way the outputs become one. */
  readonly mergeMode: OptionFor<O, "mergeMode", "concat", MergeMode>;

  /**
   * Makes the layer.
   *
   * @param layer A recurrent layer, of which two are made; their names begin with `forward_` and `backward_`.
   * @throws {TypeError} If it is no recurrent layer, or both layers go the same way or give other things.
   * @throws {RangeError} If there is no such merge mode.
   */
  constructor(layer: L, options?: O & Only<O, BidirectionalOptions>) {
    super(options);
    const given: BidirectionalOptions = options ?? {};
    const { mergeMode = "concat", backwardLayer } = given;
    if (!MODES.includes(mergeMode)) {
      throw new InputRangeError(
        `Cannot make layer ${this.name}: expected mergeMode to be one of ${MODES.join(", ")}, received ${mergeMode}`,
      );
    }
    for (const each of [layer, ...(backwardLayer === undefined ? [] : [backwardLayer])]) {
      if (!(each instanceof Recurrent)) {
        throw new InputError(`Cannot make layer ${this.name}: expected a recurrent layer, received ${describe(each)}`);
      }
    }
    this.mergeMode = mergeMode as this["mergeMode"];
    this.forwardLayer = copyOf(layer, { name: prefixed(layer.name, "forward_") });
    this.backwardLayer = backwardLayer ?? copyOf(layer, { name: prefixed(layer.name, "backward_"), goBackwards: true });
    this.#checkLayers();
    // Where both directions meet, a step that is left out has no output of either.
    for (const each of [this.forwardLayer, this.backwardLayer]) {
      (each as { zeroOutputForMask: boolean }).zeroOutputForMask = each.returnSequences;
    }
    this.inputSpec = this.forwardLayer.inputSpec;
    this.supportsMasking = true;
  }

  /** The layer in the configuration: what goes one way. */
  get layer(): L {
    return this.forwardLayer;
  }

  #checkLayers(): void {
    const { forwardLayer, backwardLayer, name } = this;
    if (forwardLayer.goBackwards === backwardLayer.goBackwards) {
      throw new InputError(
        `Cannot make layer ${name}: expected layers that differ in goBackwards, received ${forwardLayer.goBackwards} twice`,
      );
    }
    for (const option of ["stateful", "returnSequences", "returnState"] as const) {
      if (forwardLayer[option] !== backwardLayer[option]) {
        throw new InputError(
          `Cannot make layer ${name}: expected layers of the same ${option}, received ${forwardLayer[option]} and ` +
            `${backwardLayer[option]}`,
        );
      }
    }
  }

  /** Builds both layers, and returns this one. */
  override build(inputShape: Shape): this {
    this.forwardLayer.build(inputShape);
    this.backwardLayer.build(inputShape);
    this.inputSpec = this.forwardLayer.inputSpec;
    return this;
  }

  /** Goes both ways. */
  override call(x: Tensor, { mask, training, initialState }: CallOptions): Tensor | Tensor[] {
    const states = statesOf(this, initialState);
    const half = (states?.length ?? 0) / 2;
    const [there, back] = states === undefined ? [] : [states.slice(0, half), states.slice(half)];
    const call = (layer: unknown, states: readonly TensorLike[] | undefined, aligned: boolean): readonly Tensor[] => {
      const told: OrderOptions = { mask, training, aligned, ...(states === undefined ? {} : { initialState: states }) };
      const results = (layer as (x: Tensor, options: OrderOptions) => Tensor | Tensor[])(x, told);
      return Array.isArray(results) ? results : [results];
    };
    const { goBackwards, returnSequences } = this.backwardLayer;
    const [forward, ...forwardStates] = call(this.forwardLayer, there, false);
    const [backward, ...backwardStates] = call(this.backwardLayer, back, goBackwards);
    const turn = returnSequences && !goBackwards;
    // The layers inside have dtypes of their own; what they give is merged in this one's.
    const own = (y: Tensor): Tensor => y.dtype === this.computeDtype ? y : cast(y, this.computeDtype);
    const turned = turn ? flip(backward!, { axis: 1 }) as Tensor : backward!;
    const outputs = merge(own(forward!), own(turned), this.mergeMode);
    const results = [...outputs, ...forwardStates, ...backwardStates];
    return results.length === 1 ? results[0]! : results;
  }

  /** That of the outputs where they are of all steps; the states have none. */
  override computeMask(_x: Tensor, mask: Masks | null): Masks | null {
    const { returnSequences, returnState } = this.forwardLayer;
    const own = returnSequences ? mask : null;
    const outputs = this.mergeMode === null ? [own, own] : [own];
    return returnState || outputs.length > 1 ? outputs : own;
  }

  /** Sets the states that stateful layers keep to 0. */
  resetStates(): void {
    this.forwardLayer.resetStates();
    this.backwardLayer.resetStates();
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: BidirectionalConfig): Bidirectional {
    return super.fromConfig(config) as Bidirectional;
  }
}

function copyOf<L extends AnyRecurrent>(
  layer: L,
  changes: { readonly name: string; readonly goBackwards?: boolean },
): L {
  const layerClass = layer.constructor as unknown as LayerClass;
  return layerClass.fromConfig({ ...layer.getConfig(), ...changes } as never) as L;
}

function prefixed(name: string, prefix: string): string {
  return name.startsWith(prefix) ? name : prefix + name;
}

function merge(forward: Tensor, backward: Tensor, mode: MergeMode): readonly Tensor[] {
  if (mode === null) return [forward, backward];
  if (mode === "concat") return [concatenate([forward, backward], { axis: -1 }) as Tensor];
  if (mode === "mul") return [multiply(forward, backward) as Tensor];
  const sum = add(forward, backward) as Tensor;
  return [mode === "sum" ? sum : multiply(sum, 0.5) as Tensor];
}

function describe(value: unknown): string {
  return value instanceof Layer ? `layer ${value.name}` : value === null ? "null" : typeof value;
}
