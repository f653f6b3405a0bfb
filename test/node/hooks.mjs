/**
 * Module hooks with which Node 20, which cannot read TypeScript, runs the tests as they are: maps what `deno.json` maps,
 * and puts the stand-in for `Deno` before each test. Packages are those that are installed in `test/bun`.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);
const packages = new URL("test/bun/package.json", root);
const require = createRequire(packages);
/** What was compiled before, by what it was compiled from: each test file is a program of its own, and most load the same. */
const cache = new URL("node_modules/.cache/strata/", packages);
await mkdir(cache, { recursive: true });
/** From here on Node reads the attributes of imports, which those of JSON need. */
const TARGET = "node20.10";
const { compilerOptions } = JSON.parse(await readFile(new URL("tsconfig.json", packages), "utf8"));

/** Where the paths that Bun takes from `test/bun/tsconfig.json` lead, or nothing for npm packages. */
function mapped(specifier) {
  const target = compilerOptions.paths[specifier]?.[0];
  return target && new URL(target, packages).href;
}

export function resolve(specifier, context, next) {
  if (/^[./]|^[a-z]+:/.test(specifier) || context.parentURL?.includes("/node_modules/")) {
    return next(specifier, context);
  }
  const url = mapped(specifier);
  if (url) return { url, format: "module", shortCircuit: true };
  return next(specifier, { ...context, parentURL: packages.href });
}

export async function load(url, context, next) {
  if (!url.endsWith(".ts")) return await next(url, context);
  const sourcefile = fileURLToPath(url);
  const source = await readFile(sourcefile, "utf8");
  const shim = new URL("test/node/deno.ts", root).href;
  const text = url.endsWith("_test.ts") ? `import { Deno } from ${JSON.stringify(shim)};${source}` : source;
  const code = await compiled(text, sourcefile);
  return { format: "module", source: code, shortCircuit: true };
}

async function compiled(text, sourcefile) {
  const file = new URL(
    `${createHash("sha1").update(TARGET).update(sourcefile).update("\0").update(text).digest("hex")}.mjs`,
    cache,
  );
  const known = await readFile(file, "utf8").catch((error) => {
    if (error.code !== "ENOENT") throw error;
  });
  if (known !== undefined) return known;
  const options = { loader: "ts", format: "esm", target: TARGET, sourcefile, sourcemap: "inline", keepNames: true };
  const { code } = await require("esbuild").transform(text, options);
  // Another program may be reading it: it is there whole, or not at all.
  const written = new URL(`${file.href}.${process.pid}`);
  await writeFile(written, code);
  await rename(written, file);
  return code;
}
