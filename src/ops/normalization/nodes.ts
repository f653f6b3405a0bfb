/**
 * The way normalizations are written: with the engine's kernels where they give the same numbers, else of other operators.
 *
 * Measured on onnxruntime-web 1.30.0, float32 `[8, 128, 768]` along the last axis, on a busy machine: 7.3 ms for
 * LayerNormalization and 5.1 for what it is made of, 2.3 for SimplifiedLayerNormalization and 3.3 for what it is made of;
 * 0.010 and 0.016, 0.006 and 0.011 for `[1, 768]`. LayerNormalization is one node that every engine knows.
 *
 * @module
 */
import { type Emitter, float, int, ints, type Value } from "../../emission/emitter.ts";
import { Formula } from "../../emission/formula.ts";
import { countedFrom } from "../rows.ts";
import { sumNode, type Values } from "../reduction/sums.ts";

/** The parameters of a normalization along axes. */
export interface AlongOptions {
  /** The axes, counted from the start, in the order of the axes of the parameters. */
  readonly axes: readonly number[];
  readonly epsilon: number;
  /** The number of values along the axes. */
  readonly values: Values;
  readonly gamma?: Value | undefined;
  readonly beta?: Value | undefined;
  readonly scale?: Value | undefined;
}

/** Whether `axes` are the last ones in their order, as kernels want them. */
function areLast(axes: readonly number[], rank: number): boolean {
  return axes.length > 0 && axes.every((axis, index) => axis === rank - axes.length + index);
}

/** A parameter with an axis of size 1 for each axis of the values that it has not. */
function alongAxes(emitter: Emitter, value: Value, axes: readonly number[], x: Value): Value {
  const rank = x.shape.length;
  if (areLast(axes, rank)) return value;
  const order = countedFrom(0, axes.length).sort((a, b) => axes[a]! - axes[b]!);
  const sizes = emitter.node("Shape", [x], { dtype: "int64" });
  const kept = emitter.constant(countedFrom(0, rank).map((axis) => axes.includes(axis) ? 1 : 0), "bool", [rank]);
  const one = emitter.integers(Array<number>(rank).fill(1));
  return emitter.node("Reshape", [
    transposed(emitter, value, order),
    emitter.node("Where", [kept, sizes, one], { dtype: "int64" }),
  ]);
}

/** Ones of the sizes of the last axes from `axis` on. */
function onesFrom(emitter: Emitter, x: Value, axis: number): Value {
  const sizes = emitter.node("Shape", [x], { dtype: "int64", attributes: { start: int(axis) } });
  return emitter.node("Expand", [emitter.scalar(1, x.dtype), sizes]);
}

/** `(x - mean) / sqrt(variance + epsilon) * gamma + beta` */
export function writeLayerNormalization(emitter: Emitter, x: Value, options: AlongOptions): Value {
  const { axes, epsilon, values, gamma, beta } = options;
  if (values !== undefined || !areLast(axes, x.shape.length)) {
    const centered = emitter.node("Sub", [x, sumNode(emitter, "ReduceMean", x, axes, true, values)]);
    return scaled(emitter, x, divided(emitter, centered, options), axes, gamma, beta);
  }
  const parameters = beta === undefined ? [] : [beta];
  return emitter.node("LayerNormalization", [x, gamma ?? onesFrom(emitter, x, axes[0]!), ...parameters], {
    attributes: { axis: int(axes[0]!), epsilon: float(epsilon) },
  });
}

/** `x / sqrt(mean(x²) + epsilon) * scale` */
export function writeRmsNormalization(emitter: Emitter, x: Value, options: AlongOptions): Value {
  const { axes, epsilon, values, scale } = options;
  // WebGPU's kernel has not been measured; ONNX has RMSNormalization from opset 23 on.
  if (!emitter.hasFused || values !== undefined || !areLast(axes, x.shape.length)) {
    return scaled(emitter, x, divided(emitter, x, options), axes, scale, undefined);
  }
  return emitter.node("SimplifiedLayerNormalization", [x, scale ?? onesFrom(emitter, x, axes[0]!)], {
    attributes: { axis: int(axes[0]!), epsilon: float(epsilon), stash_type: int(1) },
  });
}

/** `x / sqrt(mean(x²) + epsilon)`; float16 is squared in float32, where it does not overflow. */
function divided(emitter: Emitter, x: Value, { axes, epsilon, values }: AlongOptions): Value {
  const f = new Formula(emitter, x.dtype === "float64" ? "float64" : "float32");
  const wide = emitter.cast(x, f.dtype);
  const mean = sumNode(emitter, "ReduceMean", f.mul(wide, wide), axes, true, values);
  return emitter.cast(f.div(wide, f.sqrt(f.add(mean, epsilon))), x.dtype);
}

function scaled(
  emitter: Emitter,
  x: Value,
  normalized: Value,
  axes: readonly number[],
  scale: Value | undefined,
  offset: Value | undefined,
): Value {
  let result = normalized;
  if (scale !== undefined) result = emitter.node("Mul", [result, alongAxes(emitter, scale, axes, x)]);
  if (offset !== undefined) result = emitter.node("Add", [result, alongAxes(emitter, offset, axes, x)]);
  return result;
}

/** The parameters of a normalization by given statistics. */
export interface BatchOptions {
  readonly mean: Value;
  readonly variance: Value;
  readonly scale: Value | undefined;
  readonly offset: Value | undefined;
  /** The axis, counted from the start. */
  readonly axis: number;
  readonly epsilon: number;
}

/** The axes in the order that has the channels second, as the engine's kernels want them. */
export function channelsFirst(rank: number, axis: number): readonly number[] {
  return [0, axis, ...countedFrom(1, rank - 1).filter((place) => place !== axis)];
}

/** The axes back in their own order. */
export function inverse(permutation: readonly number[]): readonly number[] {
  return permutation.map((_, axis) => permutation.indexOf(axis));
}

/** A transposition, or the value itself where the axes stay where they are. */
export function transposed(emitter: Emitter, x: Value, permutation: readonly number[]): Value {
  if (permutation.every((axis, place) => axis === place)) return x;
  return emitter.node("Transpose", [x], { attributes: { perm: ints(permutation) } });
}

/**
 * `(x - mean) / sqrt(variance + epsilon) * scale + offset`
 *
 * Over three axes and more as the engine's kernel, which wants the channels second: the engine cancels the transpositions
 * against those of convolutions, and makes the kernel part of a convolution before it. For a matrix the kernel is slow.
 */
export function writeBatchNormalization(emitter: Emitter, x: Value, options: BatchOptions): Value {
  const { mean, variance, scale, offset, axis, epsilon } = options;
  const rank = x.shape.length;
  if (rank > 2 && axis > 0) {
    const order = channelsFirst(rank, axis);
    const constant = (value: number): Value =>
      emitter.node("Expand", [emitter.scalar(value, x.dtype), emitter.node("Shape", [mean], { dtype: "int64" })]);
    const inputs = [transposed(emitter, x, order), scale ?? constant(1), offset ?? constant(0), mean, variance];
    const attributes = { epsilon: float(epsilon) };
    return transposed(emitter, emitter.node("BatchNormalization", inputs, { attributes }), inverse(order));
  }
  const f = new Formula(emitter, x.dtype);
  const spread = f.sqrt(f.add(variance, epsilon));
  const factor = f.div(scale ?? 1, spread);
  const shift = f.mul(mean, factor);
  const along = (value: Value): Value => alongAxes(emitter, value, [axis], x);
  const product = f.mul(x, along(factor));
  return offset === undefined ? f.sub(product, along(shift)) : f.add(product, along(f.sub(offset, shift)));
}
