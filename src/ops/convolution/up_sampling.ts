/**
 * Spatial axes made larger by whole factors.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { type Emitter, float, int, text, type Value } from "../../emission/emitter.ts";
import type { OnnxAttribute } from "../../onnx/model.ts";
import { upSample as upSampleShape } from "../../shape/crop.ts";
import { type DataFormat, spatialAxes } from "../../shape/spatial.ts";
import type { DType } from "../../tensor/dtype.ts";
import { rangeOf } from "../../tensor/limits.ts";
import { isFloat, isUnsigned } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply } from "../define.ts";
import { type Kernel, resampled } from "./resampling.ts";
import { channelsFirst, sizeOf } from "./pool_windows.ts";
import { rowsBeside } from "../rows.ts";

/** The interpolation of the values between. All but `"nearest"` are for two spatial axes. */
export type Interpolation = "nearest" | "bilinear" | "bicubic" | "lanczos3" | "lanczos5";

type Attributes = {
  readonly size: readonly number[];
  readonly interpolation: Interpolation;
  readonly dataFormat: DataFormat;
};

export const upSampleOperation: Operation<Attributes> = {
  name: "upSample",
  infer: ([x], { size, dataFormat }) => [{ shape: upSampleShape(x!.shape, size, dataFormat), dtype: x!.dtype }],
  rows: ([axis], [x], { dataFormat }) => [rowsBeside(axis!, spatialAxes(x!.shape.length, dataFormat))],
  emit(emitter, [x], attributes) {
    if (attributes.size.every((factor) => factor === 1)) return x!;
    return attributes.interpolation === "nearest"
      ? nearest(emitter, x!, attributes)
      : interpolated(emitter, x!, attributes);
  },
};

/** The dtypes that the kernel of ONNX's Resize takes. */
const RESIZED: readonly DType[] = ["float32", "float16", "int32", "uint8"];

function nearest(emitter: Emitter, x: Value, { size, dataFormat }: Attributes): Value {
  const rank = x.shape.length;
  const axes = spatialAxes(rank, dataFormat);
  const computed = x.dtype === "bool" ? "uint8" : x.dtype;
  if (!RESIZED.includes(computed)) {
    return axes.reduce((value, axis, place) => repeated(emitter, value, axis, size[place]!), x);
  }
  const scales = Array.from({ length: rank }, (_, axis) => size[axes.indexOf(axis)] ?? 1);
  const floored = { coordinate_transformation_mode: text("asymmetric"), nearest_mode: text("floor") };
  return emitter.cast(
    resize(emitter, emitter.cast(x, computed), scales, { mode: text("nearest"), ...floored }),
    x.dtype,
  );
}

/** Each element along an axis as often as `factor` says. */
function repeated(emitter: Emitter, x: Value, axis: number, factor: number): Value {
  if (factor === 1) return x;
  const size = emitter.node("Squeeze", [sizeOf(emitter, x, axis)]);
  const [zero, one, times] = [0, 1, factor].map((number) => emitter.scalar(number, "int64"));
  const counter = emitter.node("Range", [zero!, emitter.node("Mul", [size, times!]), one!]);
  return emitter.node("Gather", [x, emitter.node("Div", [counter, times!])], { attributes: { axis: int(axis) } });
}

function resize(
  emitter: Emitter,
  x: Value,
  scales: readonly number[],
  attributes: Readonly<Record<string, OnnxAttribute>>,
): Value {
  return emitter.node("Resize", [x, null, emitter.constant(scales, "float32", [scales.length])], { attributes });
}

/** What ONNX's Resize needs to be told to give the same numbers; it knows no others. */
const MODES: { readonly [I in Interpolation]?: Readonly<Record<string, OnnxAttribute>> } = {
  bilinear: { mode: text("linear") },
  // Beyond the border there is nothing, and the weights inside are made to add up to 1.
  bicubic: { mode: text("cubic"), cubic_coeff_a: float(-0.5), exclude_outside: int(1) },
};

/** The kernels of the interpolations that have one. */
export const KERNELS: { readonly [I in Interpolation]?: Kernel } = {
  bilinear: "triangle",
  bicubic: "cubic",
  lanczos3: "lanczos3",
  lanczos5: "lanczos5",
};

function interpolated(emitter: Emitter, x: Value, { size, interpolation, dataFormat }: Attributes): Value {
  const computed = x.dtype === "float64" ? "float64" : "float32";
  const input = { ...emitter.cast(x, computed), shape: x.shape };
  const mode = MODES[interpolation];
  const result = channelsFirst(
    emitter,
    input,
    dataFormat,
    (value) =>
      mode === undefined || computed === "float64"
        ? resampled(emitter, value, [{ factor: size[0]! }, { factor: size[1]! }], KERNELS[interpolation]!)
        : resize(emitter, value, [1, 1, ...size], mode),
  );
  return inDType(emitter, result, x.dtype);
}

/** Floats as values of a dtype: as integers they are rounded, and bytes cut off at their bounds. */
export function inDType(emitter: Emitter, x: Value, dtype: DType): Value {
  if (isFloat(dtype) || dtype === "bool") return emitter.cast(x, dtype);
  const rounded = emitter.node("Round", [x]);
  if (!isUnsigned(dtype)) return emitter.cast(rounded, dtype);
  const [least, greatest] = rangeOf(dtype).map((bound) => emitter.scalar(bound, x.dtype));
  return emitter.cast(emitter.node("Min", [emitter.node("Max", [rounded, least!]), greatest!]), dtype);
}

/** Makes spatial axes larger by whole factors, one for each. */
export function upSample(
  x: Tensor,
  size: readonly number[],
  interpolation: Interpolation,
  dataFormat: DataFormat,
): Tensor {
  return apply(upSampleOperation, [x], { size, interpolation, dataFormat });
}
