/**
 * The cell of convolutional long short-term memory.
 *
 * @module
 */
import { add, multiply } from "../../ops/elementwise/arithmetic.ts";
import { conv } from "../../ops/convolution/convolution.ts";
import { concatenate, split } from "../../ops/shaping/joining.ts";
import { reshape } from "../../ops/shaping/shaping.ts";
import type { SeedGenerator } from "../../ops/random/seed_generator.ts";
import { channelAxis, conv as convShape, type Convolution } from "../../shape/conv.ts";
import { type Shape, showShape } from "../../shape/dim.ts";
import { ShapeError } from "../../shape/error.ts";
import { ones } from "../../tensor/creation.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { EagerTensor } from "../../tensor/eager.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import { draw, type Dropped, droppedBy } from "./cell_dropout.ts";
import { CellSettings } from "./cell_settings.ts";
import type { CallOptions } from "../base/context.ts";
import { Layer } from "../base/layer.ts";
import type { LSTMCellOptions } from "./lstm_cell.ts";
import type { Anything } from "../base/signature.ts";
import { declareWeights } from "../base/weight_fields.ts";

/** The number of parts that the kernels have: the input gate, the forget gate, the candidate and the output gate. */
const GATES = 4;

/**
 * One step of a convolutional LSTM: as that of an LSTM, with convolutions in place of products.
 *
 * @internal
 */
export class ConvLSTMCell extends Layer<Anything> {
  /** The weight of a step's values; there once the cell is built. */
  declare kernel: Variable;
  /** The weight of the state; there once the cell is built. */
  declare recurrentKernel: Variable;
  /** The bias, or `null` without one; there once the cell is built. */
  bias: Variable | null = null;
  /** The way the kernel slides over a step's values, and the number of channels of the state. */
  readonly convolution: Convolution & { readonly filters: number; readonly kernelSize: readonly number[] };
  /** The options, resolved. */
  readonly settings: CellSettings;
  /** The part of a step's input that is dropped in training. */
  readonly dropout: number;
  /** The part of the state that is dropped in training. */
  readonly recurrentDropout: number;
  /** The source of random numbers for dropout; there is none without dropout. */
  readonly seedGenerator: SeedGenerator | null;
  /** Whether the bias of the forget gate begins with ones. */
  readonly unitForgetBias: boolean;
  /** The sizes of the states; known once the cell is built. */
  stateSize: readonly (readonly number[])[] = [[], []];
  #inputSizes: readonly number[] = [];

  /** Makes the cell. */
  constructor(convolution: ConvLSTMCell["convolution"], options: LSTMCellOptions) {
    super(options);
    this.convolution = convolution;
    this.settings = new CellSettings(options, this.name);
    this.dropout = this.settings.dropout;
    this.recurrentDropout = this.settings.recurrentDropout;
    this.seedGenerator = this.settings.seedGenerator;
    this.unitForgetBias = options.unitForgetBias ?? true;
  }

