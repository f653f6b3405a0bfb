import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type AnyLayer, clearSession, type EagerTensor, input, jit, Model } from "@strata/nn";
import { type LayerOptions, ShapeError, type Tensor, tensor, trace, zeros } from "@strata/nn";
import { AdditiveAttention, Attention } from "../../../src/layers/attention/attention.ts";
import { GroupQueryAttention } from "../../../src/layers/attention/group_query_attention.ts";
import { Masking } from "../../../src/layers/core/masking.ts";
import { maskOf } from "../../../src/layers/base/masks.ts";
import type { Graph } from "../../../src/graph/graph.ts";
import { modelOf } from "../../../src/emission/graph_model.ts";
import { encodeModel } from "../../../src/onnx/encode.ts";
import { MultiHeadAttention } from "../../../src/layers/attention/multi_head_attention.ts";
import { camelCase, goldenCases } from "../golden_cases.ts";
import type { Numbers } from "../golden.ts";
import { arrayOf, assertClose, callUntyped, errorOf, layerTest } from "../layer_test_harness.ts";

interface AttentionCase {
  readonly layer: "MultiHeadAttention" | "GroupQueryAttention" | "Attention" | "AdditiveAttention";
  readonly args: readonly number[];
  readonly init: { readonly [option: string]: unknown };
  readonly x: readonly Numbers[];
  readonly call: { readonly [option: string]: unknown };
  readonly weights: readonly { readonly path: string; readonly value: Numbers }[];
  readonly y: Numbers;
  readonly scores: Numbers | null;
}

const cases = goldenCases<AttentionCase>("attention.json");

function make({ layer, args, init }: AttentionCase, options: LayerOptions<never> = {}): AnyLayer {
  const told = { ...camelCase(init), ...options };
  const [first = 1, second = 1, third = 1] = args;
  if (layer === "MultiHeadAttention") return new MultiHeadAttention(first, second, told) as AnyLayer;
  if (layer === "GroupQueryAttention") return new GroupQueryAttention(first, second, third, told) as AnyLayer;
  return (layer === "Attention" ? new Attention(told) : new AdditiveAttention(told)) as AnyLayer;
}

function callOptions({ call }: AttentionCase): Record<string, unknown> {
  const { mask, ...told } = camelCase(call);
  if (!Array.isArray(mask)) return told;
  return { ...told, mask: mask.map((each: boolean[][] | null) => each && tensor(each)) };
}

Deno.test("attention layers give Keras's numbers for all options, eagerly and compiled", async (t) => {
  for (const each of cases) {
    const { layer: name, args, init, call, weights } = each;
    await t.step(`${name}(${args}) ${JSON.stringify(init)} ${Object.keys(call)}`, () => {
      clearSession();
      const layer = make(each);
      const x = each.x.map((values) => tensor(values));
      const options = callOptions(each);
      callUntyped(layer, x, options);
      assertEquals(
        layer.weights.map(({ path }) => path!.slice(path!.indexOf("/") + 1)),
        weights.map(({ path }) => path),
      );
      layer.setWeights(weights.map(({ value }) => value));
      const check = (how: string, given: unknown) => {
        const [y, scores] = each.scores === null ? [given] : given as Tensor[];
        assertClose(`${how}: result`, y as Tensor, each.y);
        if (each.scores !== null) assertClose(`${how}: scores`, scores as Tensor, each.scores);
      };
      check("eager", callUntyped(layer, x, options));
      const call = (...inputs: Tensor[]) => callUntyped(layer, inputs, options);
      for (
        const open of [(size: number) => size, (size: number, axis: number) => axis === 0 ? "batch" : size, () => null]
      ) {
        const symbols = x.map(({ shape }) => input((shape as readonly number[]).map(open)));
        if (open(1, 0) === "batch" && new Set(x.map(({ shape }) => shape[0])).size > 1) continue;
        const graph = (trace as unknown as (fn: unknown, ...inputs: unknown[]) => never)(call, ...symbols);
        check(`compiled ${open}`, (jit as unknown as (graph: never) => (...x: unknown[]) => unknown)(graph)(...x));
      }
    });
  }
});

