/** What the tests of pools share. */
import { type EagerTensor, ops, PoolError, type Tensor, WorkerPool, type WorkerPoolOptions } from "@strata/nn";
import type { OnnxValue } from "../../src/onnx/model.ts";
export { within } from "../within.ts";
import { constant, graph, host, model, node, value } from "../engine/models.ts";

/** The module of a worker in `workers`. */
export function workerUrl(name: string): URL {
  return new URL(`./workers/${name}.ts`, import.meta.url);
}

/** Compiled functions as they are without their types. */
export type Untyped = ((...args: unknown[]) => Promise<unknown>) & {
  with(control: { signal?: AbortSignal; timeout?: number }): (...args: unknown[]) => Promise<unknown>;
  release(): Promise<void>;
};

/** Compiles without types. */
export function compileUntyped(pool: WorkerPool, target: unknown, ...inputs: readonly unknown[]): Promise<Untyped> {
  return (pool.compile as unknown as (...args: readonly unknown[]) => Promise<Untyped>).call(pool, target, ...inputs);
}

/** Does something with a pool, and closes it. */
export async function withPool(
  options: WorkerPoolOptions,
  action: (pool: WorkerPool) => Promise<void>,
): Promise<void> {
  await using pool = new WorkerPool({ workers: 1, ...options });
  await action(pool);
}

/** Makes a pool while part of an object is missing. */
export function poolWithout(object: object, key: string, options: WorkerPoolOptions): WorkerPool {
  const descriptor = Object.getOwnPropertyDescriptor(object, key)!;
  Object.defineProperty(object, key, { ...descriptor, value: undefined });
  try {
    return new WorkerPool(options);
  } finally {
    Object.defineProperty(object, key, descriptor);
  }
}

/** The ways in which calls travel, each as what makes a pool that uses it. */
export const TRANSPORTS: readonly (readonly [name: string, make: (options: WorkerPoolOptions) => WorkerPool])[] = [
  ["shared memory", (options) => new WorkerPool(options)],
  ["messages", (options) => poolWithout(globalThis, "SharedArrayBuffer", options)],
];

/** Waits until something is so, at most half a minute. */
export async function until(what: string, isSo: () => boolean): Promise<void> {
  const end = performance.now() + 30_000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`Waited 30 s until ${what}`);
    await turn();
  }
}

const scalar = (name: string, dtype: OnnxValue["dtype"]) => value(name, dtype, []);

/** `y = x + trips`, in as many steps: of 2^62 there is no coming back. */
export function loopModel(): Uint8Array {
  const body = graph(
    [scalar("iteration", "int64"), scalar("go_on", "bool"), value("before", "float32", ["n"])],
    [scalar("goes_on", "bool"), value("after", "float32", ["n"])],
    [node("Identity", ["go_on"], ["goes_on"]), node("Add", ["before", "one"], ["after"])],
    [constant("one", host("float32", [], [1]))],
  );
  return model(
    [value("x", "float32", ["n"]), value("trips", "int64", [1])],
    [value("y", "float32", ["n"])],
    [node("Loop", ["trips", "", "x"], ["y"], { body: { type: "graph", value: body } })],
  );
}

/** The input of {@linkcode loopModel} that hangs. */
export const FOREVER: BigInt64Array = new BigInt64Array([2n ** 62n]);

/** Waits for the events that are due. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** A small function. */
export function double(x: Tensor): Tensor {
  return ops.multiply(x, 2) as Tensor;
}

/** How each promise ended: its values, or the reason why it has none. */
export async function endsOf(results: readonly Promise<unknown>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(results);
  return settled.map((end) => {
    if (end.status === "fulfilled") return (end.value as EagerTensor).array();
    return end.reason instanceof PoolError ? end.reason.reason : end.reason;
  });
}
