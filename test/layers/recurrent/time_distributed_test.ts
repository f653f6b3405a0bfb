import { assertEquals, assertThrows } from "@std/assert";
import * as strata from "@strata/nn";
import {
  type AnyLayer,
  BatchNormalization,
  Dense,
  Dropout,
  type EagerTensor,
  input,
  jit,
  ones,
  ShapeError,
  tensor,
  TimeDistributed,
  trace,
  zeros,
} from "@strata/nn";
import { readFileSync } from "node:fs";
import type { Values } from "../../../src/tensor/convert.ts";
import { assertClose, callUntyped } from "../layer_test_harness.ts";

/** What Keras's layer gives around another one. */
interface Case {
  readonly layer: string;
  readonly options: { readonly [option: string]: unknown };
  readonly shape: readonly number[];
  readonly training: boolean;
  readonly mask: Values | null;
  readonly calls: number;
  readonly input: Values;
  readonly weights: readonly Values[];
  readonly output: Values;
  readonly after: readonly Values[];
  readonly states: readonly Values[];
}

const file = new URL("../../golden/time_distributed.json", import.meta.url);
const cases = JSON.parse(readFileSync(file, "utf8")) as readonly Case[];
const classes = strata as unknown as {
  readonly [name: string]: { fromConfig(config: object): AnyLayer };
};

function layerOf({ layer, options, shape, weights }: Case): AnyLayer {
  const made = new TimeDistributed(classes[layer]!.fromConfig(options)) as unknown as AnyLayer;
  made.build(shape as never);
  made.setWeights(weights);
  return made;
}

for (const each of cases) {
  const { layer, options, shape, training, mask, calls, output, after, states } = each;
  const name = `${layer} ${JSON.stringify(options)}${training ? " in training" : ""}${
    mask === null ? "" : " with a mask"
  }`;
  const told = { training, ...(mask === null ? {} : { mask: tensor(mask as never, { dtype: "bool" }) }) };
  const check = (made: AnyLayer, result: unknown, way: string) => {
    assertClose(`${name}, ${way}`, result as EagerTensor, output, 2e-5);
    made.weights.forEach((weight, index) => {
      const value = (weight as unknown as { readonly value: EagerTensor }).value;
      assertClose(`${name}, ${way}, weight ${index} after`, value, after[index]!, 2e-5);
    });
    const inner =
      (made as unknown as { readonly layer: { readonly states?: readonly { value: EagerTensor }[] } }).layer;
    if (states.length > 0) {
      inner.states!.forEach(({ value }, index) => assertClose(`${name}, state ${index}`, value, states[index]!, 2e-5));
    }
  };

  Deno.test(`each step gives what Keras's layer gives: ${name}`, () => {
    const made = layerOf(each);
    let result: unknown;
    for (let call = 0; call < calls; call++) result = callUntyped(made, each.input, told);
    check(made, result, "eager");
  });

  Deno.test(`each step gives the same in a traced graph, also of unknown length: ${name}`, () => {
    for (const open of [[shape[0]!, shape[1]!], [shape[0]!, "time"], ["batch", "time"]]) {
      if (options.stateful === true && open[0] === "batch") continue;
      const made = layerOf(each);
      const x = input([...open, ...shape.slice(2)] as never);
      const given = tensor(each.input as never);
      const masks = told.mask === undefined ? [] : [told.mask];
      const symbols = masks.map((each) =>
        input([...open, ...(each.shape as readonly number[]).slice(2)] as never, { dtype: "bool" })
      );
      const call = (x: unknown, mask?: unknown) =>
        callUntyped(made, x, mask === undefined ? { training } : { training, mask });
      const run = (jit as unknown as (f: unknown, ...inputs: unknown[]) => (...inputs: unknown[]) => unknown)(
        call,
        x,
        ...symbols,
      );
      let result: unknown;
      for (let time = 0; time < calls; time++) result = run(given, ...masks);
      check(made, result, `compiled ${open.join()}`);
    }
  });
}

Deno.test("layers that keep rows apart run once for all steps, others once for each", () => {
  const operations = (layer: AnyLayer, options: object) => {
    const made = new TimeDistributed(layer) as unknown as AnyLayer;
    made.build([null, 3, 4] as never);
    return trace((x: unknown) => callUntyped(made, x, options), input(["batch", 3, 4])).nodes
      .map(({ operation }) => operation.replace(/_\d+$/, ""));
  };
  assertEquals(operations(new Dense(2) as unknown as AnyLayer, {}), ["foldTime", "dense", "unfoldTime"]);
  const normalization = new BatchNormalization() as unknown as AnyLayer;
  assertEquals(operations(normalization, { training: false }).includes("foldTime"), true);
  assertEquals(operations(normalization, { training: true }), ["recurrence"]);
  assertEquals(operations(new Dropout(0.5) as unknown as AnyLayer, { training: true }), ["recurrence"]);
});

Deno.test("dropout draws numbers for each step", () => {
  const layer = new TimeDistributed(new Dropout(0.5, { seed: 3 }));
  const y = (layer as unknown as (x: unknown, options: object) => EagerTensor)(ones([8, 6, 16]), { training: true });
  const steps = strata.ops.unstack(y as never, { axis: 1 }) as unknown as readonly EagerTensor[];
  assertEquals(new Set(steps.map((step) => step.dataSync().join())).size, 6);
});

Deno.test("a mask of another shape is refused", () => {
  const layer = new TimeDistributed(new Dense(2), { name: "steps" }) as unknown as AnyLayer;
  for (const [mask, received] of [[[2], "[2]"], [[2, 4], "[2, 4]"], [[1, 3], "[1, 3]"]] as const) {
    assertEquals(
      assertThrows(() => callUntyped(layer, zeros([2, 3, 4]), { mask: ones(mask, { dtype: "bool" }) }), ShapeError)
        .message.split("\n")[0],
      `Cannot call layer steps: expected a mask whose shape begins with [2, 3], received ${received}`,
    );
  }
});

Deno.test("a layer that runs step by step needs a step", () => {
  const layer = new TimeDistributed(new BatchNormalization()) as unknown as AnyLayer;
  assertEquals(callUntyped(layer, zeros([2, 0, 4])).shape, [2, 0, 4]);
  assertThrows(
    () => callUntyped(layer, zeros([2, 0, 4]), { training: true }),
    ShapeError,
    "Cannot make steps along time: expected at least one, received [2, 0, 4]",
  );
});
