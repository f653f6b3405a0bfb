/**
 * Functions with control flow, by the names of the cases of `test/golden/make_control.py`, which has them in Python.
 */
import { EagerTensor, ops, type Tensor, tensor, zeros } from "@strata/nn";
import { readFileSync } from "node:fs";
import type { Untyped } from "../jit/both_ways.ts";
import type { DType, TypedArrayOf } from "../../src/tensor/dtype.ts";
import { typedArrayOf } from "../../src/tensor/typed_array.ts";

interface GoldenTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** One call and what Keras gives. */
export interface ControlCase {
  readonly name: string;
  readonly inputs: readonly EagerTensor[];
  readonly outputs: readonly EagerTensor[];
}

function eager({ dtype, shape, data }: GoldenTensor): EagerTensor {
  return new EagerTensor(shape, dtype, new (typedArrayOf(dtype))(data as never) as TypedArrayOf<DType>);
}

const stored = JSON.parse(readFileSync(new URL("../golden/control.json", import.meta.url), "utf8")) as readonly {
  readonly name: string;
  readonly inputs: readonly GoldenTensor[];
  readonly outputs: readonly GoldenTensor[];
}[];

/** The calls. */
export const CONTROL_CASES: readonly ControlCase[] = stored.map(({ name, inputs, outputs }) => ({
  name,
  inputs: inputs.map(eager),
  outputs: outputs.map(eager),
}));

// The types of what these functions call are tested elsewhere; here they would only be in the way.
// deno-lint-ignore no-explicit-any
type Loose = (...inputs: any[]) => any;
const o = ops as unknown as Readonly<Record<keyof typeof ops, Loose>>;

const W = tensor(Float32Array.from({ length: 9 }, (_, i) => Math.cos(i)), [3, 3]);
const THREE: readonly Loose[] = [(x) => x, (x) => o.multiply(x, 2), (x) => o.multiply(x, 3)];
const sumAndProduct: Loose = (s, x) => [o.add(s, x), o.multiply(s, x)];

/** The functions. */
export const CONTROL: { readonly [name: string]: Untyped } = {
  "cond, true": (x) => o.cond(o.greater(o.max(x), 1), () => o.multiply(x, 2), () => o.subtract(x, 1)),
  "cond, false": (x) => o.cond(o.greater(o.max(x), 9), () => o.multiply(x, 2), () => o.subtract(x, 1)),
  "cond of records": (x, y) =>
    o.cond(
      o.less(o.sum(x), o.sum(y)),
      (x: Tensor, y: Tensor) => ({ a: x, b: [y, o.add(x, 1)] }),
      (x: Tensor, y: Tensor) => ({ a: o.multiply(x, x), b: [y, x] }),
      [x, y],
    ),
  "cond in cond around map": (x) =>
    o.cond(
      o.greater(o.sum(x), 100),
      () => x,
      () =>
        o.cond(
          o.greater(o.max(x), 1),
          () => o.map((row: Tensor) => o.add(o.cumsum(row), o.sum(x)), x),
          () => o.negative(x),
        ),
    ),
  "switch below": (x) => o.switch(-4, THREE, x),
  "switch inside": (i, x) => o.switch(i, THREE, x),
  "switch above": (i, x) => o.switch(i, THREE, x),
  "map": (xs) => o.map((row: Tensor) => o.subtract(o.max(row), o.matmul(row, W)), xs),
  "map of integers": (xs) => o.map((n: Tensor) => o.add(o.multiply(n, n), 1), xs),
  "map of records": (a, b) =>
    o.map((part: { a: Tensor; b: Tensor }) => ({ b: part.b, sum: o.add(part.a, o.sum(part.b)) }), { a, b }),
  "map of nothing": (xs) => o.map((row: Tensor) => o.add(o.sum(row), row), xs),
  "vectorizedMap": (xs) => o.vectorizedMap((row: Tensor) => o.softmax(row), xs),
  "scan": (xs) => o.scan(sumAndProduct, zeros([3]), xs),
  "scan backwards": (xs) =>
    o.scan((s: Tensor, x: Tensor) => [o.add(o.multiply(s, 0.5), x), s], zeros([3]), xs, { reverse: true }),
  "scan of a length": (x) => o.scan((s: Tensor) => [o.multiply(s, 2), o.add(s, x)], x, null, { length: 4 }),
  "scan without results": (xs) => o.scan((s: Tensor, x: Tensor) => [o.add(s, o.sum(x)), null], 0, xs),
  "scan from a number": (xs) => o.scan((s: Tensor, x: Tensor) => [o.add(s, x), s], 0, xs),
  "scan from a number over floats": (xs) => o.scan((s: Tensor, x: Tensor) => [o.add(s, x), s], 0, xs),
  "scan, unrolled": (xs) => o.scan(sumAndProduct, zeros([3]), xs, { unroll: true }),
  "scan of nothing": (xs) => o.scan(sumAndProduct, tensor([1, 1, 1]), xs),
  "scan of a cell": (xs) =>
    o.scan(
      ([h, c]: Tensor[], x: Tensor) => {
        const cell = o.add(o.multiply(o.sigmoid(h), c), o.tanh(o.matmul(x, W)));
        const state = o.multiply(o.tanh(cell), 0.5);
        return [[state, cell], { h: state, total: o.sum(cell) }];
      },
      [zeros([3]), tensor([1, 1, 1])],
      xs,
    ),
  "whileLoop of integers": (n) =>
    o.whileLoop(
      (n: Tensor) => o.greater(n, 1),
      (n: Tensor, count: Tensor) => [
        o.where(o.equal(o.mod(n, 2), 0), o.floorDivide(n, 2), o.add(o.multiply(3, n), 1)),
        o.add(count, 1),
      ],
      [n, 0],
    ),
  "whileLoop of a record": (x) =>
    o.whileLoop(
      (v: { y: Tensor }) => o.greater(o.max(o.abs(o.subtract(o.multiply(v.y, v.y), x))), 1e-5),
      (v: { y: Tensor; steps: Tensor }) => ({
        steps: o.add(v.steps, 1),
        y: o.divide(o.add(v.y, o.divide(x, v.y)), 2),
      }),
      { steps: 0, y: o.onesLike(x) },
      { maximumIterations: 20 },
    ),
  "whileLoop with a limit": (x) =>
    o.whileLoop((x: Tensor) => o.less(o.max(x), 1000), (x: Tensor) => o.multiply(x, 2), x, { maximumIterations: 3 }),
  "whileLoop of no step": (x) => o.whileLoop((x: Tensor) => o.less(o.max(x), 0), (x: Tensor) => o.multiply(x, 2), x),
  "foriLoop": (x) => o.foriLoop(1, 5, (i: Tensor, s: Tensor) => o.add(o.multiply(s, o.cast(i, "float32")), x), x),
  "foriLoop up to a tensor": (n, x) => o.foriLoop(0, n, (_: Tensor, s: Tensor) => o.add(s, x), o.zerosLike(x)),
  "foriLoop of no step": (x) => o.foriLoop(3, 1, (_: Tensor, s: Tensor) => o.multiply(s, 2), x),
  "foriLoop from a number": (n) => o.foriLoop(0, n, (i: Tensor, s: Tensor) => o.add(s, i), 0),
};
