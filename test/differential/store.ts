/**
 * Stores drawn cases with those that are there: `deno run -R -W test/differential/store.ts layers cases.jsonl...`.
 *
 * @module
 */
import { gunzipSync, gzipSync } from "node:zlib";

const [kind, ...files] = Deno.args;
const target = new URL(`cases/${kind}.jsonl.gz`, import.meta.url);
const texts = files.map((file) => Deno.readTextFileSync(file));
try {
  texts.unshift(new TextDecoder().decode(gunzipSync(Deno.readFileSync(target))));
} catch (error) {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
const lines = new Map(
  texts.flatMap((text) => text.split("\n")).filter((line) => line !== "").map((line) => [JSON.parse(line).id, line]),
);
Deno.mkdirSync(new URL("cases/", import.meta.url), { recursive: true });
Deno.writeFileSync(target, gzipSync([...lines.values()].join("\n"), { level: 9 }));
