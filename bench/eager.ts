/**
 * Eager calls of Strata against tfjs and jax-js, all in one run: see README.md beside this file.
 *
 * @module
 */
import { cpus } from "node:os";
import { firstResults } from "./first_result.ts";
import { type Contestant, interleave, type Timing } from "./measure.ts";
import { peers, type Side } from "./peers.ts";
import { answer, checkAnswer, MLP, network, values } from "./problem.ts";
import { strata, strataModel } from "./strata.ts";

/** Milliseconds for each case, shared by all sides. */
const BUDGET = 14_000;

/** Processes for each side of the last case. */
const PROCESSES = 15;

interface Case {
  readonly name: string;
  readonly expected: ArrayLike<number>;
  readonly sides: readonly Side[];
  readonly make: (side: Side) => () => ArrayLike<number>;
}

function addition(): Case {
  const [a, b] = [values(4, 1), values(4, 2)];
  return {
    name: "add, [4] + [4]",
    expected: a.map((value, index) => value + b[index]!),
    sides: [strata, ...peers],
    make: (side) => side.add(a, b),
  };
}

function forward(name: string, batch: number, sizes: readonly number[], fresh = false): Case {
  const problem = network(batch, ...sizes);
  const sides = sizes.length > 2 ? [strata, strataModel, ...peers] : [strata, ...peers];
  return { name, expected: answer(problem), sides, make: (side) => side.network(problem, fresh) };
}

interface Comparison {
  readonly title: string;
  /** The side that the others are put in proportion to. */
  readonly rival: string;
  readonly timings: readonly Timing[];
}

const cases: readonly (() => Case)[] = [
  addition,
  () => forward("Dense, [32, 64] to 32", 32, [64, 32]),
  () => forward("Dense, new tensor each call", 32, [64, 32], true),
  () => forward("MLP, batch 1", 1, MLP),
  () => forward("MLP, batch 32", 32, MLP),
  () => forward("MLP, batch 32, new tensor each call", 32, MLP, true),
  () => forward("MLP, batch 256", 256, MLP),
];

async function measure({ name, expected, sides, make }: Case): Promise<Timing[]> {
  const contestants: Contestant[] = [];
  for (const side of sides) {
    // tfjs makes tensors on the backend that is set.
    await side.prepare?.();
    const call = make(side);
    checkAnswer(`${side.name}, ${name},`, call(), expected);
    contestants.push({ name: side.name, call, ...(side.prepare && { prepare: side.prepare }) });
  }
  return await interleave(contestants, BUDGET);
}

function showTime(milliseconds: number): string {
  if (milliseconds < 1) return `${(milliseconds * 1000).toPrecision(3)} us`;
  return `${milliseconds < 100 ? milliseconds.toPrecision(3) : milliseconds.toFixed(0)} ms`;
}

function showTable({ title, rival, timings }: Comparison): string {
  const reference = timings.find(({ name }) => name === rival)!;
  const lines = timings.map(({ name, lower, median, upper, samples }) => {
    const times = [median, lower, upper].map(showTime);
    const ratios = [median / reference.median, lower / reference.lower].map((ratio) => ratio.toFixed(2));
    return showLine(name, [...times, ...ratios, String(samples)]);
  });
  return [
    `## ${title}`,
    "",
    showLine("side", ["median", "lower q.", "upper q.", "ratio", "lower", "samples"]),
    showLine(":".padEnd(15, "-"), Array.from({ length: 6 }, () => "-------:")),
    ...lines,
    "",
    `Ratios to ${rival}: of medians, and of lower quartiles.`,
    "",
  ].join("\n");
}

function showLine(name: string, cells: readonly string[]): string {
  return `| ${[name.padEnd(15), ...cells.map((cell) => cell.padStart(8))].join(" | ")} |`;
}

/** Deno's own start is left out, so that what is compared is what the libraries do. */
function withoutStart(programs: readonly Timing[]): Timing[] {
  const start = programs.find(({ name }) => name === "empty program")!.median;
  return programs.filter(({ name }) => name !== "empty program").map((timing) => ({
    ...timing,
    lower: timing.lower - start,
    median: timing.median - start,
    upper: timing.upper - start,
  }));
}

function say(text: string): void {
  // deno-lint-ignore no-console -- the results are for reading
  console.log(text);
}

const json = Deno.args.includes("--json");
const processors = cpus();
const machine = `${processors[0]?.model ?? "unknown CPU"}, ${processors.length} cores; Deno ${Deno.version.deno}, ` +
  `V8 ${Deno.version.v8}; onnxruntime-web 1.30.0, tfjs 4.22.0, jax-js 0.1.25`;
const results: Comparison[] = [];

function record(comparison: Comparison): void {
  results.push(comparison);
  if (!json) say(showTable(comparison));
}

if (!json) say(`${machine}\n`);
for (const make of cases) {
  const one = make();
  record({ title: one.name, rival: "tfjs-wasm", timings: await measure(one) });
}
const programs = await firstResults(PROCESSES);
record({ title: "Import to first result, whole program", rival: "onnxruntime-web", timings: programs });
record({
  title: "Import to first result, without Deno's own start",
  rival: "onnxruntime-web",
  timings: withoutStart(programs),
});
if (json) say(JSON.stringify({ machine, results }));
