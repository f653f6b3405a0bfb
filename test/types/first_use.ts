/**
 * One use of each construct. What the compiler finds out once, whatever the program, is counted with these lines and so
 * is no part of a budget; what another use costs is.
 *
 * @module
 */
import {
  compile,
  Dense,
  type EagerTensor,
  EinsumDense,
  Embedding,
  Flatten,
  input,
  Layer,
  type Maps,
  Model,
  ops,
  Reshape,
  Sequential,
  type Shape,
  type SymbolicTensor,
  type Tensor,
  trace,
  type Variable,
  zeros,
} from "../../mod.ts";

/** A tensor of floats that has values. */
export type Eager<S extends Shape> = EagerTensor<S, "float32">;

/** A tensor of floats that has none yet. */
export type Symbolic<S extends Shape> = SymbolicTensor<S, "float32">;

/** The shape that a construct gives. */
export type Expected<S extends Shape> = S;

/** A layer of one's own. */
class Scale<U extends number> extends Layer<Maps<"scale", ["...", "features"], ["...", U]>> {
  factor!: Variable;
  readonly units: U;
  constructor(units: U) {
    super();
    this.units = units;
  }
  override build(inputShape: Shape): void {
    this.factor = this.addWeight({ name: "factor", shape: [inputShape.at(-1), this.units] });
  }
  override call(x: Tensor): Tensor {
    return ops.matmul(x, this.factor);
  }
}

const a = zeros([2, 6]);
const b = zeros([3, 4, 5, 6]);
const x = input(["rows", 6]);
const sequential = new Sequential(input(["rows", 6]), new Dense(4), new Dense(3, { inputDim: 4 }));
const model = new Model({ inputs: x, outputs: new Dense(4)(x) });

/** What is computed, so that nothing is left out. */
export const all: readonly Tensor[] = [
  ops.add(a, zeros([1, 6])),
  ops.matmul(b, zeros([4, 6, 2])),
  ops.mean(b, { axis: [0, -1], keepDims: true }),
  ops.reshape(b, [3, 2, 2, -1, 6]),
  ops.einsum("bqhd,bkhd->bhqk", b, b),
  ops.concatenate([b, b], { axis: 1 }),
  ops.slice(b, [0, 1, 2, 3], [1, -1, 2, 3]),
  ops.transpose(b, [0, 2, 1, -1]),
  new Dense(4, { inputDim: 6 })(a),
  new Flatten()(b),
  new Reshape([2, -1])(a),
  new EinsumDense("abc,cde->abde", [null, 2, 3])(zeros([2, 3, 4])),
  new Embedding(9, 8)(zeros([2, 3], { dtype: "int32" })),
  new Scale(2)(a),
  sequential(a),
  model(a),
  trace(new Dense(4, { inputDim: 6 }), x).outputs,
  trace((y) => ops.exp(y), x).outputs,
  compile(model)(a),
];
