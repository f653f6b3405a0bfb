/**
 * Normalizations that only layers use: by groups of channels, and to unit length.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { type Emitter, float, int, type Value } from "../../emission/emitter.ts";
import type { Attributes } from "../../graph/operation.ts";
import type { TensorLike } from "../../tensor/like.ts";
import { toFloat } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply } from "../define.ts";
import { Formula } from "../../emission/formula.ts";
import { channelsFirst, inverse, transposed } from "./nodes.ts";
import { axesOf } from "../reduction/entries.ts";
import { countedFrom, rowsBeside } from "../rows.ts";
import { sumNode, type Values, valuesAlong, valuesOfSizes, whereMany } from "../reduction/sums.ts";

interface GroupAttributes extends Attributes {
  readonly groups: number;
  readonly axis: number;
  readonly epsilon: number;
  readonly hasGamma: boolean;
  readonly hasBeta: boolean;
  /** The number of values that a group has. */
  readonly values: Values;
}

export const groupNormalizationOperation: Operation<GroupAttributes> = {
  name: "groupNormalization",
  infer: ([x]) => [{ shape: x!.shape, dtype: toFloat(x!.dtype) }],
  rows: ([place, ...others]) => [place === 0 && others.every((other) => other === null) ? 0 : undefined],
  emit(emitter, [x, ...parameters], { groups, axis, epsilon, hasGamma, hasBeta, values }) {
    const dtype = toFloat(x!.dtype);
    const rank = x!.shape.length;
    const [place] = axesOf(x!.shape, axis);
    const order = channelsFirst(rank, place!);
    const input = transposed(emitter, emitter.cast(x!, dtype), order);
    const sizes = emitter.node("Shape", [input], { dtype: "int64" });
    const grouped = emitter.node("Reshape", [input, groupSizes(emitter, sizes, groups)], {
      attributes: { allowzero: int(1) },
    });
    const normalized = emitter.node("Reshape", [writeInstances(emitter, grouped, groups, epsilon, values), sizes], {
      attributes: { allowzero: int(1) },
    });
    // The channels come second; the axes after them are not in the parameters.
    const behind = emitter.integers(countedFrom(1, rank - 2));
    const along = (value: Value): Value => {
      const cast = emitter.cast(value, dtype);
      return rank === 2 ? cast : emitter.node("Unsqueeze", [cast, behind]);
    };
    let result = normalized;
    if (hasGamma) result = emitter.node("Mul", [result, along(parameters[0]!)]);
    if (hasBeta) result = emitter.node("Add", [result, along(parameters[hasGamma ? 1 : 0]!)]);
    return transposed(emitter, result, inverse(order));
  },
};

/** `[batch, groups, rest]`; the rest is multiplied, as -1 could not be found out where there are no values. */
function groupSizes(emitter: Emitter, sizes: Value, groups: number): Value {
  const part = (from: number, to: number): Value =>
    emitter.node("Slice", [sizes, emitter.integers([from]), emitter.integers([to])]);
  const values = emitter.node("ReduceProd", [part(1, 1e9)], { attributes: { keepdims: int(1) } });
  const rest = emitter.node("Div", [values, emitter.integers([groups])]);
  return emitter.node("Concat", [part(0, 1), emitter.integers([groups]), rest], { attributes: { axis: int(0) } });
}

/**
 * Each of `[batch, groups, rest]` by itself. The engine's GroupNormalization is made of other nodes, and slower; its
 * InstanceNormalization adds many values one by one.
 */
function writeInstances(emitter: Emitter, x: Value, groups: number, epsilon: number, values: Values): Value {
  const kernel = (): Value => {
    const constant = (value: number): Value => emitter.constant(Array<number>(groups).fill(value), x.dtype, [groups]);
    return emitter.node("InstanceNormalization", [x, constant(1), constant(0)], {
      attributes: { epsilon: float(epsilon) },
    });
  };
  const formula = (): Value => {
    const f = new Formula(emitter, x.dtype === "float16" ? "float32" : x.dtype);
    const wide = emitter.cast(x, f.dtype);
    const mean = (value: Value): Value => sumNode(emitter, "ReduceMean", value, [2], true, "many");
    const centered = f.sub(wide, mean(wide));
    const variance = mean(f.mul(centered, centered));
    return emitter.cast(f.div(centered, f.sqrt(f.add(variance, epsilon))), x.dtype);
  };
  if (x.dtype === "float64") return formula();
  if (!emitter.provider.hasFloat64 || values === undefined || values === "none") return kernel();
  return values === "many" ? formula() : whereMany(emitter, x, [2], formula, kernel);
}

/** The parameters of {@linkcode groupNormalization}. */
export interface GroupNormalizationOptions {
  /** The number of groups; it divides the number of channels. */
  readonly groups: number;
  /** The axis of the channels, not that of the batch. */
  readonly axis: number;
  /** The number added to the variance. */
  readonly epsilon: number;
  /** The scale of each channel. */
  readonly gamma: TensorLike | null;
  /** The offset of each channel. */
  readonly beta: TensorLike | null;
}

/** Normalizes groups of channels of each row by themselves, then scales and offsets each channel. */
export function groupNormalization(x: Tensor, options: GroupNormalizationOptions): Tensor {
  const { groups, axis, epsilon, gamma, beta } = options;
  const parameters = [gamma, beta].filter((parameter) => parameter !== null);
  const [place] = axesOf(x.shape, axis);
  const sizes = x.shape.map((dim, at) => at === place && typeof dim === "number" ? dim / groups : dim);
  const values = valuesOfSizes(sizes.slice(1));
  const attributes = { groups, axis, epsilon, hasGamma: gamma !== null, hasBeta: beta !== null, values };
  return apply(groupNormalizationOperation, [x, ...parameters], attributes);
}

interface UnitAttributes extends Attributes {
  readonly axis: number | readonly number[];
  /** The number of values that the vectors have. */
  readonly values: Values;
}

export const unitNormalizationOperation: Operation<UnitAttributes> = {
  name: "unitNormalization",
  infer([x], { axis }) {
    axesOf(x!.shape, axis);
    return [{ shape: x!.shape, dtype: toFloat(x!.dtype) }];
  },
  rows: ([place], [x], { axis }) => [rowsBeside(place!, axesOf(x!.shape, axis))],
  emit(emitter, [x], { axis, values }) {
    const dtype = toFloat(x!.dtype);
    const f = new Formula(emitter, dtype === "float64" ? dtype : "float32");
    const input = emitter.cast(x!, f.dtype);
    const axes = axesOf(x!.shape, axis);
    const length = axes.length === 0 ? f.abs(input) : sumNode(emitter, "ReduceL2", input, axes, true, values);
    return emitter.cast(f.div(input, f.max(length, 1e-12)), dtype);
  },
};

/** Divides values by the root of the sum of their squares along axes; zeros stay zeros. */
export function unitNormalization(x: Tensor, axis: number | readonly number[]): Tensor {
  return apply(unitNormalizationOperation, [x], { axis, values: valuesAlong(x.shape, axis) });
}
