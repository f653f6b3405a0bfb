/**
 * The other thread of `raw.ts`: makes calls one after the other and says how long they took.
 *
 * @module
 */
import { rawCall } from "./raw.ts";
import { MLP, network } from "./problem.ts";

const scope = globalThis as unknown as {
  onmessage: (event: { data: { batch: number; threads: number; calls?: number } }) => void;
  postMessage(message: number): void;
};
let call: (() => Promise<unknown>) | undefined;

scope.onmessage = async ({ data }) => {
  if (data.calls === undefined) {
    call = await rawCall(network(data.batch, ...MLP), data.threads);
    return scope.postMessage(0);
  }
  const begin = performance.now();
  for (let index = 0; index < data.calls; index++) await call!();
  scope.postMessage(performance.now() - begin);
};
