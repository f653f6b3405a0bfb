/**
 * The entries of the op table for convolutions, each with a bias and an activation where they are given.
 *
 * @module
 */
import { type Emitter, int, type Value } from "../../emission/emitter.ts";
import type { Operation } from "../../graph/operation.ts";
import { convolve, convolveDepthwise, convolveSeparable, convolveTransposed } from "../../shape/conv_kernel.ts";
import type { Shape } from "../../shape/dim.ts";
import type { TensorSpec } from "../../tensor/tensor.ts";
import {
  channelsFirst,
  convNode,
  type ConvolutionAttributes,
  convTransposeNode,
  depthwiseKernelFirst,
  kernelFirst,
  kernelForAll,
  spreadOfNone,
  type TransposedAttributes,
} from "./nodes.ts";
import { fusedActivation } from "../activation/activations.ts";
import { commonDType } from "../define.ts";
import { countedFrom, rowsBeside } from "../rows.ts";
import { whereEmpty } from "../reduction/sums.ts";

/** The dtype in which a convolution computes; the engine has no kernels for other dtypes. */
function computed(dtype: TensorSpec["dtype"]): TensorSpec["dtype"] {
  return dtype === "float16" ? dtype : "float32";
}

/** Activations that look along the last axis, and so must come after the channels are where they were. */
const ALONG_AXIS: ReadonlySet<string> = new Set(["softmax", "logSoftmax", "sparsemax"]);

/** What one kind of convolution does. */
interface Kind<A extends ConvolutionAttributes> {
  readonly name: string;
  /** The number of kernels before the bias. */
  readonly kernels: number;
  shape(inputs: readonly TensorSpec[], attributes: A): Shape;
  /** Writes it with the channels after the batch. */
  write(emitter: Emitter, x: Value, kernels: readonly Value[], bias: readonly Value[], attributes: A): Value;
}

function convolution<A extends ConvolutionAttributes>(kind: Kind<A>): Operation<A> {
  const infer = (inputs: readonly TensorSpec[], attributes: A): TensorSpec => {
    return { shape: kind.shape(inputs, attributes), dtype: commonDType(inputs) };
  };
  return {
    name: kind.name,
    hasWeights: true,
    infer(inputs, attributes) {
      const result = infer(inputs, attributes);
      return [attributes.activation === undefined ? result : fusedActivation(attributes.activation)!.infer(result)];
    },
    rows([axis, ...weights], inputs, attributes) {
      const { activation } = attributes;
      const rank = inputs[0]!.shape.length;
      const place = weights.every((weight) => weight === null)
        ? rowsBeside(axis!, countedFrom(1, rank - 1))
        : undefined;
      if (place === undefined || activation === undefined) return [place];
      return [fusedActivation(activation)!.rows(place, infer(inputs, attributes))];
    },
    emit(emitter, inputs, attributes) {
      const { dataFormat, activation, zeros } = attributes;
      const { shape } = inputs[0]!;
      const dtype = commonDType(inputs);
      const [x, ...weights] = inputs.map((input) => emitter.cast(input, computed(dtype)));
      const [kernels, bias] = [weights.slice(0, kind.kernels), weights.slice(kind.kernels)];
      const activate = (value: Value): Value => fusedActivation(activation!)!.emit(emitter, { ...value, shape });
      // The engine fuses some activations with the convolution that they follow; a transposition would be between.
      const isInside = activation !== undefined && dtype === computed(dtype) && !ALONG_AXIS.has(activation);
      const result = zeros !== undefined
        ? onlyBias(emitter, zeros, x!, bias[0], attributes)
        : channelsFirst(emitter, x!, dataFormat, (value) => {
          const result = kind.write(emitter, { ...value, shape }, kernels, bias, attributes);
          return isInside ? activate(result) : result;
        });
      const cast = emitter.cast(result, dtype);
      return activation === undefined || (isInside && zeros === undefined) ? cast : activate(cast);
    },
  };
}

