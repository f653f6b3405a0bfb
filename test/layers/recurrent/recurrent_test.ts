import { assert, assertEquals } from "@std/assert";
import { type AnyLayer, type EagerTensor, input, jit, Model, type Tensor, tensor } from "@strata/nn";
import { resetNames } from "../../../src/layers/base/naming.ts";
import { assertClose } from "../layer_test_harness.ts";
import { golden, layerOf, type RecurrentCase, resultsOf } from "./recurrent_golden.ts";

type Call = (x: Tensor, options?: object) => unknown;

function built(each: RecurrentCase): AnyLayer {
  resetNames();
  const layer = layerOf(each);
  const x = tensor(each.x);
  layer.build(x.shape as never);
  assertEquals(layer.weights.map(({ path }) => path.replaceAll(/_\d+/g, "")), each.weights.map(pathOf), each.name);
  layer.setWeights(each.weights.map(({ value }) => value));
  return layer;
}

/** Without the numbers that Keras gives names, and without those of layers around. */
function pathOf({ path }: { readonly path: string }): string {
  return path.replaceAll(/_\d+/g, "");
}

function checkAll(how: string, results: readonly EagerTensor[], { y, name }: RecurrentCase): void {
  assertEquals(results.length, y.length, `${name}, ${how}: results`);
  results.forEach((result, index) => assertClose(`${name}, ${how}: result ${index}`, result, y[index]!, 2e-5));
}

const KINDS = [
  "SimpleRNN",
  "LSTM",
  "GRU",
  "RNN",
  "Bidirectional",
  "TimeDistributed",
  "ConvLSTM1D",
  "ConvLSTM2D",
  "ConvLSTM3D",
] as const;

for (const kind of KINDS) {
  const cases = golden.cases.filter((each) => each.kind === kind);
  Deno.test(`${kind} gives Keras's numbers`, async (t) => {
    for (const each of cases) {
      await t.step(each.name, () => {
        const layer = built(each);
        const x = tensor(each.x);
        const mask = each.mask === undefined ? {} : { mask: tensor(each.mask) };
        const states = each.initialState?.map((state) => tensor(state));
        const told = { ...mask, ...(states === undefined ? {} : { initialState: states }) };
        let results: readonly EagerTensor[] = [];
        for (let call = 0; call < each.calls; call++) results = resultsOf((layer as unknown as Call)(x, told));
        checkAll("eager", results, each);
        if (each.calls > 1) return;

        const fn = (x: Tensor, ...others: Tensor[]) => {
          const [first, ...rest] = others;
          const given = each.mask === undefined ? {} : { mask: first };
          const initial = each.mask === undefined ? others : rest;
          const options = initial.length === 0 ? given : { ...given, initialState: initial };
          return (layer as unknown as Call)(x, options);
        };
        const others = [...Object.values(mask), ...(states ?? [])];
        const compiled = (jit as unknown as (fn: unknown) => (...inputs: Tensor[]) => unknown)(fn);
        checkAll("compiled", resultsOf(compiled(x, ...others)), each);

        if (each.mask !== undefined || states !== undefined) return;
        const time = each.options["unroll"] === true ? x.shape[1]! : "time";
        const symbol = input(["batch", time, ...x.shape.slice(2) as number[]]);
        const outputs = (layer as unknown as Call)(symbol as unknown as Tensor);
        const model = new Model({ inputs: symbol, outputs: outputs as never }) as unknown as Call;
        checkAll("model", resultsOf(model(x)), each);
        const graph = (jit as unknown as (fn: unknown, symbol: unknown) => Call)(model, symbol);
        checkAll("compiled model, open dims", resultsOf(graph(x)), each);
      });
    }
    assert(cases.length > 0);
  });
}
