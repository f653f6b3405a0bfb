import { assert, assertEquals } from "@std/assert";
import { type AnyLayer, type EagerTensor, input, jit, ops, type Tensor } from "@strata/nn";
import { leavesOf, mapStructure, type Structure } from "../../src/tensor/structure.ts";
import { EVERY_LAYER, layerClasses, makeLayer } from "./every_layer.ts";
import { callUntyped } from "./layer_test_harness.ts";

/** How far a half may be from the single, relative to what is greater than 1. */
const TOLERANCE = 1e-2;

/** Layers that no graph can hold. */
const NOT_TRACED = ["Hashing"];

/** Layers whose results are numbers of things, whatever their dtype. */
const INTEGERS = ["Discretization", "Hashing", "IntegerLookup"];

const halves = (tensors: Structure<EagerTensor>): Structure<EagerTensor> =>
  mapStructure(tensors, (tensor): Structure<EagerTensor> => {
    return tensor.dtype === "float32" ? ops.cast(tensor, "float16") as EagerTensor : tensor;
  }) as Structure<EagerTensor>;

function assertNear(how: string, got: readonly Tensor[], want: readonly Tensor[], dtype: string): void {
  assertEquals(got.map((tensor) => tensor.shape), want.map(({ shape }) => shape), how);
  got.forEach((tensor, index) => {
    assertEquals(tensor.dtype, want[index]!.dtype === "float32" ? dtype : want[index]!.dtype, how);
    const [values, wanted] = [(tensor as EagerTensor).dataSync(), (want[index] as EagerTensor).dataSync()];
    wanted.forEach((value, place) => {
      const [a, b] = [Number(values[place]), Number(value)];
      const isNear = Object.is(a, b) || Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(b));
      assert(isNear, `${how}: output ${index} is ${a} at ${place}, in float32 ${b}`);
    });
  });
}

for (const name of layerClasses().keys()) {
  Deno.test(`${name} in float16 gives what it gives in float32, eagerly and traced`, () => {
    const singles = EVERY_LAYER[name]!.input;
    const reference = makeLayer(name);
    callUntyped(reference, singles);
    const layer = makeLayer(name, { dtype: "float16" } as never);
    const given = halves(singles);
    callUntyped(layer, given);
    for (const weight of layer.weights) assert(weight.dtype !== "float32", `${weight.path} is ${weight.dtype}`);
    layer.setWeights(
      reference.getWeights().map((weight) =>
        weight.dtype === "float32" ? ops.cast(weight, "float16") : weight
      ) as never,
    );
    const want = leavesOf(callUntyped(reference, singles) as Structure<Tensor>);
    const eager = leavesOf(callUntyped(layer, given) as Structure<Tensor>);
    assertNear("eagerly", eager, want, "float16");
    if (INTEGERS.includes(name)) assert(eager.every(({ dtype }) => dtype.startsWith("int")));
    // Inputs of other floats become the layer's.
    assertNear("eagerly, of singles", leavesOf(callUntyped(layer, singles) as Structure<Tensor>), want, "float16");
    if (NOT_TRACED.includes(name)) return;
    const call = jit as unknown as (fn: AnyLayer, input?: unknown) => (input: unknown) => Structure<Tensor>;
    assertNear("compiled", leavesOf(call(layer)(given)), want, "float16");
    const open = mapStructure(given, ({ shape, dtype }): Structure<Tensor> => {
      return input(shape.map((size, axis) => axis === 0 ? "batch" : size), { dtype });
    });
    assertNear("compiled, open", leavesOf(call(layer, open)(given)), want, "float16");
  });
}
