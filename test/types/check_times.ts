/**
 * How long the compiler checks each model of `test/models/zoo`, beside the same file with all of the package of any type.
 * What the package costs a user is seen through its declarations, as compilers see packages. Writes the seconds down in
 * `budgets.json`, where they are stated and not tested, as they depend on the machine:
 * `deno run --allow-read --allow-run=deno --allow-write=test/types test/types/check_times.ts`.
 *
 * @module
 */
import config from "../../deno.json" with { type: "json" };
import { modelFiles, readBudgets } from "./budget.ts";
import { compile, pathOf, writeGenerated } from "./compiler.ts";

const TURNS = 3;
const generated = "test/types/.generated";

/** Runs TypeScript 7 over a project, and gives what it prints. */
async function run(project: string, ...flags: readonly string[]): Promise<string> {
  const compiler = `${config.imports["typescript-7"]}/tsc`;
  const { stdout } = await new Deno.Command("deno", {
    args: ["run", "--quiet", "--allow-all", compiler, "--project", project, "--pretty", "false", ...flags],
    cwd: pathOf("."),
  }).output();
  return new TextDecoder().decode(stdout);
}

/** The seconds of the fastest of some checks of a project. */
async function seconds(project: string): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const output = await run(project, "--extendedDiagnostics", "--singleThreaded");
    const found = /^Check time:\s+([\d.]+)s/m.exec(output);
    if (found === null || output.includes("error TS")) throw new Error(`${project} does not compile: ${output}`);
    times.push(Number(found[1]));
  }
  return Math.min(...times);
}

/** What a file imports from the package, as values and types of any type. */
function untypedFor(file: string): string {
  const [, names = ""] = /import \{([^}]+)\} from "@strata\/nn";/.exec(Deno.readTextFileSync(pathOf(file))) ?? [];
  const lines = names.split(",").map((each) => each.trim().replace("type ", "")).filter((each) => each !== "")
    .map((each) => `  export const ${each}: any;\n  export type ${each}<A = any, B = any, C = any> = any;\n`);
  return writeGenerated("untyped.d.ts", `declare module "${config.name}" {\n${lines.join("")}}\n`);
}

/** Writes a project beside that which `compile` has written for the package itself. */
function projectOf(name: string, files: readonly string[], options: object): string {
  const { compilerOptions } = JSON.parse(Deno.readTextFileSync(pathOf(`${generated}/check_times.7.json`)));
  const project = { compilerOptions: { ...compilerOptions, ...options }, files: files.map(pathOf) };
  return writeGenerated(name, JSON.stringify(project, null, 2));
}

await compile("7", "check_times", ["mod.ts"]);
const packages = `${generated}/packages.d.ts`;
await run(projectOf("declarations.json", [packages, "mod.ts"], {
  noEmit: false,
  declaration: true,
  emitDeclarationOnly: true,
  rootDir: pathOf("."),
  outDir: pathOf(`${generated}/declarations`),
}));
const typed = { paths: { [config.name]: [pathOf(`${generated}/declarations/mod.d.ts`)] } };
const budgets = { ...readBudgets() };
for (const file of modelFiles()) {
  const name = file.slice(file.lastIndexOf("/") + 1, -".ts".length);
  const budget = budgets[name];
  if (budget === undefined) throw new Error(`${name} has no budget: run budget.ts first`);
  budgets[name] = {
    ...budget,
    seconds: {
      typed: await seconds(projectOf(`typed_${name}.json`, [packages, file], typed)),
      untyped: await seconds(projectOf(`untyped_${name}.json`, [untypedFor(file), file], { paths: {} })),
    },
  };
}
Deno.writeTextFileSync(pathOf("test/types/budgets.json"), JSON.stringify(budgets, null, 2) + "\n");
