import { assertEquals } from "@std/assert";
import { modelDifferences } from "./stored.ts";

Deno.test("models drawn at random give Keras's results from its JSON", async () => {
  assertEquals(await modelDifferences(), []);
});
