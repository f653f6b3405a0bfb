// Models that do not take their input.
import { Dense, Flatten, input, Model, ops, Reshape, Sequential, zeros } from "../../../mod.ts";
import { fails } from "../attempts.ts";

const x = input(["batch", 64]);
const other = input(["batch", 8]);
const one = new Model({ inputs: x, outputs: new Dense(10)(x), name: "one" });
const pair = new Model({ inputs: [x, other], outputs: ops.concatenate([x, other], { axis: 1 }), name: "pair" });
const record = new Model({ inputs: { x, other }, outputs: { both: ops.matmul(ops.transpose(x), other) }, name: "record" });

// error: Input 0 of layer one is incompatible with the layer: expected shape=[batch, 64], found shape=[8, 63]
fails(() => one(zeros([8, 63])));
// error: Input 0 of layer one is incompatible with the layer: expected shape=[batch, 64], found shape=[8]
fails(() => one(zeros([8])));
// error: Input 0 of layer one is incompatible with the layer: expected shape=[batch, 64], found shape=[?, 3]
fails(() => one(input([null, 3])));
// error: Layer one expects 1 input, but it received 2 input tensors
fails(() => one([zeros([8, 64]), zeros([8, 64])]));
// error: Input 1 of layer pair is incompatible with the layer: expected shape=[batch, 8], found shape=[8, 9]
fails(() => pair([zeros([8, 64]), zeros([8, 9])]));
// error: Input 1 of layer pair is incompatible with the layer: batch is 8 in input 0 and 9 in input 1
fails(() => pair([zeros([8, 64]), zeros([9, 8])]));
// error: Layer pair expects 2 inputs, but it received 1 input tensors
fails(() => pair([zeros([8, 64])]));
// error: Layer pair expects 2 inputs, but it received 1 input tensors
fails(() => pair(zeros([8, 64])));
// error: Input other of layer record is incompatible with the layer: expected shape=[batch, 8], found shape=[8, 9]
fails(() => record({ x: zeros([8, 64]), other: zeros([8, 9]) }));
// error: Missing data for input "other" of layer record
fails(() => record({ x: zeros([8, 64]) }));
// error: Input 0 of layer model is incompatible with the layer: expected shape=[batch, 64], found shape=[8, 63]
fails(() => new Model({ inputs: x, outputs: new Dense(10)(x) })(zeros([8, 63])));
// error: Input 0 of layer head is incompatible with the layer: expected axis -1 of input shape to have value 16 but received input with shape [batch, 32]
fails(() => new Sequential(input(["batch", 64]), new Dense(32), new Dense(10, { inputDim: 16, name: "head" })));
// error: Input 0 of layer reshape is incompatible with the layer: Cannot reshape [64] of size 64 into [5, 5] of size 25
fails(() => new Sequential(input(["batch", 64]), new Reshape([5, 5]), new Flatten()));
// error: Input 0 of layer dense is incompatible with the layer: expected min_ndim=2, found ndim=1. Full shape received: [?]
fails(() => new Sequential(input([null]), new Dense(32)));
// error: Input 0 of layer sequential is incompatible with the layer: expected shape=[batch, 64], found shape=[8, 32]
fails(() => new Sequential(input(["batch", 64]), new Dense(32), new Dense(10, { name: "head" }))(zeros([8, 32])));
// error: Input 0 of layer dense is incompatible with the layer: expected min_ndim=2, found ndim=1. Full shape received: [8]
fails(() => new Sequential(new Dense(32), new Dense(10, { inputDim: 32, name: "head" }))(zeros([8])));
// error: Input 0 of layer head is incompatible with the layer: expected axis -1 of input shape to have value 16 but received input with shape [8, 32]
fails(() => new Sequential(new Dense(32), new Dense(10, { inputDim: 16, name: "head" }))(zeros([8, 4])));
