// Convolutions that do not take their input.
import { input, zeros } from "../../../mod.ts";
import { Conv1D, Conv2D, Conv3D } from "../../../src/layers/convolution/conv.ts";
import { Conv1DTranspose, Conv2DTranspose } from "../../../src/layers/convolution/conv_transpose.ts";
import { DepthwiseConv2D } from "../../../src/layers/convolution/depthwise_conv.ts";
import { SeparableConv2D } from "../../../src/layers/convolution/separable_conv.ts";
import { conv, convTranspose, depthwiseConv, separableConv } from "../../../src/ops/convolution/convolution.ts";
import { fails } from "../attempts.ts";

const image = zeros([1, 28, 2, 4]);

// error: Input 0 of layer conv2d is incompatible with the layer: expected min_ndim=4, found ndim=3. Full shape received: [1, 28, 28]
fails(() => new Conv2D(8, 3)(zeros([1, 28, 28])));
// error: Input 0 of layer conv1d is incompatible with the layer: expected max_ndim=3, found ndim=4
fails(() => new Conv1D(8, 3)(image));
// error: Input 0 of layer conv2d is incompatible with the layer: expected axis -1 of input shape to have value 3 but received input with shape [1, 28, 2, 4]
fails(() => new Conv2D(8, 3).build([null, 28, 28, 3])(image));
// error: Input 0 of layer first is incompatible with the layer: expected axis 1 of input shape to have value 3 but received input with shape [batch, 4, ?]
fails(() =>
  new Conv1D(8, 3, { dataFormat: "channels_first", name: "first" }).build([null, 3, 28])(input(["batch", 4, null]))
);
// error: Input 0 of layer conv2d is incompatible with the layer: Computed output size would be zero or negative: floor((2 - 1 * (3 - 1) - 1) / 1) + 1 = 0 along axis 2 of input shape [1, 28, 2, 4]
fails(() => new Conv2D(8, 3)(image));
// error: Input 0 of layer conv2d is incompatible with the layer: Computed output size would be zero or negative: floor((2 - 1 * (9 - 1) - 1) / 3) + 1 = -2 along axis 2 of input shape [batch, ?, 2, 4]
fails(() => new Conv2D(8, 9, { strides: 3 })(input(["batch", null, 2, 4])));
// error: Input 0 of layer conv3d is incompatible with the layer: Computed output size would be zero or negative: floor((5 - 3 * (4 - 1) - 1) / 1) + 1 = -4 along axis 3 of input shape [2, 1, 9, 5, 3]
fails(() =>
  new Conv3D(8, [2, 4, 1], { dilationRate: [1, 3, 2], dataFormat: "channels_first" })(zeros([2, 1, 9, 5, 3]))
);
// error: Input 0 of layer conv2d is incompatible with the layer: The number of input channels must be evenly divisible by the number of groups. Received groups=3, but the input has 4 channels (full input shape is [1, 28, 2, 4])
fails(() => new Conv2D(6, 1, { groups: 3 })(image));
// error: Input 0 of layer depthwise_conv2d is incompatible with the layer: Computed output size would be zero or negative: floor((2 - 2 * (2 - 1) - 1) / 2) + 1 = 0 along axis 2 of input shape [1, 28, 2, 4]
fails(() => new DepthwiseConv2D(2, { strides: 2, dilationRate: 2 })(image));
// error: Input 0 of layer separable_conv2d is incompatible with the layer: expected axis -1 of input shape to have value 3 but received input with shape [1, 28, 2, 4]
fails(() => new SeparableConv2D(8, 3).build([null, 28, 28, 3])(image));
// error: Input 0 of layer conv1d_transpose is incompatible with the layer: Computed output size would be zero or negative: (1 - 1) * 2 + 1 * (2 - 1) + 1 - 2 + 0 = 0 along axis 1 of input shape [batch, 1, 4]
fails(() =>
  new Conv1DTranspose(8, 2, { strides: 2, padding: "same", outputPadding: 0 })(input(["batch", 1, 4]))
);
// error: Input 0 of layer conv2d_transpose is incompatible with the layer: expected axis -1 of input shape to have value 3 but received input with shape [1, 28, 2, 4]
fails(() => new Conv2DTranspose(8, 3).build([null, 28, 28, 3])(image));
// error: Cannot convolve [1, 28, 2, 4] with a kernel of shape [3, 3, 8]: expected as many axes
fails(() => conv(image, zeros([3, 3, 8])));
// error: Cannot convolve [1, 28] with a kernel of shape [3, 8]: expected a batch, at least one spatial axis and channels
fails(() => conv(zeros([1, 28]), zeros([3, 8])));
// error: Cannot convolve [1, 28, 2, 4] with a kernel of shape [1, 1, 3, 8]: 4 input channels are no multiple of the kernel's 3
fails(() => conv(image, zeros([1, 1, 3, 8])));
// error: Cannot convolve [1, 28, 2, 4] with a kernel of shape [1, 1, 2, 7]: 7 filters are no multiple of 2 groups
fails(() => conv(image, zeros([1, 1, 2, 7])));
// error: Computed output size would be zero or negative: floor((2 - 1 * (3 - 1) - 1) / 1) + 1 = 0 along axis 2 of input shape [1, 28, 2, 4]
fails(() => conv(image, zeros([3, 3, 4, 8])));
// error: Cannot convolve [1, 28, 2, 4] with a kernel of shape [1, 1, 4, 8]: 4 input channels but the kernel has 8
fails(() => convTranspose(image, zeros([1, 1, 4, 8])));
// error: Cannot convolve [1, 28, 2, 4] with a kernel of shape [1, 1, 3, 8]: 4 input channels but the kernel has 3
fails(() => depthwiseConv(image, zeros([1, 1, 3, 8])));
// error: Cannot convolve [1, 28, 2, 8] with a kernel of shape [1, 1, 3, 5]: 8 input channels are no multiple of the kernel's 3
fails(() => separableConv(image, zeros([1, 1, 4, 2]), zeros([1, 1, 3, 5])));
