// Each field of an input spec.
import { input, InputSpec, type Keeps, Layer, type Tensor, zeros } from "../../../mod.ts";
import type { InputSpecOptions } from "../../../src/layers/mod.ts";
import { fails } from "../attempts.ts";

/** A layer that takes what `Spec` says, at compile time and at run time. */
class L<const Spec extends InputSpecOptions> extends Layer<Keeps<"l", Spec>> {
  constructor(spec: Spec) {
    super();
    this.inputSpec = new InputSpec(spec);
  }
  override call(x: Tensor): Tensor {
    return x;
  }
}

// error: Input 0 of layer l is incompatible with the layer: expected dtype=int32, found dtype=float32
fails(() => new L({ dtype: "int32" })(zeros([2])));
// error: Input 0 of layer l is incompatible with the layer: expected dtype=int32, found dtype=float32
fails(() => new L({ dtype: "int32" })([1, 2]));
// error: Input 0 of layer l is incompatible with the layer: expected dtype=float32, found dtype=uint8
fails(() => new L({ dtype: "float32", shape: [3] })(zeros([2], { dtype: "uint8" })));
// error: Input 0 of layer l is incompatible with the layer: expected shape=[2, 3], found shape=[2, 4]
fails(() => new L({ shape: [2, 3] })(zeros([2, 4])));
// error: Input 0 of layer l is incompatible with the layer: expected shape=[?, 3], found shape=[batch, 4]
fails(() => new L({ shape: [null, 3] })(input(["batch", 4])));
// error: Input 0 of layer l is incompatible with the layer: expected shape=[batch, 3], found shape=[2]
fails(() => new L({ shape: ["batch", 3] })(zeros([2])));
// error: Input 0 of layer l is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [2, 3]
fails(() => new L({ ndim: 3 })(zeros([2, 3])));
// error: Input 0 of layer l is incompatible with the layer: expected ndim=1, found ndim=0. Full shape received: []
fails(() => new L({ ndim: 1 })(3));
// error: Input 0 of layer l is incompatible with the layer: expected max_ndim=2, found ndim=3
fails(() => new L({ maxNdim: 2 })(zeros([1, 2, 3])));
// error: Input 0 of layer l is incompatible with the layer: expected min_ndim=3, found ndim=2. Full shape received: [1, 2]
fails(() => new L({ minNdim: 3 })(zeros([1, 2])));
// error: Input 0 of layer l is incompatible with the layer: expected axis 1 of input shape to have value 5 but received input with shape [5, 4]
fails(() => new L({ axes: { 1: 5 } })(zeros([5, 4])));
// error: Input 0 of layer l is incompatible with the layer: expected axis -1 of input shape to have value 5 but received input with shape [5, 4]
fails(() => new L({ axes: { [-1]: 5 } })(zeros([5, 4])));
// error: Input 0 of layer l is incompatible with the layer: expected axis -2 of input shape to have value 3 but received input with shape [4, time, 5, 3]
fails(() => new L({ axes: { [-2]: 3 } })(input([4, "time", 5, 3])));
// error: Input 0 of layer l is incompatible with the layer: expected axis 2 of input shape to have value 5 but received input with shape [5, 4]
fails(() => new L({ axes: { 2: 5 } })(zeros([5, 4])));
// error: Input 0 of layer l is incompatible with the layer: expected axis -3 of input shape to have value 5 but received input with shape [5, 4]
fails(() => new L({ axes: { [-3]: 5 } })(zeros([5, 4])));
// error: Input 0 of layer l is incompatible with the layer: expected axis 0 of input shape to have value 2 but received input with shape [5, 5]
fails(() => new L({ axes: { 0: 2, [-1]: 5 } })(zeros([5, 5])));
// error: Input 0 of layer l is incompatible with the layer: expected ndim=2, found ndim=3. Full shape received: [5, 4, 2]
fails(() => new L({ ndim: 2, allowLastAxisSqueeze: true })(zeros([5, 4, 2])));
// error: Input 0 of layer l is incompatible with the layer: expected shape=[?, 3], found shape=[5, 4, 1]
fails(() => new L({ shape: [null, 3], allowLastAxisSqueeze: true })(zeros([5, 4, 1])));
// error: Input 0 of layer l is incompatible with the layer: expected shape=[?, 3, 1], found shape=[5, 4]
fails(() => new L({ shape: [null, 3, 1], allowLastAxisSqueeze: true })(zeros([5, 4])));
// error: Input 0 of layer l is incompatible with the layer: expected axis -1 of input shape to have value 4 but received input with shape [1, 3]
fails(() => new L({ ndim: 2, axes: { [-1]: 4 } })([[1, 2, 3]]));
// error: Input 0 of layer l is incompatible with the layer: expected min_ndim=2, found ndim=1. Full shape received: [4]
fails(() => new L({ minNdim: 2, axes: { [-1]: 4 } })(zeros([4])));
