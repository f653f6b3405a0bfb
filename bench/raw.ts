/**
 * A network by the public API of onnxruntime-web, on this thread or, with several threads of its own, on another: how many
 * threads it uses is settled when the package is first used.
 *
 * @module
 */
import { env, InferenceSession, Tensor } from "onnxruntime-web";
import type { Runner } from "./measure.ts";
import { networkModel } from "./onnx_model.ts";
import { answer, checkAnswer, type Network } from "./problem.ts";

/** Deno's own class: the package puts that of node:worker_threads in its place when it starts. */
const WebWorker = Worker;

/** A call of a network on this thread, whose first answer was checked. */
export async function rawCall(problem: Network, threads = 1): Promise<() => Promise<unknown>> {
  env.wasm.numThreads = threads;
  const model = networkModel(problem.layers, null);
  const session = await InferenceSession.create(model, { executionProviders: ["wasm"] });
  const shape = [problem.batch, problem.layers[0]!.inputs];
  const call = async () => {
    const { y } = await session.run({ x: new Tensor("float32", problem.input, shape) });
    return y!.data as Float32Array;
  };
  checkAnswer("onnxruntime-web", await call(), answer(problem));
  return call;
}

/** A side on a thread of its own, with `threads` threads for each run; it makes its calls by itself. */
export function rawElsewhere(name: string, batch: number, threads: number): Runner & Disposable {
  const worker = new WebWorker(new URL("raw_worker.ts", import.meta.url), { type: "module" });
  const ask = (message: unknown): Promise<number> =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data as number);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(message);
    });
  const ready = ask({ batch, threads });
  return {
    name,
    async run(calls) {
      await ready;
      return await ask({ calls });
    },
    [Symbol.dispose]: () => worker.terminate(),
  };
}
