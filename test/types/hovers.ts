/**
 * Hover texts: asks TypeScript's language service what an editor shows of each constant with a value in a file, and prints
 * the texts as JSON. `hovers_test.ts` runs it.
 *
 * @module
 */
// deno-lint-ignore no-import-prefix -- a script of its own, which no test imports
import ts from "npm:typescript@6.0.3";

const [file = "", project = ""] = Deno.args;
const { config } = ts.readConfigFile(project, (path) => Deno.readTextFileSync(path));
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, project.slice(0, project.lastIndexOf("/")));
const host: ts.LanguageServiceHost = {
  getScriptFileNames: () => config.files,
  getScriptVersion: () => "0",
  getScriptSnapshot: (path) => {
    const text = ts.sys.readFile(path);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => Deno.cwd(),
  getCompilationSettings: () => options,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: ts.sys.fileExists,
  readFile: ts.sys.readFile,
};
const service = ts.createLanguageService(host);
const source = service.getProgram()!.getSourceFile(file)!;
const hovers = source.statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) =>
  declarationList.declarations.filter(({ initializer }) => initializer !== undefined).map(({ name }) => {
    const info = service.getQuickInfoAtPosition(file, name.getStart(source));
    return [name.getText(source), ts.displayPartsToString(info?.displayParts).replace(/^const \w+: /, "")];
  })
);
// deno-lint-ignore no-console -- what the test reads
console.log(JSON.stringify(Object.fromEntries(hovers)));
