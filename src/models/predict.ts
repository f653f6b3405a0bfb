/**
 * Results for data of any size, batch by batch.
 *
 * @module
 */
import type { AnyLayer } from "../layers/base/layer.ts";
import type { CheckOf, Signature } from "../layers/base/signature.ts";
import { requireLayer } from "../layers/base/validate.ts";
import type { Dim, Shape } from "../shape/dim.ts";
import { InputError, InputRangeError } from "../shape/error.ts";
import type { Values } from "../tensor/convert.ts";
import type { EagerTensor } from "../tensor/eager.ts";
import { checkOptions, kindOf } from "../tensor/options.ts";
import { leavesOf, mapStructure, type Structure } from "../tensor/structure.ts";
import type { SymbolicTensor } from "../tensor/symbolic.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Batch, batchesOf, concatenateRows, rowsOf } from "./batches.ts";
import { Progress, standardOutput, type Terminal } from "./progress.ts";
import type { SymbolicStructure } from "./signature.ts";

/** A pool of workers, which runs batches in parallel. */
export interface PredictPool {
  /** Compiles a model. */
  compile(model: never): Promise<unknown>;
  /** The number of workers. */
  stats(): { readonly workers: readonly unknown[] };
}

/** How {@linkcode predict} goes about it. */
export interface PredictOptions {
  /** The number of rows that the model is called with at once. Default: 32. */
  readonly batchSize?: number;
  /** Workers that run the batches. Default: they run here, one after the other. */
  readonly pool?: PredictPool;
  /** Whether a bar shows how much is done. Default: on a terminal it does. */
  readonly verbose?: boolean;
}

/**
 * One input of a model for {@linkcode predict}.
 *
 * @internal
 */
type OneInput = Tensor | Values;

/** One batch, or all rows at once: a tensor, or an array or a record of tensors. */
export type PredictInput = OneInput | readonly OneInput[] | { readonly [key: string]: OneInput };

/**
 * The input data: all rows in one tensor, or in an array or a record of tensors for several inputs; an
 * array of samples, which are rows without the first axis; or an iterable of batches of any sizes.
 */
export type PredictData =
  | PredictInput
  | readonly PredictInput[]
  | Iterable<PredictInput>
  | AsyncIterable<PredictInput>;

/** The check of a tensor that holds all rows: the same as for an input. */
export type CheckData<F extends Signature, X> = X extends Tensor ? CheckOf<F, X>
  : X extends { readonly [key: string]: Tensor } ? CheckOf<F, X>
  : unknown;

/** The results for data of any size, where a model gives `T`: as many rows as the data has. */
export type Predicted<T> = SymbolicStructure extends T ? EagerTensor
  : T extends SymbolicTensor<infer S extends Shape, infer D> ? EagerTensor<Rows<S>, D>
  : {
    readonly [K in keyof T]: T[K] extends SymbolicTensor<infer S extends Shape, infer D> ? EagerTensor<Rows<S>, D>
      : never;
  };

/** @internal */
type Rows<S extends Shape> = S extends readonly [Dim, ...infer Rest extends Shape] ? readonly [number, ...Sizes<Rest>]
  : S;

type Sizes<S extends Shape> = { readonly [K in keyof S]: S[K] extends number ? S[K] : number };

/**
 * The results of a layer for data of any size, batch by batch; {@linkcode Model} and {@linkcode Sequential} have it as a
 * method, whose result has their shape. With a pool as many batches as it has workers run at a time, and no more of the
 * data is read than that needs.
 *
 * @returns The results of all rows, as the layer gives them for one batch.
 * @throws {ShapeError} If inputs have different numbers of rows, or the results of batches do not fit together.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { input, Layer, ops, predict, tensor, type Tensor } from "@strata/nn";
 *
 * class Twice extends Layer {
 *   override call(x: Tensor): Tensor {
 *     return ops.add(x, x) as Tensor;
 *   }
 * }
 * const result = await predict(new Twice(), tensor([[1], [2], [3]]), { batchSize: 2 });
 * assertEquals(result.dataSync(), new Float32Array([2, 4, 6]));
 * ```
 */
