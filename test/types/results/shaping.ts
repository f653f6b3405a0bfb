// What operations on shapes give.
import { type EagerTensor, input, ops, type Shape, type SymbolicTensor, zeros } from "../../../mod.ts";
import { type Eq, is } from "../exact.ts";

const a = zeros([2, 3]);
const x = input(["batch", 3, 4]);
declare const axis: number;
declare const unknown: SymbolicTensor<readonly [null, 3], "float32">;
declare const unranked: EagerTensor<Shape, "float32">;

type ShapesOf<T> = { [I in keyof T]: T[I] extends { readonly shape: infer S } ? S : never };

const reductions = [
  ops.sum(a),
  ops.sum(a, { axis: 0 }),
  ops.mean(x, { axis: [1, -1] }),
  ops.max(x, { axis: 1, keepDims: true }),
  ops.sum(a, { axis: [] }),
  ops.sum(a, { axis }),
  ops.sum(a, { axis, keepDims: true }),
  ops.sum(unranked, { axis: 0 }),
  ops.argmax(x, { axis: -1 }),
  ops.cumsum(x, { axis: 1 }),
  ops.sum([[1, 2, 3]], { axis: 0 }),
] as const;
is<
  Eq<
    ShapesOf<typeof reductions>,
    readonly [
      readonly [],
      readonly [3],
      readonly ["batch"],
      readonly ["batch", 1, 4],
      readonly [2, 3],
      Shape,
      Shape,
      Shape,
      readonly ["batch", 3],
      readonly ["batch", 3, 4],
      readonly [3],
    ]
  >
>();

const reshaped = [
  ops.reshape(a, [3, 2]),
  ops.reshape(a, [-1]),
  ops.reshape(a, [3, -1, 2]),
  ops.reshape(x, ["batch", 12]),
  ops.reshape(x, [-1, 12]),
  ops.reshape(unknown, [-1, 3]),
  ops.reshape(unranked, [2, 3]),
  ops.flatten(a),
  ops.transpose(x),
  ops.transpose(x, [1, 0, -1]),
  ops.transpose(unranked),
  ops.swapaxes(x, 0, -1),
  ops.moveaxis(x, 0, 2),
  ops.expandDims(a, 1),
  ops.expandDims(a, [0, -1]),
  ops.squeeze(zeros([1, 2, 1])),
  ops.squeeze(zeros([1, 2, 1]), { axis: 0 }),
  ops.broadcastTo(zeros([3]), [2, 3]),
] as const;
is<
  Eq<
    ShapesOf<typeof reshaped>,
    readonly [
      readonly [3, 2],
      readonly [6],
      readonly [3, 1, 2],
      readonly ["batch", 12],
      readonly ["batch", 12],
      readonly [null, 3],
      readonly [2, 3],
      readonly [6],
      readonly [4, 3, "batch"],
      readonly [3, "batch", 4],
      Shape,
      readonly [4, 3, "batch"],
      readonly [3, 4, "batch"],
      readonly [2, 1, 3],
      readonly [1, 2, 3, 1],
      readonly [2],
      readonly [2, 1],
      readonly [2, 3],
    ]
  >
>();

const joined = [
  ops.concatenate([a, zeros([4, 3])]),
  ops.concatenate([a, zeros([2, 5])], { axis: -1 }),
  ops.concatenate([input(["batch", 3]), a], { axis: 1 }),
  ops.concatenate([a, input(["batch", 3])], { axis: 1 }),
  ops.concatenate([a, unranked], { axis: 1 }),
  ops.stack([a, a, a]),
  ops.stack([a, a], { axis: -1 }),
  ops.split(a, 3, { axis: 1 })[0],
  ops.split(x, [1], { axis: 1 })[1],
  ops.unstack(a)[0],
  ops.slice(a, [0, 1], [1, 2]),
  ops.slice(x, [0, 1, 0], [-1, 2, 4]),
  ops.take(a, [0, 1, 0], { axis: 1 }),
  ops.take(a, new Int32Array(2), { axis: 0 }),
  ops.takeAlongAxis(a, zeros([2, 5], { dtype: "int32" }), { axis: 1 }),
  ops.oneHot(zeros([4], { dtype: "int32" }), 10),
  ops.pad(a, [[1, 1], [0, 2]]),
  ops.tile(a, [2, 3]),
  ops.repeat(x, 2, { axis: 1 }),
  ops.repeat(a, 2),
  ops.flip(x, { axis: 1 }),
  ops.where(zeros([2, 1], { dtype: "bool" }), a, 0),
  ops.softmax(x),
] as const;
is<
  Eq<
    ShapesOf<typeof joined>,
    readonly [
      readonly [6, 3],
      readonly [2, 8],
      readonly [2, 6],
      readonly [2, 6],
      readonly [2, null],
      readonly [3, 2, 3],
      readonly [2, 3, 2],
      readonly [2, 1],
      readonly ["batch", 2, 4],
      readonly [3],
      readonly [1, 2],
      readonly ["batch", 2, 4],
      readonly [2, 3],
      readonly [number, 3],
      readonly [2, 5],
      readonly [4, 10],
      readonly [4, 5],
      readonly [4, 9],
      readonly ["batch", 6, 4],
      readonly [12],
      readonly ["batch", 3, 4],
      readonly [2, 3],
      readonly ["batch", 3, 4],
    ]
  >
>();
