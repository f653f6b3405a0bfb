import { assert, assertEquals } from "@std/assert";
import { DTYPE_NAMES } from "../src/tensor/dtype.ts";

const SOURCE = new URL("../src/", import.meta.url);

/** The source files by path, without their comments. */
const FILES: ReadonlyMap<string, string> = await sources(SOURCE);

/** What each file imports, without imports of types alone: those vanish before anything runs. */
const IMPORTS: ReadonlyMap<string, readonly string[]> = new Map([...FILES].map(([path, code]) => [
  path,
  importsOf(path, code),
]));

/** The folders of `src`, each of which imports from those before it and those beside it alone. */
const ORDER: readonly (readonly string[])[] = [
  ["shape"],
  ["tensor"],
  ["onnx", "files"],
  ["graph", "emission", "engine"],
  ["eager"],
  ["ops"],
  ["layers"],
  ["models"],
  ["jit"],
  ["pool"],
  ["cli"],
];

/** Where dtypes are listed by hand: their records, their order, the classes of arrays as types, and measured kernels. */
const LISTS = /^(tensor\/(dtype|promote|convert)\.ts|emission\/providers\/\w+\.ts)$/;

Deno.test("folders import only from folders before them", () => {
  // Entry points lie beside the folders.
  const inFolders = (path: string) => path.includes("/");
  assertEquals(foldersOf([...FILES.keys()].filter(inFolders)), ORDER.flat().toSorted());
  const rank = (path: string) => ORDER.findIndex((folders) => folders.includes(path.split("/")[0]!));
  const wrong = [...IMPORTS].filter(([path]) => inFolders(path)).flatMap(([path, imports]) => {
    return imports.filter((imported) => rank(imported) > rank(path)).map((imported) => `${path} -> ${imported}`);
  });
  assertEquals(wrong, []);
});

Deno.test("no files import each other in a circle", () => {
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    assert(start < 0, `a circle: ${[...trail.slice(start), path].join(" -> ")}`);
    if (done.has(path)) return;
    for (const imported of IMPORTS.get(path)!) visit(imported, [...trail, path]);
    done.add(path);
  };
  for (const path of IMPORTS.keys()) visit(path, []);
});

Deno.test("nothing below the eager folder starts the engine or loads onnxruntime-web", () => {
  const imports = /^(?:import|export)\s+(?!type\b)(?:[^;"'()]*\sfrom\s*)?["']onnxruntime-web/m;
  assertEquals([...FILES].filter(([, code]) => imports.test(code)).map(([path]) => path), []);
  const importers = [...IMPORTS].filter(([, imports]) => imports.includes("eager/default_engine.ts"));
  assertEquals(importers.map(([path]) => path).toSorted(), [
    "eager/programs.ts",
    "jit/program.ts",
    "pool/workers/worker_group.ts",
  ]);
});

Deno.test("only the records of the providers name them", () => {
  const named = [...FILES].filter(([, code]) => /"(wasm|webgpu)"/.test(code)).map(([path]) => path);
  // The engines have names of their own, and onnxruntime-web's.
  assertEquals(named.filter((path) => !/^(emission\/providers|engine)\//.test(path)), []);
});

Deno.test("only the records of the dtypes list them", () => {
  // Six names of dtypes, as strings or keys, close together.
  const list = new RegExp(`(?:["']?\\b(?:${DTYPE_NAMES.join("|")})\\b["']?[^;]{0,24}?){6}`);
  const found = [...FILES].filter(([path, code]) => list.test(code) && !LISTS.test(path));
  assertEquals(found.map(([path, code]) => `${path}: ${list.exec(code)?.[0]}`), []);
});

function foldersOf(paths: Iterable<string>): string[] {
  return [...new Set(Array.from(paths, (path) => path.split("/")[0]!))].toSorted();
}

function importsOf(path: string, code: string): string[] {
  const statements = code.matchAll(/^(?:import|export)\s+(?!type\b)((?:[^;"']*?)\s*from\s*)?["'](\.[^"']+)["']/gm);
  return [...statements].filter(([, names]) => names === undefined || hasValue(names)).map(([, , specifier]) => {
    const { href } = new URL(specifier!, new URL(path, SOURCE));
    assert(href.startsWith(SOURCE.href), `${path} imports ${specifier}, outside src`);
    return href.slice(SOURCE.href.length);
  });
}

/** Whether some of the names are not of types. */
function hasValue(names: string): boolean {
  const list = /\{([^]*)\}/.exec(names)?.[1];
  return list === undefined || list.split(",").some((name) => name.trim() !== "" && !/^\s*type\s/.test(name));
}

async function sources(folder: URL, prefix = ""): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) {
      for (const [path, code] of await sources(new URL(`${name}/`, folder), `${prefix}${name}/`)) files.set(path, code);
    } else if (name.endsWith(".ts")) {
      const text = await Deno.readTextFile(new URL(name, folder));
      files.set(`${prefix}${name}`, text.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, ""));
    }
  }
  return files;
}
