import { assertEquals, assertThrows } from "@std/assert";
import { type AnyLayer, clearSession, type DType, input, InputError, ShapeError, tensor, zeros } from "@strata/nn";
import { Concatenate } from "../../../src/layers/merging/concatenate.ts";
import { Dot } from "../../../src/layers/merging/dot.ts";
import { Add, Average, Maximum, Minimum, Multiply, Subtract } from "../../../src/layers/merging/merging.ts";
import * as functions from "../../../src/layers/merging/merging_functions.ts";
import { maskOf, setMask } from "../../../src/layers/base/masks.ts";
import type { Values } from "../../../src/tensor/convert.ts";
import type { EagerTensor } from "../../../src/tensor/eager.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { goldenLayers, type Numbers } from "../golden.ts";
import { readGolden, untyped } from "../golden_case.ts";
import { arrayOf, assertClose, callUntyped, errorOf, layerTest } from "../layer_test_harness.ts";

interface Case {
  readonly layer: string;
  readonly args: readonly unknown[];
  readonly options: { readonly [option: string]: unknown };
  readonly inputs: readonly { readonly shape: readonly number[]; readonly dtype: DType; readonly values: Numbers }[];
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly y: Numbers;
  readonly masks?: readonly (Values | null)[];
  readonly mask?: Values | null;
}

const CLASSES = { Add, Average, Concatenate, Dot, Maximum, Minimum, Multiply, Subtract } as unknown as {
  readonly [name: string]: new (...args: readonly unknown[]) => unknown;
};

const cases = readGolden<{ readonly layers: readonly Case[] }>("merging").layers;

function makerOf({ layer, args, options }: Case): (more?: object) => AnyLayer {
  return (more = {}) => untyped(new CLASSES[layer]!(...args, { ...options, ...more }));
}

function inputsOf({ inputs }: Case): EagerTensor[] {
  return inputs.map(({ values, dtype }) => tensor(values as Values, { dtype }) as EagerTensor);
}

for (const each of cases) {
  const shapes = each.inputs.map(({ shape, dtype }) => `${dtype} [${shape}]`).join(", ");
  const name = `${each.layer}(${[...each.args, each.options].map((arg) => JSON.stringify(arg))}) of ${shapes}`;
  Deno.test(`as Keras: ${name}`, () => {
    const result = callUntyped(makerOf(each)(), inputsOf(each));
    assertEquals([result.shape, result.dtype], [each.shape, each.dtype]);
    assertClose(name, result, each.y);
  });
  // Along the batch its sizes add up, which the harness, whose inputs have one batch, cannot know.
  if (each.options["axis"] === 0) continue;
  Deno.test(`the harness: ${name}`, () => {
    layerTest({
      layer: makerOf(each) as never,
      input: inputsOf(each),
      expected: each.y,
      expectedShape: each.shape,
      expectedDtype: each.dtype,
      weightPaths: [],
      counts: { trainable: 0, nonTrainable: 0 },
    });
  });
}

for (const each of cases.filter(({ masks }) => masks !== undefined)) {
  Deno.test(`masks go on as in Keras: ${each.layer} of ${JSON.stringify(each.masks)}`, () => {
    const inputs = inputsOf(each);
    inputs.forEach((x, index) => {
      const mask = each.masks![index]!;
      if (mask !== null) setMask(x, tensor(mask) as Tensor);
    });
    const mask = maskOf(callUntyped(makerOf(each)(), inputs));
    assertEquals(mask === null ? null : arrayOf(mask), each.mask as unknown);
  });
}

Deno.test("merging layers give the numbers that came with the issue", () => {
  for (const name of ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot"]) {
    const [{ init, x, y }] = goldenLayers(name);
    const { axes, ...options } = init;
    const layer = untyped(new CLASSES[name]!(...(axes === undefined ? [] : [axes]), options));
    const inputs = (x as Numbers[]).map((values) => tensor(values as Values));
    assertClose(name, callUntyped(layer, inputs), y);
  }
});

Deno.test("merging functions are layers made and called", () => {
  const [a, b] = [tensor([[1, 8]]), tensor([[3, 2]])];
  assertEquals(functions.add([a, b]).array(), [[4, 10]]);
  assertEquals(functions.subtract([a, b]).array(), [[-2, 6]]);
  assertEquals(functions.multiply([a, b]).array(), [[3, 16]]);
  assertEquals(functions.average([a, b]).array(), [[2, 5]]);
  assertEquals(functions.maximum([a, b]).array(), [[3, 8]]);
  assertEquals(functions.minimum([a, b]).array(), [[1, 2]]);
  assertEquals(functions.concatenate([a, b]).array(), [[1, 8, 3, 2]]);
  assertEquals(functions.concatenate([a, b], { axis: 0 }).array(), [[1, 8], [3, 2]]);
  assertEquals(functions.dot([a, b], 1).array(), [[19]]);
  assertEquals(functions.add([input(["batch", 3]), zeros([1, 3])]).shape as unknown, ["batch", 3]);
});

