import { assertEquals } from "@std/assert";
import { layerDifferences } from "./stored.ts";

Deno.test("layers drawn at random give Keras's results, share 1 of 3", async () => {
  assertEquals(await layerDifferences(0, 3), []);
});
