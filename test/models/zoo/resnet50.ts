/**
 * ResNet-50, of K. He et al., Deep Residual Learning for Image Recognition, 2015, as `keras.applications.ResNet50` has it:
 * 25,636,712 parameters, of which 53,120 are the statistics of normalizations.
 *
 * @module
 */
import {
  BatchNormalization,
  Conv2D,
  Dense,
  GlobalAveragePooling2D,
  input,
  MaxPooling2D,
  Model,
  ReLU,
  Sequential,
  type SymbolicTensor,
  ZeroPadding2D,
} from "@strata/nn";
import { add } from "@strata/nn/layers";

/** From images of 224 by 224 to the probabilities of a thousand classes. */
export type ResNet50 = Model<
  SymbolicTensor<readonly ["batch", 224, 224, 3], "float32">,
  SymbolicTensor<readonly ["batch", 1000], "float32">,
  "resnet50"
>;

/** Makes ResNet-50. */
export function resnet50(): ResNet50;
/** Makes ResNet-50 with so many times fewer channels, which the compiler does not follow. */
export function resnet50(thinner: number): Model;
export function resnet50(thinner = 1): ResNet50 {
  const thin = <N extends number>(channels: N) => channels / thinner as N;
  const relu = new ReLU();

  /** A convolution and its normalization. */
  const convolution = <F extends number, K extends number, S extends number = 1>(
    filters: F,
    size: K,
    strides = 1 as S,
  ) =>
    new Sequential(
      new Conv2D(thin(filters), size, { strides, padding: "same" }),
      new BatchNormalization({ epsilon: 1.001e-5 }),
    );
  /** Looks around in few channels, and gives many. */
  const bottleneck = <N extends number, W extends number, S extends number = 1>(narrow: N, wide: W, strides = 1 as S) =>
    new Sequential(
      convolution(narrow, 1, strides),
      new ReLU(),
      convolution(narrow, 3),
      new ReLU(),
      convolution(wide, 1),
    );

  const image = input(["batch", 224, 224, 3]);
  const stem = new Sequential(
    new ZeroPadding2D({ padding: 3 }),
    new Conv2D(thin(64), 7, { strides: 2 }),
    new BatchNormalization({ epsilon: 1.001e-5 }),
    new ReLU(),
    new ZeroPadding2D({ padding: 1 }),
    new MaxPooling2D({ poolSize: 3, strides: 2 }),
  );
  const a0 = stem(image);

  const a1 = relu(add([convolution(256, 1)(a0), bottleneck(64, 256)(a0)]));
  const a2 = relu(add([a1, bottleneck(64, 256)(a1)]));
  const a3 = relu(add([a2, bottleneck(64, 256)(a2)]));

  const b1 = relu(add([convolution(512, 1, 2)(a3), bottleneck(128, 512, 2)(a3)]));
  const b2 = relu(add([b1, bottleneck(128, 512)(b1)]));
  const b3 = relu(add([b2, bottleneck(128, 512)(b2)]));
  const b4 = relu(add([b3, bottleneck(128, 512)(b3)]));

  const c1 = relu(add([convolution(1024, 1, 2)(b4), bottleneck(256, 1024, 2)(b4)]));
  const c2 = relu(add([c1, bottleneck(256, 1024)(c1)]));
  const c3 = relu(add([c2, bottleneck(256, 1024)(c2)]));
  const c4 = relu(add([c3, bottleneck(256, 1024)(c3)]));
  const c5 = relu(add([c4, bottleneck(256, 1024)(c4)]));
  const c6 = relu(add([c5, bottleneck(256, 1024)(c5)]));

  const d1 = relu(add([convolution(2048, 1, 2)(c6), bottleneck(512, 2048, 2)(c6)]));
  const d2 = relu(add([d1, bottleneck(512, 2048)(d1)]));
  const d3 = relu(add([d2, bottleneck(512, 2048)(d2)]));

  const features = new GlobalAveragePooling2D()(d3);
  const classes = new Dense(1000, { activation: "softmax", inputDim: thin(2048) })(features);
  return new Model({ inputs: image, outputs: classes, name: "resnet50" });
}
