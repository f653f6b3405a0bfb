/**
 * Lets Bun run the tests as they are: puts the stand-in for `Deno` before each of them. What `deno.json` maps,
 * `tsconfig.json` beside this file maps for Bun.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

const shim = JSON.stringify(fileURLToPath(new URL("../node/deno.ts", import.meta.url)));

Bun.plugin({
  name: "Deno in tests",
  setup(build) {
    build.onLoad({ filter: /_test\.ts$/ }, async ({ path }) => ({
      contents: `import { Deno } from ${shim};${await Bun.file(path).text()}`,
      loader: "ts",
    }));
  },
});
