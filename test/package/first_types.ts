/**
 * What compilers must say of the installed package, whatever `lib` they have: the marked lines are mistakes, the others
 * are none. It is checked and not run.
 *
 * @module
 */
import { type AnyLayer, Conv2D, Dense, type EagerTensor, input, jit, Layer, Model, ops } from "@strata/nn";
import { Sequential, type Tensor, tensor, WorkerPool, zeros } from "@strata/nn";

const h = new Dense(4)(zeros([10, 8]));
// @ts-expect-error 4 features for a layer that takes 5
new Dense(3, { inputDim: 5 })(h);
// @ts-expect-error 2 features for a layer that takes 5
new Dense(3, { inputDim: 5 })(tensor([[1, 2]]));
// @ts-expect-error inner dims are 2 and 1
ops.matmul(tensor([[1, 2]]), tensor([[1, 2]]));
// @ts-expect-error a tensor is no string
export const text: string = h;

// Typed arrays of every dtype; those of float16 have a type where `lib` has none.
const halves = tensor([1], { dtype: "float16" }).dataSync();
export const half: number | undefined = halves[0];
// @ts-expect-error a number is no string
export const word: string | undefined = halves[0];
export const long: bigint | undefined = tensor([1n]).dataSync()[0];

// Pools, without `await using`, `URL` or `AbortSignal`.
export async function serve(rows: number[][], signal: { readonly signal?: undefined }): Promise<EagerTensor> {
  const pool = new WorkerPool({ workers: 1, workerUrl: "file:///worker.js" });
  const predict = await pool.compile(new Dense(3));
  // @ts-expect-error a number is no signal
  predict.with({ signal: 3 });
  const result = await predict.with(signal)(rows);
  await predict.release();
  await pool.close();
  return result;
}

// What takes any layer.
export function twice(layer: Layer, x: EagerTensor): EagerTensor {
  return layer(layer(x));
}
class Shift extends Layer {
  override call(x: Tensor) {
    return ops.add(x, 1);
  }
}
const x = input(["batch", 8]);
const model = new Model({ inputs: x, outputs: new Dense(3)(x) });
const sequential = new Sequential(x, new Dense(3));
export const layers: readonly AnyLayer[] = [new Dense(3), new Conv2D(2, 3), new Shift(), model, sequential];
export const models: readonly Model[] = [model, sequential];
export const results: readonly EagerTensor[] = [twice(new Dense(3), h), new Shift()(h), jit(model)(zeros([1, 8]))];
// @ts-expect-error a model is no string
export const name: string = model;

// Long chains.
const six = [new Dense(6), new Dense(5), new Dense(4), new Dense(3), new Dense(2), new Dense(1)] as const;
const chain = new Sequential(x, ...six, ...six, ...six, ...six);
export const last: readonly [2, 1] = chain(zeros([2, 8])).shape;
// @ts-expect-error 7 features for a model that takes 8
chain(zeros([2, 7]));
const generic = <N extends number>(n: N) => new Sequential(x, new Dense(n), new Dense(3));
export const made: readonly [2, 3] = generic(5)(zeros([2, 8])).shape;