/** What comes of no values at all: nothing, or what a transposed convolution puts around them. */
function onlyBias(
  emitter: Emitter,
  [, ...sizes]: readonly (number | null)[],
  x: Value,
  bias: Value | undefined,
  { dataFormat, strides }: ConvolutionAttributes,
): Value {
  const rows = emitter.node("Shape", [x], { attributes: { start: int(0), end: int(1) }, dtype: "int64" });
  const shape = emitter.node("Concat", [rows, emitter.integers(sizes as number[])], { attributes: { axis: int(0) } });
  if (bias === undefined) return emitter.node("Expand", [emitter.scalar(0, x.dtype), shape]);
  const channels = emitter.node("Shape", [bias], { dtype: "int64" });
  const ones = emitter.integers(dataFormat === "channels_first" ? strides.map(() => 1) : []);
  const column = emitter.node("Concat", [channels, ones], { attributes: { axis: int(0) } });
  const along = dataFormat === "channels_first" ? emitter.node("Reshape", [bias, column], allowingZero) : bias;
  return emitter.node("Expand", [along, shape]);
}

const allowingZero = { attributes: { allowzero: int(1) } };

/** `conv`: the input, a kernel `[...size, in, filters]`, and a bias. */
export const convOperation: Operation<ConvolutionAttributes> = convolution({
  name: "conv",
  kernels: 1,
  shape: ([x, kernel], window) => convolve(x!.shape, kernel!.shape, window),
  write(emitter, x, [kernel], bias, a) {
    const first = { ...kernelFirst(emitter, kernel!), shape: x.shape };
    return convNode(emitter, [x, a.groups === null ? kernelForAll(emitter, x, first) : first, ...bias], a);
  },
});

/** `convTranspose`: the input, a kernel `[...size, filters, in]`, and a bias. */
export const convTransposeOperation: Operation<TransposedAttributes> = convolution<TransposedAttributes>({
  name: "convTranspose",
  kernels: 1,
  shape: ([x, kernel], window) => convolveTransposed(x!.shape, kernel!.shape, window),
  write(emitter, x, [kernel], bias, a) {
    const weights = [kernelFirst(emitter, kernel!), ...bias];
    const full = (): Value => convTransposeNode(emitter, [x, ...weights], a);
    const { shape } = x;
    const sizes = a.dataFormat === "channels_first" ? shape.slice(2) : shape.slice(1, -1);
    if (!emitter.provider.branches || sizes.every((dim) => typeof dim === "number")) return full();
    return whereEmpty(emitter, x, () => spreadOfNone(emitter, x, weights, a), full);
  },
});

/** `depthwiseConv`: the input, a kernel `[...size, in, multiplier]`, and a bias. */
export const depthwiseConvOperation: Operation<ConvolutionAttributes> = convolution({
  name: "depthwiseConv",
  kernels: 1,
  shape: ([x, kernel], window) => convolveDepthwise(x!.shape, kernel!.shape, window),
  write: (emitter, x, [kernel], bias, a) => convNode(emitter, [x, depthwiseKernelFirst(emitter, kernel!), ...bias], a),
});

/** `separableConv`: the input, kernels `[...size, in, multiplier]` and `[...1, in * multiplier, filters]`, and a bias. */
export const separableConvOperation: Operation<ConvolutionAttributes> = convolution({
  name: "separableConv",
  kernels: 2,
  shape: ([x, depthwise, pointwise], window) => {
    return convolveSeparable(x!.shape, depthwise!.shape, pointwise!.shape, window);
  },
  write(emitter, x, [depthwise, pointwise], bias, a) {
    const between = convNode(emitter, [x, depthwiseKernelFirst(emitter, depthwise!)], a);
    const ones = a.strides.map(() => 1);
    const rest = { ...a, strides: ones, dilationRate: ones, padding: "valid", groups: 1 } as const;
    return convNode(emitter, [between, kernelFirst(emitter, pointwise!), ...bias], rest);
  },
});

/**
 * The shape of a result to which no products are added, as an attribute: an axis of the input or of a kernel has no places.
 * The number of rows may be open.
 */
export function zerosFor<A extends ConvolutionAttributes>(
  operation: Operation<A>,
  inputs: readonly TensorSpec[],
  attributes: A,
): readonly (number | null)[] | undefined {
  const [x, ...weights] = inputs;
  if (!x!.shape.slice(1).includes(0) && !weights.some(({ shape }) => shape.includes(0))) return undefined;
  const [result] = operation.infer(inputs, attributes);
  const [, ...sizes] = result!.shape;
  return sizes.every((dim) => typeof dim === "number") ? [null, ...sizes as number[]] : undefined;
}
