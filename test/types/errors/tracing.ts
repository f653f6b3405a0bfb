// Layers, models and functions that are traced or compiled with what they do not take.
import { jit, Dense, input, Model, ops, Sequential, trace, zeros } from "../../../mod.ts";
import { fails } from "../attempts.ts";

const x = input(["batch", 64]);
const other = input(["batch", 3]);
const head = new Dense(10, { inputDim: 64, name: "head" });
const model = new Model({ inputs: x, outputs: new Dense(3)(x), name: "model" });
const sequential = new Sequential(input(["batch", 8]), new Dense(4));

// error: Input 0 of layer head is incompatible with the layer: expected axis -1 of input shape to have value 64 but received input with shape [batch, 3]
fails(() => trace(head, other));
// error: Input 0 of layer head is incompatible with the layer: expected axis -1 of input shape to have value 64 but received input with shape [2, 3]
fails(() => trace(head, zeros([2, 3]), { training: true }));
// error: Input 0 of layer model is incompatible with the layer: expected shape=[batch, 64], found shape=[batch, 3]
fails(() => trace(model, other));
// error: Input 0 of layer sequential is incompatible with the layer: expected shape=[batch, 8], found shape=[batch, 3]
fails(() => trace(sequential, other));
// error: Cannot matmul shapes [batch, 64] and [3, 4]: inner dims are 64 and 3
fails(() => trace((a) => ops.matmul(a, zeros([3, 4])), x));
// error: Input 0 of layer head is incompatible with the layer: expected axis -1 of input shape to have value 64 but received input with shape [batch, 3]
fails(() => trace((a) => head(a), other));
// error: Input 0 of layer head is incompatible with the layer: expected axis -1 of input shape to have value 64 but received input with shape [batch, 3]
fails(() => jit(head, other));
// error: Input 0 of layer head is incompatible with the layer: expected axis -1 of input shape to have value 64 but received input with shape [8, 3]
fails(() => jit(head)(zeros([8, 3])));
// error: Input 0 of layer head is incompatible with the layer: expected axis -1 of input shape to have value 64 but received input with shape [8, 3]
fails(() => jit(head, x)(zeros([8, 3])));
// error: Input 0 of layer model is incompatible with the layer: expected shape=[batch, 64], found shape=[8]
fails(() => jit(model)(zeros([8])));
// error: Input 0 of layer graph is incompatible with the layer: expected shape=[batch, 64], found shape=[8, 63]
fails(() => jit(trace(head, x))(zeros([8, 63])));

const sum = jit((a, b) => ops.add(a, b), input(["n", 3]), input(["n", 1]));
// error: Input 1 of layer graph is incompatible with the layer: expected shape=[n, 1], found shape=[2, 4]
fails(() => sum(zeros([2, 3]), zeros([2, 4])));
// error: Input 0 of layer graph is incompatible with the layer: expected shape=[n, 3], found shape=[2, 4]
fails(() => sum(zeros([2, 4]), zeros([2, 1])));
// error: Input 1 of layer graph is incompatible with the layer: n is 2 in input 0 and 5 in input 1
fails(() => sum(zeros([2, 3]), zeros([5, 1])));
// error: Layer graph expects 2 inputs, but it received 1 input tensors
fails(() => sum(zeros([2, 3])));
// error: Layer graph expects 2 inputs, but it received 3 input tensors
fails(() => sum(zeros([2, 3]), zeros([2, 1]), zeros([2])));
const record = jit(({ a, b }) => ops.add(a, b), { a: input(["n", 3]), b: input([3]) });
// error: Input b of layer graph is incompatible with the layer: expected shape=[3], found shape=[4]
fails(() => record({ a: zeros([2, 3]), b: zeros([4]) }));
// error: Missing data for input "b" of layer graph
fails(() => record({ a: zeros([2, 3]) }));
