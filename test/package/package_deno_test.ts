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
/** Compilers check declarations of some thousand types, beside other tests. */
const COMPILER_PATIENCE = 120_000;

function pathOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Runs a program in a folder until it ends, and gives what it printed. */
async function run(
  cwd: string,
  command: readonly string[],
  env: Record<string, string> = {},
  patience = PATIENCE,
): Promise<string> {
  const [program, ...args] = command as [string, ...string[]];
  const { success, signal, stdout, stderr } = await new Deno.Command(program, {
    args,
    cwd,
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", npm_config_update_notifier: "false", ...env },
    signal: AbortSignal.timeout(patience),
  }).output();
  const decoder = new TextDecoder();
  const output = decoder.decode(stdout) + decoder.decode(stderr);
  const reason = signal === null ? "failed" : `did not end by itself within ${patience} ms`;
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
      ["first_types.ts", await Deno.readTextFile(pathOf("first_types.ts"))],
      // Node 20 knows neither types nor `await using`.
      ["program.mjs", ts.transpileModule(program, { compilerOptions }).outputText],
    ]),
  );
  const flags = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  await run(`${folder}/npm`, ["npm", "install", "--silent", ...flags]);
  return `${folder}/npm`;
}

/** The compilers under which users have the package; the tests of types run under the newer two. */
const compilers: { readonly [version: string]: string } = {
  "5.9": "npm:typescript@5.9.3/tsc",
  "6": `${tests.imports["typescript-6"]}/tsc`,
  "7": `${tests.imports["typescript-7"]}/tsc`,
};

/** What a program may be compiled for; 5.9 does not know `es2025`. */
const targets = ["es2022", "es2023", "es2024", "es2025", "esnext"];

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
      incomplete.delete("src/pool/worker/serve.ts");
      assertThrows(() => npmLayer(incomplete), Error, "src/pool/worker/serve.ts");
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

    for (const [version, compiler] of Object.entries(compilers)) {
      const check = async (name: string, file: string, options: object): Promise<string> => {
        const project = { compilerOptions: { ...typeScriptOptions, ...options }, files: [file] };
        await write(cwd, new Map([[name, JSON.stringify(project)]]));
        const command = [deno, "run", "--no-lock", "--allow-all", compiler, "--project", name];
        return await run(cwd, command, {}, COMPILER_PATIENCE);
      };
      await t.step(`TypeScript ${version} checks a program against its declarations`, async () => {
        assertEquals(await check("program.json", "program.ts", {}), "");
      });
      for (const target of targets.filter((target) => version !== "5.9" || target !== "es2025")) {
        await t.step(`TypeScript ${version} finds mistakes where the target is ${target}`, async () => {
          // Most projects leave declarations unchecked; the oldest types around are the fewest.
          const skipLibCheck = target !== targets[0];
          const options = { target, lib: [target], skipLibCheck };
          assertEquals(await check("first_types.json", "first_types.ts", options), "");
          const usual = { target, lib: undefined, skipLibCheck: true };
          assertEquals(await check("usual.json", "first_types.ts", usual), "");
        });
      }
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
