import { assertAlmostEquals, assertEquals, assertInstanceOf, assertStringIncludes, assertThrows } from "@std/assert";
import { type AnyLayer, clearSession, type EagerTensor, input, type LayerOptions, tensor } from "@strata/nn";
import { CategoryEncoding } from "../../../src/layers/preprocessing/category_encoding.ts";
import { Discretization } from "../../../src/layers/preprocessing/discretization.ts";
import { Hashing } from "../../../src/layers/preprocessing/hashing.ts";
import { IntegerLookup } from "../../../src/layers/preprocessing/integer_lookup.ts";
import { StringLookup } from "../../../src/layers/preprocessing/string_lookup.ts";
import type { Tokens } from "../../../src/layers/preprocessing/index_lookup.ts";
import type { Numbers } from "../golden.ts";
import { camelCase, goldenCases } from "../golden_cases.ts";
import { arrayOf, assertClose, callUntyped, layerTest } from "../layer_test_harness.ts";

interface PreprocessingCase {
  readonly layer: "CategoryEncoding" | "Discretization" | "Hashing" | "IntegerLookup" | "StringLookup";
  readonly init: { readonly [option: string]: unknown };
  readonly adapt: Numbers | Tokens<string> | null;
  readonly x: Numbers | Tokens<string>;
  readonly float: boolean;
  readonly call: { readonly [option: string]: unknown };
  readonly y: Numbers | Tokens<string>;
  readonly found: readonly (number | string)[] | null;
}

const cases = goldenCases<PreprocessingCase>("preprocessing.json");

function make({ layer, init }: PreprocessingCase, options: LayerOptions<never> = {}): AnyLayer {
  const { numTokens, numBins, ...told } = { ...camelCase(init), ...options } as Record<string, unknown>;
  switch (layer) {
    case "CategoryEncoding":
      return new CategoryEncoding(numTokens as number, told) as AnyLayer;
    case "Hashing":
      return new Hashing(numBins as number, told) as AnyLayer;
    case "Discretization":
      return new Discretization({
        ...told,
        ...(numBins === undefined ? {} : { numBins: numBins as number }),
      }) as AnyLayer;
    case "IntegerLookup":
      return new IntegerLookup(told) as AnyLayer;
    case "StringLookup":
      return new StringLookup(told) as AnyLayer;
  }
}

function isText(values: unknown): boolean {
  return Array.isArray(values) ? isText(values[0]) : typeof values === "string";
}

function inputOf({ x, float }: PreprocessingCase): EagerTensor {
  return tensor(x as Numbers, { dtype: float ? "float32" : "int64" }) as EagerTensor;
}

/** What a layer gives for a case; texts are looked up or hashed beforehand. */
function resultOf(layer: AnyLayer, each: PreprocessingCase): unknown {
  if (layer instanceof StringLookup) {
    return layer.invert ? layer.textsOf(inputOf(each)) : callUntyped(layer, layer.lookup(each.x as Tokens<string>));
  }
  if (layer instanceof Hashing && isText(each.x)) return layer.hash(each.x as Tokens<string>);
  return callUntyped(layer, inputOf(each), camelCase(each.call));
}

Deno.test("preprocessing layers give Keras's numbers for all options", async (t) => {
  for (const each of cases) {
    await t.step(
      `${each.layer} ${JSON.stringify(each.init).slice(0, 80)} ${JSON.stringify(each.x).slice(0, 40)}`,
      () => {
        clearSession();
        const layer = make(each) as AnyLayer & { adapt(data: unknown): unknown };
        if (each.adapt !== null) layer.adapt(each.adapt);
        if (layer instanceof Discretization && each.found !== null) {
          layer.binBoundaries!.forEach((value, index) => assertAlmostEquals(value, each.found![index] as number, 1e-5));
          assertEquals(layer.binBoundaries!.length, each.found.length);
        } else if (each.found !== null) {
          assertEquals((layer as unknown as IntegerLookup).getVocabulary() as unknown, each.found);
        }
        const result = resultOf(layer, each);
        if (isText(each.y)) assertEquals(result, each.y);
        else assertClose("result", result as EagerTensor, each.y as Numbers);
      },
    );
  }
});

function check(
  name: string,
  pick: (each: PreprocessingCase) => boolean,
  more: Partial<Parameters<typeof layerTest>[0]>,
) {
  const each = cases.find((found) => found.layer === name && pick(found))!;
  layerTest({
    layer: (options) => make(each, options),
    input: inputOf(each),
    expected: each.y as Numbers,
    expectedShape: [],
    weightPaths: [],
    counts: { trainable: 0, nonTrainable: 0 },
    ...more,
  });
}

Deno.test("CategoryEncoding does what every layer must do", () => {
  const rows = (mode: string) => (each: PreprocessingCase) =>
    each.init.output_mode === mode && JSON.stringify(each.x) === "[[0,1],[0,0],[1,2]]";
  check("CategoryEncoding", rows("one_hot"), { expectedShape: [3, 2, 4] });
  check("CategoryEncoding", rows("multi_hot"), { expectedShape: [3, 4] });
  check("CategoryEncoding", rows("count"), { expectedShape: [3, 4] });
});

Deno.test("Discretization does what every layer must do", () => {
  const rows = (mode: string) => (each: PreprocessingCase) =>
    each.init.output_mode === mode && Array.isArray(each.x) && each.x.length === 2 &&
    (each.x[0] as unknown[]).length === 4;
  check("Discretization", rows("int"), { expectedShape: [2, 4], expectedDtype: "int32" });
  check("Discretization", rows("one_hot"), { expectedShape: [2, 4, 4] });
});

