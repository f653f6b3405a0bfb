// Layers that normalize and merge, and do not take their inputs.
import { Dense, input, zeros } from "../../../mod.ts";
import { BatchNormalization } from "../../../src/layers/normalization/batch_normalization.ts";
import { Concatenate } from "../../../src/layers/merging/concatenate.ts";
import { Dot } from "../../../src/layers/merging/dot.ts";
import { GroupNormalization } from "../../../src/layers/normalization/group_normalization.ts";
import { LayerNormalization } from "../../../src/layers/normalization/layer_normalization.ts";
import { Add, Average, Maximum, Minimum, Multiply, Subtract } from "../../../src/layers/merging/merging.ts";
import { add, concatenate, dot } from "../../../src/layers/merging/merging_functions.ts";
import { SpatialDropout1D } from "../../../src/layers/regularization/spatial_dropout.ts";
import { SpectralNormalization } from "../../../src/layers/normalization/spectral_normalization.ts";
import { batchNormalization, layerNormalization } from "../../../src/ops/normalization/normalization.ts";
import { moments } from "../../../src/ops/reduction/moments.ts";
import { fails } from "../attempts.ts";

// error: Input 0 of layer batch_normalization is incompatible with the layer: Axis 3 is out of range for shape [2, 3]: expected an axis from -2 to 1
fails(() => new BatchNormalization({ axis: 3 })(zeros([2, 3])));
// error: Input 0 of layer norm is incompatible with the layer: Axis 2 is out of range for shape [batch, 3]: expected an axis from -2 to 1
fails(() => new LayerNormalization({ axis: [1, 2], name: "norm" })(input(["batch", 3])));
// error: Input 0 of layer group_normalization is incompatible with the layer: Cannot make 3 groups of axis -1 of shape [2, 3, 4]: 4 is no multiple of 3
fails(() => new GroupNormalization({ groups: 3 })(zeros([2, 3, 4])));
// error: Input 0 of layer group_normalization is incompatible with the layer: Cannot make 32 groups of axis -1 of shape [2, 8]: 8 is no multiple of 32
fails(() => new GroupNormalization()(zeros([2, 8])));
// error: Input 0 of layer spatial_dropout1d is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [2, 3]
fails(() => new SpatialDropout1D(0.5)(zeros([2, 3])));
// error: Input 0 of layer dense is incompatible with the layer: expected axis -1 of input shape to have value 4 but received input with shape [2, 3]
fails(() => new SpectralNormalization(new Dense(3, { inputDim: 4 }))(zeros([2, 3])));
// error: Inputs of layer add are incompatible with the layer: Cannot merge shapes [2, 3] and [2, 4]: axis -1 is 3 and 4
fails(() => new Add()([zeros([2, 3]), zeros([2, 4])]));
// error: Inputs of layer multiply are incompatible with the layer: Cannot merge shapes [2, 3], [2, 3] and [3, 3]: batch sizes are 2 and 3
fails(() => new Multiply()([zeros([2, 3]), zeros([2, 3]), zeros([3, 3])]));
// error: Inputs of layer minimum are incompatible with the layer: Cannot merge shapes [] and [2, 3]: expected at least one axis, that of the batch
fails(() => new Minimum()([zeros([]), zeros([2, 3])]));
// error: Layer average expects an array of inputs, but it received a tensor
fails(() => new Average()(zeros([2, 3])));
// error: Layer maximum expects an array of inputs, but it received a record
fails(() => new Maximum()({ a: zeros([2, 3]) }));
// error: Layer subtract expects 2 inputs, but it received 3 input tensors
fails(() => new Subtract()([zeros([2]), zeros([2]), zeros([2])]));
// error: Inputs of layer concatenate are incompatible with the layer: Cannot concatenate along axis -1: input 0 of shape [2, 3] and input 1 of shape [3, 3] differ in axis 0
fails(() => new Concatenate()([zeros([2, 3]), zeros([3, 3])]));
// error: Inputs of layer dot are incompatible with the layer: Cannot take the dot products of [2, 4] and [2, 5, 3] over axes 1 and 2: sizes are 4 and 3
fails(() => new Dot([1, 2])([zeros([2, 4]), zeros([2, 5, 3])]));
// error: Inputs of layer dot are incompatible with the layer: Cannot take the dot products of [2, 4] and [3, 4] over axes 1 and 1: batch sizes are 2 and 3
fails(() => new Dot(1)([zeros([2, 4]), zeros([3, 4])]));
// error: Inputs of layer dot are incompatible with the layer: Cannot take the dot products of [2, 4] and [2, 4] over axes 0 and 0: axis 0 is that of the batch
fails(() => new Dot(0)([zeros([2, 4]), zeros([2, 4])]));
// error: Inputs of layer add are incompatible with the layer: Cannot merge shapes [2, 3] and [2, 4]: axis -1 is 3 and 4
fails(() => add([zeros([2, 3]), zeros([2, 4])]));
// error: Inputs of layer concatenate are incompatible with the layer: Cannot concatenate along axis 1: input 0 of shape [2, 3] and input 1 of shape [4, 3] differ in axis 0
fails(() => concatenate([zeros([2, 3]), zeros([4, 3])], { axis: 1 }));
// error: Inputs of layer dot are incompatible with the layer: Cannot take the dot products of [2, 3] and [2, 4] over axes 1 and 1: sizes are 3 and 4
fails(() => dot([zeros([2, 3]), zeros([2, 4])], 1));
// error: Cannot normalize shape [2, 3]: expected gamma of shape [3], received shape [2]
fails(() => layerNormalization(zeros([2, 3]), [1, 2]));
// error: Cannot normalize shape [2, 3]: expected variance of shape [3], received shape [2]
fails(() => batchNormalization(zeros([2, 3]), zeros([3]), zeros([2]), 1));
// error: Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
fails(() => moments(zeros([2, 3]), 2));
