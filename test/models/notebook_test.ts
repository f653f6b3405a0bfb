import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import {
  arange,
  clearSession,
  Dense,
  displayLayer,
  displayTensor,
  EagerTensor,
  input,
  InputError,
  Layer,
  ops,
  Sequential,
  SymbolicTensor,
  tensor,
  Variable,
  zeros,
} from "@strata/nn";

/** What a notebook is given. */
type Bundle = { readonly [type: string]: string };

async function display(value: object): Promise<Bundle> {
  const shown = (value as { readonly [key: symbol]: () => unknown })[Symbol.for("Jupyter.display")]!();
  return await shown as Bundle;
}

Deno.test("a model shows itself in a notebook as a picture, and as a text where there is none", async () => {
  clearSession();
  const model = new Sequential(input([null, 4]), new Dense(3, { name: "out" }));
  const bundle = await display(model);
  assertEquals(Object.keys(bundle), ["text/plain", "image/svg+xml"]);
  assertEquals(bundle["text/plain"], model.summaryText());
  assertStringIncludes(bundle["image/svg+xml"]!, "out (Dense)</text>");
  assertStringIncludes(bundle["image/svg+xml"]!, "[?, 4] → [?, 3]</text>");
});

Deno.test("a layer shows itself as a text", async () => {
  const layer = new Dense(3, { name: "alone" });
  assertEquals(await display(layer), { "text/plain": String(layer) });
});

/** The cells of a table, row by row. */
function cells(html: string): string[][] {
  return [...html.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row]) =>
    [...row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell]) => cell!)
  );
}

Deno.test("tensors of up to two axes show themselves as tables", async () => {
  const matrix = tensor([[1, -2.5], [3, 0.123456789]]);
  const bundle = await display(matrix);
  assertEquals(bundle["text/plain"], String(matrix));
  assertStringIncludes(bundle["text/html"]!, "<caption>EagerTensor [2, 2] float32</caption>");
  assertEquals(cells(bundle["text/html"]!), [["", "0", "1"], ["0", "1", "-2.5"], ["1", "3", "0.12346"]]);
  assertEquals(cells((await display(tensor([true, false])))["text/html"]!), [["0", "1"], ["true", "false"]]);
  assertEquals(cells((await display(tensor(7)))["text/html"]!), [["7"]]);
  assertEquals(cells((await display(tensor([5n])))["text/html"]!), [["0"], ["5"]]);
  const variable = new Variable(zeros([1]), { name: "a<b" });
  assertStringIncludes((await display(variable))["text/html"]!, "<caption>Variable a&lt;b [1] float32</caption>");
});

Deno.test("tables are of bounded size", async () => {
  const html = (await display(ops.reshape(arange(1_000_000), [1000, 1000])))["text/html"]!;
  const rows = cells(html);
  assertEquals([rows.length, rows[0]!.length], [22, 14]);
  assertEquals(rows[1]!.slice(0, 9), ["0", "0", "1", "2", "3", "4", "5", "⋯", "994"]);
  assertEquals(rows[11]![0], "⋮");
  assertEquals(rows.at(-1)!.at(-1), "999999");
  assert(html.length < 50_000);
});

Deno.test("tensors of more axes, and without values, show themselves as texts", async () => {
  for (const value of [zeros([1, 2, 3]), input(["batch", 2], { name: "x" })]) {
    assertEquals(await display(value), { "text/plain": String(value) });
  }
});

/** Values that are neither tensors nor layers, and the word for the kind of each. */
const ODD: readonly (readonly [unknown, string])[] = [
  [null, "null"],
  [undefined, "undefined"],
  [1n, "a bigint"],
  ["a", "a string"],
  [Symbol("a"), "a symbol"],
  [[zeros([1])], "an array"],
  [{ shape: [1], dtype: "float32" }, "a record"],
  [Object.create(null), "a record"],
  [Dense, "a function"],
];

Deno.test("what is no tensor and no layer is not displayed, and is told by its kind", async () => {
  const displayOf = (prototype: object) =>
    (prototype as { readonly [key: symbol]: () => unknown })[Symbol.for("Jupyter.display")]!;
  const tensors = [EagerTensor, Variable, SymbolicTensor].map(({ prototype }) => prototype);
  for (const [value, kind] of ODD) {
    const noTensor = `Cannot display a tensor: expected a tensor, received ${kind}`;
    const noLayer = `Cannot display a model: expected a model or a layer, received ${kind}`;
    await assertRejects(async () => await displayTensor(value as never), InputError, noTensor);
    await assertRejects(() => displayLayer(value as never), InputError, noLayer);
    for (const prototype of tensors) {
      await assertRejects(async () => await displayOf(prototype).call(value), InputError, noTensor);
    }
    await assertRejects(async () => await displayOf(Layer.prototype).call(value), InputError, noLayer);
  }
});

Deno.test("a notebook that shows the prototype of a class is told that it is none", async () => {
  const sentence = "Cannot display a tensor: expected a tensor, received an object without a shape";
  for (const { prototype } of [EagerTensor, Variable, SymbolicTensor]) {
    await assertRejects(() => display(prototype), InputError, sentence);
  }
  await assertRejects(() => display(Layer.prototype), InputError, "Cannot display a model");
});
