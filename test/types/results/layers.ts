// What layers give.
import {
  Activation,
  Dense,
  Dropout,
  type DType,
  type EagerTensor,
  EinsumDense,
  Embedding,
  Flatten,
  Identity,
  input,
  Lambda,
  Layer,
  type LayerInput,
  type Maps,
  ops,
  Permute,
  RepeatVector,
  Reshape,
  type Shape,
  type SymbolicTensor,
  type Tensor,
  Variable,
  zeros,
} from "../../../mod.ts";
import { type Eq, is } from "../exact.ts";

const a = zeros([2, 3, 4]);
const x = input(["batch", 3, 4]);
declare const unknown: SymbolicTensor<readonly [null, 3], "float32">;
declare const wide: EagerTensor<readonly [number, 4], "float32">;
declare const unranked: EagerTensor<Shape, "float32">;
declare const plain: Tensor;

const dense = [
  new Dense(5)(a),
  new Dense(5)(x),
  new Dense(5, { inputDim: 4 })(wide),
  new Dense(5)(unknown),
  new Dense(5)(unranked),
  new Dense(5)(plain),
  new Dense(5)([[1, 2], [3, 4]]),
  new Dense(5, { dtype: "float64" })(new Variable(zeros([2, 3]))),
  new Dense(5, { inputDim: 4 }).build(["batch", 4])(x),
] as const;
is<
  Eq<
    typeof dense,
    readonly [
      EagerTensor<readonly [2, 3, 5], "float32">,
      SymbolicTensor<readonly ["batch", 3, 5], "float32">,
      EagerTensor<readonly [number, 5], "float32">,
      SymbolicTensor<readonly [null, 5], "float32">,
      EagerTensor<Shape, "float32">,
      Tensor<Shape, "float32">,
      EagerTensor<readonly [2, 5], "float32">,
      EagerTensor<readonly [2, 5], "float64">,
      SymbolicTensor<readonly ["batch", 3, 5], "float32">,
    ]
  >
>();

const moving = [
  new Flatten()(a),
  new Flatten()(x),
  new Flatten()(unranked),
  new Reshape([2, -1])(a),
  new Reshape([12])(x),
  new Reshape([-1])(unranked),
  new Permute([2, 1])(x),
  new RepeatVector(7)(unknown),
  new EinsumDense("abc,cd->abd", [null, 64])(x),
  new EinsumDense("abc,cde->abde", [null, 8, 16])(a),
  new Embedding(1000, 16)(zeros([2, 5], { dtype: "int32" })),
  new Embedding(1000, 16)(input(["batch", "time"], { dtype: "int32" })),
  new Identity()(zeros([2], { dtype: "int64" })),
  new Dropout(0.5)(x),
  new Activation("relu")(a),
  new Lambda((t) => ops.add(t, 1))(a),
] as const;
is<
  Eq<
    typeof moving,
    readonly [
      EagerTensor<readonly [2, 12], "float32">,
      SymbolicTensor<readonly ["batch", 12], "float32">,
      EagerTensor<readonly [null, null], "float32">,
      EagerTensor<readonly [2, 2, 6], "float32">,
      SymbolicTensor<readonly ["batch", 12], "float32">,
      EagerTensor<Shape, "float32">,
      SymbolicTensor<readonly ["batch", 4, 3], "float32">,
      SymbolicTensor<readonly [null, 7, 3], "float32">,
      SymbolicTensor<readonly ["batch", 3, 64], "float32">,
      EagerTensor<readonly [2, 3, 8, 16], "float32">,
      EagerTensor<readonly [2, 5, 16], "float32">,
      SymbolicTensor<readonly ["batch", "time", 16], "float32">,
      EagerTensor<readonly [2], "int64">,
      SymbolicTensor<readonly ["batch", 3, 4], "float32">,
      EagerTensor<readonly [2, 3, 4], "float32">,
      EagerTensor<Shape, DType>,
    ]
  >
>();

/** A layer that is only a pattern. */
class Given<const In, const Out> extends Layer<Maps<"given", In, Out>> {
  constructor(_input: In, _output: Out) {
    super();
  }
  override call(inputs: never): Tensor {
    return inputs;
  }
}
const first = new Given(["...", "features"], ["...", 5]);
const middle = new Given(["batch", "...", "n"], ["n", "...", "batch"]);
const pair = new Given([["batch", "a"], ["batch", "b"]], { sum: ["batch"], both: ["a", "b", "batch"] });
const record = new Given({ query: ["batch", "q", 8], value: ["batch", "v", 8] }, ["batch", "q", "v", "other"]);
const patterns = [
  first(a),
  first(zeros([7])),
  first(unknown),
  first(unranked),
  middle(x),
  middle(zeros([2, 3])),
] as const;
is<
  Eq<
    typeof patterns,
    readonly [
      EagerTensor<readonly [2, 3, 5], "float32">,
      EagerTensor<readonly [5], "float32">,
      SymbolicTensor<readonly [null, 5], "float32">,
      EagerTensor<Shape, "float32">,
      SymbolicTensor<readonly [4, 3, "batch"], "float32">,
      EagerTensor<readonly [3, 2], "float32">,
    ]
  >
>();
const several = pair([zeros([8, 2]), input([null, 3])]);
is<Eq<typeof several.sum, SymbolicTensor<readonly [8], "float32">>>();
is<Eq<typeof several.both, SymbolicTensor<readonly [2, 3, 8], "float32">>>();
const reversed = pair([input([null, 2]), zeros([8, 3])]);
is<Eq<typeof reversed.both, SymbolicTensor<readonly [2, 3, 8], "float32">>>();
const keyed = record({ query: zeros([2, 3, 8]), value: zeros([2, 5, 8]) });
is<Eq<typeof keyed, EagerTensor<readonly [2, 3, 5, "other"], "float32">>>();
const inputs: LayerInput = { query: a };
void inputs;
