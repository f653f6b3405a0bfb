// What layers that normalize, merge and make noise give.
import {
  type EagerTensor,
  input,
  type Shape,
  type SymbolicTensor,
  type Tensor,
  Variable,
  zeros,
} from "../../../mod.ts";
import { ActivityRegularization } from "../../../src/layers/regularization/activity_regularization.ts";
import { BatchNormalization } from "../../../src/layers/normalization/batch_normalization.ts";
import { Concatenate } from "../../../src/layers/merging/concatenate.ts";
import { Dot } from "../../../src/layers/merging/dot.ts";
import { GroupNormalization } from "../../../src/layers/normalization/group_normalization.ts";
import { LayerNormalization } from "../../../src/layers/normalization/layer_normalization.ts";
import { Add, Average, Maximum, Multiply, Subtract } from "../../../src/layers/merging/merging.ts";
import { add, concatenate, dot } from "../../../src/layers/merging/merging_functions.ts";
import { GaussianNoise } from "../../../src/layers/regularization/noise.ts";
import { Normalization } from "../../../src/layers/normalization/normalization.ts";
import { Rescaling } from "../../../src/layers/normalization/rescaling.ts";
import { RMSNormalization } from "../../../src/layers/normalization/rms_normalization.ts";
import { SpatialDropout2D } from "../../../src/layers/regularization/spatial_dropout.ts";
import { SpectralNormalization } from "../../../src/layers/normalization/spectral_normalization.ts";
import { UnitNormalization } from "../../../src/layers/normalization/unit_normalization.ts";
import { Dense } from "../../../mod.ts";
import { type Eq, is } from "../exact.ts";

const a = zeros([2, 3, 4]);
const x = input(["batch", 3, 4]);
const image = zeros([2, 5, 6, 8]);
declare const wide: EagerTensor<readonly [number, 4], "float32">;
declare const unranked: EagerTensor<Shape, "float32">;
declare const plain: Tensor;
declare const list: readonly EagerTensor<readonly [2, 3], "float32">[];

const normalized = [
  new BatchNormalization()(a),
  new BatchNormalization({ axis: 1, dtype: "float16" })(x),
  new LayerNormalization({ axis: [1, 2] })(wide as never as typeof a),
  new LayerNormalization()(unranked),
  new LayerNormalization()(plain),
  new GroupNormalization({ groups: 2 })(image),
  new RMSNormalization()(wide),
  new UnitNormalization()([[1, 2]]),
  new Normalization({ axis: null })(x),
  new Rescaling(2)(zeros([2], { dtype: "uint8" })),
  new BatchNormalization()(new Variable(zeros([2, 3], { dtype: "int32" }))),
  new SpectralNormalization(new Dense(7))(x),
  new SpatialDropout2D(0.5)(image),
  new GaussianNoise(0.5)(x),
  new ActivityRegularization()(a),
] as const;
is<
  Eq<
    typeof normalized,
    readonly [
      EagerTensor<readonly [2, 3, 4], "float32">,
      SymbolicTensor<readonly ["batch", 3, 4], "float16">,
      EagerTensor<readonly [2, 3, 4], "float32">,
      EagerTensor<Shape, "float32">,
      Tensor<Shape, "float32">,
      EagerTensor<readonly [2, 5, 6, 8], "float32">,
      EagerTensor<readonly [number, 4], "float32">,
      EagerTensor<readonly [1, 2], "float32">,
      SymbolicTensor<readonly ["batch", 3, 4], "float32">,
      EagerTensor<readonly [2], "float32">,
      EagerTensor<readonly [2, 3], "float32">,
      SymbolicTensor<readonly ["batch", 3, 7], "float32">,
      EagerTensor<readonly [2, 5, 6, 8], "float32">,
      SymbolicTensor<readonly ["batch", 3, 4], "float32">,
      EagerTensor<readonly [2, 3, 4], "float32">,
    ]
  >
>();

const whole = zeros([2, 3], { dtype: "int32" });
const merged = [
  new Add()([a, zeros([2, 4])]),
  new Add()([x, x, x]),
  new Subtract()([x, zeros([8, 1])]),
  new Multiply()([input([null, 3]), input(["batch", 1, 3])]),
  new Add()([whole, whole]),
  new Maximum()([whole, zeros([2, 1])]),
  new Average()([whole, whole]),
  new Add()(list),
  new Add()([unranked, a]),
  new Add()([zeros([2, 3]), [[1, 2, 3], [4, 5, 6]]]),
  new Concatenate()([a, zeros([2, 3, 5])]),
  new Concatenate({ axis: 1 })([x, input(["batch", null, 4])]),
  new Concatenate({ axis: 1 })([x, input(["batch", 5, 4])]),
  new Dot(1)([zeros([2, 3]), zeros([2, 3])]),
  new Dot(-1)([x, input(["batch", "time", 4])]),
  new Dot([1, 2])([zeros([2, 3, 5, 6]), zeros([2, 7, 3])]),
  add([a, a]),
  concatenate([a, a], { axis: 1 }),
  dot([a, a], [1, 1]),
] as const;
is<
  Eq<
    typeof merged,
    readonly [
      EagerTensor<readonly [2, 3, 4], "float32">,
      SymbolicTensor<readonly ["batch", 3, 4], "float32">,
      SymbolicTensor<readonly [8, 3, 4], "float32">,
      SymbolicTensor<readonly [null, 1, 3], "float32">,
      EagerTensor<readonly [2, 3], "int32">,
      EagerTensor<readonly [2, 3], "float32">,
      EagerTensor<readonly [2, 3], "float32">,
      EagerTensor<Shape, "float32">,
      EagerTensor<Shape, "float32">,
      EagerTensor<readonly [2, 3], "float32">,
      EagerTensor<readonly [2, 3, 9], "float32">,
      SymbolicTensor<readonly ["batch", null, 4], "float32">,
      SymbolicTensor<readonly ["batch", 8, 4], "float32">,
      EagerTensor<readonly [2, 1], "float32">,
      SymbolicTensor<readonly ["batch", 3, "time"], "float32">,
      EagerTensor<readonly [2, 5, 6, 7], "float32">,
      EagerTensor<readonly [2, 3, 4], "float32">,
      EagerTensor<readonly [2, 6, 4], "float32">,
      EagerTensor<readonly [2, 4, 4], "float32">,
    ]
  >
>();
