import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";

Deno.test("importing and using Strata leaves every property of globalThis as it was", async () => {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-lock", "--no-check", "--allow-read", fileURLToPath(import.meta.resolve("./globals_script.ts"))],
  }).output();
  const decoder = new TextDecoder();
  assertEquals(JSON.parse(decoder.decode(stdout) || "null"), [], decoder.decode(stderr));
});
