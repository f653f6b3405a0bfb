import { assert, assertEquals } from "@std/assert";
import { copyInSteps, joinInSteps } from "../../src/pool/transport/copy_steps.ts";

Deno.test("many bytes are copied in steps, between which the program does other things", async () => {
  const parts = [new Uint8Array(50_000_001).fill(1), new Uint8Array(0), new Uint8Array(70_000_003).fill(2)];
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const joined = await joinInSteps(parts);
  clearInterval(timer);
  assertEquals(joined.length, 120_000_004);
  assertEquals([joined[0], joined[50_000_000], joined[50_000_001], joined.at(-1)], [1, 1, 2, 2]);
  assert(turns >= 3, `${turns} turns`);
});

Deno.test("few bytes are copied at once", () => {
  const target = new Uint8Array(8);
  const copying = copyInSteps([new Uint8Array([1, 2]), new Uint8Array([3])], 4, (offset) => target.subarray(offset));
  assertEquals([...target], [0, 0, 0, 0, 1, 2, 3, 0]);
  return copying;
});
