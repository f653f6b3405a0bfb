import { assert, assertEquals } from "@std/assert";
import { Embedding, ops } from "@strata/nn";

Deno.test("values that fill the engine's budget may be made by the first op that reads them", () => {
  const { embeddings } = new Embedding(50257, 768).build([null, null]);
  const rows = ops.transpose(embeddings);
  assertEquals(rows.shape, [768, 50257]);
  assert(rows.dataSync().every((value) => Math.abs(value) <= Math.fround(0.05)), "they are those of the initializer");
});
