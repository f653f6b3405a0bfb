/**
 * Times programs from their start to their first result, each sample a process of its own.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { type Timing, timing } from "./measure.ts";
import { answer, checkAnswer, denseProblem, type Network } from "./problem.ts";

/** The programs in `first_result/` by the side's name. */
const PROGRAMS = {
  "empty program": "nothing",
  "strata": "strata",
  "onnxruntime-web": "onnxruntime",
  "tfjs-wasm": "tfjs_wasm",
  "tfjs-cpu": "tfjs_cpu",
  "jax-js": "jax",
};

/** Times of whole programs, from before the process is made until its result is read; `empty program` computes nothing. */
export async function firstResults(
  rounds: number,
  programs: Readonly<Record<string, string>> = PROGRAMS,
  problem: Network = denseProblem(),
): Promise<Timing[]> {
  const expected = answer(problem);
  const sides = Object.entries(programs).map(([name, program]) => ({ name, program, samples: [] as number[] }));
  // The first round only fills caches.
  for (let round = -1; round < rounds; round++) {
    for (let turn = 0; turn < sides.length; turn++) {
      const { name, program, samples } = sides[(turn + round + 1) % sides.length]!;
      const { time, result } = await runOnce(program);
      checkAnswer(name, result, expected);
      if (round >= 0) samples.push(time);
    }
  }
  return sides.map(({ name, samples }) => timing(name, samples));
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

async function runOnce(program: string): Promise<{ readonly time: number; readonly result: number[] }> {
  const args = ["run", "--config", pathOf("config.json"), "--allow-read", pathOf(`first_result/${program}.ts`)];
  const begin = performance.now();
  const command = new Deno.Command(Deno.execPath(), { args, stdin: "null", stdout: "piped" });
  const child = command.spawn();
  let text = "";
  let time = 0;
  for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
    time = performance.now() - begin;
    text += part;
  }
  const { success } = await child.status;
  if (!success) throw new Error(`The program ${program} failed`);
  return { time, result: JSON.parse(text) as number[] };
}
