/**
 * The way attention is written in ONNX.
 *
 * @module
 */
import { type Emitter, float, int, ints, type Value } from "../../emission/emitter.ts";
import { Formula } from "../../emission/formula.ts";

/** The attributes of attention with heads. */
export type AttentionAttributes = {
  /** The factor of the products of queries and keys; undefined for 1 over the root of an open number of features. */
  readonly scale: number | undefined;
  /** Whether there is an input that is added to the products. */
  readonly bias: boolean;
  /** Whether there is an input that says which keys count. */
  readonly mask: boolean;
  /** Whether a query sees the keys up to its own place alone. */
  readonly causal: boolean;
  /** The width of the window of keys that a query sees: those less than this apart; undefined for all. */
  readonly window: number | undefined;
  /** Whether queries that see no key get zeros; else they get the mean of all values. */
  readonly zeros: boolean;
  /** Whether the weights are a second result. */
  readonly scores: boolean;
  /** The number of heads of queries that share one of keys; undefined where that is not known. */
  readonly shared: number | undefined;
  /** Heads, features of keys and features of values, where they are known. */
  readonly sizes: readonly [heads: number, dim: number, out: number] | undefined;
  /** Whether mask and bias have an element for each pair of query and key, so that none is stretched. */
  readonly full: boolean;
};

/** The number added to a product so that its weight becomes 0. */
const HIDDEN = -1e9;

/** Writes attention with heads: the result, and the weights where they are asked for. */
export function writeAttention(
  emitter: Emitter,
  inputs: readonly Value[],
  attributes: AttentionAttributes,
): { readonly result: Value; readonly scores?: Value } {
  const { sizes, shared, scale, zeros, scores } = attributes;
  const query = inputs[0]!;
  const [key, value] = shared === 1
    ? [inputs[1]!, inputs[2]!]
    : [inputs[1]!, inputs[2]!].map((x) => repeatHeads(emitter, x, query, attributes)) as [Value, Value];
  const bias = attributes.bias ? inputs[3]! : undefined;
  const mask = seenKeys(emitter, inputs, attributes);
  // Measured with one thread, unmasked and masked: 13.4 and 16.0 us for the engine's kernel, 18.6 and 20.9 us for the nodes
  // below with 8 queries and keys of 2 heads by 8; 124 and 145 against 131 and 141 us for 8 batches of 16, 4 heads by 16; within
  // 3 % from 128 of 12 heads by 64 on. The numbers are the same to the last bit.
  const isPlain = !scores && !(zeros && mask !== undefined) && attributes.full;
  if (isPlain && sizes !== undefined && emitter.hasFused && query.dtype === "float32") {
    return { result: kernelNode(emitter, [query, key, value], mask, bias, attributes, sizes) };
  }
  const f = new Formula(emitter, query.dtype);
  const transposed = (x: Value, perm: readonly number[]): Value =>
    emitter.node("Transpose", [x], { attributes: { perm: ints(perm) } });
  const scaled = scale === 1
    ? query
    : scale === undefined
    ? f.div(query, f.sqrt(emitter.cast(sizeOf(emitter, query, 3), query.dtype)))
    : f.mul(query, scale);
  let products = f.node("MatMul", transposed(scaled, [0, 2, 1, 3]), transposed(key, [0, 2, 3, 1]));
  if (bias !== undefined) products = f.add(products, bias);
  if (mask !== undefined) products = f.where(mask, products, HIDDEN);
  let weights = emitter.node("Softmax", [products], { attributes: { axis: int(3) } });
  if (zeros && mask !== undefined) weights = f.where(mask, weights, 0);
  const result = transposed(f.node("MatMul", weights, transposed(value, [0, 2, 1, 3])), [0, 2, 1, 3]);
  return { result, ...(scores ? { scores: weights } : {}) };
}