export function predict(layer: AnyLayer, data: PredictData, options: PredictOptions = {}): Promise<EagerTensor> {
  return predictWith(layer, undefined, data, options, standardOutput()) as Promise<EagerTensor>;
}

/** The implementation of {@linkcode predict}: `inputs` is the structure that the model takes. */
export async function predictWith(
  layer: AnyLayer,
  inputs: unknown,
  data: unknown,
  options: PredictOptions,
  terminal: Terminal | undefined,
): Promise<Structure<EagerTensor>> {
  requireLayer("Cannot predict", layer);
  checkOptions(`Cannot predict with ${layer.name}`, options, ["batchSize", "pool", "verbose"]);
  if (options.pool !== undefined && typeof options.pool?.compile !== "function") {
    throw new InputError(
      `Cannot predict with ${layer.name}: expected a WorkerPool as pool, received ${kindOf(options.pool)}`,
    );
  }
  const { rows, batches } = batchesOf(data, inputs, options.batchSize ?? 32);
  const progress = new Progress(rows, options.verbose ?? terminal?.isTTY === true, terminal);
  const results: Structure<EagerTensor>[] = [];
  await runAll(layer, batches, options.pool, (index, batch, result) => {
    results[index] = result;
    progress.add(rowsOf(batch));
  });
  progress.end();
  return joinedResults(layer.name, results);
}

type Run = (batch: Batch) => unknown;
type Take = (index: number, batch: Batch, result: Structure<EagerTensor>) => void;

async function runAll(
  layer: AnyLayer,
  batches: Iterable<Batch> | AsyncIterable<Batch>,
  pool: PredictPool | undefined,
  take: Take,
): Promise<void> {
  if (pool === undefined) {
    let index = 0;
    for await (const batch of batches) take(index++, batch, layer(batch as never) as Structure<EagerTensor>);
    return;
  }
  const compiled = await pool.compile(layer as never) as Run & { release(): Promise<void> };
  try {
    await runBeside(compiled, batches, 2 * pool.stats().workers.length, take);
  } finally {
    await compiled.release();
  }
}

/** Runs at most `most` batches at a time: one that a worker has, and one that it finds when it is done. */
async function runBeside(
  run: Run,
  batches: Iterable<Batch> | AsyncIterable<Batch>,
  most: number,
  take: Take,
): Promise<void> {
  const running = new Map<number, Promise<void>>();
  const failures: unknown[] = [];
  const start = async (place: number, batch: Batch): Promise<void> => {
    for (;;) {
      try {
        return take(place, batch, await run(batch) as Structure<EagerTensor>);
      } catch (error) {
        // A pool that lets fewer calls wait takes this one when another is done.
        const others = [...running].flatMap(([other, promise]) => other === place ? [] : [promise]);
        if ((error as { readonly reason?: unknown } | null)?.reason !== "queue full" || others.length === 0) {
          throw error;
        }
        await Promise.race(others);
      }
    }
  };
  try {
    let place = 0;
    for await (const batch of batches) {
      const own = place++;
      // A failure is kept at once: it may come while the next batch is read, when nobody waits for this one.
      const ended = start(own, batch).catch((error) => void failures.push(error));
      running.set(own, ended.finally(() => running.delete(own)));
      if (running.size >= most) await Promise.race(running.values());
      if (failures.length > 0) break;
    }
  } finally {
    await Promise.all(running.values());
  }
  if (failures.length > 0) throw failures[0];
}

function joinedResults(name: string, results: readonly Structure<EagerTensor>[]): Structure<EagerTensor> {
  const [first] = results;
  if (first === undefined) throw new InputRangeError(`Cannot predict with ${name}: expected at least one batch`);
  const leaves = results.map((result) => leavesOf(result));
  let place = 0;
  return mapStructure(first, (): Structure<EagerTensor> => {
    const index = place++;
    return concatenateRows(leaves.map((parts) => parts[index]!), (batch) => `the result of batch ${batch}`);
  }) as Structure<EagerTensor>;
}
