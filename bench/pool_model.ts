/**
 * The network of the pool's benches, as Strata has it.
 *
 * @module
 */
import { Dense, type EagerTensor, input, Sequential, tensor, WorkerPool, type WorkerPoolOptions } from "../mod.ts";
import { answer, checkAnswer, type Network } from "./problem.ts";

/** A pool with the network compiled. */
export interface PooledNetwork extends AsyncDisposable {
  readonly pool: WorkerPool;
  /** Runs the network on an input of any number of rows. */
  predict(input: EagerTensor): Promise<EagerTensor>;
  /** Runs it on the input of the problem. */
  call(): Promise<unknown>;
}

/** The layers of a network, with its weights. */
export function sequential({ layers }: Network): Sequential {
  const model = new Sequential(
    input(["batch", layers[0]!.inputs]),
    ...layers.map(({ units, relu }) => new Dense(units, relu ? { activation: "relu" } : {})),
  );
  model.setWeights(
    layers.flatMap(({ inputs, units, kernel, bias }) => [tensor(kernel, [inputs, units]), tensor(bias)]),
  );
  return model as unknown as Sequential;
}

/** Starts a pool, compiles a network and checks its first answer. */
export async function poolOf(problem: Network, options: WorkerPoolOptions): Promise<PooledNetwork> {
  const pool = new WorkerPool(options);
  const predict = await pool.compile(sequential(problem)) as unknown as PooledNetwork["predict"];
  const x = tensor(problem.input, [problem.batch, problem.layers[0]!.inputs]);
  checkAnswer("the pool", (await predict(x)).dataSync() as Float32Array, answer(problem));
  return {
    pool,
    predict,
    call: async () => (await predict(x)).dataSync(),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}
