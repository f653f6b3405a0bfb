/**
 * How long the compiler checks each construct of `budgets/`, beyond what its imports take; and each model of
 * `test/models/zoo`, beside the same file with all of the package of any type. What the package costs a user is seen through its declarations, as compilers see packages. Writes the seconds down in
 * `budgets.json`, where they are stated and not tested, as they depend on the machine:
 * `deno run --allow-read --allow-run --allow-write=test/types test/types/check_times.ts`.
 *
 * @module
 */
import config from "../../deno.json" with { type: "json" };
import { budgetFiles, constructOf, importsOf, modelFiles, place, prepare, readBudgets } from "./budget.ts";
import { compile, pathOf, show, writeGenerated } from "./compiler.ts";

const TURNS = 3;

/** The seconds of the fastest of some checks of a file. */
async function seconds(name: string, files: readonly string[], options: object): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const { diagnostics, seconds } = await compile("7", name, files, options);
    if (diagnostics.length > 0) throw new Error(`${name} does not compile: ${diagnostics.map(show).join("\n")}`);
    times.push(seconds);
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

const { folder, options } = await prepare();
const budgets = { ...readBudgets() };
const state = (name: string, times: { readonly typed: number; readonly untyped?: number }): void => {
  const budget = budgets[name];
  if (budget === undefined) throw new Error(`${name} has no budget: run budget.ts first`);
  budgets[name] = { ...budget, seconds: times };
};
const rounded = (time: number): number => Math.round(1000 * time) / 1000;

const baselines = new Map<string, number>();
for (const file of budgetFiles()) {
  const text = await Deno.readTextFile(pathOf(file));
  const name = constructOf(file);
  const imports = importsOf(text);
  const before = baselines.get(imports) ??
    await seconds(`imports_of_${name}`, [place("test/types/budgets/imports.ts", imports)], options);
  baselines.set(imports, before);
  const whole = await seconds(`time_${name}`, [place(file, text)], options);
  state(name, { typed: rounded(Math.max(0, whole - before)) });
}
for (const file of modelFiles()) {
  const name = constructOf(file);
  const typed = await seconds(`typed_${name}`, [file], options);
  state(name, { typed, untyped: await seconds(`untyped_${name}`, [untypedFor(file), file], { paths: {} }) });
}
await Deno.remove(pathOf(folder), { recursive: true });
Deno.writeTextFileSync(pathOf("test/types/budgets.json"), JSON.stringify(budgets, null, 2) + "\n");
