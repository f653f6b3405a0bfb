/**
 * The way convolutions are written. ONNX has the channels before the spatial axes, in inputs and in kernels; so values that
 * have them last are transposed before and after, and what meets between two convolutions cancels out in the engine.
 *
 * @module
 */
import { type Emitter, int, ints, text, type Value } from "../../emission/emitter.ts";
import type { OnnxAttribute } from "../../onnx/model.ts";
import { span } from "../../shape/conv.ts";
import type { DataFormat, Padding } from "../../shape/spatial.ts";
import { cropOf } from "../../shape/conv_transpose.ts";
import { countedFrom } from "../rows.ts";

/** The attributes of a convolution; all lists have one entry a spatial axis. */
export type ConvolutionAttributes = {
  /** The sizes of the kernel, `null` where they are not known. */
  readonly kernelSize: readonly (number | null)[];
  /** The distance that the kernel moves at a time. */
  readonly strides: readonly number[];
  /** The positions that the kernel may have. */
  readonly padding: Padding;
  /** The distance between the values that the kernel takes. */
  readonly dilationRate: readonly number[];
  /** The position of the channel axis. */
  readonly dataFormat: DataFormat;
  /** In how many groups the channels are convolved apart, `null` where sizes say it that are open. */
  readonly groups: number | null;
  /** The entry of the op table that is applied to the result; none where it is left out. */
  readonly activation?: string | undefined;
  /** The shape of the result where there is nothing to add up; the number of rows is not in it. */
  readonly zeros?: readonly (number | null)[] | undefined;
};

/** The attributes of a transposed convolution. */
export type TransposedAttributes = ConvolutionAttributes & {
  /** The number of values added at the end of each spatial axis, `null` where the size follows from the strides alone. */
  readonly outputPadding: readonly number[] | null;
};

/** `write` with the channels after the batch, and its result with the channels where they were. */
export function channelsFirst(
  emitter: Emitter,
  x: Value,
  dataFormat: DataFormat,
  write: (x: Value) => Value,
): Value {
  if (dataFormat === "channels_first") return write(x);
  const rank = x.shape.length;
  const spatial = countedFrom(1, rank - 2);
  const there = emitter.node("Transpose", [x], { attributes: { perm: ints([0, rank - 1, ...spatial]) } });
  const back = [0, ...countedFrom(2, rank - 2), 1];
  return emitter.node("Transpose", [write(there)], { attributes: { perm: ints(back) } });
}

/** A kernel `[...size, a, b]` as `[b, a, ...size]`. */
export function kernelFirst(emitter: Emitter, kernel: Value): Value {
  const spatial = kernel.shape.length - 2;
  const perm = [spatial + 1, spatial, ...countedFrom(0, spatial)];
  return emitter.node("Transpose", [kernel], { attributes: { perm: ints(perm) } });
}

/** A kernel `[...size, channels, multiplier]` as `[channels * multiplier, 1, ...size]`. */
export function depthwiseKernelFirst(emitter: Emitter, kernel: Value): Value {
  const spatial = kernel.shape.length - 2;
  const perm = [spatial, spatial + 1, ...countedFrom(0, spatial)];
  const parted = emitter.node("Transpose", [kernel], { attributes: { perm: ints(perm) } });
  // A 0 stands for the size that is there.
  const shape = emitter.integers([-1, 1, ...Array.from({ length: spatial }, () => 0)]);
  return emitter.node("Reshape", [parted, shape]);
}

/**
 * A kernel `[filters, channels / groups, ...size]` for as many groups as the channels of `x` make, as one for all channels:
 * `[filters, channels, ...size]`, with zeros where a filter and a channel are of different groups. ONNX has the number of
 * groups as an attribute, which no run can choose.
 */
export function kernelForAll(emitter: Emitter, x: Value, kernel: Value): Value {
  const size = (value: Value, start: number, end?: number): Value =>
    emitter.node("Shape", [value], {
      attributes: { start: int(start), ...end === undefined ? {} : { end: int(end) } },
      dtype: "int64",
    });
  const list = (...parts: readonly Value[]): Value =>
    emitter.node("Concat", parts, { attributes: { axis: int(0) }, dtype: "int64" });
  const one = emitter.integers([1]);
  const ones = kernel.shape.slice(2).map(() => one);
  const [own, rest] = [size(kernel, 1, 2), size(kernel, 2)];
  const groups = emitter.node("Div", [size(x, 1, 2), own]);
  // Filters that cannot be divided among the groups fail here.
  const apart = emitter.node("Reshape", [kernel, list(groups, emitter.integers([-1]), one, own, rest)]);
  const count = emitter.node("Squeeze", [groups]);
  const numbers = emitter.node("Range", [emitter.scalar(0, "int64"), count, emitter.scalar(1, "int64")]);
  const [rows, columns] = [[groups, one, one], [one, one, groups]].map((sizes) =>
    emitter.node("Reshape", [numbers, list(...sizes, one, ...ones)])
  );
  const same = emitter.node("Equal", [rows!, columns!], { dtype: "bool" });
  const spread = emitter.node("Mul", [apart, emitter.cast(same, kernel.dtype)]);
  return emitter.node("Reshape", [spread, list(size(kernel, 0, 1), size(x, 1, 2), rest)]);
}

/** Writes a convolution of values and a kernel that have the channels before the spatial axes. */
export function convNode(emitter: Emitter, inputs: readonly Value[], a: ConvolutionAttributes): Value {
  const { strides, dilationRate, groups } = a;
  const attributes = { strides: ints(strides), dilations: ints(dilationRate), group: int(groups ?? 1) };
  const [x, ...weights] = inputs;
  const { padded, pads } = paddingOf(emitter, x!, a);
  return emitter.node("Conv", [padded, ...weights], { attributes: { ...attributes, ...pads } });
}

