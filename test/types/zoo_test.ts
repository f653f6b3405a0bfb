import { assert, assertEquals } from "@std/assert";
import { clearSession } from "@strata/nn";
import { compile, type Diagnostic, pathOf, versions, writeGenerated } from "./compiler.ts";
import { problemsOf } from "./marks.ts";
import { typeTest } from "./harness.ts";

/** One wrong number in a model. */
interface Mistake {
  /** The file of the model in `test/models/zoo`. */
  readonly model: string;
  /** What is there once, and what is put in its place. */
  readonly right: string;
  readonly wrong: string;
  /** How the line begins where the mistake is found. Default: the line of the wrong number. */
  readonly found?: string;
  readonly sentence: string;
}

const mistakes: readonly Mistake[] = [
  {
    model: "lenet5",
    right: "new Conv2D(120, 5,",
    wrong: "new Conv2D(120, 6,",
    sentence: "Input 0 of layer conv2d is incompatible with the layer: " +
      "Computed output size would be zero or negative: floor((5 - 1 * (6 - 1) - 1) / 1) + 1 = 0 along axis 1 of input shape [batch, 5, 5, 16]",
  },
  {
    model: "lenet5",
    right: "new Dense(84,",
    wrong: "new Dense(48,",
    found: "const digits",
    sentence: "Input 0 of layer dense is incompatible with the layer: " +
      "expected axis -1 of input shape to have value 84 but received input with shape [batch, 48]",
  },
  {
    model: "resnet50",
    right: "const b2 = relu(add([b1, bottleneck(128, 512)",
    wrong: "const b2 = relu(add([b1, bottleneck(128, 256)",
    sentence: "Inputs of layer add are incompatible with the layer: " +
      "Cannot merge shapes [batch, 28, 28, 512] and [batch, 28, 28, 256]: axis -1 is 512 and 256",
  },
  {
    model: "resnet50",
    right: "convolution(1024, 1, 2)(b4)",
    wrong: "convolution(1024, 1)(b4)",
    sentence: "Inputs of layer add are incompatible with the layer: " +
      "Cannot merge shapes [batch, 28, 28, 1024] and [batch, 14, 14, 1024]: axis -2 is 28 and 14",
  },
  {
    model: "mobilenet_v2",
    right: "const e3 = add([e2, inverted(576, 96)",
    wrong: "const e3 = add([e2, inverted(576, 160)",
    sentence: "Inputs of layer add are incompatible with the layer: " +
      "Cannot merge shapes [batch, 14, 14, 96] and [batch, 14, 14, 160]: axis -1 is 96 and 160",
  },
  {
    model: "gpt2",
    right: "new Embedding(size(1024), size(768))",
    wrong: "new Embedding(size(1024), size(512))",
    sentence: "Inputs of layer add are incompatible with the layer: " +
      "Cannot merge shapes [batch, length, 768] and [batch, length, 512]: axis -1 is 768 and 512",
  },
  {
    model: "bert_base",
    right: "new Dense(size(768))(thought)",
    wrong: "new Dense(size(3072))(thought)",
    sentence: "Inputs of layer add are incompatible with the layer: " +
      "Cannot merge shapes [batch, length, 768] and [batch, length, 3072]: axis -1 is 768 and 3072",
  },
  {
    model: "bilstm_tagger",
    right: "const high = new Bidirectional(new LSTM(size(256),",
    wrong: "const high = new Bidirectional(new LSTM(size(128),",
    found: "const tags",
    sentence: "Input 0 of layer dense is incompatible with the layer: " +
      "expected axis -1 of input shape to have value 512 but received input with shape [batch, words, 256]",
  },
  {
    model: "unet",
    right: 'const image = input(["batch", 256, 256, 1])',
    wrong: 'const image = input(["batch", 264, 264, 1])',
    found: "const d2",
    sentence: "Inputs of layer concatenate are incompatible with the layer: " +
      "Cannot concatenate along axis -1: input 0 of shape [batch, 33, 33, 512] and input 1 of shape [batch, 32, 32, 512] differ in axis 1",
  },
];

/** The model with the mistake, and a mark above the line where it must be found. */
function mistaken({ model, right, wrong, found = wrong, sentence }: Mistake): string {
  const source = Deno.readTextFileSync(pathOf(`test/models/zoo/${model}.ts`));
  assertEquals(source.split(right).length, 2, `${right} is once in ${model}.ts`);
  const lines = source.replace(right, wrong).split("\n");
  const at = lines.findIndex((line) => line.includes(found));
  assert(at >= 0, `${found} is in ${model}.ts`);
  return lines.toSpliced(at, 0, `// error: ${sentence}`).join("\n");
}

/** Whether it follows from the mistake: a shape is not known any more, or the model has another type than its function. */
function isConsequence(source: string, { line, text }: Diagnostic): boolean {
  return source.split("\n")[line - 1]!.trimStart().startsWith("return new Model(") ||
    text.includes("\n  Type 'Shape' is not assignable to type");
}

/** Writes the models with their mistakes, and gives the paths of the files. */
function write(): string[] {
  return mistakes.map((mistake, index) => writeGenerated(`zoo_${index}.ts`, mistaken(mistake)));
}

for (const version of versions) {
  typeTest(`one wrong number in a model fails at its line under TypeScript ${version}`, async (t) => {
    const files = write();
    const { diagnostics } = await compile(version, "zoo", files);
    for (const [index, mistake] of mistakes.entries()) {
      await t.step(`${mistake.model}: ${mistake.wrong}`, () => {
        const source = mistaken(mistake);
        const own = diagnostics.filter((each) => each.file === files[index] && !isConsequence(source, each));
        assertEquals(problemsOf(source, own), []);
      });
    }
    await t.step("nowhere else", () => {
      assertEquals(diagnostics.filter(({ file }) => !files.includes(file)), []);
    });
  });
}

typeTest("one wrong number in a model throws the same sentence", async (t) => {
  const files = write();
  for (const [index, { model, wrong, sentence }] of mistakes.entries()) {
    await t.step(`${model}: ${wrong}`, async () => {
      const module = await import(new URL(`../../${files[index]}`, import.meta.url).href);
      const [make] = Object.values(module) as [() => unknown];
      clearSession();
      let thrown = "nothing is thrown";
      try {
        make();
      } catch (error) {
        thrown = String((error as Error).message);
      }
      // At run time layers of one class are numbered.
      assertEquals(thrown.replace(/ layer ([a-z]\w*?)_\d+ /, " layer $1 "), sentence);
    });
  }
});