Deno.test("merging layers keep what is known of open shapes", () => {
  const shape = (layer: unknown, ...shapes: readonly (readonly unknown[])[]) =>
    untyped(layer).computeOutputShape(shapes as never) as unknown;
  assertEquals(shape(new Add(), ["batch", null, 3], ["batch", 4, 1]), ["batch", 4, 3]);
  assertEquals(shape(new Add(), ["batch", "time", 3], [null, 3]), [null, "time", 3]);
  assertEquals(shape(new Add(), ["rows", 3], ["others", 3]), [null, 3]);
  assertEquals(shape(new Concatenate(), ["batch", "time", 3], ["batch", "time", null]), ["batch", "time", null]);
  assertEquals(shape(new Dot(-1), ["batch", "time", 3], ["batch", null, 3]), ["batch", "time", null]);
});

Deno.test("merging layers refuse what does not merge", () => {
  const of = (name: string, reason: string) => `Inputs of layer ${name} are incompatible with the layer: ${reason}`;
  const wrong: readonly [make: () => unknown, inputs: unknown, message: string][] = [
    [
      () => new Add(),
      [zeros([2, 3]), zeros([2, 4])],
      of("add", "Cannot merge shapes [2, 3] and [2, 4]: axis -1 is 3 and 4"),
    ],
    [
      () => new Multiply(),
      [zeros([2, 3]), zeros([2, 3]), zeros([3, 3])],
      of("multiply", "Cannot merge shapes [2, 3], [2, 3] and [3, 3]: batch sizes are 2 and 3"),
    ],
    [
      () => new Maximum(),
      [zeros([2, 3]), zeros([1, 3])],
      of("maximum", "Cannot merge shapes [2, 3] and [1, 3]: batch sizes are 2 and 1"),
    ],
    [
      () => new Minimum(),
      [zeros([]), zeros([2, 3])],
      of("minimum", "Cannot merge shapes [] and [2, 3]: expected at least one axis, that of the batch"),
    ],
    [() => new Average(), zeros([2, 3]), "Layer average expects an array of inputs, but it received a tensor"],
    [() => new Add(), { a: zeros([2, 3]) }, "Layer add expects an array of inputs, but it received a record"],
    [
      () => new Subtract(),
      [zeros([2]), zeros([2]), zeros([2])],
      "Layer subtract expects 2 inputs, but it received 3 input tensors",
    ],
    [() => new Add(), [zeros([2, 3]), null], of("add", "expected input 1 to be a tensor")],
    [
      () => new Concatenate(),
      [zeros([2, 3]), zeros([3, 3])],
      of(
        "concatenate",
        "Cannot concatenate along axis -1: input 0 of shape [2, 3] and input 1 of shape [3, 3] differ in axis 0",
      ),
    ],
    [
      () => new Concatenate({ axis: 4 }),
      [zeros([2, 3]), zeros([2, 3])],
      of("concatenate", "Axis 4 is out of range for shape [2, 3]: expected an axis from -2 to 1"),
    ],
    [() => new Dot(1), [zeros([2, 3])], "Layer dot expects 2 inputs, but it received 1 input tensors"],
    [
      () => new Dot([1, 2]),
      [zeros([2, 4]), zeros([2, 5, 3])],
      of("dot", "Cannot take the dot products of [2, 4] and [2, 5, 3] over axes 1 and 2: sizes are 4 and 3"),
    ],
    [
      () => new Dot(0),
      [zeros([2, 4]), zeros([2, 4])],
      of("dot", "Cannot take the dot products of [2, 4] and [2, 4] over axes 0 and 0: axis 0 is that of the batch"),
    ],
    [
      () => new Dot(1),
      [zeros([2, 4]), zeros([3, 4])],
      of("dot", "Cannot take the dot products of [2, 4] and [3, 4] over axes 1 and 1: batch sizes are 2 and 3"),
    ],
  ];
  for (const [make, inputs, message] of wrong) {
    clearSession();
    const layer = untyped(make());
    const error = errorOf(() => callUntyped(layer, inputs));
    assertEquals(error.message, message);
    assertEquals(error.constructor, message.startsWith("Layer") ? InputError : ShapeError);
    if (!Array.isArray(inputs) || inputs.includes(null)) continue;
    clearSession();
    const symbols = inputs.map(({ shape }) => input(shape));
    assertEquals(errorOf(() => callUntyped(untyped(make()), symbols)).message, message, "symbolic");
  }
});

Deno.test("Dot refuses axes that are none", () => {
  clearSession();
  assertEquals(
    assertThrows(() => new Dot([1, 2, 3] as never), TypeError).message,
    "Cannot make layer dot: expected one axis or two, received 1,2,3",
  );
  clearSession();
  assertEquals(
    assertThrows(() => new Dot("a" as never), TypeError).message,
    "Cannot make layer dot: expected axis to be an integer or a list of them, received a",
  );
});