Deno.test("IntegerLookup does what every layer must do", () => {
  const keys = (given: readonly string[]) => (each: PreprocessingCase) =>
    JSON.stringify(Object.keys(each.init)) === JSON.stringify(["vocabulary", ...given]);
  check("IntegerLookup", keys([]), { expectedShape: [3, 3], expectedDtype: "int64" });
  check("IntegerLookup", keys(["num_oov_indices", "mask_token"]), { expectedShape: [3, 3], expectedDtype: "int64" });
  check("IntegerLookup", keys(["output_mode", "idf_weights"]), { expectedShape: [3, 5] });
});

Deno.test("StringLookup does what every layer must do with indices", () => {
  const layer = new StringLookup({ vocabulary: ["a", "b"], outputMode: "count" });
  layerTest({
    layer: (options) => new StringLookup({ vocabulary: ["a", "b"], outputMode: "count", ...options }) as AnyLayer,
    input: layer.lookup([["a", "c", "a"], ["b", "b", "b"]]),
    expected: [[1, 2, 0], [0, 0, 3]],
    expectedShape: [2, 3],
    weightPaths: [],
    counts: { trainable: 0, nonTrainable: 0 },
  });
});

Deno.test("Hashing says that it cannot be traced, and is made from its configuration", () => {
  clearSession();
  const layer = new Hashing(7, { salt: 133, maskValue: 0 });
  const error = assertThrows(() => callUntyped(layer as AnyLayer, input([2], { dtype: "int32" })), TypeError);
  assertStringIncludes(
    error.message,
    "Cannot trace layer hashing: an ONNX graph cannot hold its hash; expected tensors with values, or a model that begins " +
      "with what hash() gives",
  );
  const copy = Hashing.fromConfig(JSON.parse(JSON.stringify(layer.getConfig())));
  assertInstanceOf(copy, Hashing);
  assertEquals(copy.getConfig(), layer.getConfig());
  assertEquals(arrayOf(callUntyped(copy as AnyLayer, new Int32Array([5, 6]))), layer.hash([5, 6]).array());
  assertThrows(() => callUntyped(layer as AnyLayer, [1.5]), TypeError, "Cannot hash a tensor of dtype float32");
});

Deno.test("preprocessing layers refuse options that are none", () => {
  const refusals: readonly [() => unknown, string][] = [
    [() => new CategoryEncoding(0), "received an invalid value for numTokens, expected a positive integer, received 0"],
    [
      () => new CategoryEncoding(2, { outputMode: "int" as never }),
      'received an invalid value for outputMode, expected one of one_hot, multi_hot, count, received "int"',
    ],
    [() => new Discretization({}), "expected numBins or binBoundaries, received none of them"],
    [() => new Discretization({ numBins: 2, binBoundaries: [1] }), "expected numBins or binBoundaries, received both"],
    [() => new Discretization({ binBoundaries: [1, 0] }), "expected binBoundaries in ascending order"],
    [() => new Hashing(0), "received an invalid value for numBins, expected a positive integer, received 0"],
    [() => new Hashing(2, { salt: 1.5 }), "expected a salt of one or two integers, received 1.5"],
    [() => new IntegerLookup({ maxTokens: 1 }), "expected maxTokens greater than 1, received 1"],
    [
      () => new IntegerLookup({ numOovIndices: -1 }),
      "expected numOovIndices to be an integer of at least 0, received -1",
    ],
    [() => new IntegerLookup({ vocabulary: [1, 1] }), "expected each token once, received some more often"],
    [() => new IntegerLookup({ vocabulary: [] }), "expected at least one token"],
    [
      () => new IntegerLookup({ vocabulary: [1, 2, 3], maxTokens: 3 }),
      "expected at most maxTokens=3 indices, received 4",
    ],
    [() => new IntegerLookup({ vocabulary: [2, 0], maskToken: 0 }), "expected the mask token first"],
    [() => new IntegerLookup({ vocabulary: [1], outputMode: "tf_idf" }), "expected idfWeights"],
    [() => new IntegerLookup({ vocabulary: [1], idfWeights: [1] }), "expected idfWeights only where"],
    [
      () => new IntegerLookup({ vocabulary: [1], invert: true, outputMode: "count" }),
      'expected outputMode "int" where invert is true, received "count"',
    ],
  ];
  for (const [action, sentence] of refusals) {
    clearSession();
    assertStringIncludes(assertThrows(action, RangeError).message, sentence);
  }
});

Deno.test("preprocessing layers without boundaries or vocabulary say what is missing", () => {
  assertThrows(() => new Discretization({ numBins: 2 })([1]), TypeError, "expected adapt(data) before");
  assertThrows(() => new IntegerLookup()([1]), TypeError, "expected one in the options, or adapt(data) before");
  assertThrows(() => new StringLookup().lookup(["a"]), TypeError, "it has no vocabulary");
  assertThrows(() => new Discretization({ binBoundaries: [1] }).adapt([1]), TypeError, "made with binBoundaries");
  assertThrows(
    () => new StringLookup({ vocabulary: ["a"], numOovIndices: 0 }).lookup(["b"]),
    RangeError,
    'expected one of the vocabulary, as numOovIndices is 0, received "b"',
  );
  assertThrows(() => new CategoryEncoding(2)([[1]], { countWeights: [[1]] }), TypeError, 'expected outputMode "count"');
});
