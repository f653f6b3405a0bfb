// What is not known never makes an error: null, wide numbers, names and unknown ranks, in every place.
import {
  Dense,
  type EagerTensor,
  EinsumDense,
  Flatten,
  input,
  InputSpec,
  type Keeps,
  Layer,
  type Maps,
  Model,
  ops,
  Permute,
  RepeatVector,
  Reshape,
  Sequential,
  type SymbolicTensor,
  type Tensor,
  tensor,
  type TensorLike,
  Variable,
  zeros,
} from "../../../mod.ts";
import type { InputSpecOptions } from "../../../src/layers/mod.ts";

const sizes: readonly number[] = [2, 3];
const size: number = 2;
const axis: number = 1;
const axes: readonly number[] = [0, 1];
const equation: string = "ij,jk->ik";
const a = zeros([2, 3]);
const open = [
  input([null, null]),
  input(["batch", "time"]),
  input(["time", null]),
  input([null, 3]),
  zeros([size, size]),
  zeros([2, size]),
  zeros(sizes),
  tensor(sizes),
  new Variable(zeros([size, 4])),
] as const;
declare const plain: Tensor;
declare const symbolic: SymbolicTensor;
declare const eager: EagerTensor;
declare const several: EagerTensor<readonly [2, 3] | readonly [3, 2], "float32">;
declare const union: EagerTensor<readonly [2 | 3, 3], "float32">;
declare const like: TensorLike;

const unary = [...open, plain, symbolic, eager] as const;
type Unknown = typeof unary[number];
declare const unknown: Unknown;

// Operations, in both orders.
ops.add(plain, a);
ops.add(a, plain);
ops.add(symbolic, eager);
ops.add(like, a);
ops.add(a, like);
ops.add(like, like);
ops.add(unknown, a);
ops.add(a, unknown);
ops.add(several, zeros([1]));
ops.add(union, zeros([2, 1]));
ops.add(open[0], zeros([2, 5]));
ops.add(zeros([2, 5]), open[0]);
ops.add(open[1], zeros([7, 5]));
ops.add(open[1], open[2]);
ops.add(open[2], open[1]);
ops.add(open[4], open[5]);
ops.add(open[6], open[7]);
ops.add(open[7], open[6]);
ops.add(open[8], open[1]);
ops.matmul(open[1], open[1]);
ops.matmul(open[0], a);
ops.matmul(a, open[0]);
ops.matmul(open[6], a);
ops.matmul(a, open[6]);
ops.matmul(plain, plain);
ops.matmul(unknown, unknown);
ops.dot(open[4], open[3]);
ops.dot(plain, a);
ops.inner(open[4], open[3]);
ops.tensordot(plain, a, { axes: 1 });
ops.tensordot(a, a, { axes: size });
ops.tensordot(open[0], open[4], { axes: [[0], [axis]] });
ops.einsum("ij,jk->ik", open[0], a);
ops.einsum("ij,jk->ik", a, open[1]);
ops.einsum("ij,jk->ik", plain, symbolic);
ops.einsum(equation, a, a);
ops.einsum(equation, plain);
ops.sum(a, { axis });
ops.sum(a, { axis: axes });
ops.sum(plain, { axis: 7 });
ops.sum(unknown, { axis: 1 });
ops.sum(open[6], { axis: 7, keepDims: size > 1 });
ops.softmax(plain, { axis: 5 });
ops.reshape(open[0], [3, 4]);
ops.reshape(open[1], [-1, "time"]);
ops.reshape(open[4], [size, -1]);
ops.reshape(a, [size, size]);
ops.reshape(a, sizes);
ops.reshape(plain, [2, 3]);
ops.reshape(plain, sizes);
ops.transpose(a, axes);
ops.transpose(plain, [1, 0]);
ops.transpose(a, [axis, 0]);
ops.expandDims(a, axis);
ops.expandDims(plain, 5);
ops.squeeze(open[0], { axis: 0 });
ops.squeeze(open[1]);
ops.squeeze(a, { axis });
ops.squeeze(plain);
ops.broadcastTo(open[0], [4, 5]);
ops.broadcastTo(a, sizes);
ops.broadcastTo(plain, [2]);
ops.concatenate([open[0], open[1], open[4]]);
ops.concatenate([a, open[0]], { axis: 1 });
ops.concatenate([open[0], a], { axis: 1 });
ops.concatenate([a, plain], { axis });
ops.concatenate([plain, a], { axis });
ops.concatenate([open[0], open[4], open[5], open[6], open[8]], { axis: 1 });
ops.concatenate([a, a] as readonly Tensor[]);
ops.stack([a, open[0], open[1]]);
ops.stack([open[0], a]);
ops.stack([a, plain], { axis: 2 });
ops.stack([plain, plain], { axis: 3 });
ops.stack([a, a] as readonly EagerTensor[]);
ops.split(open[0], 2, { axis: 0 });
ops.split(a, size);
ops.split(plain, 2, { axis: 4 });
ops.unstack(open[0], { axis: 1, num: 3 });
ops.slice(open[0], [0, 4], [2, 3]);
ops.slice(a, axes, sizes);
ops.slice(a, [0, size], [size, -1]);
ops.slice(plain, [0, 0, 0], [1, 2, 3]);
ops.take(a, plain);
ops.take(a, [0, size], { axis });
ops.take(plain, [1, 2], { axis: 5 });
ops.takeAlongAxis(a, input([null, 3], { dtype: "int32" }), { axis: 1 });
ops.takeAlongAxis(a, plain, { axis: 1 });
ops.pad(open[0], [[1, 2], [size, 0]]);
ops.pad(plain, [[1, 2]]);
ops.tile(open[1], [2, size]);
ops.tile(a, axes);
ops.repeat(a, size, { axis: 1 });
ops.repeat(plain, [1, 2], { axis: 3 });
ops.flip(plain, { axis: 4 });
ops.topK(open[0], 4);
ops.topK(a, size);
ops.where(plain, a, open[0]);
ops.clip(plain, open[0], open[1]);

