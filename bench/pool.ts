/**
 * A pool of workers against the public API of onnxruntime-web, all in one run: see README.md beside this file.
 *
 * @module
 */
import { cpus } from "node:os";
import { tensor } from "../mod.ts";
import { firstResults } from "./first_result.ts";
import { allAtOnce, oneByOne, type Runner, takeTurns, type Timing } from "./measure.ts";
import { residentMemory } from "./memory.ts";
import { poolOf } from "./pool_model.ts";
import { MLP, network, values } from "./problem.ts";
import { rawCall, rawElsewhere } from "./raw.ts";

const ROUNDS = 60;
const PROCESSES = 15;
const CALLERS = 256;

interface Line {
  readonly what: string;
  readonly result: string;
  readonly aim: string;
}

const lines: Line[] = [];

function say(text: string): void {
  // deno-lint-ignore no-console -- the results are for reading
  console.log(text);
}

function add(what: string, result: string, aim: string): void {
  lines.push({ what, result, aim });
  say(`${what}: ${result} (aim: ${aim})`);
}

function showTime(milliseconds: number): string {
  return milliseconds < 1 ? `${(milliseconds * 1000).toPrecision(3)} us` : `${milliseconds.toPrecision(3)} ms`;
}

/** One time as so many times the other, by medians and by lower quartiles. */
function ratio(one: Timing, other: Timing): string {
  const ratios = [one.median / other.median, one.lower / other.lower].map((ratio) => ratio.toFixed(2)).join(", ");
  return `${ratios} (${showTime(one.median)} against ${showTime(other.median)})`;
}

async function oneAtATime(batch: number, calls: number, aim: string): Promise<void> {
  const problem = network(batch, ...MLP);
  await using pooled = await poolOf(problem, { workers: 1 });
  const sides = [oneByOne("pool", pooled.call), oneByOne("raw", await rawCall(problem))];
  const [pool, raw] = await takeTurns(sides, calls, ROUNDS);
  add(`one call at a time, batch ${batch}: time, pool / raw`, ratio(pool!, raw!), aim);
}

async function manyAtOnce(): Promise<void> {
  const problem = network(32, ...MLP);
  await using pooled = await poolOf(problem, { workers: 2 });
  using twoThreads = rawElsewhere("raw, two threads", 32, 2);
  const sides: Runner[] = [allAtOnce("pool", pooled.call), oneByOne("raw", await rawCall(problem)), twoThreads];
  const [pool, raw, raw2] = await takeTurns(sides, 100, ROUNDS / 2);
  add("many calls at once, batch 32, 2 workers: rate, pool / raw on one thread", ratio(raw!, pool!), "at least 1.8");
  add("the same, pool / raw on two threads", ratio(raw2!, pool!), "at least 1.3");
}

/** Each caller waits for its result before it makes the next call. */
function callers(name: string, call: (caller: number) => Promise<unknown>): Runner {
  return {
    name,
    async run(calls) {
      const begin = performance.now();
      await Promise.all(Array.from({ length: CALLERS }, async (_, caller) => {
        for (let index = 0; index < calls / CALLERS; index++) await call(caller);
      }));
      return performance.now() - begin;
    },
  };
}

async function batching(): Promise<void> {
  const problem = network(1, ...MLP);
  const rows = Array.from({ length: CALLERS }, (_, row) => tensor(values(784, 1 + row), [1, 784]));
  await using off = await poolOf(problem, { workers: 2 });
  await using on = await poolOf(problem, { workers: 2, batch: { maxSize: 64, maxDelay: 1 } });
  const sides = [
    callers("joined", async (caller) => (await on.predict(rows[caller]!)).dataSync()),
    callers("single", async (caller) => (await off.predict(rows[caller]!)).dataSync()),
  ];
  const [joined, single] = await takeTurns(sides, CALLERS * 4, ROUNDS / 4);
  add(`${CALLERS} callers of one row: rate, batching on / off`, ratio(single!, joined!), "at least 4");
}

/** The longest time between two ticks of a timer of 1 ms, while a pool has more than it can do. */
async function longestGap(): Promise<void> {
  await using pooled = await poolOf(network(32, ...MLP), { workers: 2 });
  await Promise.all(Array.from({ length: 100 }, pooled.call));
  const gaps: number[] = [];
  for (let round = 0; round < 10; round++) {
    let last = performance.now();
    let longest = 0;
    const timer = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }, 1);
    await Promise.all(Array.from({ length: 400 }, pooled.call));
    clearInterval(timer);
    gaps.push(longest);
  }
  gaps.sort((a, b) => a - b);
  const result = `${showTime(gaps[gaps.length >> 1]!)} in the median of ten rounds, ${
    showTime(gaps.at(-1)!)
  } in the worst`;
  add("longest gap of a 1 ms timer while the pool is full", result, "under 10 ms");
}

async function firstResult(): Promise<void> {
  const programs = { pool: "pool", raw: "onnxruntime_network" };
  const [pool, raw] = await firstResults(PROCESSES, programs, network(32, ...MLP));
  add("whole program to first result, 2 workers: time, pool / raw", ratio(pool!, raw!), "at most 1.5");
}

async function memory(): Promise<void> {
  const [one, two, four] = await residentMemory([1, 2, 4], 5);
  const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
  const result = `${mebibytes((four! - one!) / 3)} (${[one, two, four].map((size) => mebibytes(size!)).join(", ")} ` +
    "resident with 1, 2 and 4 workers)";
  add("memory of an extra worker", result, "stated");
}

const processors = cpus();
say(
  `${processors[0]?.model ?? "unknown CPU"}, ${processors.length} cores; Deno ${Deno.version.deno}, ` +
    `V8 ${Deno.version.v8}; onnxruntime-web 1.30.0\nMLP ${MLP.join("-")}; ratios of medians, then of lower quartiles\n`,
);
const parts: Readonly<Record<string, () => Promise<void>>> = {
  single32: () => oneAtATime(32, 20, "at most 1.05"),
  single1: () => oneAtATime(1, 200, "at most 1.5"),
  many: manyAtOnce,
  batching,
  gap: longestGap,
  first: firstResult,
  memory,
};
for (const [name, run] of Object.entries(parts)) if (Deno.args.length === 0 || Deno.args.includes(name)) await run();
say(
  `\n| what | result | aim |\n| --- | --- | --- |\n${
    lines.map(({ what, result, aim }) => `| ${what} | ${result} | ${aim} |`).join("\n")
  }`,
);