interface Padded {
  readonly padded: Value;
  readonly pads: Readonly<Record<string, OnnxAttribute>>;
}

function paddingOf(emitter: Emitter, x: Value, a: ConvolutionAttributes): Padded {
  const { padding, kernelSize, strides, dilationRate } = a;
  if (padding === "valid") return { padded: x, pads: {} };
  const axes = kernelSize.keys();
  const isCausal = padding === "causal";
  if (isCausal || strides.every((stride) => stride === 1)) {
    if (!isCausal && kernelSize.includes(null) && dilationRate.every((rate) => rate === 1)) return samePads(x);
    const totals = Array.from(axes, (axis) => reachOf(a, axis) - 1);
    const before = totals.map((total) => isCausal ? total : Math.floor(total / 2));
    return { padded: x, pads: { pads: ints([...before, ...totals.map((total, axis) => total - before[axis]!)]) } };
  }
  // How much is added depends on the size of the input. The engine finds out by itself, but not with dilation.
  if (dilationRate.every((rate) => rate === 1)) return samePads(x);
  return { padded: padSame(emitter, x, a), pads: {} };
}

function samePads(x: Value): Padded {
  return { padded: x, pads: { auto_pad: text("SAME_UPPER") } };
}

/** The distance that the kernel reaches along a spatial axis. */
function reachOf({ kernelSize, dilationRate }: ConvolutionAttributes, axis: number): number {
  const reach = span(kernelSize[axis]!, dilationRate[axis]!);
  if (typeof reach === "number") return reach;
  throw new RangeError("Cannot convolve: expected a kernel of known size where it is transposed, dilated or causal");
}

/**
 * Adds zeros, so that there is one result for each stride that begins inside:
 * `max((ceil(size / stride) - 1) * stride + reach - size, 0)`, half of it, rounded down, at the beginning.
 */
function padSame(emitter: Emitter, x: Value, a: ConvolutionAttributes): Value {
  const spatial = a.strides.length;
  const list = (values: readonly number[]) => emitter.integers(values);
  const shape = emitter.node("Shape", [x], { attributes: { start: int(2), end: int(2 + spatial) }, dtype: "int64" });
  const stride = list(a.strides);
  const strided = emitter.node("Div", [emitter.node("Add", [shape, list(a.strides.map((s) => s - 1))]), stride]);
  const last = emitter.node("Mul", [emitter.node("Sub", [strided, list([1])]), stride]);
  const reach = list(a.strides.map((_, axis) => reachOf(a, axis)));
  const missing = emitter.node("Sub", [emitter.node("Add", [last, reach]), shape]);
  const total = emitter.node("Max", [missing, list([0])]);
  const before = emitter.node("Div", [total, list([2])]);
  const after = emitter.node("Sub", [total, before]);
  const none = list([0, 0]);
  const pads = emitter.node("Concat", [none, before, none, after], { attributes: { axis: int(0) } });
  return emitter.node("Pad", [x, pads, emitter.scalar(0, x.dtype)]);
}

/** Writes a transposed convolution of values and a kernel that have the channels before the spatial axes. */
export function convTransposeNode(emitter: Emitter, inputs: readonly Value[], a: TransposedAttributes): Value {
  const { strides, dilationRate, padding, outputPadding } = a;
  const crops = strides.map((stride, axis) =>
    cropOf(reachOf(a, axis), stride, padding, outputPadding === null ? null : outputPadding[axis]!)
  );
  const attributes = {
    strides: ints(strides),
    dilations: ints(dilationRate),
    pads: ints([...crops.map(({ begin }) => begin), ...crops.map(({ end }) => end)]),
    output_padding: ints(crops.map(({ added }) => added)),
  };
  if (strides.length <= emitter.provider.transposedAxes) return emitter.node("ConvTranspose", inputs, { attributes });
  return emitter.nativeNode("ConvTranspose", inputs, { attributes }, [inputs[0]!.dtype], true)[0]!;
}

/**
 * A transposed convolution where spatial axes may have no places, which the engine's kernel does not take: those have one
 * of zeros, and what a stride more gives is cut off.
 */
export function spreadOfNone(
  emitter: Emitter,
  x: Value,
  weights: readonly Value[],
  a: TransposedAttributes,
): Value {
  const spatial = a.strides.length;
  const list = (values: readonly number[]): Value => emitter.integers(values);
  const sizes = emitter.node("Shape", [x], { attributes: { start: int(2), end: int(2 + spatial) }, dtype: "int64" });
  const missing = emitter.node("Max", [emitter.node("Sub", [list([1]), sizes]), list([0])]);
  const none = list(Array<number>(2 + spatial).fill(0));
  const pads = emitter.node("Concat", [none, list([0, 0]), missing], { attributes: { axis: int(0) } });
  const result = convTransposeNode(
    emitter,
    [emitter.node("Pad", [x, pads, emitter.scalar(0, x.dtype)]), ...weights],
    a,
  );
  const made = emitter.node("Shape", [result], {
    attributes: { start: int(2), end: int(2 + spatial) },
    dtype: "int64",
  });
  const ends = emitter.node("Sub", [made, emitter.node("Mul", [missing, list(a.strides)])]);
  return emitter.node("Slice", [result, list(Array<number>(spatial).fill(0)), ends, list(countedFrom(2, spatial))]);
}
