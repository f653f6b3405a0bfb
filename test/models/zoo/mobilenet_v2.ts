/**
 * MobileNetV2, of M. Sandler et al., MobileNetV2: Inverted Residuals and Linear Bottlenecks, 2018, as
 * `keras.applications.MobileNetV2` has it: 3,538,984 parameters, of which 34,112 are the statistics of normalizations.
 *
 * @module
 */
import {
  BatchNormalization,
  Conv2D,
  Dense,
  DepthwiseConv2D,
  GlobalAveragePooling2D,
  input,
  Model,
  ReLU,
  Sequential,
  type SymbolicTensor,
  ZeroPadding2D,
} from "@strata/nn";
import { add } from "@strata/nn/layers";

/** From images of 224 by 224 to the probabilities of a thousand classes. */
export type MobileNetV2 = Model<
  SymbolicTensor<readonly ["batch", 224, 224, 3], "float32">,
  SymbolicTensor<readonly ["batch", 1000], "float32">,
  "mobilenet_v2"
>;

/** Makes MobileNetV2. */
export function mobileNetV2(): MobileNetV2;
/** Makes MobileNetV2 with so many times fewer channels, which the compiler does not follow. */
export function mobileNetV2(thinner: number): Model;
export function mobileNetV2(thinner = 1): MobileNetV2 {
  const thin = <N extends number>(channels: N) => channels / thinner as N;
  const normalization = () => new BatchNormalization({ epsilon: 1e-3, momentum: 0.999 });
  const relu6 = () => new ReLU({ maxValue: 6 });

  const pointwise = <F extends number>(filters: F) =>
    new Sequential(new Conv2D(thin(filters), 1, { useBias: false }), normalization());
  /** From few channels to many, looks around in each of them, and back to few. */
  const inverted = <W extends number, N extends number>(wide: W, narrow: N) =>
    new Sequential(
      pointwise(wide),
      relu6(),
      new DepthwiseConv2D(3, { padding: "same", useBias: false }),
      normalization(),
      relu6(),
      pointwise(narrow),
    );
  /** The same, and half the height and the width. */
  const halved = <W extends number, N extends number>(wide: W, narrow: N) =>
    new Sequential(
      pointwise(wide),
      relu6(),
      new ZeroPadding2D({ padding: [[0, 1], [0, 1]] }),
      new DepthwiseConv2D(3, { strides: 2, useBias: false }),
      normalization(),
      relu6(),
      pointwise(narrow),
    );

  const image = input(["batch", 224, 224, 3]);
  const stem = new Sequential(
    new Conv2D(thin(32), 3, { strides: 2, padding: "same", useBias: false }),
    normalization(),
    relu6(),
    new DepthwiseConv2D(3, { padding: "same", useBias: false }),
    normalization(),
    relu6(),
    pointwise(16),
  );
  const a = stem(image);

  const b1 = halved(96, 24)(a);
  const b2 = add([b1, inverted(144, 24)(b1)]);

  const c1 = halved(144, 32)(b2);
  const c2 = add([c1, inverted(192, 32)(c1)]);
  const c3 = add([c2, inverted(192, 32)(c2)]);

  const d1 = halved(192, 64)(c3);
  const d2 = add([d1, inverted(384, 64)(d1)]);
  const d3 = add([d2, inverted(384, 64)(d2)]);
  const d4 = add([d3, inverted(384, 64)(d3)]);

  const e1 = inverted(384, 96)(d4);
  const e2 = add([e1, inverted(576, 96)(e1)]);
  const e3 = add([e2, inverted(576, 96)(e2)]);

  const f1 = halved(576, 160)(e3);
  const f2 = add([f1, inverted(960, 160)(f1)]);
  const f3 = add([f2, inverted(960, 160)(f2)]);

  const g = inverted(960, 320)(f3);

  const features = new GlobalAveragePooling2D()(relu6()(pointwise(1280)(g)));
  const classes = new Dense(1000, { activation: "softmax", inputDim: thin(1280) })(features);
  return new Model({ inputs: image, outputs: classes, name: "mobilenet_v2" });
}