const shapes: { readonly [layer: string]: (c: AttentionCase) => void } = {
  MultiHeadAttention: (c) => check(c, "multi_head_attention", [2, 3, 5]),
  GroupQueryAttention: (c) => check(c, "grouped_query_attention", [2, 3, 5]),
};

function check(
  golden: AttentionCase,
  name: string,
  expectedShape: readonly number[],
  openShape?: readonly string[],
): void {
  layerTest({
    layer: (options) => make(golden, options),
    input: golden.x.map((values) => tensor(values)),
    weights: golden.weights.map(({ value }) => value),
    expected: golden.y,
    expectedShape,
    ...(openShape === undefined ? {} : { openShape }),
    weightPaths: golden.weights.map(({ path }) => `${name}/${path}`),
    counts: { trainable: golden.weights.length, nonTrainable: 0 },
  });
}

function plain(layer: string, init: object = {}): AttentionCase {
  return cases.find((each) =>
    each.layer === layer && each.scores === null && Object.keys(each.call).length === 0 && each.x.length === 2 &&
    JSON.stringify(each.init) === JSON.stringify(init)
  )!;
}

Deno.test("MultiHeadAttention does what every layer must do", () =>
  shapes.MultiHeadAttention!(plain("MultiHeadAttention")));
Deno.test("MultiHeadAttention with a gate does what every layer must do", () =>
  shapes.MultiHeadAttention!(plain("MultiHeadAttention", { use_gate: true })));
Deno.test("GroupQueryAttention does what every layer must do", () =>
  shapes.GroupQueryAttention!(plain("GroupQueryAttention")));
Deno.test("Attention and AdditiveAttention do what every layer must do", () => {
  const [scored] = cases.filter(({ layer }) => layer === "Attention");
  const [added] = cases.filter(({ layer }) => layer === "AdditiveAttention");
  check(scored!, "attention", [2, 3, 4]);
  check(added!, "additive_attention", [2, 3, 4]);
  check(cases.find(({ init }) => init.score_mode === "concat" && init.use_scale === true)!, "attention", [2, 3, 4]);
});

Deno.test("attention layers refuse inputs that do not fit, built and not", () => {
  const wrong = (layer: AnyLayer, ...shapes: (readonly number[])[]) => {
    const messages = [
      errorOf(() => callUntyped(layer, shapes.map((shape) => zeros(shape)))),
      errorOf(() => callUntyped(layer, shapes.map((shape) => input(shape)))),
    ].map(({ message }) => message);
    assertEquals(messages[0], messages[1]);
    return messages[0];
  };
  clearSession();
  const layer = new MultiHeadAttention(2, 3) as AnyLayer;
  const batches =
    "Input 1 of layer multi_head_attention is incompatible with the layer: expected axis 0 of input shape to " +
    "have value 2 but received input with shape [3, 4, 5]";
  assertEquals(wrong(layer, [2, 4, 5], [3, 4, 5]), batches);
  assertEquals([layer.built, layer.weights], [false, []]);
  layer.build([[null, 4, 5], [null, 6, 7]]);
  assertEquals(wrong(layer, [2, 4, 5], [3, 4, 5]), batches);
  const features = (index: number, expected: number, shape: string) =>
    `Input ${index} of layer multi_head_attention is incompatible with the layer: expected axis -1 of input shape to have ` +
    `value ${expected} but received input with shape ${shape}`;
  assertEquals(wrong(layer, [2, 4, 6], [2, 6, 7]), features(0, 5, "[2, 4, 6]"));
  assertEquals(wrong(layer, [2, 4, 5], [2, 6, 8]), features(1, 7, "[2, 6, 8]"));
  assertEquals(wrong(layer, [2, 4, 5], [2, 6, 7], [2, 6, 9]), features(2, 7, "[2, 6, 9]"));
  const along = new MultiHeadAttention(2, 3, { attentionAxes: 2, name: "along" }) as AnyLayer;
  assertEquals(
    wrong(along, [2, 4, 3, 5], [2, 5, 3, 5]),
    "Input 1 of layer along is incompatible with the layer: expected axis 1 of input shape to have value 4 but received " +
      "input with shape [2, 5, 3, 5]",
  );
  const additive = new AdditiveAttention({ name: "additive" }).build([[null, 2, 5], [null, 3, 5]]) as AnyLayer;
  assertEquals(
    wrong(additive, [2, 4, 6], [2, 3, 6]),
    "Input 1 of layer additive is incompatible with the layer: expected axis -1 of input shape to have value 5 but received " +
      "input with shape [2, 3, 6]",
  );
});

