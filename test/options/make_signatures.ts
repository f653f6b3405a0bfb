/**
 * Writes down which options there are, as the compiler sees them: those of layer classes for the check at run time, and
 * the place of the options among the arguments of all that is exported for the tests. To be run after an option, a layer
 * or an op is added: `deno run --no-lock --allow-read --allow-write=src,test --allow-env test/options/make_signatures.ts`
 *
 * @module
 */
// deno-lint-ignore no-import-prefix -- a script of its own, for which nothing else need be installed
import ts from "npm:typescript@6.0.3";
import { fileURLToPath } from "node:url";

/** A class or a function with options. */
interface Signature {
  /** How many arguments come before the options. */
  readonly place: number;
  /** The names of the options. */
  readonly options: readonly string[];
}

const root = new URL("../../", import.meta.url);
const entry = fileURLToPath(new URL("test/options/exported.ts", root));
const program = ts.createProgram([entry], {
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  types: [],
  target: ts.ScriptTarget.ESNext,
  lib: ["lib.esnext.full.d.ts"],
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
});
const checker = program.getTypeChecker();
const source = program.getSourceFile(entry)!;

const signatures: Record<string, Signature> = {};
const layers: Record<string, string> = {};

/** The names of the options of a type, and of each type of a union; none where it is no type of options. */
function optionNames(parameter: ts.Symbol): string[] | undefined {
  const type = checker.getTypeOfSymbolAtLocation(parameter, source);
  const base = checker.getNonNullableType(checker.getBaseConstraintOfType(type) ?? type);
  const types = base.isUnion() ? base.types : [base];
  if (parameter.name !== "options") return undefined;
  return [...new Set(types.flatMap((each) => each.getProperties().map(({ name }) => name)))];
}

function visit(symbol: ts.Symbol, prefix: string): void {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  if (target.flags & ts.SymbolFlags.ValueModule) {
    for (const member of checker.getExportsOfModule(target)) visit(member, `${prefix}${symbol.name}.`);
  }
  const isTypeOnly = (symbol.declarations ?? []).some((declaration) =>
    ts.isExportSpecifier(declaration) && (declaration.isTypeOnly || declaration.parent.parent.isTypeOnly)
  );
  if (isTypeOnly || !(target.flags & ts.SymbolFlags.Value) || symbol.name.endsWith("Error")) return;
  const type = checker.getTypeOfSymbol(target);
  const constructors = type.getConstructSignatures();
  for (const { parameters } of constructors.length > 0 ? constructors : type.getCallSignatures()) {
    parameters.forEach((parameter, place) => {
      const options = optionNames(parameter);
      if (options === undefined) return;
      const name = prefix + symbol.name;
      const before = signatures[name];
      signatures[name] = {
        place: Math.max(place, before?.place ?? 0),
        options: [...new Set([...(before?.options ?? []), ...options])].sort(),
      };
    });
  }
  const instance = constructors[0]?.getReturnType();
  if (prefix === "" && instance !== undefined && instance.getProperty("countParams") !== undefined) {
    const common = ["name", "trainable", "dtype"];
    const own = (signatures[symbol.name]?.options ?? []).filter((option) => !common.includes(option));
    layers[symbol.name] = own.join(" ");
  }
}

for (const symbol of checker.getExportsOfModule(checker.getSymbolAtLocation(source)!)) visit(symbol, "");
/** Classes whose subclasses are the users': which options these have is not known. */
for (const open of ["Layer", "Model"]) delete layers[open];

const sorted = <T>(record: Record<string, T>): [string, T][] =>
  Object.entries(record).sort(([a], [b]) => a < b ? -1 : 1);
const lines = sorted(layers).map(([name, own]) => `  ${name}:${own === "" ? "" : "\n   "} ${JSON.stringify(own)},`);
Deno.writeTextFileSync(
  new URL("src/layers/base/option_names.ts", root),
  `/**
 * The options of each layer class beside those that every layer has, as \`test/options/make_signatures.ts\` finds them in
 * the types.
 *
 * @module
 */

/** The names of options, with spaces between, by class. */
export const OPTION_NAMES: { readonly [className: string]: string } = {
${lines.join("\n")}
};
`,
);
Deno.writeTextFileSync(
  new URL("test/options/signatures.json", root),
  `${JSON.stringify(Object.fromEntries(sorted(signatures)), null, 1)}\n`,
);
