// What traced and compiled layers, models and functions give.
import {
  Dense,
  Dropout,
  type EagerTensor,
  Flatten,
  type Graph,
  input,
  jit,
  type LayerInput,
  Model,
  ops,
  Sequential,
  type SymbolicTensor,
  type Tensor,
  trace,
  type Variable,
  zeros,
} from "../../../mod.ts";
import { type Eq, is } from "../exact.ts";

type Symbolic<S extends readonly (number | string | null)[]> = SymbolicTensor<S, "float32">;

const x = input(["batch", 64]);
const dense = new Dense(10, { activation: "relu", inputDim: 64 });

const ofLayer = trace(dense, x);
is<Eq<typeof ofLayer, Graph<readonly [Symbolic<readonly ["batch", 64]>], Symbolic<readonly ["batch", 10]>>>>();
const ofValues = trace(dense, zeros([2, 64]));
is<Eq<typeof ofValues, Graph<readonly [Symbolic<readonly [2, 64]>], Symbolic<readonly [2, 10]>>>>();
const training = trace(new Dropout(0.5), x, { training: true }).outputs;
is<Eq<typeof training, Symbolic<readonly ["batch", 64]>>>();
const flat = trace(new Flatten(), input(["batch", "time", 64])).outputs.shape;
is<Eq<typeof flat, readonly ["batch", "time*64"]>>();

const hidden = dense(x);
const model = new Model({ inputs: x, outputs: { hidden, y: new Dense(3)(hidden) } });
const ofModel = trace(model);
is<Eq<typeof ofModel.inputs, readonly [Symbolic<readonly ["batch", 64]>]>>();
is<Eq<typeof ofModel.outputs.y, Symbolic<readonly ["batch", 3]>>>();
const eight = trace(model, zeros([8, 64])).outputs;
is<Eq<typeof eight.hidden, Symbolic<readonly [8, 10]>>>();

const sequential = trace(new Sequential(input(["batch", 8, 8]), new Dense(4))).outputs;
is<Eq<typeof sequential, Symbolic<readonly ["batch", 8, 4]>>>();
const late = trace(new Sequential(new Dense(4)), input([null, 8])).outputs;
is<Eq<typeof late, Symbolic<readonly [null, 4]>>>();

const ofFunction = trace(
  (a, { b, more: [c] }, options) => {
    is<Eq<typeof a, Symbolic<readonly ["n", 3]>>>();
    is<Eq<typeof options, { readonly training: true }>>();
    return { sum: ops.add(a, b), list: [ops.multiply(c, 2)] as const };
  },
  input(["n", 3]),
  { b: zeros([3]), more: [input([3])] },
  { training: true },
);
is<Eq<typeof ofFunction.outputs.sum, Symbolic<readonly ["n", 3]>>>();
is<Eq<typeof ofFunction.outputs.list[0], Symbolic<readonly [3]>>>();
is<
  Eq<
    typeof ofFunction.inputs[1],
    { readonly b: Symbolic<readonly [3]>; readonly more: readonly [Symbolic<readonly [3]>] }
  >
>();
const ofNothing = trace(() => ops.arange(3));
is<Eq<typeof ofNothing.inputs, readonly []>>();

const one = jit(dense, x)(zeros([8, 64]));
is<Eq<typeof one, EagerTensor<readonly [8, 10], "float32">>>();
const unseen = jit(dense)(zeros([8, 64]));
is<Eq<typeof unseen, EagerTensor<readonly [8, 10], "float32">>>();
const ofGraph = jit(ofModel)(zeros([5, 64]));
is<Eq<typeof ofGraph.y, EagerTensor<readonly [5, 3], "float32">>>();
const compiledModel = jit(model)(zeros([5, 64]));
is<Eq<typeof compiledModel.hidden, EagerTensor<readonly [5, 10], "float32">>>();

const several = jit(
  (a, b) => ({ sum: ops.add(a, b), nested: [ops.argmax(a, { axis: 1 })] as const }),
  input(["n", 3]),
  input([3]),
);
const { sum, nested } = several(zeros([2, 3]), [1, 2, 3]);
is<Eq<typeof sum, EagerTensor<readonly [2, 3], "float32">>>();
is<Eq<typeof nested[0], EagerTensor<readonly [2], "int32">>>();
const fromArrays = several([[1, 2, 3]], [1, 2, 3]).sum;
is<Eq<typeof fromArrays, EagerTensor<readonly [1, 3], "float32">>>();
declare const variable: Variable<readonly [4, 3], "float32">;
const fromVariable = several(variable, [1, 2, 3]).sum;
is<Eq<typeof fromVariable, EagerTensor<readonly [4, 3], "float32">>>();

// What is no tensor may be left out; shapes are then not computed, so that open ones are not known.
const withOptions = jit((a, { axis }) => ops.sum(a, { axis }), input(["n", 3]), { axis: 0 });
const [left, given] = [withOptions(zeros([2, 3])), withOptions(zeros([2, 3]), { axis: 0 })];
is<Eq<typeof left, EagerTensor<readonly [3], "float32">>>();
is<Eq<typeof given, typeof left>>();
const deep = jit(({ a, b: [c] }) => ops.add(a, c), { a: x, b: [x] })({ a: zeros([1, 64]), b: [zeros([1, 64])] });
is<Eq<typeof deep, EagerTensor<readonly [number, 64], "float32">>>();

const free = jit((a: Tensor, options: { readonly axis: number }) => [ops.sum(a, options), a] as const);
const [total, same] = free([[1, 2]], { axis: 0 });
is<Eq<typeof same, EagerTensor>>();
void total;

// A graph of which nothing is known takes and gives anything.
declare const graph: Graph;
const anything = jit(graph)(zeros([1]), 3);
is<Eq<typeof anything, unknown>>();

// A layer may be called with any input, of which nothing is known then.
declare const wide: LayerInput;
void dense(wide);
