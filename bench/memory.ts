/**
 * How much memory a worker takes.
 *
 * @module
 */

/** Resident memory, in bytes, of a program with a pool of each of these numbers of workers: the median of `rounds`. */
export async function residentMemory(workers: readonly number[], rounds: number): Promise<number[]> {
  const samples = workers.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, count] of workers.entries()) samples[index]!.push(await runOnce(count));
  }
  return samples.map((sizes) => sizes.sort((a, b) => a - b)[sizes.length >> 1]!);
}

async function runOnce(workers: number): Promise<number> {
  const file = decodeURIComponent(new URL("memory_program.ts", import.meta.url).pathname);
  const args = ["run", "--allow-read", file, String(workers)];
  const { success, stdout } = await new Deno.Command(Deno.execPath(), { args, stdin: "null" }).output();
  if (!success) throw new Error(`The program with ${workers} workers failed`);
  return Number(new TextDecoder().decode(stdout));
}
