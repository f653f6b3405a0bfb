import { assert, assertEquals } from "@std/assert";
import { hasTerminal, root, runInTerminal } from "./terminal.ts";

const readme = await Deno.readTextFile(`${root}README.md`);
const ignore = !await hasTerminal();

/** The blocks of README.md in a language. */
function blocks(language: string): string[] {
  return Array.from(readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms")), ([, code]) => code!);
}

/** The configuration with which README.md says that Strata is used outside the checkout. */
function outside(): unknown {
  const [text = "null"] = blocks("json");
  const { links, imports } = JSON.parse(text) as { links: string[]; imports: Record<string, string> };
  assertEquals(links, ["../strata"]);
  // The programs also import assertions, for which nobody should need JSR here.
  return { links: [root], imports: { ...imports, "@std/assert": import.meta.resolve("../std/assert.ts") } };
}

for (const [index, program] of blocks("ts").entries()) {
  const first = program.split("\n").findLast((line) => line.startsWith("import"));
  Deno.test({
    name: `Program ${index + 1} of README.md runs outside the checkout with --allow-read: ${first}`,
    ignore,
    fn: async () => {
      const folder = await Deno.makeTempDir();
      try {
        await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify(outside()));
        await Deno.copyFile(`${root}deno.lock`, `${folder}/deno.lock`);
        await Deno.writeTextFile(`${folder}/program.ts`, program);
        const { output, code } = await runInTerminal(["run", "--allow-read", "program.ts"], { cwd: folder });
        assertEquals(code, 0, output);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

Deno.test("README.md has programs", () => {
  assert(blocks("ts").length >= 8);
});