  /** The axis of the channels of a step's values. */
  get #axis(): number {
    return channelAxis(this.convolution.kernelSize.length + 2, this.convolution.dataFormat!);
  }

  /**
   * The shape that one step makes of inputs of a shape.
   *
   * @throws {ShapeError} If the kernel does not fit on an axis.
   */
  stepShape(shape: Shape): Shape {
    return convShape(shape, this.convolution);
  }

  /**
   * The sizes of a state after the batch, for a step's values of a shape.
   *
   * @throws {ShapeError} If a size is not known.
   */
  stateSizeFor(shape: Shape): readonly number[] {
    const [, ...sizes] = this.stepShape(shape);
    if ([...sizes, ...shape.slice(1)].every((size) => typeof size === "number")) return sizes as readonly number[];
    throw new ShapeError(
      `Cannot build layer ${this.name}: expected known sizes behind the batch and the time, received steps of shape ` +
        showShape(shape),
    );
  }

  /** Makes the weights, and returns the cell. */
  override build([inputShape]: readonly Shape[]): this {
    const { convolution: { filters, kernelSize }, settings } = this;
    const size = this.stateSizeFor(inputShape!);
    this.stateSize = [size, size];
    this.#inputSizes = inputShape!.slice(1) as readonly number[];
    this.kernel = this.addWeight(settings.kernel([...kernelSize, inputShape![this.#axis]!, GATES * filters]));
    this.recurrentKernel = this.addWeight(settings.recurrentKernel([...kernelSize, filters, GATES * filters]));
    if (settings.useBias) this.bias = this.#buildBias();
    return this;
  }

  #buildBias(): Variable {
    const { convolution: { filters }, settings } = this;
    const options = settings.bias([GATES * filters]);
    if (!this.unitForgetBias) return this.addWeight(options);
    const { biasInitializer } = settings;
    const initializer = (_shape: readonly number[], { dtype }: { readonly dtype: DType }): EagerTensor =>
      concatenate([
        biasInitializer.call([filters], dtype),
        ones([filters], { dtype }),
        biasInitializer.call([2 * filters], dtype),
      ]) as unknown as EagerTensor;
    return this.addWeight({ ...options, initializer });
  }

  /** The dropout of the values of a step and of the state, drawn for the batch of `x`: once for each gate. */
  drawDropped(x: Tensor): Dropped {
    const sizes = (values: readonly number[]): readonly number[] =>
      values.with(this.#axis - 1, GATES * values[this.#axis - 1]!);
    return draw(this, x, sizes(this.#inputSizes), sizes(this.stateSize[0]!));
  }

  /** One step. */
  override call([x, h, c]: readonly [Tensor, Tensor, Tensor], { training }: CallOptions): Tensor[] {
    const dropped = training === true && this.seedGenerator !== null
      ? droppedBy(this) ?? this.drawDropped(x)
      : undefined;
    const { activation, recurrentActivation } = this.settings;
    const { strides, padding, dilationRate, dataFormat } = this.convolution;
    const values = this.#convolve(x, dropped?.input ?? null, this.kernel, {
      strides,
      padding,
      dilationRate,
      dataFormat,
    });
    const state = this.#convolve(h, dropped?.state ?? null, this.recurrentKernel, { padding: "same", dataFormat });
    const sum = add(this.#withBias(values), state) as Tensor;
    const [i, f, g, o] = split(sum, GATES, { axis: this.#axis }) as unknown as readonly [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    const kept = multiply(recurrentActivation.apply(f), c) as Tensor;
    const memory = add(kept, multiply(recurrentActivation.apply(i), activation.apply(g))) as Tensor;
    const output = multiply(recurrentActivation.apply(o), activation.apply(memory)) as Tensor;
    return [output, output, memory];
  }

  #withBias(values: Tensor): Tensor {
    if (this.bias === null) return values;
    const behind = values.shape.length - 1 - this.#axis;
    if (behind === 0) return add(values, this.bias) as Tensor;
    const shape = [this.bias.shape[0] as number, ...Array<number>(behind).fill(1)];
    return add(values, reshape(this.bias as Tensor, shape)) as Tensor;
  }

  /** The convolution of values and a kernel; where some are dropped, of those kept for each gate and its part of the kernel. */
  #convolve(values: Tensor, factors: Tensor | null, kernel: Tensor, options: object): Tensor {
    const convolve = conv as unknown as (x: Tensor, kernel: Tensor, options: object) => Tensor;
    if (factors === null) return convolve(values, kernel, options);
    const axis = this.#axis;
    const kept = split(factors, GATES, { axis }) as unknown as readonly Tensor[];
    const parts = split(kernel, GATES, { axis: -1 }) as unknown as readonly Tensor[];
    const each = kept.map((factor, gate) => convolve(multiply(values, factor) as Tensor, parts[gate]!, options));
    return concatenate(each, { axis }) as Tensor;
  }
}
declareWeights(ConvLSTMCell, ["kernel", "recurrentKernel"]);
