/**
 * Times several sides in turn, so that whatever else the machine does meets all of them alike.
 *
 * @module
 */

/** One side of a comparison. */
export interface Contestant {
  readonly name: string;
  /** Called before each turn, untimed. */
  readonly prepare?: () => unknown;
  readonly call: () => unknown;
}

/** Median and quartiles, in milliseconds. */
export interface Timing {
  readonly name: string;
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
  /** How many numbers they were taken from. */
  readonly samples: number;
}

/** A turn is as many calls as take about this long, in milliseconds, so that the clock's grain does not matter; and short, so that most turns end before another program gets the core. */
const TURN = 2;

/** Rounds that a case has, unless its time is over before. */
const MOST_ROUNDS = 300;

/** Times every contestant for `budget` milliseconds in all; a slow one sits out rounds, spread evenly. */
export async function interleave(contestants: readonly Contestant[], budget: number): Promise<Timing[]> {
  const sides = [];
  for (const { name, prepare, call } of contestants) {
    await prepare?.();
    sides.push({ name, prepare, call, calls: warmUp(call), spent: 0, samples: [] as number[] });
  }
  const share = budget / sides.length;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    for (let turn = 0; turn < sides.length; turn++) {
      // Who follows whom changes from round to round.
      const side = sides[(turn * (round % 2 === 0 ? 1 : sides.length - 1) + round) % sides.length]!;
      if (side.spent > share * round / MOST_ROUNDS) continue;
      await side.prepare?.();
      const begin = performance.now();
      for (let call = 0; call < side.calls; call++) side.call();
      const time = performance.now() - begin;
      side.spent += time;
      side.samples.push(time / side.calls);
    }
  }
  return sides.map(({ name, samples }) => timing(name, samples));
}

/** Lets the compilers finish, and finds how many calls make a turn. */
function warmUp(call: () => unknown): number {
  callFor(150, call);
  const { calls, time } = callFor(50, call);
  return Math.max(1, Math.round(TURN * calls / time));
}

function callFor(milliseconds: number, call: () => unknown): { readonly calls: number; readonly time: number } {
  const begin = performance.now();
  let calls = 0;
  let time = 0;
  while (time < milliseconds) {
    call();
    calls++;
    time = performance.now() - begin;
  }
  return { calls, time };
}

/** Median and quartiles of samples. */
export function timing(name: string, samples: readonly number[]): Timing {
  const sorted = samples.toSorted((a, b) => a - b);
  const quantile = (fraction: number): number => sorted[Math.round(fraction * (sorted.length - 1))]!;
  return { name, lower: quantile(0.25), median: quantile(0.5), upper: quantile(0.75), samples: sorted.length };
}

/** One side of a comparison that does its calls by itself and says how long they took. */
export interface Runner {
  readonly name: string;
  /** Makes so many calls; the time in milliseconds. */
  run(calls: number): Promise<number>;
}

/** Milliseconds between turns. */
const PAUSE = 100;

/** Lets sides run `calls` calls each in turn, `rounds` times after one that does not count; times are those of a call. */
export async function takeTurns(runners: readonly Runner[], calls: number, rounds: number): Promise<Timing[]> {
  const samples = runners.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    for (let turn = 0; turn < runners.length; turn++) {
      const index = (turn + round + 1) % runners.length;
      // Threads of the engine's own watch out for work for a while after they have had some.
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      const time = await runners[index]!.run(calls);
      if (round >= 0) samples[index]!.push(time / calls);
    }
  }
  return runners.map(({ name }, index) => timing(name, samples[index]!));
}

/** A side whose calls are made one after the other. */
export function oneByOne(name: string, call: () => Promise<unknown>): Runner {
  return {
    name,
    async run(calls) {
      const begin = performance.now();
      for (let index = 0; index < calls; index++) await call();
      return performance.now() - begin;
    },
  };
}

/** A side whose calls are made at once, and then waited for. */
export function allAtOnce(name: string, call: () => Promise<unknown>): Runner {
  return {
    name,
    async run(calls) {
      const begin = performance.now();
      await Promise.all(Array.from({ length: calls }, call));
      return performance.now() - begin;
    },
  };
}
