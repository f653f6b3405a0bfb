import { assert, assertEquals } from "@std/assert";
import { layerClasses } from "../layers/every_layer.ts";
import { compile, pathOf, show, versions, writeGenerated } from "./compiler.ts";
import { typeTest } from "./harness.ts";

/** Arguments for type parameters, by the constraint that they have. */
const ARGUMENTS: { readonly [constraint: string]: string } = {
  "number": "3",
  "string": '"ab,bc->ac"',
  "Dim": "4",
  "Shape": "readonly [4]",
  "Sizes<1>": "2",
  "Sizes<2>": "2",
  "Sizes<3>": "2",
};

/** The source of all layers. */
function source(folder: string): string {
  return Array.from(
    Deno.readDirSync(pathOf(folder)),
    ({ name, isDirectory }) =>
      isDirectory ? source(`${folder}/${name}`) : Deno.readTextFileSync(pathOf(`${folder}/${name}`)),
  ).join("\n");
}

/** The constraints of the type parameters of an exported class, as they are written. */
function constraintsOf(name: string, text: string): readonly string[] {
  const from = text.search(new RegExp(`^export class ${name}\\b`, "m"));
  assert(from >= 0, `${name} is no class of its own`);
  const start = from + `export class ${name}`.length;
  if (text[start] !== "<") return [];
  let depth = 0;
  let [parameter, end] = ["", start];
  const parameters: string[] = [];
  do {
    const character = text[end]!;
    // The arrow of a function type closes nothing.
    if (character === ">" && text[end - 1] !== "=") depth -= 1;
    if (depth === 0 && end > start || depth === 1 && character === ",") {
      parameters.push(parameter);
      parameter = "";
    } else if (end > start) parameter += character;
    if (character === "<") depth += 1;
    end += 1;
  } while (depth > 0);
  const written = parameters.map((each) => each.trim()).filter((each) => each !== "");
  return written.map((each) => /extends (.+?)( = |$)/s.exec(each)?.[1] ?? "unknown");
}

/** Type arguments for the first parameters of a class: a name among the options, where there are some. */
function argumentsOf(constraints: readonly string[]): readonly string[] {
  const given = constraints.map((constraint) =>
    /Options(<\d>)?$/.test(constraint) ? '{ readonly name: "mine" }' : ARGUMENTS[constraint]
  );
  const unknown = given.indexOf(undefined);
  return (unknown < 0 ? given : given.slice(0, unknown)) as readonly string[];
}

const text = source("src/layers");
const names = [...layerClasses().keys()];
const typed = new Map(names.map((name) => [name, argumentsOf(constraintsOf(name, text))]));

/** Classes that extend one of the layers each, with a member of their own and a `call` of their own. */
function extending(): string {
  const classes = names.flatMap((name) => {
    const list = typed.get(name)!;
    const bases = list.length === 0 ? [name] : [name, `${name}<${list.join(", ")}>`];
    return bases.map((base, index) => `
export class Extended${index}${name} extends ${base} {
  readonly counted: number[] = [];
  static readonly described: string = "${name}";
  override call(...given: Parameters<${base}["call"]>): ReturnType<${base}["call"]> {
    this.counted.push(given.length);
    return super.call(...given);
  }
}
`);
  });
  return `import { ${names.join(", ")} } from "@strata/nn";\n${classes.join("")}`;
}

for (const version of versions) {
  typeTest(
    `each exported layer can be extended, with type arguments and without, under TypeScript ${version}`,
    async () => {
      const file = writeGenerated("extended.ts", extending());
      const { diagnostics } = await compile(version, "extend", [file]);
      assertEquals(diagnostics.map(show), []);
    },
  );
}

Deno.test("the layers with options as a type parameter are extended with options", () => {
  const withOptions = names.filter((name) => typed.get(name)!.some((each) => each.startsWith("{")));
  for (const name of ["Conv2D", "MaxPooling2D", "AveragePooling1D", "AdaptiveMaxPooling3D", "Cropping2D", "Dense"]) {
    assert(withOptions.includes(name), name);
  }
});
