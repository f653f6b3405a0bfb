/**
 * The speed at which a model reads rows that come in calls of one or many: eagerly, as one traced graph, and in a pool of workers.
 *
 * @module
 */
import { jit } from "../jit/jit.ts";
import { WorkerPool, type WorkerPoolOptions } from "../pool/mod.ts";
import type { EagerTensor } from "../tensor/eager.ts";
import type { DigitsModel } from "./networks.ts";

/** The pixels of some digits, the input of one call. */
export type Batch = EagerTensor<readonly [number, 64], "float32">;

/** The result of one way of running a model. */
export interface Speed {
  /** Which way. */
  readonly way: string;
  /** Rows in a second. */
  readonly rowsPerSecond: number;
  /** The logits of all rows, in order. */
  readonly logits: readonly (readonly number[])[];
}

/** Each way runs all rows once to warm up, and then again and again for so long, in milliseconds. */
const DURATION = 300;

/** The way speeds are measured. */
export interface MeasureOptions extends WorkerPoolOptions {
  /** Milliseconds for each way. */
  readonly duration?: number;
  /** Whether a pool that joins calls is one of the ways. */
  readonly joins?: boolean;
}

/** Runs all batches, one a call, in each way. */
export async function measureSpeeds(
  model: DigitsModel,
  batches: readonly Batch[],
  { duration = DURATION, joins = true, ...poolOptions }: MeasureOptions = {},
): Promise<Speed[]> {
  const traced = jit(model);
  const speeds = [
    await measure("eager", () => batches.flatMap((batch) => model(batch).array()), duration),
    await measure("traced", () => batches.flatMap((batch) => traced(batch).array()), duration),
  ];
  for (const batch of joins ? [false, true] : [false]) {
    await using pool = new WorkerPool({ ...poolOptions, batch });
    const pooled = await pool.compile(model);
    const run = async () => (await Promise.all(batches.map((batch) => pooled(batch)))).flatMap((y) => y.array());
    speeds.push(await measure(batch ? "pooled, joined" : "pooled", run, duration));
  }
  return speeds;
}

async function measure(
  way: string,
  run: () => number[][] | Promise<number[][]>,
  duration: number,
): Promise<Speed> {
  const logits = await run();
  const start = performance.now();
  let rounds = 0;
  do {
    await run();
    rounds++;
  } while (performance.now() - start < duration);
  return { way, rowsPerSecond: rounds * logits.length * 1000 / (performance.now() - start), logits };
}

/** A title, and a line for each way. */
export function showSpeeds(title: string, speeds: readonly Speed[]): string {
  const lines = speeds.map(({ way, rowsPerSecond }) =>
    `  ${way.padEnd(16)}${Math.round(rowsPerSecond).toLocaleString("en").padStart(9)} rows a second\n`
  );
  return `  ${title}\n${lines.join("")}`;
}
