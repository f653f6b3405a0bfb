/**
 * What one construct costs the compiler: the instantiations of a file in `budgets/`, or of a model in `test/models/zoo`,
 * beyond those of its imports.
 * `budgets.json` has the limit of each, and what was last measured; to measure again:
 * `deno run --allow-read --allow-run --allow-write=test/types test/types/budget.ts`.
 *
 * @module
 */
import { compile, declare, filesIn, pathOf, show, writeGenerated } from "./compiler.ts";

/** The limit of one construct, and what was measured when it was last looked at. */
export interface Budget {
  readonly limit: number;
  readonly measured: number;
  /** What checking took beyond what the imports take, in seconds; `check_times.ts` measures it. */
  readonly seconds?: CheckTimes;
}

/** How long a compiler checks a file that uses the package, and the same file if all of the package is of any type. */
export interface CheckTimes {
  readonly typed: number;
  /** Of models alone. */
  readonly untyped?: number;
}

/** The files with one construct each, as paths from the root. */
export function budgetFiles(): string[] {
  return filesIn("test/types/budgets");
}

/** Writes a file beside the declarations, where its relative imports find them, and gives its path. */
export function place(file: string, text: string): string {
  return writeGenerated(`declarations/${file}`, text);
}

/** Writes the declarations, and beside them what the files with constructs import. */
export async function prepare(): ReturnType<typeof declare> {
  const declared = await declare();
  place(FIRST_USE, await Deno.readTextFile(pathOf(FIRST_USE)));
  return declared;
}

const FIRST_USE = "test/types/first_use.ts";

/** The models whose definitions are measured whole, as paths from the root. */
export function modelFiles(): string[] {
  return filesIn("test/models/zoo").filter((file) => !file.endsWith("_test.ts"));
}

/** The budgets by construct, the name of its file. */
export function readBudgets(): Record<string, Budget> {
  return JSON.parse(Deno.readTextFileSync(pathOf("test/types/budgets.json")));
}

/**
 * Measures all constructs under TypeScript 7, single-threaded, where counts are the same from run to run. The package is
 * seen through its declarations, as users' compilers see it.
 */
export async function measure(): Promise<Map<string, number>> {
  const { folder, options } = await prepare();
  const files = [...budgetFiles(), ...modelFiles()];
  const instantiations = async (name: string, file: string): Promise<number> => {
    const compilation = await compile("7", `budget_${name}`, [file], options);
    if (compilation.diagnostics.length > 0) {
      throw new Error(`${file} does not compile: ${compilation.diagnostics.map(show).join("\n")}`);
    }
    return compilation.instantiations;
  };
  const baselines = new Map<string, Promise<number>>();
  const measured = new Map<string, number>();
  const queue = files.values();
  const work = async () => {
    for (const file of queue) {
      const text = await Deno.readTextFile(pathOf(file));
      const imports = importsOf(text);
      const folderOf = file.slice(0, file.lastIndexOf("/"));
      const key = `${folderOf} ${imports}`;
      const name = `baseline_${baselines.size}`;
      const baseline = baselines.get(key) ?? instantiations(name, place(`${folderOf}/${name}.ts`, imports));
      baselines.set(key, baseline);
      const construct = constructOf(file);
      measured.set(construct, await instantiations(construct, place(file, text)) - await baseline);
    }
  };
  await Promise.all(Array.from({ length: navigator.hardwareConcurrency }, work));
  await Deno.remove(pathOf(folder), { recursive: true });
  return measured;
}

/** The name of a file. */
export function constructOf(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1, -".ts".length);
}

/** The same imports for their side effects alone. */
export function importsOf(source: string): string {
  const specifiers = Array.from(source.matchAll(/ from "([^"]+)";/g), ([, specifier = ""]) => specifier);
  return [...new Set(specifiers)].sort().map((specifier) => `import "${specifier}";\n`).join("");
}

if (import.meta.main) {
  const budgets = readBudgets();
  const measured = [...await measure()].sort(([a], [b]) => a < b ? -1 : 1);
  const renewed = measured.map(([construct, count]) => {
    const limit = budgets[construct]?.limit ?? Math.ceil(count * 1.25 / 100) * 100;
    return [construct, { ...budgets[construct], limit, measured: count }];
  });
  Deno.writeTextFileSync(
    pathOf("test/types/budgets.json"),
    JSON.stringify(Object.fromEntries(renewed), null, 2) + "\n",
  );
}
