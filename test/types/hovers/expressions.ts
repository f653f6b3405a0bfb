// Typical expressions, of which `hovers_test.ts` keeps what an editor shows.
import {
  Conv2D,
  Dense,
  type EagerTensor,
  input,
  jit,
  LSTM,
  MaxPooling2D,
  ops,
  type PooledGraph,
  Sequential,
  type SymbolicTensor,
  trace,
  zeros,
} from "../../../mod.ts";

declare const x: EagerTensor<readonly [8, 64], "float32">;
declare const predict: PooledGraph<
  readonly [SymbolicTensor<readonly ["batch", 64], "float32">],
  SymbolicTensor<readonly ["batch", 10], "float32">
>;

const dense = new Dense(10, { activation: "relu" });
const denseCall = dense(x);
const conv = new Conv2D(32, 3, { strides: 2 });
const pooling = new MaxPooling2D({ poolSize: 3 });
const plainPooling = new MaxPooling2D();
const lstm = new LSTM(16, { returnSequences: true });
const model = new Sequential(input(["batch", 64]), new Dense(32), new Dense(10, { activation: "softmax" }));
const modelCall = model(x);
const graph = trace(dense, input(["batch", 64]));
const compiled = jit(dense);
const pooled = predict(x);
const sum = ops.add(x, zeros([64]));
const joined = ops.concatenate([x, x], { axis: 1 });
const symbolic = input(["batch", 64]);

void [
  dense,
  denseCall,
  conv,
  pooling,
  plainPooling,
  lstm,
  model,
  modelCall,
  graph,
  compiled,
  pooled,
  sum,
  joined,
  symbolic,
];
