/**
 * The scores of keys for queries, without heads.
 *
 * @module
 */
import { int, ints } from "../../emission/emitter.ts";
import type { Operation } from "../../graph/operation.ts";
import { type Comparison, flatAttention } from "../../shape/attention.ts";
import { ShapeError } from "../../shape/error.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { toFloat } from "../../tensor/promote.ts";
import { commonDType } from "../define.ts";
import { dispatchOne } from "../../eager/dispatch.ts";
import { Formula } from "../../emission/formula.ts";

/** The way queries are compared with keys. */
export interface AttentionWeightsOptions {
  /** `"dot"` for products of features, `"concat"` for the hyperbolic tangent of their sums. */
  readonly mode: Comparison;
  /** The factor of the products, or, inside the tangent, the sums. Default: 1. */
  readonly scale?: Tensor | null | undefined;
  /** The factor of the tangents. Default: 1. */
  readonly factor?: Tensor | null | undefined;
  /** The keys that count for which queries; broadcasts to the result. Default: all. */
  readonly mask?: Tensor | null | undefined;
}

type WeightsAttributes = {
  readonly mode: Comparison;
  readonly extra: readonly ("scale" | "factor" | "mask")[];
};

const HIDDEN = -1e9;

export const attentionWeightsOperation: Operation<WeightsAttributes> = {
  name: "attentionWeights",
  infer([query, key], { mode }) {
    const shapes = flatAttention(query!.shape, key!.shape, key!.shape, 1, mode);
    if (!("scores" in shapes)) throw new ShapeError(`Cannot compare queries with keys: ${shapes[1]}`);
    return [{ shape: shapes.scores, dtype: toFloat(commonDType([query!, key!])) }];
  },
  rows([queries, keys, ...others], [query, key, ...more], { extra }) {
    const rank = query!.shape.length;
    const apart = rank === key!.shape.length && queries !== null && queries === keys && queries! < rank - 2 &&
      others.every((axis, index) =>
        extra[index] !== "mask" ? axis === null : more[index]!.shape.length === rank &&
          (axis === null ? more[index]!.shape[queries!] === 1 : axis === queries)
      );
    return [apart ? queries! : undefined];
  },
  emit(emitter, inputs, { mode, extra }) {
    const dtype = toFloat(commonDType(inputs.slice(0, 2)));
    const wide = dtype === "float16" ? "float32" : dtype;
    const f = new Formula(emitter, wide);
    const [query, key] = inputs.slice(0, 2).map((input) => emitter.cast(input, wide));
    const find = (what: "scale" | "factor" | "mask") => {
      const place = extra.indexOf(what);
      return place < 0 ? undefined : emitter.cast(inputs[place + 2]!, what === "mask" ? "bool" : wide);
    };
    const [scale, factor, mask] = [find("scale"), find("factor"), find("mask")];
    let scores;
    if (mode === "dot") {
      const axes = inputs[1]!.shape.map((_, axis) => axis);
      const perm = [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!];
      const turned = emitter.node("Transpose", [key!], { attributes: { perm: ints(perm) } });
      scores = f.node("MatMul", query!, turned);
      if (scale !== undefined) scores = f.mul(scores, scale);
    } else {
      const apart = f.add(
        emitter.node("Unsqueeze", [query!, emitter.integers([-2])]),
        emitter.node("Unsqueeze", [key!, emitter.integers([-3])]),
      );
      const bent = f.node("Tanh", scale === undefined ? apart : f.mul(scale, apart));
      const weighed = factor === undefined ? bent : f.mul(factor, bent);
      // The kernel leaves a tensor without values as it is where the axis is negative.
      const last = Math.max(inputs[0]!.shape.length, inputs[1]!.shape.length);
      scores = emitter.node("ReduceSum", [weighed, emitter.integers([last])], { attributes: { keepdims: int(0) } });
    }
    if (mask !== undefined) scores = f.where(mask, scores, HIDDEN);
    return emitter.cast(emitter.node("Softmax", [scores], { attributes: { axis: int(-1) } }), dtype);
  },
};

/** The part that each query `[..., T, dim]` takes of each key `[..., S, dim]`: `[..., T, S]`, which sums to 1 over the keys. */
export function attentionWeights(query: Tensor, key: Tensor, options: AttentionWeightsOptions): Tensor {
  const { mode, scale, factor, mask } = options;
  const inputs = [query, key];
  const extra: ("scale" | "factor" | "mask")[] = [];
  for (const [what, input] of [["scale", scale], ["factor", factor], ["mask", mask]] as const) {
    if (input === null || input === undefined) continue;
    extra.push(what);
    inputs.push(input);
  }
  return dispatchOne(attentionWeightsOperation, inputs, { mode, extra });
}