// Layers.
const layers = [
  new Dense(3),
  new Dense(3, { inputDim: 5 }),
  new Dense(size),
  new Dense(size, { inputDim: size }),
  new EinsumDense("ab,bc->ac", [size]),
  new EinsumDense(equation, 7),
  new Flatten(),
  new Reshape([2, -1]),
  new Reshape(sizes),
  new Reshape([size, 3]),
  new Permute([1]),
  new Permute(axes),
  new RepeatVector(3),
  new RepeatVector(size),
] as const;
for (const layer of layers) {
  layer(plain);
  layer(symbolic);
  layer(eager);
  layer(open[0]);
  layer(open[1]);
  layer(open[4]);
  layer(open[6]);
  layer(unknown);
}

/** A layer with a spec that is not known. */
class Specified<const Spec extends InputSpecOptions> extends Layer<Keeps<"specified", Spec>> {
  constructor(spec: Spec) {
    super();
    this.inputSpec = new InputSpec(spec);
  }
  override call(x: Tensor): Tensor {
    return x;
  }
}
const specs = [
  new Specified({}),
  new Specified({ shape: [null, "features"] }),
  new Specified({ shape: [7, 7] }),
  new Specified({ ndim: size }),
  new Specified({ minNdim: size, maxNdim: size }),
  new Specified({ axes: { 0: size, [-1]: null, 1: "features" } }),
  new Specified({ axes: { 1: 9, [-2]: 9 } }),
  new Specified({ shape: sizes, allowLastAxisSqueeze: true }),
  new Specified({ dtype: "float32" as "float32" | "int32" }),
  new Specified({} as InputSpecOptions),
] as const;
for (const layer of specs) {
  layer(plain);
  layer(symbolic);
  layer(open[0]);
  layer(open[1]);
  layer(open[4]);
  layer(open[6]);
}

/** A layer that is only a pattern. */
class Given<const In> extends Layer<Maps<"given", In, ["..."]>> {
  constructor(_input: In) {
    super();
  }
  override call(x: Tensor): Tensor {
    return x;
  }
}
const patterns = [
  new Given(["...", 5]),
  new Given(["n", "n"]),
  new Given([5, "...", 5]),
  new Given([null, "a"]),
  new Given([size, size]),
  new Given(sizes),
] as const;
for (const layer of patterns) {
  layer(plain);
  layer(symbolic);
  layer(open[0]);
  layer(open[1]);
  layer(open[6]);
}
const pair = new Given([["batch", "..."], ["batch", "..."]]);
pair([open[0], a]);
pair([a, open[0]]);
pair([open[1], open[2]]);
pair([plain, a]);
pair([a, plain]);
pair([zeros([4, 1]), open[4]]);
const record = new Given({ a: ["n", 4], b: ["n", 5] });
record({ a: plain, b: symbolic });
record({ a: open[0], b: open[1] });

// Models.
const x = input(["batch", 64]);
const model = new Model({ inputs: x, outputs: new Dense(3)(x) });
model(plain);
model(open[0]);
model(open[1]);
model(open[4]);
model(open[6]);
const two = new Model({ inputs: [x, input(["batch", "n"])], outputs: x });
two([plain, a]);
two([open[0], a]);
two([zeros([2, 64]), open[0]]);
const rankless = new Model({ inputs: input(sizes), outputs: input(sizes) });
rankless(a);
rankless(plain);
new Sequential(input([null, null]), new Dense(3, { inputDim: 5 }), new Dense(size), new Dense(2, { inputDim: 8 }));
new Sequential(symbolic, new Dense(3), new Flatten());
const sequential = new Sequential(input(sizes), new Dense(3));
sequential(a);
sequential(plain);
new Sequential(...[new Dense(3), new Flatten()])(a);
