// Chains of many layers, and functions that make chains of layers whose sizes are type parameters.
import {
  BatchNormalization,
  Conv2D,
  Dense,
  input,
  MaxPooling2D,
  ReLU,
  Sequential,
  type SymbolicTensor,
  zeros,
} from "../../../mod.ts";
import { type Eq, is } from "../exact.ts";

const dense = [new Dense(16), new Dense(8), new Dense(4), new Dense(2)] as const;
const convolutions = [
  new Conv2D(4, 3, { padding: "same" }),
  new BatchNormalization(),
  new ReLU(),
  new Conv2D(6, 1),
] as const;

// 24 layers, with and without an input in front.
const long = new Sequential(input(["batch", 64]), ...dense, ...dense, ...dense, ...dense, ...dense, ...dense);
const longResult = long(zeros([8, 64]));
is<Eq<typeof longResult["shape"], readonly [8, 2]>>();
is<Eq<typeof long.outputs, SymbolicTensor<readonly ["batch", 2], "float32">>>();
const open = new Sequential(...dense, ...dense, ...dense, ...dense, ...dense, ...dense);
const openResult = open(zeros([8, 64]));
is<Eq<typeof openResult["shape"], readonly [8, 2]>>();
const images = new Sequential(
  ...convolutions,
  ...convolutions,
  ...convolutions,
  ...convolutions,
  ...convolutions,
  ...convolutions,
);
const imagesResult = images(zeros([1, 9, 11, 3]));
is<Eq<typeof imagesResult["shape"], readonly [1, 9, 11, 6]>>();

// 200 layers.
const forty = [
  ...dense,
  ...dense,
  ...dense,
  ...dense,
  ...dense,
  ...dense,
  ...dense,
  ...dense,
  ...dense,
  ...dense,
] as const;
const longest = new Sequential(input(["batch", 64]), ...forty, ...forty, ...forty, ...forty, ...forty);
const longestResult = longest(zeros([8, 64]));
is<Eq<typeof longestResult["shape"], readonly [8, 2]>>();

// Sizes that are type parameters.
const perceptron = <N extends number>(n: N) => new Sequential(input(["batch", 4]), new Dense(n), new Dense(3));
const perceptronResult = perceptron(5)(zeros([2, 4]));
is<Eq<typeof perceptronResult["shape"], readonly [2, 3]>>();
const last = <N extends number>(n: N) =>
  new Sequential(input(["batch", 4]), new Dense(7), new BatchNormalization(), new Dense(n));
const lastResult = last(5)(zeros([2, 4]));
is<Eq<typeof lastResult["shape"], readonly [2, 5]>>();
const network = <F extends number>(filters: F) =>
  new Sequential(
    input(["batch", 28, 28, 1]),
    new Conv2D(filters, 3),
    new ReLU(),
    new MaxPooling2D(),
    new Conv2D(filters, 3),
  );
const networkResult = network(8)(zeros([2, 28, 28, 1]));
is<Eq<typeof networkResult["shape"], readonly [2, 11, 11, 8]>>();

// A mistake is found where a chain is long, too.
// @ts-expect-error 63 features for 64
long(zeros([8, 63]));
// @ts-expect-error the last layer takes 3 features
new Sequential(input(["batch", 64]), ...forty, new Dense(1, { inputDim: 3 }));