Deno.test("attention layers refuse options that are none", () => {
  const refusals: readonly [() => unknown, string][] = [
    [
      () => new MultiHeadAttention(0, 3),
      "received an invalid value for numHeads, expected a positive integer, received 0",
    ],
    [
      () => new MultiHeadAttention(2, 0),
      "received an invalid value for keyDim, expected a positive integer, received 0",
    ],
    [() => new MultiHeadAttention(2, 3, { outputShape: [0] }), "invalid value for outputShape"],
    [() => new MultiHeadAttention(2, 3, { dropout: 2 }), "expected a dropout from 0 to 1, received 2"],
    [() => new MultiHeadAttention(2, 3, { slidingWindow: 0 }), "invalid value for slidingWindow"],
    [() => new MultiHeadAttention(2, 3, { attentionAxes: [1, 1] }), "each once, received [1, 1]"],
    [() => new MultiHeadAttention(2, 3, { attentionAxes: 0 }), "between the first and the last axis"],
    [() => new GroupQueryAttention(3, 4, 3), "numQueryHeads must be divisible by numKeyValueHeads, received 4 and 3"],
    [() => new Attention({ scoreMode: "x" as never }), 'expected "dot" or "concat", received "x"'],
    [() => new Attention({ dropout: -1 }), "expected a dropout from 0 to 1, received -1"],
  ];
  for (const [action, sentence] of refusals) {
    assert(assertThrows(action, RangeError).message.includes(sentence), sentence);
  }
  const planes = zeros([1, 2, 2, 3]);
  assertThrows(
    () => new MultiHeadAttention(1, 2)([planes, planes], { useCausalMask: true }),
    RangeError,
    "expected one attention axis, received several",
  );
  assertThrows(() => new MultiHeadAttention(1, 2).build([["batch", 2, null], ["batch", 2, 3]]), ShapeError);
});

Deno.test("masks that travel with the inputs are those that attention is told", () => {
  const steps = tensor([[[1, 2], [3, 1], [0, 0]], [[1, 1], [0, 0], [2, 5]]]);
  const masked = new Masking()(steps);
  const told = tensor([[true, true, false], [true, false, true]]);
  for (const layer of [new MultiHeadAttention(2, 3, { seed: 1 }), new GroupQueryAttention(3, 2, 1)] as AnyLayer[]) {
    const implied = callUntyped(layer, [steps, masked]);
    const explicit = callUntyped(layer, [steps, steps], { valueMask: told });
    assertEquals(arrayOf(implied), arrayOf(explicit));
    assertEquals(maskOf(implied), null);
    assertEquals(arrayOf(maskOf(callUntyped(layer, [masked, steps]))!), told.array());
  }
  const [y, scores] = new Attention()([masked, masked], { returnAttentionScores: true });
  assertEquals(y.array()[0]![2], [0, 0]);
  assertEquals(scores.array()[0]!.map((row) => row[2]), [0, 0, 0]);
  assertEquals(arrayOf(maskOf(y)!), told.array());
  assertEquals(maskOf(scores), null);
});

