/**
 * Runs `deno check` or `deno test` with what the tests import from JSR, or with the stand-ins of `test/std` where JSR
 * cannot be reached. `test` without further arguments runs unit, doc and type tests; with them, what they name.
 *
 * @module
 */
import config from "../deno.json" with { type: "json" };

const root = new URL("../", import.meta.url);

/** What a test may do; those that start programs may run Deno, and compilers read source that they write down. */
const permissions = ["--allow-read"];
const startingPermissions = [...permissions, "--allow-run=deno", "--allow-write=test/types/.generated"];
const starting = ["test/types", "test/engine/globals_deno_test.ts", "test/pool/exit_deno_test.ts"];

/** One after the other: they share the graphics device. Without one they say that they were skipped. */
const graphics = [
  "test/engine/webgpu_engine_deno_test.ts",
  "test/graph/webgpu_deno_test.ts",
  "test/graph/webgpu_kernels_deno_test.ts",
  "test/graph/webgpu_layers_deno_test.ts",
  "test/layers/webgpu_deno_test.ts",
  "test/layers/convolution/convolution_webgpu_deno_test.ts",
  "test/pool/webgpu_deno_test.ts",
];
/** Makes a package, installs it and needs the registry of npm: a gate of its own. */
const packaging = ["test/package"];

/** The engine's WebAssembly is not optimized: that takes longer than most tests run. */
const quick = "--v8-flags=--liftoff-only";

const commands: Record<string, string[][]> = {
  check: [["check"]],
  test: [
    ["test", quick, "--parallel", ...permissions, `--ignore=${[...starting, ...graphics, ...packaging]}`],
    ["test", quick, "--parallel", ...permissions, "--doc", ...documented()],
    ["test", ...permissions, ...graphics],
    ["test", ...startingPermissions, ...starting],
  ],
  webgpu: [["test", ...permissions, ...graphics]],
};

/** The files and folders whose examples are run. */
function documented(): string[] {
  const names = Array.from(Deno.readDirSync(root), ({ name }) => name);
  return ["README.md", "mod.ts", "src", "workers"].filter((name) => names.includes(name));
}

/** Whether JSR answers for each package that the tests import, within three seconds. */
async function isJsrReached(): Promise<boolean> {
  const packages = Object.values(config.imports).filter((target) => target.startsWith("jsr:"));
  const signal = AbortSignal.timeout(3000);
  const answers = packages.map(async (target) => {
    const [, name, version] = /^jsr:(.+)@(.+)$/.exec(target) ?? [];
    const response = await fetch(`https://jsr.io/${name}/${version}_meta.json`, { signal });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`${target}: ${response.status}`);
  });
  return await Promise.all(answers).then(() => true, () => false);
}

/** The imports of `deno.json` with the files of `test/std` in place of JSR's packages, as a module of its own. */
function importMap(): string {
  const imports: Record<string, string> = {};
  for (const [name, target] of Object.entries(config.imports)) {
    if (target.startsWith("npm:")) imports[name] = target;
    else if (target.startsWith("./")) imports[name] = new URL(target, root).href;
  }
  for (const { name } of Deno.readDirSync(new URL("test/std/", root))) {
    // assert.ts stands in for @std/assert, testing_types.ts for @std/testing/types.
    const specifier = `@std/${name.replace(".ts", "").replace("_", "/")}`;
    imports[specifier] = new URL(`test/std/${name}`, root).href;
  }
  return `data:application/json,${encodeURIComponent(JSON.stringify({ imports }))}`;
}

/** The commands that `args` ask for: those of a task, or the one that is spelled out. */
function commandsOf([task = "test", ...rest]: readonly string[]): string[][] {
  const all = commands[task] ?? [];
  if (rest.length === 0) return all;
  if (task !== "test") return [[task, ...rest]];
  const starts = rest.some((argument) => starting.some((test) => argument.startsWith(test)));
  return [["test", ...(starts ? startingPermissions : permissions), ...rest]];
}

const stoodIn: string[] = [];
if (!await isJsrReached()) {
  // deno-lint-ignore no-console -- a task says what it does
  console.error("JSR cannot be reached: test/std stands in for @std");
  stoodIn.push("--import-map", importMap());
}

let failed = false;
for (const [command = "", ...args] of commandsOf(Deno.args)) {
  const { success } = await new Deno.Command("deno", { args: [command, ...stoodIn, ...args] }).spawn().status;
  failed ||= !success;
}
if (failed) Deno.exit(1);
