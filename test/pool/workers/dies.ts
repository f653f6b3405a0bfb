/**
 * Makes this thread end in the middle of runs that ask for it by the first value of their input: 13 throws, 14 exits, 15
 * and 16 do the same in a worker that has served ten requests before, and not in its successor; 18 does not come back
 * until the worker is to end.
 */
import { exit } from "node:process";
import { REQUEST, SLOT, slotWord, WORKER } from "../../../src/pool/transport/protocol.ts";

const store = Atomics.store as (words: Int32Array, index: number, value: number) => number;

function dieIfAsked(words: Int32Array, slot: number): void {
  const word = (name: keyof typeof SLOT): number => words[slotWord(slot, SLOT[name])]!;
  if (word("request") !== REQUEST.run) return;
  const arena = word("arena");
  const header = new Int32Array(words.buffer, arena, 4);
  const [value] = new Float32Array(words.buffer, arena + header[3]!, 1);
  if (value === 13 || value === 15 && word("number") >= 10) throw new Error("sabotage");
  if (value === 14 || value === 16 && word("number") >= 10) exit(3);
  while (value === 18 && words[WORKER.ending] === 0);
}

Object.assign(Atomics, {
  store: (words: Int32Array, index: number, value: number) => {
    const stored = store(words, index, value);
    if (index === WORKER.serving && value > 0) dieIfAsked(words, value - 1);
    return stored;
  },
});
