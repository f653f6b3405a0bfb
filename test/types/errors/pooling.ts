// Pooling and spatial reshaping that do not take their input.
import { input, zeros } from "../../../mod.ts";
import { adaptiveMaxPool } from "../../../src/ops/convolution/adaptive_pooling.ts";
import { averagePool, maxPool } from "../../../src/ops/convolution/pooling.ts";
import { AdaptiveAveragePooling2D } from "../../../src/layers/pooling/adaptive_pooling.ts";
import { AveragePooling3D } from "../../../src/layers/pooling/average_pooling.ts";
import { Cropping1D, Cropping2D } from "../../../src/layers/reshaping/cropping.ts";
import { GlobalAveragePooling2D, GlobalMaxPooling1D } from "../../../src/layers/pooling/global_pooling.ts";
import { MaxPooling1D, MaxPooling2D } from "../../../src/layers/pooling/max_pooling.ts";
import { UpSampling2D } from "../../../src/layers/reshaping/up_sampling.ts";
import { ZeroPadding2D } from "../../../src/layers/reshaping/zero_padding.ts";
import { fails } from "../attempts.ts";

// error: Input 0 of layer max_pooling2d is incompatible with the layer: Computed output size would be zero or negative. Received: inputs.shape=[batch, 4, 6, 1], poolSize=[5, 5], strides=[5, 5], padding=valid
fails(() => new MaxPooling2D({ poolSize: 5 })(input(["batch", 4, 6, 1])));
// error: Input 0 of layer head is incompatible with the layer: Computed output size would be zero or negative. Received: inputs.shape=[2, 3, 1, ?], poolSize=[2, 3], strides=[1, 2], padding=valid
fails(() => new MaxPooling2D({ poolSize: [2, 3], strides: [1, 2], name: "head" })(input([2, 3, 1, null])));
// error: Input 0 of layer max_pooling1d is incompatible with the layer: Computed output size would be zero or negative. Received: inputs.shape=[2, 8, 3], poolSize=[4], strides=[1], padding=valid
fails(() => new MaxPooling1D({ poolSize: 4, strides: 1, dataFormat: "channels_first" })(zeros([2, 8, 3])));
// error: Input 0 of layer average_pooling3d is incompatible with the layer: Computed output size would be zero or negative. Received: inputs.shape=[2, 4, 4, 1, 3], poolSize=[2, 2, 2], strides=[2, 2, 2], padding=valid
fails(() => new AveragePooling3D(2)(zeros([2, 4, 4, 1, 3])));
// error: Input 0 of layer max_pooling2d is incompatible with the layer: expected ndim=4, found ndim=3. Full shape received: [2, 3, 4]
fails(() => new MaxPooling2D()(zeros([2, 3, 4])));
// error: Input 0 of layer global_average_pooling2d is incompatible with the layer: expected ndim=4, found ndim=3. Full shape received: [batch, 3, 4]
fails(() => new GlobalAveragePooling2D()(input(["batch", 3, 4])));
// error: Input 0 of layer global_max_pooling1d is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [2, 4]
fails(() => new GlobalMaxPooling1D({ keepDims: true })(zeros([2, 4])));
// error: Input 0 of layer adaptive_average_pooling2d is incompatible with the layer: expected ndim=4, found ndim=5. Full shape received: [2, 3, 4, 5, 6]
fails(() => new AdaptiveAveragePooling2D([1, 2])(zeros([2, 3, 4, 5, 6])));
// error: Input 0 of layer cropping2d is incompatible with the layer: Values in cropping should be smaller than the corresponding spatial dimension of the input. Received: inputs.shape=[2, 4, 6, 1], cropping=[[2, 2], [2, 2]]
fails(() => new Cropping2D({ cropping: 2 })(zeros([2, 4, 6, 1])));
// error: Input 0 of layer cropping1d is incompatible with the layer: Values in cropping should be smaller than the corresponding spatial dimension of the input. Received: inputs.shape=[batch, 2, 6], cropping=[[1, 1]]
fails(() => new Cropping1D()(input(["batch", 2, 6])));
// error: Input 0 of layer zero_padding2d is incompatible with the layer: expected ndim=4, found ndim=3. Full shape received: [2, 3, 4]
fails(() => new ZeroPadding2D()(zeros([2, 3, 4])));
// error: Input 0 of layer up_sampling2d is incompatible with the layer: expected ndim=4, found ndim=3. Full shape received: [2, 3, 4]
fails(() => new UpSampling2D()(zeros([2, 3, 4])));
// error: Computed output size would be zero or negative. Received: inputs.shape=[2, 4, 3], poolSize=[5], strides=[1], padding=valid
fails(() => maxPool(zeros([2, 4, 3]), 5, { strides: 1 }));
// error: Cannot pool [2, 4]: expected a batch, 1 to 3 spatial axes and channels
fails(() => averagePool(zeros([2, 4]), 2));
// error: Cannot pool [2, 4, 4, 3]: expected 2 numbers as poolSize, received [1, 2, 2]
fails(() => averagePool(zeros([2, 4, 4, 3]), [1, 2, 2]));
// error: Cannot pool [2, 4, 4, 3]: expected 2 numbers as strides, received [1]
fails(() => maxPool(zeros([2, 4, 4, 3]), 2, { strides: [1] }));
// error: Cannot pool [2, 4, 3]: expected 1 numbers as outputSize, received [1, 2]
fails(() => adaptiveMaxPool(zeros([2, 4, 3]), [1, 2]));
