import { assertEquals } from "@std/assert";

interface Config {
  readonly name: string;
  readonly exports: Record<string, string>;
  readonly imports: Record<string, string>;
  readonly tasks: { readonly lint: string };
}

interface Imports {
  readonly imports: Record<string, string>;
}

interface Package {
  readonly dependencies: Record<string, string>;
}

interface TypeScriptConfig {
  readonly compilerOptions: { readonly paths: Record<string, readonly string[]> };
}

function read(path: string): unknown {
  return JSON.parse(Deno.readTextFileSync(new URL(path, import.meta.url)));
}

const config = read("../deno.json") as Config;
const tests = read("config.json") as Imports;
const benches = read("../bench/config.json") as Imports;

Deno.test("Bun and Node are tested with the packages with which Deno is", () => {
  const { dependencies } = read("bun/package.json") as Package;
  const targets = Object.entries(dependencies).map(([name, version]) => `npm:${name}@${version}`);
  assertEquals(targets, Object.keys(dependencies).map((name) => config.imports[name] ?? tests.imports[name]));
});

Deno.test("Benches are run with the engine of the package", () => {
  assertEquals(benches.imports["onnxruntime-web"], config.imports["onnxruntime-web"]);
});

Deno.test("The demo needs no package that only tests and benches import", () => {
  const { specifiers } = read("../deno.lock") as { readonly specifiers: Record<string, string> };
  const needed = Object.values(config.imports);
  assertEquals(Object.keys(specifiers).filter((specifier) => !needed.includes(specifier)), []);
  const own = Object.keys({ ...tests.imports, ...benches.imports }).filter((name) => name !== "onnxruntime-web");
  assertEquals(own.filter((name) => name in config.imports), []);
});

Deno.test("Every version is exact", () => {
  const targets = [config, tests, benches].flatMap(({ imports }) => Object.values(imports));
  const remote = targets.filter((target) => !target.startsWith("./"));
  assertEquals(remote.filter((target) => !/^(npm|jsr):@?[^@]+@\d+\.\d+\.\d+/.test(target)), []);
});

Deno.test("Tests import each entry point by its published name in every runtime", () => {
  const { compilerOptions } = read("bun/tsconfig.json") as TypeScriptConfig;
  const names = Object.entries(config.exports).map(([key, path]) => [config.name + key.slice(1), path] as const);
  assertEquals(names.map(([name]) => config.imports[name]), names.map(([, path]) => path));
  assertEquals(
    names.map(([name]) => compilerOptions.paths[name]),
    names.map(([, path]) => [`../../${path.slice("./".length)}`]),
  );
});

Deno.test("The documentation of each entry point is linted", () => {
  const paths = Object.values(config.exports).map((path) => path.slice("./".length));
  assertEquals(config.tasks.lint.split(" doc --lint ")[1]?.split(" "), paths);
});
