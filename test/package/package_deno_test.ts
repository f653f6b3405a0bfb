import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript-6";
import config from "../../deno.json" with { type: "json" };
import tests from "../config.json" with { type: "json" };
import { npmLayer } from "./npm_layer.ts";
import { type Files, publish } from "./registry.ts";

/** What the program prints: relu(x * kernel + bias), worked out by hand; 0.1 has these bits in float16. */
const expected = {
  shape: [1, 2],
  misfit:
    "Input 0 of layer dense is incompatible with the layer: expected axis -1 of input shape to have value 3 but " +
    "received input with shape [1, 4]",
  eager: [[19, 32], [21, 34], [0, 0], [15, 26]],
  sum: 147,
  half: [0.0999755859375],
  operations: ["dense", "sum"],
  // The first field of the model: the IR version, which is 10.
  onnx: [8, 10],
  pooled: [[[19, 32]], [[21, 34]], [[0, 0]], [[15, 26]]],
  stats: { transport: "shared memory", calls: 4, failed: 0, workers: 2 },
};

const deno = Deno.execPath();

/** A program that has not ended by itself after this many milliseconds is taken to never do so. */
const PATIENCE = 30_000;

function pathOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Runs a program in a folder until it ends, and gives what it printed. */
async function run(cwd: string, command: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const [program, ...args] = command as [string, ...string[]];
  const { success, signal, stdout, stderr } = await new Deno.Command(program, {
    args,
    cwd,
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", npm_config_update_notifier: "false", ...env },
    signal: AbortSignal.timeout(PATIENCE),
  }).output();
  const decoder = new TextDecoder();
  const output = decoder.decode(stdout) + decoder.decode(stderr);
  const reason = signal === null ? "failed" : `did not end by itself within ${PATIENCE} ms`;
  assert(success, `${command.join(" ")} ${reason}: ${output}`);
  return output;
}

/** Writes the files into a folder. */
async function write(folder: string, files: Files): Promise<void> {
  for (const [path, text] of files) {
    await Deno.mkdir(posix.dirname(`${folder}/${path}`), { recursive: true });
    await Deno.writeTextFile(`${folder}/${path}`, text);
  }
}

/** Installs the package under its own name into a new project with the program. */
async function install(folder: string, files: Files): Promise<string> {
  await write(`${folder}/packed`, files);
  const packed = await run(`${folder}/packed`, ["npm", "pack", "--silent", "--pack-destination", folder]);
  const manifest = { private: true, type: "module", dependencies: { [config.name]: `file:../${packed.trim()}` } };
  const program = await Deno.readTextFile(pathOf("program.ts"));
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  await write(
    `${folder}/npm`,
    new Map([
      ["package.json", JSON.stringify(manifest)],
      ["program.ts", program],
      // Node 20 knows neither types nor `await using`.
      ["program.mjs", ts.transpileModule(program, { compilerOptions }).outputText],
      ["tsconfig.json", JSON.stringify({ compilerOptions: typeScriptOptions, files: ["program.ts"] })],
    ]),
  );
  const flags = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  await run(`${folder}/npm`, ["npm", "install", "--silent", ...flags]);
  return `${folder}/npm`;
}

const typeScriptOptions = {
  strict: true,
  noEmit: true,
  target: "esnext",
  module: "nodenext",
  lib: ["esnext", "dom"],
  types: [],
};

/** A project that has the package from the registry, and a cache of Deno's that has it not. */
async function jsrProject(folder: string): Promise<{ readonly cwd: string; readonly cache: string }> {
  const cwd = `${folder}/jsr`;
  const cache = `${folder}/cache`;
  await write(
    cwd,
    new Map([
      ["deno.json", JSON.stringify({ imports: { [config.name]: `jsr:${config.name}@${config.version}` } })],
      ["program.ts", await Deno.readTextFile(pathOf("program.ts"))],
      ["closing.ts", await Deno.readTextFile(pathOf("closing.ts"))],
    ]),
  );
  // The packages from npm need not be downloaded again.
  const { npmCache } = JSON.parse(await run(cwd, [deno, "info", "--json"])) as { readonly npmCache: string };
  await Deno.mkdir(cache);
  await Deno.mkdir(npmCache, { recursive: true });
  await Deno.symlink(npmCache, `${cache}/npm`);
  return { cwd, cache };
}

Deno.test("The published package works from JSR and from npm", async (t) => {
  await using registry = await publish();
  const files = npmLayer(registry.files);
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    await t.step("what is imported but not published is found", () => {
      const incomplete = new Map(registry.files);
      incomplete.delete("src/pool/worker.ts");
      assertThrows(() => npmLayer(incomplete), Error, "src/pool/worker.ts");
    });

    await t.step("scripts and declarations import what is in the package or what it depends on", () => {
      const { dependencies } = JSON.parse(files.get("package.json")!) as { dependencies: Record<string, string> };
      const built = [...files.keys()].filter((path) => /\.(js|d\.ts)$/.test(path));
      const lost = built.flatMap((path) => {
        const specifiers = ts.preProcessFile(files.get(path)!).importedFiles.map(({ fileName }) => fileName);
        const target = path.endsWith(".d.ts") ? ".d.ts" : ".js";
        return specifiers.filter((name) => {
          if (name.startsWith(".")) return !files.has(posix.join(path, "..", name).replace(/\.js$/, target));
          const [, dependency = name] = /^(@[^/]+\/[^/]+|[^@/]+)/.exec(name) ?? [];
          return !name.startsWith("node:") && !(dependency in dependencies);
        }).map((name) => `${path}: ${name}`);
      });
      assertEquals(lost, []);
      assertEquals(files.has("workers/infer.js"), true);
    });

    await t.step("Deno runs it from JSR", async () => {
      const { cwd, cache } = await jsrProject(folder);
      const env = { JSR_URL: registry.url, DENO_DIR: cache };
      const worker = `jsr:${config.name}@${config.version}/worker`;
      await run(cwd, [deno, "cache", "--no-lock", "program.ts", worker], env);
      const output = await run(cwd, [deno, "run", "--no-lock", "--allow-read", "program.ts"], env);
      assertEquals(JSON.parse(output), expected);
      // Workers from there are threads of another kind, which cannot be ended while they start.
      assertEquals(await run(cwd, [deno, "run", "--no-lock", "--allow-read", "closing.ts"], env), "closed\n");
    });

    const cwd = await install(folder, files);
    const runtimes = {
      Deno: [deno, "run", "--no-lock", "--allow-read=.", "program.ts"],
      Bun: [pathOf("../bun/node_modules/.bin/bun"), "program.ts"],
      Node: ["node", "program.mjs"],
    };
    for (const [name, command] of Object.entries(runtimes)) {
      await t.step(`${name} runs it from npm`, async () => {
        assertEquals(JSON.parse(await run(cwd, command)), expected);
      });
    }

    for (const version of ["6", "7"] as const) {
      await t.step(`TypeScript ${version} checks a program against its declarations`, async () => {
        const compiler = `${tests.imports[`typescript-${version}`]}/tsc`;
        assertEquals(await run(cwd, [deno, "run", "--no-lock", "--allow-all", compiler, "--project", "."]), "");
      });
    }

    await t.step("without the worker's script, a pool says what is missing", async () => {
      await Deno.remove(`${cwd}/node_modules/${config.name}/workers/infer.js`);
      const error = await run(cwd, runtimes.Node).then(() => "", String);
      assertStringIncludes(error, "workers/infer.js");
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
