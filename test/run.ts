/**
 * Runs `deno check` or `deno test` with what the tests import besides what the package does, and with the stand-ins of
 * `test/std` where JSR cannot be reached. `test` without further arguments runs the unit tests and the programs of the
 * guides; with them, what they name. `sweeps` runs what takes longer.
 *
 * @module
 */
import bench from "../bench/config.json" with { type: "json" };
import config from "../deno.json" with { type: "json" };
import tests from "./config.json" with { type: "json" };

const root = new URL("../", import.meta.url);

/** What a test may do; those that start programs may run Deno, in a terminal too, and write down what it reads. */
const permissions = ["--allow-read"];
const startingPermissions = [...permissions, `--allow-run=${Deno.execPath()},script`, "--allow-write"];
const starting = ["test/types", "test/terminal", "test/engine/globals_deno_test.ts", "test/pool/exit_deno_test.ts"];

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
/** What tries every op over random shapes and dtypes, and pools under load: minutes in all. */
const long = [
  "test/jit/ops_both_ways_test.ts",
  "test/graph/rows_test.ts",
  "test/ops/long_sums_test.ts",
  "test/options",
  "test/pool/load_test.ts",
  "test/pool/memory_test.ts",
  "test/pool/recovery_test.ts",
];
/** Makes a package, installs it and needs the registry of npm: a gate of its own. */
const packaging = ["test/package"];

/** What newcomers read: its programs are run first. */
const guides = ["README.md", "mod.ts"];

/** A step that has not ended after so many minutes stands still. */
const STEP_MINUTES = 20;

/** The engine's WebAssembly is not optimized: that takes longer than most tests run. */
const quick = "--v8-flags=--liftoff-only";

const commands: Record<string, string[][]> = {
  check: [["check", "mod.ts", "src", "workers", "test"], ["check", "bench"]],
  test: [
    ["test", quick, "--parallel", ...permissions, `--ignore=${[...long, ...starting, ...graphics, ...packaging]}`],
    ["test", quick, ...permissions, "--doc", ...guides],
  ],
  sweeps: [
    ["test", quick, "--parallel", ...permissions, ...long],
    ["test", quick, "--parallel", ...permissions, "--doc", ...documented()],
    ["test", ...permissions, ...graphics],
    ["test", ...startingPermissions, ...starting],
  ],
  webgpu: [["test", ...permissions, ...graphics]],
};

/** The folders in which every name has examples. */
function documented(): string[] {
  const names = Array.from(Deno.readDirSync(root), ({ name }) => name);
  return ["src", "workers"].filter((name) => names.includes(name));
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

/** What the package imports and what a folder of it imports besides, as an import map that is a module of its own. */
function importMap(own: Readonly<Record<string, string>>, isReached: boolean): string {
  const imports: Record<string, string> = {};
  for (const [name, target] of Object.entries({ ...config.imports, ...own })) {
    if (target.startsWith("./")) imports[name] = new URL(target, root).href;
    else imports[name] = target;
    // Unlike deno.json, an import map does not say by itself where the modules inside a package are.
    if (target.startsWith("jsr:")) imports[`${name}/`] = `${target.replace("jsr:", "jsr:/")}/`;
  }
  if (isReached) return moduleOf(imports);
  for (const { name } of Deno.readDirSync(new URL("test/std/", root))) {
    // assert.ts stands in for @std/assert, testing_types.ts for @std/testing/types.
    const specifier = `@std/${name.replace(".ts", "").replace("_", "/")}`;
    imports[specifier] = new URL(`test/std/${name}`, root).href;
  }
  return moduleOf(imports);
}

function moduleOf(imports: Readonly<Record<string, string>>): string {
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

const isReached = await isJsrReached();
// deno-lint-ignore no-console -- a task says what it does
if (!isReached) console.error("JSR cannot be reached: test/std stands in for @std");

let failed = false;
for (const [command = "", ...rest] of commandsOf(Deno.args)) {
  // The lock of the benches goes with their whole configuration, under which their programs run.
  const [imports, lock] = rest[0] === "bench" ? [bench.imports, "--no-lock"] : [tests.imports, "--lock=test/deno.lock"];
  const args = [command, lock, "--import-map", importMap(imports, isReached), ...rest];
  const signal = AbortSignal.timeout(STEP_MINUTES * 60_000);
  const { success } = await new Deno.Command(Deno.execPath(), { args, signal }).spawn().status;
  if (signal.aborted) {
    // deno-lint-ignore no-console -- a task says what went wrong
    console.error(`deno ${command} ${rest.at(-1)} was ended: it took more than ${STEP_MINUTES} minutes`);
  }
  failed ||= !success;
}
if (failed) Deno.exit(1);
