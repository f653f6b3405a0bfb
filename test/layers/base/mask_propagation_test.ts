import { assert, assertEquals } from "@std/assert";
import { type AnyLayer, type EagerTensor, jit, maskOf, ops, setMask, type Tensor, tensor } from "@strata/nn";
import type { Values } from "../../../src/tensor/convert.ts";
import { leavesOf, type Structure } from "../../../src/tensor/structure.ts";
import { layerClasses, makeLayer } from "../every_layer.ts";
import { goldenCases } from "../golden_cases.ts";
import { arrayOf, assertClose, callUntyped } from "../layer_test_harness.ts";
import { warningsOf } from "../warnings.ts";

type Argument = number | string | readonly unknown[] | Made;

/** A layer, with its arguments, which may be layers, and its options. */
interface Made {
  readonly layer: string;
  readonly args: readonly Argument[];
  readonly options: { readonly [name: string]: unknown };
}

interface Flow extends Made {
  readonly inputs: readonly { readonly x: Values; readonly mask: Values | null }[];
  readonly training?: boolean;
  readonly weights?: readonly Values[];
  /** What comes out, unless it is random. */
  readonly y?: readonly Values[];
  readonly mask: readonly (Values | null)[];
}

const { supports, flows } = goldenCases("masks.json") as unknown as {
  readonly supports: { readonly [layer: string]: boolean };
  readonly flows: readonly Flow[];
};

const classes = layerClasses();

/** What Keras calls by other names. */
const OPTIONS: { readonly [kerasName: string]: string } = { keepdims: "keepDims" };

function make({ layer, args, options }: Made): AnyLayer {
  const own = args.map((argument) =>
    typeof argument === "object" && "layer" in argument ? make(argument as Made) : argument
  );
  const told = Object.fromEntries(Object.entries(options).map(([name, value]) => [OPTIONS[name] ?? name, value]));
  if (layer.includes("Pooling") && own.length > 0 && !layer.startsWith("Adaptive")) {
    return new (classes.get(layer)!)({ poolSize: own[0], ...told });
  }
  if (layer === "Masking") return new (classes.get(layer)!)({ maskValue: own[0] ?? 0, ...told });
  if (layer === "Discretization") return new (classes.get(layer)!)({ binBoundaries: own[0], ...told });
  return new (classes.get(layer)!)(...own, told);
}

const maskArray = (tensor: Tensor | null): unknown => tensor === null ? null : arrayOf(tensor);

Deno.test("each layer supports masks if Keras's does", () => {
  const ours = [...classes.keys()].map((name) => [name, makeLayer(name).supportsMasking]);
  assertEquals(Object.fromEntries(ours), Object.fromEntries(ours.map(([name]) => [name, supports[name as string]])));
});

/** Two calls where masks travel with the inputs: the results, and the masks that travel with them. */
function callMasked(layer: AnyLayer, { training }: Flow, inputs: readonly Tensor[], masks: readonly (Tensor | null)[]) {
  const given = masks.map((mask, index) => {
    const x = inputs[index]!;
    // Inputs of a trace would keep their masks in the traces that follow.
    const own = ops.where(true, x, x) as Tensor;
    setMask(own, mask);
    return own;
  });
  const result = callUntyped(layer, given.length === 1 ? given[0] : given, training === undefined ? {} : { training });
  const results = leavesOf(result as Structure<Tensor>);
  return { results, masks: results.map(maskOf) };
}

flows.forEach((flow, index) => {
  const { layer: name, options, inputs, weights, y, mask } = flow;
  const how = inputs.map((input) => input.mask === null ? "none" : "one").join(", ");
  Deno.test(`masks.json ${index}: ${name} ${JSON.stringify(options)}, masks of the inputs: ${how}`, () => {
    const layer = make(flow);
    const tensors = inputs.map(({ x }) =>
      tensor(x, { dtype: name === "Embedding" ? "int32" : "float32" }) as EagerTensor
    );
    const masks = inputs.map((input) => input.mask === null ? null : tensor(input.mask, { dtype: "bool" }) as Tensor);
    const eagerly = () => callMasked(layer, flow, tensors, masks);
    const warnings = warningsOf(() => {
      eagerly();
      eagerly();
    });
    // A layer that does not support masks says so once, unless there is nothing to lose.
    const loses = !layer.supportsMasking && masks.some((each) => each !== null);
    assertEquals(warnings.length, loses ? 1 : 0, warnings.join("\n"));

    if (weights !== undefined) layer.setWeights(weights);
    const eager = eagerly();
    y?.forEach((values, place) => assertClose("eagerly", eager.results[place]!, values));
    assertEquals(eager.masks.map(maskArray), [...mask]);

    if (weights !== undefined) layer.setWeights(weights);
    const count = eager.results.length;
    const present = masks.filter((each) => each !== null);
    const run = (jit as unknown as (fn: unknown) => (inputs: unknown) => EagerTensor[])(
      (given: readonly Tensor[]) => {
        const rest = given.slice(tensors.length);
        const traced = callMasked(layer, flow, given, masks.map((each) => each && rest.shift()!));
        return [...traced.results, ...traced.masks.filter((each) => each !== null)];
      },
    );
    const compiled = run([...tensors, ...present]);
    y?.forEach((values, place) => assertClose("compiled", compiled[place]!, values));
    assertEquals(compiled.slice(count).map(arrayOf), mask.filter((each) => each !== null));
    assert(compiled.length === count + mask.filter((each) => each !== null).length);
  });
});
