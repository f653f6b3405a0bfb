import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import {
  type AnyLayer,
  clearSession,
  Dense,
  Dropout,
  Flatten,
  input,
  Layer,
  Model,
  modelFromJson,
  ops,
  Sequential,
  summaryOf,
  type SymbolicTensor,
  type Tensor,
  zeros,
} from "@strata/nn";
import type { SummaryRow } from "@strata/nn/types";
import { readableSize } from "../../src/models/summary/summary_table.ts";
import { callUntyped, errorOf } from "../layers/layer_test_harness.ts";
import { modelCases } from "./golden.ts";

/** A shape as Keras shows it. */
function kerasShape(shape: unknown): string {
  return `(${(shape as readonly unknown[]).map((dim) => typeof dim === "number" ? dim : "None").join(", ")})`;
}

/** A row and those inside it. */
function withNested(row: SummaryRow): SummaryRow[] {
  return [row, ...row.layers.flatMap(withNested)];
}

for (const { name, json, summary } of modelCases) {
  Deno.test(`the summary of the model ${name} has Keras's numbers`, () => {
    clearSession();
    const model = modelFromJson(json);
    const { rows } = summaryOf(model);
    const known = new Set(summary.rows.map(([name]) => name));
    const found = rows.flatMap(withNested).filter((row) => known.has(row.name) && row.className !== "Add");
    assert(found.length >= 3, "rows that Keras has too");
    for (const { name, className, outputShape, params, trainable } of found) {
      const [, kerasClass, shape, kerasParams, isTrainable] = summary.rows.find((row) => row[0] === name)!;
      assertEquals([className === "Model" ? "Functional" : className, String(params)], [kerasClass, kerasParams], name);
      assertEquals(trainable === null ? "-" : trainable ? "Y" : "N", isTrainable, name);
      // Keras knows less of what einsum gives, and shows lists of shapes in a way of its own.
      if (!shape.includes("None, None") && !shape.includes("((") && !shape.includes("[") && shape !== "(None)") {
        assertEquals(kerasShape(outputShape), shape, name);
      }
    }
    const text = model.summaryText({ expandNested: true });
    for (const line of summary.totals) assertStringIncludes(text, `\n ${line}`);
  });
}

Deno.test("sizes are in the largest unit of which there is one", () => {
  // As Keras's readable_memory_size writes them.
  assertEquals([0, 184, 1023, 1024, 9640, 27730, 1048576, 102546848].map(readableSize), [
    "0.00 B",
    "184.00 B",
    "1023.00 B",
    "1.00 KB",
    "9.41 KB",
    "27.08 KB",
    "1.00 MB",
    "97.80 MB",
  ]);
});

Deno.test("the summary of a chain of layers is a table of 80 columns", () => {
  clearSession();
  const model = new Sequential(
    input(["batch", 8, 8, 1]),
    new Flatten(),
    new Dense(32, { name: "a_name_that_is_longer_than_its_column" }),
    new Dropout(0.2),
    new Dense(10),
    { name: "digits" },
  );
  assertEquals(
    model.summaryText({ showTrainable: true }),
    `Model: "digits"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━┳━━━━━━━━┳━━━━━━━━━┳━━━━━━━━━━━┓
┃ Layer (type)                   ┃ Output shape ┃ Params ┃    Size ┃ Trainable ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━╇━━━━━━━━╇━━━━━━━━━╇━━━━━━━━━━━┩
│ flatten (Flatten)              │ [batch, 64]  │      0 │  0.00 B │     -     │
│ a_name_that_is_longer_than_    │ [batch, 32]  │  2,080 │ 8.13 KB │     Y     │
│ its_column (Dense)             │              │        │         │           │
│ dropout (Dropout)              │ [batch, 32]  │      0 │  0.00 B │     -     │
│ dense (Dense)                  │ [batch, 10]  │    330 │ 1.29 KB │     Y     │
└────────────────────────────────┴──────────────┴────────┴─────────┴───────────┘
 Total params: 2,410 (9.41 KB)
 Trainable params: 2,410 (9.41 KB)
 Non-trainable params: 0 (0.00 B)`,
  );
});

Deno.test("no line of a summary is longer than asked for, whatever is in it", () => {
  const x = input(["batch", 4], { name: "x" });
  const layer = new Dense(4, { name: "some_name".repeat(9) });
  const y = ops.concatenate([layer(layer(x)), x], { axis: 1 });
  const model = new Model({ inputs: x, outputs: [y, new Flatten()(y)] });
  for (const lineLength of [66, 80, 133]) {
    for (const line of model.summaryText({ lineLength, showTrainable: true }).split("\n")) {
      assert(line.length <= lineLength, `${lineLength}: ${line}`);
    }
  }
  assertThrows(() => model.summaryText({ lineLength: 40 }), RangeError, "expected at least");
});

