import { assert, assertEquals } from "@std/assert";
import { clearSession } from "../../mod.ts";
import { takeAttempts } from "./attempts.ts";
import { filesIn, pathOf } from "./compiler.ts";

/** The sentence that `attempt` throws. */
function thrownBy(attempt: () => unknown): string {
  // Layers are numbered by their class; types do not see the numbers.
  clearSession();
  try {
    attempt();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "nothing is thrown";
}

Deno.test("each marked line of the fixtures throws its sentence", async (t) => {
  const fixtures = filesIn("test/types/errors").filter((file) =>
    Deno.readTextFileSync(pathOf(file)).includes("fails(")
  );
  assert(fixtures.length > 0);
  for (const file of fixtures) {
    await t.step(file, async () => {
      takeAttempts();
      await import(new URL(`../../${file}`, import.meta.url).href);
      const source = await Deno.readTextFile(pathOf(file));
      const sentences = source.matchAll(/^\/\/ error: (.+)$/gm);
      assertEquals(takeAttempts().map(thrownBy), Array.from(sentences, ([, sentence]) => sentence));
    });
  }
});
