/**
 * What JSR makes of a published package for npm: JavaScript and declarations beside the TypeScript of each module that can
 * be reached from the exports, with specifiers as npm packages have them. What is not reached stays as it was published.
 *
 * @module
 */
import { posix } from "node:path";
import ts from "typescript-6";
import type { Files } from "./registry.ts";

interface Config {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string>>;
}

/**
 * Makes the files of the npm package.
 *
 * @throws {Error} If a module is imported that is not published, or a specifier is neither relative nor of a registry.
 */
export function npmLayer(published: Files): Files {
  const { name, version, exports } = JSON.parse(published.get("deno.json")!) as Config;
  const files: Files = new Map(published);
  const dependencies: Record<string, string> = {};
  const reached = new Set(Object.values(exports).map((path) => posix.normalize(path)));
  for (const path of reached) {
    const source = published.get(path);
    if (source === undefined) throw new Error(`Cannot find ${path}: it is not published`);
    const text = rewrite(path, source, (specifier) => {
      if (specifier.startsWith("node:")) return specifier;
      if (specifier.startsWith(".") && specifier.endsWith(".ts")) {
        reached.add(posix.join(path, "..", specifier));
        return specifier.replace(/\.ts$/, ".js");
      }
      const [, dependency, exact, rest = ""] = /^npm:(@?[^@]+)@([^/]+)(\/.+)?$/.exec(specifier) ?? [];
      if (dependency === undefined) throw new Error(`Cannot rewrite ${specifier}, which ${path} imports`);
      dependencies[dependency] = exact!;
      return dependency + rest;
    });
    files.set(path, text).set(withExtension(path, "js"), javaScript(path, text));
  }
  for (const [path, text] of declarations(files, [...reached])) files.set(`_dist/${path}`, text);
  const conditions = Object.entries(exports).map(([key, path]) => {
    const [types, script] = [withExtension(path, "d.ts"), withExtension(path, "js")];
    return [key, { types: types.replace("./", "./_dist/"), default: script }];
  });
  const manifest = {
    name: name.replace("@", "@jsr/").replace(/(?<=.)\/(?=[^/]+$)/, "__"),
    version,
    type: "module",
    dependencies,
    exports: Object.fromEntries(conditions),
  };
  return files.set("package.json", JSON.stringify(manifest, null, 2));
}

function withExtension(path: string, extension: string): string {
  return path.replace(/\.ts$/, `.${extension}`);
}

/** Replaces the specifiers of imports; not what `import.meta.resolve` is called with, which JSR leaves alone too. */
function rewrite(path: string, text: string, replacement: (specifier: string) => string): string {
  const literals: ts.StringLiteral[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier && ts.isStringLiteral(specifier)) literals.push(specifier);
    ts.forEachChild(node, visit);
  };
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext);
  visit(file);
  let [rewritten, end] = ["", 0];
  for (const literal of literals) {
    rewritten += text.slice(end, literal.getStart(file)) + JSON.stringify(replacement(literal.text));
    end = literal.end;
  }
  return rewritten + text.slice(end);
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  const isImport = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isImport ? node.arguments[0] : undefined;
}

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  isolatedDeclarations: true,
  declaration: true,
  emitDeclarationOnly: true,
  noCheck: true,
  noResolve: true,
  types: [],
};

function javaScript(fileName: string, text: string): string {
  return ts.transpileModule(text, { fileName, compilerOptions }).outputText;
}

/** The declarations of modules by their paths. */
function declarations(files: Files, modules: readonly string[]): Files {
  const emitted: Files = new Map();
  const host = ts.createCompilerHost(compilerOptions);
  const { getSourceFile } = host;
  host.getSourceFile = (path, options) => {
    const text = files.get(path);
    return text === undefined ? getSourceFile(path, options) : ts.createSourceFile(path, text, options);
  };
  host.writeFile = (path, text) => void emitted.set(path, text);
  ts.createProgram(modules, compilerOptions, host).emit();
  return emitted;
}
