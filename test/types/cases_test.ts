import { assert, assertEquals } from "@std/assert";
import { compile, filesIn, pathOf, show, versions, writeGenerated } from "./compiler.ts";
import { typeTest } from "./harness.ts";

type Generator = () => string;

/** Where each type of the shape folder is declared, by its name. */
function shapeTypes(): Map<string, string> {
  const declared = filesIn("src/shape").flatMap((file) => {
    const source = Deno.readTextFileSync(pathOf(file));
    const names = source.matchAll(/^export (?:type|interface|class) (\w+)/gm);
    return Array.from(names, ([, name = ""]): [string, string] => [name, file]);
  });
  return new Map(declared);
}

/** A module of the generated lines and the imports of what they name. */
function moduleOf(lines: string, types: ReadonlyMap<string, string>): string {
  const named = new Set(lines.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""').match(/\b[A-Za-z_]\w*/g));
  const imports = [...named].filter((name) => types.has(name)).sort()
    .map((name) => `import type { ${name} } from "../../../${types.get(name)}";`);
  return ['import { type Eq, is } from "../exact.ts";', ...imports, lines].join("\n");
}

async function generate(): Promise<string[]> {
  const types = shapeTypes();
  const files = filesIn("test/types", "_cases.ts");
  const modules = await Promise.all(
    files.map((file) => import(new URL(`../../${file}`, import.meta.url).href) as Promise<Record<string, Generator>>),
  );
  return modules.flatMap((module) =>
    Object.entries(module).filter(([name]) => name.endsWith("Cases")).map(([name, cases]) => {
      const lines = cases();
      assert(lines.includes("is<"), `${name} has no case`);
      return writeGenerated(`${name}.ts`, moduleOf(lines, types));
    })
  );
}

for (const version of versions) {
  typeTest(`random cases have the type of what the function returns under TypeScript ${version}`, async () => {
    const files = await generate();
    assert(files.length > 0);
    const { diagnostics } = await compile(version, "cases", files);
    assertEquals(diagnostics.map((diagnostic) => `${show(diagnostic)}\n${lineOf(diagnostic)}`), []);
  });
}

function lineOf({ file, line }: { file: string; line: number }): string {
  return Deno.readTextFileSync(pathOf(file)).split("\n")[line - 1] ?? "";
}
