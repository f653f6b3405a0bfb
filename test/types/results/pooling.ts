// What pooling and spatial reshaping give.
import {
  type AnyLayer,
  type DType,
  type EagerTensor,
  input,
  type Shape,
  type SymbolicTensor,
  type Tensor,
  zeros,
} from "../../../mod.ts";
import { adaptiveAveragePool } from "../../../src/ops/convolution/adaptive_pooling.ts";
import { averagePool, maxPool } from "../../../src/ops/convolution/pooling.ts";
import { AdaptiveAveragePooling2D, AdaptiveMaxPooling1D } from "../../../src/layers/pooling/adaptive_pooling.ts";
import { AveragePooling1D, AveragePooling2D, AveragePooling3D } from "../../../src/layers/pooling/average_pooling.ts";
import { Cropping1D, Cropping2D, Cropping3D } from "../../../src/layers/reshaping/cropping.ts";
import {
  GlobalAveragePooling1D,
  GlobalAveragePooling2D,
  GlobalMaxPooling3D,
} from "../../../src/layers/pooling/global_pooling.ts";
import { MaxPooling1D, MaxPooling2D, MaxPooling3D } from "../../../src/layers/pooling/max_pooling.ts";
import type { SizedPoolingOptions } from "../../../src/layers/pooling/pooling.ts";
import { UpSampling1D, UpSampling2D, UpSampling3D } from "../../../src/layers/reshaping/up_sampling.ts";
import { ZeroPadding1D, ZeroPadding2D, ZeroPadding3D } from "../../../src/layers/reshaping/zero_padding.ts";
import { type Eq, is } from "../exact.ts";

const image = zeros([8, 28, 29, 3]);
const open = input(["batch", "height", 28, 3]);
declare const unknown: SymbolicTensor<readonly [null, null, 28, 3], "float32">;
declare const wide: EagerTensor<readonly [number, number, 28, 3], "float32">;
declare const unranked: EagerTensor<Shape, "float32">;
declare const plain: Tensor;
declare const size: number;
declare const sizes: readonly [number, number];

const pooled = [
  new MaxPooling2D()(image),
  new MaxPooling2D({ poolSize: 3, strides: 2 })(image),
  new MaxPooling2D({ poolSize: [3, 2], strides: [2, 1], padding: "same", name: "head" })(image),
  new MaxPooling2D({ dataFormat: "channels_first" })(image),
  new MaxPooling2D()(open),
  new MaxPooling2D({ strides: 1, padding: "same" })(open),
  new MaxPooling2D()(unknown),
  new MaxPooling2D()(wide),
  new MaxPooling2D({ poolSize: size })(image),
  new MaxPooling2D({ poolSize: sizes, strides: 1, padding: "same" })(image),
  new MaxPooling2D()(unranked),
  new AveragePooling2D(2)(plain),
  new MaxPooling2D({ strides: null })(zeros([8, 28, 29, 3], { dtype: "int32" })),
  new AveragePooling2D(2)(zeros([8, 28, 29, 3], { dtype: "int32" })),
  new AveragePooling2D([7, 29], { dtype: "float64" })(image),
  new AveragePooling2D({ poolSize: 4 })(image),
  new MaxPooling1D()(zeros([2, 9, 3])),
  new AveragePooling3D(3, { padding: "same" })(zeros([2, 9, 8, 7, 3])),
  new AdaptiveAveragePooling2D([5, 6])(open),
  new AdaptiveMaxPooling1D(4, { dataFormat: "channels_first" })(zeros([2, 3, 9])),
  new GlobalAveragePooling2D()(image),
  new GlobalAveragePooling2D({ keepDims: true })(open),
  new GlobalMaxPooling3D({ dataFormat: "channels_first" })(zeros([2, 9, 8, 7, 3])),
  maxPool(image, 2),
  maxPool(open, [2, 3], { strides: 1 }),
  averagePool(zeros([2, 9, 3], { dtype: "uint8" }), 3, { padding: "same" }),
  adaptiveAveragePool(open, 7),
] as const;
is<
  Eq<
    typeof pooled,
    readonly [
      EagerTensor<readonly [8, 14, 14, 3], "float32">,
      EagerTensor<readonly [8, 13, 14, 3], "float32">,
      EagerTensor<readonly [8, 14, 29, 3], "float32">,
      EagerTensor<readonly [8, 28, 14, 1], "float32">,
      SymbolicTensor<readonly ["batch", null, 14, 3], "float32">,
      SymbolicTensor<readonly ["batch", "height", 28, 3], "float32">,
      SymbolicTensor<readonly [null, null, 14, 3], "float32">,
      EagerTensor<readonly [number, null, 14, 3], "float32">,
      EagerTensor<readonly [8, null, null, 3], "float32">,
      EagerTensor<readonly [8, 28, 29, 3], "float32">,
      EagerTensor<Shape, "float32">,
      Tensor<Shape, "float32">,
      EagerTensor<readonly [8, 14, 14, 3], "int32">,
      EagerTensor<readonly [8, 14, 14, 3], "float32">,
      EagerTensor<readonly [8, 4, 1, 3], "float64">,
      EagerTensor<readonly [8, 7, 7, 3], "float32">,
      EagerTensor<readonly [2, 4, 3], "float32">,
      EagerTensor<readonly [2, 3, 3, 3, 3], "float32">,
      SymbolicTensor<readonly ["batch", 5, 6, 3], "float32">,
      EagerTensor<readonly [2, 3, 4], "float32">,
      EagerTensor<readonly [8, 3], "float32">,
      SymbolicTensor<readonly ["batch", 1, 1, 3], "float32">,
      EagerTensor<readonly [2, 9], "float32">,
      EagerTensor<readonly [8, 14, 14, 3], "float32">,
      SymbolicTensor<readonly ["batch", null, 26, 3], "float32">,
      EagerTensor<readonly [2, 3, 3], "float32">,
      SymbolicTensor<readonly ["batch", 7, 7, 3], "float32">,
    ]
  >