function kernelNode(
  emitter: Emitter,
  inputs: readonly Value[],
  mask: Value | undefined,
  bias: Value | undefined,
  attributes: AttentionAttributes,
  [heads, dim, out]: readonly [number, number, number],
): Value {
  const f = new Formula(emitter, "float32");
  const widths = [heads * dim, heads * dim, heads * out];
  const flat = inputs.map((x, index) => emitter.node("Reshape", [x, emitter.integers([0, 0, widths[index]!])]));
  const hidden = mask === undefined ? bias : f.where(mask, bias ?? 0, HIDDEN);
  // The kernel wants all four axes; where queries see by their places alone there are two.
  const added = attributes.mask || attributes.bias || hidden === undefined
    ? hidden
    : emitter.node("Unsqueeze", [hidden, emitter.integers([0, 1])]);
  const result = emitter.node("MultiHeadAttention", [...flat, ...(added === undefined ? [] : [null, null, added])], {
    domain: "com.microsoft",
    attributes: { num_heads: int(heads), scale: float(attributes.scale!) },
  });
  return emitter.node("Reshape", [result, emitter.integers([0, 0, heads, out])]);
}

/** The keys that each query sees; undefined for all. */
function seenKeys(emitter: Emitter, inputs: readonly Value[], attributes: AttentionAttributes): Value | undefined {
  const { mask, bias, causal, window } = attributes;
  const parts: Value[] = [];
  if (mask) parts.push(emitter.cast(inputs[bias ? 4 : 3]!, "bool"));
  const near = writePlaces(emitter, inputs[0]!, inputs[1]!, 1, causal, window);
  if (near !== undefined) parts.push(near);
  return parts.length === 0 ? undefined : parts.reduce((a, b) => emitter.node("And", [a, b]));
}

/** The keys that queries see by their places along an axis: `[T, S]`; undefined for all. */
export function writePlaces(
  emitter: Emitter,
  query: Value,
  key: Value,
  axis: number,
  causal: boolean,
  window: number | undefined,
): Value | undefined {
  if (!causal && window === undefined) return undefined;
  const placesOf = (x: Value, across: number): Value => {
    const place = axis < 0 ? axis + x.shape.length : axis;
    return emitter.node("Unsqueeze", [countTo(emitter, sizeOf(emitter, x, place)), emitter.integers([across])]);
  };
  const [queries, keys] = [placesOf(query, 1), placesOf(key, 0)];
  const parts: Value[] = [];
  if (causal) parts.push(emitter.node("LessOrEqual", [keys, queries], { dtype: "bool" }));
  if (window !== undefined) {
    const apart = emitter.node("Abs", [emitter.node("Sub", [queries, keys])]);
    parts.push(emitter.node("Less", [apart, emitter.scalar(window, "int64")], { dtype: "bool" }));
  }
  return parts.reduce((a, b) => emitter.node("And", [a, b]));
}

/** The size of an axis, as a list of one. */
function sizeOf(emitter: Emitter, x: Value, axis: number, end: number = axis + 1): Value {
  return emitter.node("Shape", [x], { attributes: { start: int(axis), end: int(end) }, dtype: "int64" });
}

function countTo(emitter: Emitter, size: Value): Value {
  const limit = emitter.node("Squeeze", [size, emitter.integers([0])]);
  return emitter.node("Range", [emitter.scalar(0, "int64"), limit, emitter.scalar(1, "int64")]);
}

/** Keys or values with each head as often as queries have heads for it. */
function repeatHeads(emitter: Emitter, x: Value, query: Value, { shared, sizes }: AttentionAttributes): Value {
  const concatenated = (parts: readonly Value[]): Value =>
    emitter.node("Concat", parts, { attributes: { axis: int(0) } });
  const heads = sizes === undefined ? sizeOf(emitter, query, 2) : emitter.integers([sizes[0]]);
  const times = shared === undefined ? emitter.node("Div", [heads, sizeOf(emitter, x, 2)]) : emitter.integers([shared]);
  const one = emitter.integers([1]);
  const apart = emitter.node("Unsqueeze", [x, emitter.integers([3])]);
  const copies = emitter.node("Tile", [apart, concatenated([one, one, one, times, one])]);
  const shape = concatenated([sizeOf(emitter, x, 0, 2), heads, sizeOf(emitter, x, 3)]);
  return emitter.node("Reshape", [copies, shape], { attributes: { allowzero: int(1) } });
}
