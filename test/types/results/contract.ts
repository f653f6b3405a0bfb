// The page of the design, line by line.
import {
  Dense,
  type EagerTensor,
  input,
  Layer,
  type Maps,
  Model,
  ops,
  Sequential,
  type SymbolicTensor,
  zeros,
} from "../../../mod.ts";
import type { Shape, Tensor, Variable } from "../../../mod.ts";
import { type Eq, is } from "../exact.ts";

// A layer of one's own.
class SimpleDense<U extends number> extends Layer<Maps<"simple_dense", ["...", "features"], ["...", U]>> {
  w!: Variable;
  b!: Variable;
  readonly units: U;
  constructor(units: U) {
    super();
    this.units = units;
  }
  override build(inputShape: Shape): void {
    this.w = this.addWeight({ name: "w", shape: [inputShape.at(-1), this.units] });
    this.b = this.addWeight({ name: "b", shape: [this.units], initializer: "zeros" });
  }
  override call(x: Tensor): Tensor {
    return ops.add(ops.matmul(x, this.w), this.b);
  }
}

const layer = new SimpleDense(4);
const y = layer(zeros([2, 2]));
is<Eq<typeof y, EagerTensor<readonly [2, 4], "float32">>>();
const values: Float32Array = y.dataSync();
is<Eq<typeof layer.units, 4>>();

// Compile-time input specs.
const dense = new Dense(3, { inputDim: 5 });
const ten = dense(zeros([10, 5]));
is<Eq<typeof ten, EagerTensor<readonly [10, 3], "float32">>>();
// @ts-expect-error Input 0 of layer dense is incompatible with the layer: expected axis -1 of input shape to have value 5 but received input with shape [10, 4]
dense(zeros([10, 4]));

// Symbolic.
const x = input(["batch", 64]);
is<Eq<typeof x, SymbolicTensor<readonly ["batch", 64], "float32">>>();
const h = new Dense(32, { activation: "relu" })(x);
is<Eq<typeof h, SymbolicTensor<readonly ["batch", 32], "float32">>>();
const model = new Model({ inputs: x, outputs: new Dense(10)(h) });
const predicted = model(zeros([8, 64]));
is<Eq<typeof predicted, EagerTensor<readonly [8, 10], "float32">>>();
const seq = new Sequential(input(["batch", 64]), new Dense(32), new Dense(10, { inputDim: 32 }));
const chained = seq(zeros([8, 64]));
is<Eq<typeof chained, EagerTensor<readonly [8, 10], "float32">>>();

// Values are there only where a tensor has them.
// @ts-expect-error A symbolic tensor has no values.
h.dataSync();
// @ts-expect-error A symbolic tensor has no values.
x.array();
const all: (string | number | null)[][] | number[][] = [[...x.shape], [values.length]];
void all;
