// What models give.
import {
  Dense,
  type EagerTensor,
  Flatten,
  input,
  Model,
  ops,
  Reshape,
  Sequential,
  type SymbolicTensor,
  zeros,
} from "../../../mod.ts";
import { type Eq, is } from "../exact.ts";

const x = input(["batch", 64]);
const other = input(["batch", 8]);
const h = new Dense(32, { activation: "relu" })(x);
is<Eq<typeof h, SymbolicTensor<readonly ["batch", 32], "float32">>>();

const model = new Model({ inputs: x, outputs: new Dense(10)(h) });
const one = model(zeros([8, 64]));
is<Eq<typeof one, EagerTensor<readonly [8, 10], "float32">>>();
const symbolic = model(input([null, 64]));
is<Eq<typeof symbolic, SymbolicTensor<readonly [null, 10], "float32">>>();
const named = model(input(["rows", 64]));
is<Eq<typeof named, SymbolicTensor<readonly ["rows", 10], "float32">>>();

const pair = new Model({ inputs: [x, other], outputs: [ops.concatenate([x, other], { axis: 1 }), h] });
const [joined, hidden] = pair([zeros([8, 64]), zeros([8, 8])]);
is<Eq<typeof joined, EagerTensor<readonly [8, 72], "float32">>>();
is<Eq<typeof hidden, EagerTensor<readonly [8, 32], "float32">>>();

const record = new Model({ inputs: { x, other }, outputs: { both: ops.matmul(ops.transpose(x), other) } });
const { both } = record({ x: zeros([8, 64]), other: zeros([8, 8]) });
is<Eq<typeof both, EagerTensor<readonly [64, 8], "float32">>>();

const sequential = new Sequential(x, new Reshape([8, 8]), new Dense(4), new Flatten(), new Dense(10));
const logits = sequential(zeros([16, 64]));
is<Eq<typeof logits, EagerTensor<readonly [16, 10], "float32">>>();
const again = sequential(x);
is<Eq<typeof again, SymbolicTensor<readonly ["batch", 10], "float32">>>();
const late = new Sequential(new Dense(32), new Dense(10, { inputDim: 32 }))(zeros([2, 3, 4]));
is<Eq<typeof late, EagerTensor<readonly [2, 3, 10], "float32">>>();
const inner = new Sequential(x, new Sequential(new Dense(32), new Dense(16)), model2())(zeros([2, 64]));
is<Eq<typeof inner, EagerTensor<readonly [2, 10], "float32">>>();

function model2(): Sequential<readonly [Dense<10>]> {
  return new Sequential(new Dense(10)) as Sequential<readonly [Dense<10>]>;
}
