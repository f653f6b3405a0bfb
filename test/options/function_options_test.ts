import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import * as strata from "./exported.ts";
import { InputError, Layer, ops, tensor } from "@strata/nn";
import signatures from "./signatures.json" with { type: "json" };

type Callable = ((...args: readonly unknown[]) => unknown) & (new (...args: readonly unknown[]) => unknown);
type Named = { readonly [name: string]: unknown };

const all: readonly [string, { readonly place: number; readonly options: readonly string[] }][] = Object.entries(
  signatures,
);

function find(path: string): Callable {
  return path.split(".").reduce<unknown>((found, name) => (found as Named)[name], strata) as Callable;
}

function isLayerClass(found: Callable): boolean {
  return found === Layer as unknown || found.prototype instanceof Layer;
}

/** Abstract classes, whose options are those of the classes that extend them. */
const ABSTRACT = [
  "Layer",
  "Merge",
  "initializers.NamedScaling",
  "initializers.NormalInitializer",
  "initializers.RandomInitializer",
];

/** What stands before the options, where something must. */
const BEFORE: { readonly [name: string]: readonly unknown[] } = {
  Variable: [tensor([1])],
  arange: [1],
  "ops.arange": [1],
  "ops.associativeScan": [ops.add, tensor([1])],
  "ops.vectorize": [ops.negative],
  predict: [new strata.Identity(), tensor([1])],
  modelToJson: [new strata.Sequential(new strata.Identity())],
  plotModel: [new strata.Sequential(new strata.Identity())],
  registerSerializable: [strata.Identity],
  tensor: [[1, 2], [2]],
};

for (const [name, { place, options }] of all) {
  const found = find(name);
  if (ABSTRACT.includes(name) || isLayerClass(found)) continue;
  Deno.test(`${name} refuses options that it does not have, and names those that it has`, async () => {
    const before = BEFORE[name] ?? Array.from({ length: place }, () => [1]);
    const call = (given: unknown): unknown =>
      /^(\w+\.)?[A-Z]/.test(name) ? new found(...before, given) : found(...before, given);
    const { message } = await assertRejects(async () => await call({ option_there_is_not: 1 }), InputError);
    const [, listed = ""] = /has no option option_there_is_not, received 1; There are (.*)$/.exec(message) ?? [];
    const expected = name === "tensor" ? ["dtype"] : options;
    assertEquals(listed.split(", ").toSorted(), expected.toSorted(), message);
    // A number is no end of a range alone, and a text no options at all.
    await assertRejects(async () => await call("options"), InputError);
  });
}

Deno.test("each class and function with options that is exported is among those that were walked", () => {
  const withOptions = (prefix: string, members: Named): string[] =>
    Object.entries(members).flatMap(([name, member]) =>
      typeof member !== "function" || name.endsWith("Error") ? [] : [`${prefix}${name}`]
    );
  const names = [
    ...withOptions("", strata as unknown as Named),
    ...["ops", "ops.image", "initializers", "regularizers", "constraints"].flatMap((space) =>
      withOptions(`${space}.`, find(space) as unknown as Named)
    ),
  ];
  for (const [name] of all) assert(names.includes(name), `${name} is not exported: run make_signatures.ts`);
  const layers = names.filter((name) => isLayerClass(find(name)));
  for (const name of layers) {
    if (name !== "Sequential") assert(name in signatures, `${name} has no options there: run make_signatures.ts`);
  }
});

Deno.test("the error of an op's options says which one is meant", () => {
  assertEquals(
    assertThrows(() => ops.sum([1, 2], { keepdims: true } as never), InputError).message,
    "Cannot apply sum: it has no option keepdims, received true; did you mean keepDims? There are axis, keepDims",
  );
  assertStringIncludes(
    assertThrows(() => ops.sum([[1, 2]], 1 as never), InputError).message,
    "Cannot apply sum: expected a record of options, such as { axis: ... }, received a number",
  );
});

Deno.test("tensor takes a shape among its options", () => {
  assertEquals(tensor([1, 2, 3, 4], { shape: [2, 2] }).array(), [[1, 2], [3, 4]]);
  assertEquals(
    tensor(new Int32Array(6), { shape: [2, 3], dtype: "float64" }).toString().split("\n")[0],
    "EagerTensor [2, 3] float64",
  );
  assertThrows(
    () => tensor([1, 2, 3], { shape: [2, 4] }),
    strata.ShapeError,
    "Cannot make a tensor of shape [2, 4]: expected 8 values, received 3",
  );
  assertThrows(() => tensor([1, 2], [2], { shape: [2] } as never), InputError, "has no option shape");
});
