/**
 * How fast a model reads rows that come one a call: eagerly, as one traced graph, and in a pool of workers.
 *
 * @module
 */
import { compile } from "../compile/compile.ts";
import { WorkerPool, type WorkerPoolOptions } from "../pool/mod.ts";
import type { EagerTensor } from "../tensor/eager.ts";
import type { DigitsModel } from "./networks.ts";

/** A row of pixels, as a batch of one. */
export type Row = EagerTensor<readonly [number, 64], "float32">;

/** How one way of running a model has done. */
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

/** Runs all rows, one a call, in each way. */
export async function measureSpeeds(
  model: DigitsModel,
  rows: readonly Row[],
  options: WorkerPoolOptions & { readonly duration?: number } = {},
): Promise<Speed[]> {
  const { duration = DURATION, ...poolOptions } = options;
  const traced = compile(model);
  const speeds = [
    await measure("eager", () => rows.map((row) => model(row).array()[0]!), rows.length, duration),
    await measure("traced", () => rows.map((row) => traced(row).array()[0]!), rows.length, duration),
  ];
  for (const batch of [false, true]) {
    await using pool = new WorkerPool({ ...poolOptions, batch });
    const pooled = await pool.compile(model);
    const run = async () => (await Promise.all(rows.map((row) => pooled(row)))).map((logits) => logits.array()[0]!);
    speeds.push(await measure(batch ? "pooled, joined" : "pooled", run, rows.length, duration));
  }
  return speeds;
}

async function measure(
  way: string,
  run: () => number[][] | Promise<number[][]>,
  rows: number,
  duration: number,
): Promise<Speed> {
  const logits = await run();
  const start = performance.now();
  let rounds = 0;
  do {
    await run();
    rounds++;
  } while (performance.now() - start < duration);
  return { way, rowsPerSecond: rounds * rows * 1000 / (performance.now() - start), logits };
}

/** A line for each way. */
export function showSpeeds(speeds: readonly Speed[]): string {
  const lines = speeds.map(({ way, rowsPerSecond }) =>
    `  ${way.padEnd(16)}${Math.round(rowsPerSecond).toLocaleString("en").padStart(9)} rows a second\n`
  );
  return `  One row a call\n${lines.join("")}`;
}
