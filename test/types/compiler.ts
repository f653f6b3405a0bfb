/**
 * Runs TypeScript's own compiler, version 6 or 7, over fixtures, and reads its diagnostics.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };
import tests from "../config.json" with { type: "json" };

/** The major versions of TypeScript under which the types are tested. */
export const versions = ["6", "7"] as const;

/** One of {@linkcode versions}. */
export type Version = typeof versions[number];

/** One error that the compiler found. */
export interface Diagnostic {
  /** Path from the repository's root. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  readonly code: string;
  /** The whole message, with the lines that explain it. */
  readonly text: string;
}

/** What the compiler said about one program. */
export interface Compilation {
  readonly diagnostics: readonly Diagnostic[];
  /** How many types were instantiated from generic ones: the measure of what types cost. */
  readonly instantiations: number;
  /** The seconds that it took to find errors. */
  readonly seconds: number;
}

const root = new URL("../../", import.meta.url);
const generated = "test/types/.generated";

/** The path of `path`, given from the repository's root, on this machine. */
export function pathOf(path: string): string {
  return fileURLToPath(new URL(path, root));
}

/** The files in a folder of the repository whose names end in `suffix`, sorted, as paths from the root. */
export function filesIn(folder: string, suffix = ".ts"): string[] {
  return Array.from(Deno.readDirSync(pathOf(folder)), (entry) => entry.name)
    .filter((name) => name.endsWith(suffix)).sort().map((name) => `${folder}/${name}`);
}

/** Writes a file for the compiler and gives its path from the root. */
export function writeGenerated(name: string, text: string): string {
  const path = `${generated}/${name}`;
  Deno.mkdirSync(pathOf(path.slice(0, path.lastIndexOf("/"))), { recursive: true });
  // A compiler that runs beside may be reading it: it is there whole, as it was or as it is now.
  const written = pathOf(`${path}.${crypto.randomUUID()}`);
  Deno.writeTextFileSync(written, text);
  Deno.renameSync(written, pathOf(path));
  return path;
}

/**
 * Compiles `files`, paths from the root, as one program called `name`.
 *
 * @throws {Error} If the compiler does not come as far as the types.
 */
export async function compile(
  version: Version,
  name: string,
  files: readonly string[],
  options: object = {},
): Promise<Compilation> {
  const project = writeGenerated(`${name}.${version}.json`, JSON.stringify(projectOf(files, options), null, 2));
  const flags = ["--pretty", "false", "--noErrorTruncation", "--extendedDiagnostics", "--singleThreaded"];
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--allow-all",
      "--lock=test/deno.lock",
      tests.imports[`typescript-${version}`] + "/tsc",
      "--project",
      project,
      // Version 6 has one thread and no such flag.
      ...flags.slice(0, version === "6" ? -1 : undefined),
    ],
    cwd: pathOf("."),
    env: { NO_COLOR: "1" },
  }).output();
  const output = new TextDecoder().decode(stdout);
  const instantiations = /^Instantiations:\s+(\d+)/m.exec(output);
  if (instantiations === null) {
    throw new Error(`TypeScript ${version} did not compile ${name}: ${output}${new TextDecoder().decode(stderr)}`);
  }
  const [, seconds] = /^Check time:\s+([\d.]+)s/m.exec(output) ?? [];
  return { diagnostics: diagnosticsOf(output), instantiations: Number(instantiations[1]), seconds: Number(seconds) };
}

/**
 * Writes the declarations of the package, as compilers see packages, and gives the options with which they are used.
 *
 * @throws {Error} If the compiler finds errors.
 */
export async function declare(): Promise<{ readonly folder: string; readonly options: object }> {
  const folder = `${generated}/declarations`;
  const written = { noEmit: false, declaration: true, emitDeclarationOnly: true, noCheck: true };
  const places = { rootDir: pathOf("."), outDir: pathOf(folder) };
  const { diagnostics } = await compile("7", "declarations", Object.values(config.exports), { ...written, ...places });
  if (diagnostics.length > 0) throw new Error(diagnostics.map(show).join("\n"));
  const entries = Object.entries(config.exports).map(([name, path]) =>
    [config.name + name.slice(1), [pathOf(`${folder}/${path.replace(/\.ts$/, ".d.ts")}`)]] as const
  );
  return { folder, options: { paths: Object.fromEntries(entries) } };
}

/** What a compiler is told about `files`, paths from the root. */
export function projectOf(files: readonly string[], own: object = {}): unknown {
  const { isolatedDeclarations: _, ...options } = config.compilerOptions;
  const exported = Object.entries(config.exports).map(([name, path]) => [config.name + name.slice(1), [pathOf(path)]]);
  return {
    compilerOptions: {
      ...options,
      strict: true,
      noEmit: true,
      target: "esnext",
      module: "esnext",
      moduleResolution: "bundler",
      lib: ["esnext", "dom", "dom.iterable", "dom.asynciterable"],
      types: [],
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      resolveJsonModule: true,
      paths: Object.fromEntries(exported),
      ...own,
    },
    files: [writeGenerated("packages.d.ts", declarations()), ...files].map(pathOf),
  };
}

/**
 * What the source imports from outside, for compilers that do not read `deno.json`: modules of any type. They are seen
 * only where the source wraps them in types of its own, so that the types under test do not depend on them.
 */
function declarations(): string {
  const packages = Object.entries(config.imports).filter(([, target]) => target.startsWith("npm:"));
  const names = ["node:*", ...packages.flatMap(([name]) => [name, `${name}/*`])].filter((name) => name !== ENGINE);
  return names.map((name) => `declare module "${name}";\n`).join("") + engineDeclaration;
}

const ENGINE = "onnxruntime-web";

/** The source also uses types of this package, whose parts are any type here. */
const engineDeclaration = `declare module "${ENGINE}" {
  export const env: any;
  export const Tensor: any;
  export type Tensor = any;
  export namespace Tensor { type DataTypeMap = any }
  export const InferenceSession: any;
  export type InferenceSession = any;
  export namespace InferenceSession { type RunOptions = any; type SessionOptions = any; type ValueMetadata = any }
}
`;

function diagnosticsOf(output: string): Diagnostic[] {
  const diagnostics: { file: string; line: number; column: number; code: string; text: string }[] = [];
  for (const line of output.split("\n")) {
    const found = /^(?:(.+?)\((\d+),(\d+)\): )?error (TS\d+): (.*)$/.exec(line);
    const last = diagnostics.at(-1);
    if (found) {
      const [, file = "", at = "0", column = "0", code = "", text = ""] = found;
      diagnostics.push({ file, line: Number(at), column: Number(column), code, text });
    } else if (last && line.startsWith("  ")) last.text += `\n${line}`;
    else if (/^Files:/.test(line)) break;
  }
  return diagnostics;
}

/** A diagnostic as the compiler prints it. */
export function show({ file, line, column, code, text }: Diagnostic): string {
  return `${file}:${line}:${column} ${code} ${text}`;
}