Deno.test("in training attention drops weights, by the seed", () => {
  const x = tensor([[[1, 2], [3, 1], [0, 4]]]);
  const kernels = { kernelInitializer: "ones", useBias: false } as const;
  const make = (seed: number) => new MultiHeadAttention(1, 1, { dropout: 0.5, seed, outputShape: 1, ...kernels });
  const [first, again] = [make(3), make(3)];
  const [y, scores] = first([x, x], { training: true, returnAttentionScores: true });
  assertEquals(arrayOf(callUntyped(again as AnyLayer, [x, x], { training: true })), y.array());
  // With kernels of 1 the values are the sums 3, 4 and 4, so each result is a sum of twice some of the weighed ones.
  const weights = scores.array()[0]![0]!;
  const sums = (row: readonly number[]) =>
    Array.from({ length: 8 }, (_, bits) => row.reduce((sum, w, i) => sum + (bits >> i & 1) * 2 * w * [3, 4, 4][i]!, 0));
  y.array()[0]!.forEach(([value], row) => assert(sums(weights[row]!).some((sum) => Math.abs(sum - value!) < 1e-4)));
  weights.forEach((row) => assertAlmostEquals(row.reduce((a, b) => a + b, 0), 1, 1e-5));
  const calls = Array.from({ length: 6 }, () => JSON.stringify(first([x, x], { training: true }).array()));
  assert(new Set(calls).size > 1, "each call draws anew");
  const plain = new MultiHeadAttention(1, 1, { outputShape: 1, ...kernels });
  assertClose("not in training", first([x, x]), plain([x, x]).array());
  const flat = new Attention({ dropout: 0.5, seed: 1 });
  const [, dropped] = flat([x, x], { training: true, returnAttentionScores: true });
  const kept = flat([x, x], { returnAttentionScores: true })[1].array()[0]!;
  dropped.array()[0]!.forEach((row, i) =>
    row.forEach((weight, j) => assert(weight === 0 || Math.abs(weight - 2 * kept[i]![j]!) < 1e-5))
  );
});

Deno.test("a model takes masks as inputs of its own", () => {
  const [query, mask] = [input(["batch", 3, 4]), input(["batch", 3, 3], { dtype: "bool" })];
  const layer = new MultiHeadAttention(2, 2);
  const [y, scores] = layer([query, query], { attentionMask: mask, returnAttentionScores: true });
  const model = new Model({ inputs: [query, mask], outputs: [y, scores] });
  const x = tensor([[[1, 2, 0, 1], [0, 1, 1, 3], [2, 2, 1, 0]]]);
  const seen = tensor([[[true, false, true], [true, true, false], [false, false, true]]]);
  const [got, weights] = callUntyped(model, [x, seen]) as unknown as EagerTensor[];
  const [want, expected] = layer([x, x], { attentionMask: seen, returnAttentionScores: true });
  assertClose("result", got!, want.array());
  assertClose("scores", weights!, expected.array());
});

Deno.test("the engine's kernel for attention is used where no weights are asked for, and never exported", () => {
  const layer = new MultiHeadAttention(2, 3);
  const call = (options: object) => {
    const fn = (q: Tensor, v: Tensor) => callUntyped(layer as AnyLayer, [q, v], options);
    const inputs = [input(["batch", 4, 5]), input(["batch", 6, 5])];
    const graph = (trace as unknown as (fn: unknown, ...inputs: unknown[]) => Graph)(fn, ...inputs);
    return [encodeModel(modelOf(graph)), graph.toONNX()].map((bytes) =>
      new TextDecoder("latin1").decode(bytes).includes("com.microsoft")
    );
  };
  assertEquals([call({}), call({ useCausalMask: true })], [[true, false], [true, false]]);
  assertEquals(call({ returnAttentionScores: true }), [false, false]);
});