Deno.test("the summary of a graph says what reads what", () => {
  clearSession();
  const [x, z] = [input([null, 4], { name: "x" }), input([null, 4], { name: "z" })];
  const shared = new Dense(4, { name: "shared" });
  const sum = ops.add(shared(x), shared(z));
  const model = new Model({ inputs: [x, z], outputs: ops.add(sum, x), name: "net" });
  const { rows, isChain, total } = summaryOf(model);
  assertEquals([isChain, total], [false, { params: 20, bytes: 80 }]);
  const inbound = rows.map((
    { name, inbound },
  ) => [name, ...inbound.map((from) => `${from.name}[${from.call}][${from.index}]`)]);
  assertEquals(inbound, [
    ["x"],
    ["z"],
    ["shared", "x[0][0]", "z[0][0]"],
    ["add", "shared[0][0]", "shared[1][0]"],
    ["add_1", "add[0][0]", "x[0][0]"],
  ]);
  const text = model.summaryText();
  assertStringIncludes(text, "Connected to");
  assertStringIncludes(text, "shared, shared[1][0]");
});

Deno.test("a model that is not built says so", () => {
  clearSession();
  const model = new Sequential(new Dense(3), new Dense(4));
  const text = model.summaryText();
  assertStringIncludes(text, "│ dense (Dense)                          │ ?            │ 0 (unbuilt) │ 0.00 B │");
  assertStringIncludes(text, " Total params: 0 (0.00 B)");
  model(zeros([5, 2]));
  assertEquals(summaryOf(model).rows.map(({ outputShape, params }) => [outputShape, params]), [[[5, 3], 9], [
    [5, 4],
    16,
  ]]);
});

class Pair extends Model {
  readonly first: AnyLayer = new Dense(3, { name: "first" });
  readonly rest: AnyLayer = new Sequential(new Dense(4, { name: "a" }), new Dense(2, { name: "b" }), { name: "rest" });
  override call(x: Tensor): Tensor {
    return callUntyped(this.rest, callUntyped(this.first, x));
  }
}

Deno.test("a model with layers in its fields has a summary, nested", () => {
  const pair = new Pair();
  assertEquals(summaryOf(pair).rows.map(({ outputShape, built }) => [outputShape, built]), [
    [undefined, false],
    [undefined, false],
  ]);
  callUntyped(pair, zeros([2, 3]));
  // As Keras's summary of the same subclass: 12 and 26, of which 16 and 10.
  const { rows, total } = summaryOf(pair);
  assertEquals(total.params, 38);
  assertEquals(rows.flatMap(withNested).map(({ name, outputShape, params }) => [name, outputShape, params]), [
    ["first", [2, 3], 12],
    ["rest", [2, 2], 26],
    ["a", [2, 4], 16],
    ["b", [2, 2], 10],
  ]);
  assertEquals(pair.summaryText().includes("└ a"), false);
  assertStringIncludes(pair.summaryText({ expandNested: true }), "│    └ a (Dense) ");
});

Deno.test("a layer without layers inside is its own summary", () => {
  const dense = new Dense(2, { name: "alone" });
  dense.build([null, 3]);
  assertEquals(summaryOf(dense).rows.map(({ name, params }) => [name, params]), [["alone", 8]]);
});

Deno.test("a range of layers is shown, found by names or patterns", () => {
  const names = ["one", "two", "three", "four"];
  const model = new Sequential(input([null, 2]), ...names.map((name) => new Dense(2, { name })));
  const shown = (first: string | RegExp, last: string | RegExp) =>
    names.filter((name) => model.summaryText({ layerRange: [first, last] }).includes(`${name} (Dense)`));
  assertEquals(shown("two", "three"), ["two", "three"]);
  assertEquals(shown("t", "t"), ["two", "three"]);
  assertEquals(shown("four", "two"), ["two", "three", "four"]);
  assertEquals(shown(/e$/, /o$/), ["one", "two"]);
  assertEquals(
    errorOf(() => model.summaryText({ layerRange: ["nine", "two"] })).message,
    `Cannot summarize model ${model.name}: expected layerRange to be names of its layers, received nine to two`,
  );
});

Deno.test("a summary is printed where printFn says", () => {
  const model = new Sequential(input([null, 2]), new Dense(2));
  const texts: string[] = [];
  model.summary({ printFn: (text) => texts.push(text) });
  assertEquals(texts, [model.summaryText()]);
});

Deno.test("weights of other dtypes have other sizes", () => {
  const x = input([null, 3], { dtype: "float16" });
  const half = new Dense(2, { dtype: "float16" });
  const model = new Model({ inputs: x, outputs: half(x) as SymbolicTensor });
  assertEquals(summaryOf(model).total, { params: 8, bytes: 16 });
});

Deno.test("any layer made of layers has a summary as data; only models print one", () => {
  class Twice extends Layer {
    readonly inner = new Dense(2, { name: "inner" });

    override call(x: Tensor): Tensor {
      return this.inner(this.inner(x) as Tensor) as Tensor;
    }
  }
  const layer = new Twice({ name: "twice" });
  assertEquals("summary" in layer, false);
  assertEquals(summaryOf(layer).rows.map(({ name }) => name), ["inner"]);
  assertEquals(String(layer).split("\n").length, 1);
});