>();

const reshaped = [
  new Cropping1D()(zeros([2, 9, 3])),
  new Cropping1D({ cropping: [0, 4] })(zeros([2, 9, 3])),
  new Cropping2D()(open),
  new Cropping2D({ cropping: [0, 1] })(open),
  new Cropping2D({ cropping: [[1, 2], [0, 1]], dataFormat: "channels_first" })(image),
  new Cropping3D()(zeros([2, 9, 8, 7, 3])),
  new ZeroPadding1D({ padding: [1, 2] })(zeros([2, 9, 3])),
  new ZeroPadding2D()(open),
  new ZeroPadding2D({ padding: [[0, 0], [3, 1]] })(open),
  new ZeroPadding3D({ padding: 2 })(zeros([2, 9, 8, 7, 3])),
  new UpSampling1D()(zeros([2, 9, 3])),
  new UpSampling2D({ interpolation: "bilinear" })(open),
  new UpSampling2D({ size: [3, 1] })(image),
  new UpSampling3D({ size: [1, 2, 3], dataFormat: "channels_first" })(zeros([2, 9, 8, 7, 3])),
] as const;
is<
  Eq<
    typeof reshaped,
    readonly [
      EagerTensor<readonly [2, 7, 3], "float32">,
      EagerTensor<readonly [2, 5, 3], "float32">,
      SymbolicTensor<readonly ["batch", "height", 28, 3], "float32">,
      SymbolicTensor<readonly ["batch", "height", 26, 3], "float32">,
      EagerTensor<readonly [8, 28, 26, 2], "float32">,
      EagerTensor<readonly [2, 7, 6, 5, 3], "float32">,
      EagerTensor<readonly [2, 12, 3], "float32">,
      SymbolicTensor<readonly ["batch", null, 30, 3], "float32">,
      SymbolicTensor<readonly ["batch", "height", 32, 3], "float32">,
      EagerTensor<readonly [2, 13, 12, 11, 3], "float32">,
      EagerTensor<readonly [2, 18, 3], "float32">,
      SymbolicTensor<readonly ["batch", "height*2", 56, 3], "float32">,
      EagerTensor<readonly [8, 84, 29, 3], "float32">,
      EagerTensor<readonly [2, 9, 8, 14, 9], "float32">,
    ]
  >
>();

// Words in capitals, which Keras takes too.
const capitals = [
  new MaxPooling2D({ padding: "SAME" })(image),
  new GlobalAveragePooling2D({ dataFormat: "CHANNELS_FIRST" })(image),
  new ZeroPadding2D({ dataFormat: "CHANNELS_FIRST" })(image),
  averagePool(zeros([2, 9, 3]), 2, { padding: "SAME" }),
  adaptiveAveragePool(open, 7, { dataFormat: "CHANNELS_LAST" }),
] as const;
is<
  Eq<
    typeof capitals,
    readonly [
      EagerTensor<readonly [8, 14, 15, 3], "float32">,
      EagerTensor<readonly [8, 28], "float32">,
      EagerTensor<readonly [8, 28, 31, 5], "float32">,
      EagerTensor<readonly [2, 5, 3], "float32">,
      SymbolicTensor<readonly ["batch", 7, 7, 3], "float32">,
    ]
  >
>();

// Options of the widest type stand for all layers of a class, of which less is known. Without type arguments, a class takes
// them too, and stands for its layers without options.
export const max: MaxPooling2D<SizedPoolingOptions<2>> = new MaxPooling2D({
  poolSize: 3,
  padding: "same",
  name: "head",
});
export const max3: MaxPooling3D = new MaxPooling3D({ dataFormat: "channels_first" });
export const average: AveragePooling1D = new AveragePooling1D(2, { strides: 1 });
export const global: GlobalAveragePooling1D = new GlobalAveragePooling1D({ keepDims: true });
export const adaptive: AdaptiveAveragePooling2D = new AdaptiveAveragePooling2D([1, 2], { name: "head" });
export const cropping: Cropping2D = new Cropping2D({ cropping: [[1, 2], [3, 4]] });
export const padding: ZeroPadding1D = new ZeroPadding1D({ padding: [1, 2] });
export const upSampling: UpSampling2D = new UpSampling2D({ size: [1, 2] });
export const layers: readonly AnyLayer[] = [max, max3, average, global, adaptive, cropping, padding, upSampling];
const little = [max(image), max3.name, MaxPooling2D.fromConfig(max.getConfig())(image)] as const;
is<
  Eq<
    typeof little,
    readonly [
      EagerTensor<readonly [8, null, null, null], DType>,
      string,
      EagerTensor<readonly [8, null, null, null], DType>,
    ]
  >
>();
class Halving extends MaxPooling2D {}
const halved = new Halving()(image);
is<Eq<typeof halved, EagerTensor<readonly [8, 14, 14, 3], "float32">>>();
