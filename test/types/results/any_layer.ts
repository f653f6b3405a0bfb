// What takes any layer: every layer and model can be given, and called with a tensor; what comes out has an unknown shape.
import type * as everything from "../../../mod.ts";
import {
  Add,
  type AnyLayer,
  type Anything,
  Conv2D,
  Dense,
  Dropout,
  type DType,
  type EagerTensor,
  input,
  type Keeps,
  Layer,
  LSTM,
  Model,
  MultiHeadAttention,
  ops,
  Sequential,
  type Shape,
  type SymbolicTensor,
  type Tensor,
  zeros,
} from "../../../mod.ts";
import { type Eq, is } from "../exact.ts";

const x = zeros([2, 4]);
const symbolic = input(["batch", 4]);
const model = new Model({ inputs: symbolic, outputs: new Dense(3)(symbolic) });
const models = [
  model,
  new Sequential(new Dense(3)),
  new Sequential(symbolic, new Dense(3)),
  new Model({ inputs: [symbolic, input(["batch", 2])], outputs: { a: symbolic, b: new Dense(3)(symbolic) } }),
  new Model({ inputs: { a: symbolic }, outputs: [symbolic] }),
] as const;

declare function takeLayer(layer: Layer): void;
declare function takeAnything(layer: Layer<Anything>): void;
declare function takeAny(layer: AnyLayer): void;
declare function takeModel(model: Model): void;
takeAnything(new Dense(3));
takeLayer(new LSTM(3, { returnState: true }));
takeAny(new Add());
for (const each of models) {
  takeLayer(each);
  takeAnything(each);
  takeAny(each);
}
takeModel(models[0]);
takeModel(models[1]);
takeModel(models[2]);
takeModel(models[3]);
takeModel(models[4]);
// @ts-expect-error a layer is no model
takeModel(new Dense(3));
// @ts-expect-error a function is no layer
takeLayer((x: Tensor) => x);

// Every class that is exported.
type Everything = typeof everything;
type Instances = {
  [K in keyof Everything]: Everything[K] extends abstract new (...args: never) => infer T
    ? T extends { readonly signature: unknown } ? T : never
    : never;
};
declare const every: Instances[keyof Instances];
takeLayer(every);
type Found = { [K in keyof Instances as [Instances[K]] extends [never] ? never : K]: 1 };
is<Eq<"Bidirectional" | "Dense" | "MultiHeadAttention" | "Sequential" extends keyof Found ? true : false, true>>();
is<Eq<"InputSpec" | "WorkerPool" extends keyof Found ? true : false, false>>();

// Fields, lists, maps, constructors and type parameters.
class Block {
  readonly inner: Layer;
  readonly more = new Map<string, Layer>();
  constructor(inner: Layer) {
    this.inner = inner;
    this.more.set("dropout", new Dropout(0.5)).set("attention", new MultiHeadAttention(2, 3));
  }
}
new Block(new Conv2D(2, 3)).more.get("dropout")?.(x);
const list: Layer[] = [new Dense(3), new Add(), new LSTM(2), model, new Sequential(new Dense(3))];
const chained = list.reduce<Tensor>((value, layer) => layer(value), x);
is<Eq<typeof chained, Tensor>>();
const twice = <L extends Layer>(layer: L, value: Tensor): Tensor => layer(layer(value));
twice(new Dense(3), x);
twice(model, x);

// What a call gives.
declare const layer: Layer;
const eager = layer(x);
is<Eq<typeof eager, EagerTensor<Shape, DType>>>();
const fromValues = layer([[1, 2]]);
is<Eq<typeof fromValues, EagerTensor<Shape, DType>>>();
const later = layer(symbolic);
is<Eq<typeof later, SymbolicTensor<Shape, DType>>>();
declare const some: Tensor;
const either = layer(some, { training: true });
is<Eq<typeof either, Tensor>>();
const several = layer([x, x]);
is<Eq<typeof several, EagerTensor<Shape, DType>>>();
declare const anyModel: Model;
const fromModel = anyModel(x);
is<Eq<typeof fromModel, EagerTensor<Shape, DType>>>();

// A layer of one's own without a signature.
class Plain extends Layer {
  override call(x: Tensor) {
    return ops.add(x, 1);
  }
}
const plain = new Plain()(x);
is<Eq<typeof plain, EagerTensor<Shape, DType>>>();
const plainLater = new Plain()(symbolic);
is<Eq<typeof plainLater, SymbolicTensor<Shape, DType>>>();
class Own extends Model {
  readonly dense = new Dense(3);
  override call(x: Tensor) {
    return this.dense(x);
  }
}
const own = new Own()(x);
is<Eq<typeof own, EagerTensor<Shape, DType>>>();
takeModel(new Own());

// Options of one's own, beside those of every layer.
class Causal extends Layer<Keeps<"causal">, { readonly causal?: boolean }> {
  override call(x: Tensor, { causal = false }: { readonly causal?: boolean }): Tensor {
    return causal ? ops.negative(x) : x;
  }
}
const causal = new Causal()(x, { causal: true, training: false, mask: null });
is<Eq<typeof causal, EagerTensor<readonly [2, 4], "float32">>>();
takeLayer(new Causal());
new Causal()(x);
// @ts-expect-error a number is no boolean
new Causal()(x, { causal: 3 });
// @ts-expect-error there is no such option
new Causal()(x, { casual: true });
// @ts-expect-error an option of another layer
new Dense(3)(x, { causal: true });

// A layer is also a function of tensors of the shapes that it takes and gives.
const logits: (x: EagerTensor<readonly [number, 64]>) => EagerTensor<readonly [number, 10]> = new Dense(10);
// @ts-expect-error it gives 11 features
const wrongOutput: (x: EagerTensor<readonly [number, 64]>) => EagerTensor<readonly [number, 10]> = new Dense(11);
// @ts-expect-error it takes 63 features
const wrongInput: (x: EagerTensor<readonly [number, 64]>) => EagerTensor<readonly [number, 10]> = new Dense(10, {
  inputDim: 63,
});
export const functions: readonly unknown[] = [logits, wrongOutput, wrongInput];
