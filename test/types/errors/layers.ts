// Layers that do not take their input.
import {
  Dense,
  EinsumDense,
  Flatten,
  input,
  InputLayer,
  Permute,
  RepeatVector,
  Reshape,
  zeros,
} from "../../../mod.ts";
import { fails } from "../attempts.ts";

// error: Input 0 of layer dense is incompatible with the layer: expected axis -1 of input shape to have value 5 but received input with shape [10, 4]
fails(() => new Dense(3, { inputDim: 5 })(zeros([10, 4])));
// error: Input 0 of layer head is incompatible with the layer: expected axis -1 of input shape to have value 5 but received input with shape [batch, time, 4]
fails(() => new Dense(3, { inputDim: 5, name: "head" })(input(["batch", "time", 4])));
// error: Input 0 of layer dense is incompatible with the layer: expected min_ndim=2, found ndim=1. Full shape received: [10]
fails(() => new Dense(3)(zeros([10])));
// error: Input 0 of layer dense is incompatible with the layer: expected min_ndim=2, found ndim=0. Full shape received: []
fails(() => new Dense(3)(1));
// error: Input 0 of layer dense is incompatible with the layer: expected axis -1 of input shape to have value 8 but received input with shape [10, 4]
fails(() => new Dense(3).build([null, 8])(zeros([10, 4])));
// error: Input 0 of layer dense is incompatible with the layer: expected axis -1 of input shape to have value 5 but received input with shape [2, 2]
fails(() => new Dense(3, { inputDim: 5 })([[1, 2], [3, 4]]));
// error: Input 0 of layer einsum_dense is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [2, 3]
fails(() => new EinsumDense("abc,cd->abd", [null, 64])(zeros([2, 3])));
// error: Input 0 of layer flatten is incompatible with the layer: expected min_ndim=1, found ndim=0. Full shape received: []
fails(() => new Flatten()(1));
// error: Input 0 of layer reshape is incompatible with the layer: Cannot reshape [6] of size 6 into [4, 2] of size 8
fails(() => new Reshape([4, 2])(zeros([5, 6])));
// error: Input 0 of layer reshape is incompatible with the layer: Cannot reshape [6] of size 6 into [-1, 4]: the size is no multiple of 4
fails(() => new Reshape([-1, 4])(zeros([5, 6])));
// error: Input 0 of layer reshape is incompatible with the layer: expected min_ndim=1, found ndim=0. Full shape received: []
fails(() => new Reshape([3])(1));
// error: Input 0 of layer permute is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [5, 3]
fails(() => new Permute([2, 1])(zeros([5, 3])));
// error: Input 0 of layer repeat_vector is incompatible with the layer: expected ndim=2, found ndim=3. Full shape received: [2, 3, 4]
fails(() => new RepeatVector(3)(zeros([2, 3, 4])));
// error: Input 0 of layer input_layer is incompatible with the layer: expected shape=[batch, 3], found shape=[2, 4]
fails(() => new InputLayer({ shape: ["batch", 3] })(zeros([2, 4])));
// error: Input 0 of layer input_layer is incompatible with the layer: expected dtype=int32, found dtype=float32
fails(() => new InputLayer({ shape: ["batch", 3], dtype: "int32" })(zeros([2, 3])));
