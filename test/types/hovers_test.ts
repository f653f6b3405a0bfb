import { assertEquals } from "@std/assert";
import { pathOf, projectOf, writeGenerated } from "./compiler.ts";
import { typeTest } from "./harness.ts";
import expected from "./hovers/texts.json" with { type: "json" };

const FILE = "test/types/hovers/expressions.ts";

/** What TypeScript's language service shows for each exported constant of a file. */
async function hovers(file: string): Promise<Record<string, string>> {
  const project = writeGenerated("hovers.6.json", JSON.stringify(projectOf([file])));
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--allow-all",
      "--lock=test/deno.lock",
      "test/types/hovers.ts",
      pathOf(file),
      pathOf(project),
    ],
    cwd: pathOf("."),
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder().decode(stdout);
  if (text === "") throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(text);
}

typeTest("an editor shows short types of typical expressions", async () => {
  assertEquals(await hovers(FILE), expected as Record<string, string>);
});
