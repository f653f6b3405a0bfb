import { assertEquals } from "@std/assert";
import { opDifferences } from "./stored.ts";

Deno.test("ops drawn at random give Keras's results", async () => {
  assertEquals(await opDifferences(), []);
});
