import { assert, assertEquals, assertThrows } from "@std/assert";
import { type AnyLayer, type DType, input, InputError, jit, ops, ShapeError, tensor, zeros } from "@strata/nn";
import * as strata from "@strata/nn/layers";
import * as aliases from "../../../src/layers/aliases.ts";
import { ownNameOf } from "../../../src/layers/base/layer_classes.ts";
import type { Values } from "../../../src/tensor/convert.ts";
import type { EagerTensor } from "../../../src/tensor/eager.ts";
import { readGolden } from "../golden_case.ts";
import type { Numbers } from "../golden.ts";
import { assertClose, callUntyped } from "../layer_test_harness.ts";

interface Case {
  readonly layer: "Resizing" | "CenterCrop" | "ReversibleEmbedding";
  readonly args: readonly number[];
  readonly options: { readonly [option: string]: unknown };
  readonly call: { readonly [option: string]: unknown };
  readonly x: Numbers;
  readonly dtype: DType;
  readonly weights: readonly Numbers[];
  readonly y: Numbers;
  readonly result: DType;
}

const golden = readGolden<{
  readonly cases: readonly Case[];
  readonly counts: readonly {
    readonly x: Numbers;
    readonly weights: readonly number[] | null;
    readonly minlength: number;
    readonly y: Numbers;
  }[];
  readonly places: readonly { readonly x: Numbers; readonly y: readonly Numbers[] }[];
  readonly doubles: { readonly [op: string]: { readonly x: readonly number[]; readonly y: readonly number[] } };
}>("image_layers");

const classes = strata as unknown as { readonly [name: string]: new (...args: readonly unknown[]) => AnyLayer };

for (const each of golden.cases) {
  const { layer: name, args, options, call, x, dtype, weights, y, result } = each;
  const told = JSON.stringify({ ...options, ...call });
  Deno.test(`${name}(${args}) of ${dtype} gives Keras's numbers with ${told}`, () => {
    const values = tensor(x as Values, { dtype }) as EagerTensor;
    const layer = new classes[name]!(...args, options);
    layer.build(values.shape);
    layer.setWeights(weights as readonly Values[]);
    const eager = callUntyped(layer, values, call) as EagerTensor;
    const open = input(values.shape.map((dim, axis) => axis === 0 && values.shape.length > 3 ? "batch" : dim), {
      dtype,
    });
    const traced = (jit as unknown as (fn: unknown, input: unknown) => (x: EagerTensor) => EagerTensor)(
      (x: unknown) => callUntyped(layer, x as EagerTensor, call),
      open,
    );
    for (const [how, got] of [["eager", eager], ["compiled", traced(values)]] as const) {
      assertEquals(got.dtype, result, how);
      assertClose(how, ops.cast(got, "float32") as EagerTensor, y, result === "float16" ? 5e-3 : 1e-5);
    }
  });
}

Deno.test("layers of images refuse what is no image, and options that there are not", () => {
  const resizing = new strata.Resizing(2, 3) as unknown as AnyLayer;
  assertThrows(() => callUntyped(resizing, zeros([2, 3])), ShapeError, "expected 3 axes, or 4 with a batch");
  assertThrows(() => new strata.Resizing(0, 3), RangeError);
  assertThrows(() => new strata.Resizing(2, 3, { interpolation: "area" as never }), RangeError, "interpolation");
  assertThrows(() => new strata.Resizing(2, 3, { fillMode: "reflect" as never }), InputError, "fillMode");
  const both = { cropToAspectRatio: true, padToAspectRatio: true };
  assertThrows(() => new strata.Resizing(2, 3, both), InputError, "received both");
  const crop = new strata.CenterCrop(2, 2) as unknown as AnyLayer;
  assertThrows(() => callUntyped(crop, input(["batch", "height", 3, 1])), ShapeError, "expected known sizes");
});

Deno.test("aliases are the classes themselves, whose configurations have their first names", () => {
  for (const [name, found] of Object.entries(aliases)) {
    assertEquals(classes[name] as unknown, found);
    const own = ownNameOf(found as never);
    assert(own !== undefined && own !== name, name);
  }
});

Deno.test("counts and places are Keras's, and need values", () => {
  for (const { x, weights, minlength, y } of golden.counts) {
    const integers = tensor(x as Values, { dtype: "int32" });
    const told = weights === null ? { minlength } : { minlength, weights };
    assertEquals(ops.bincount(integers as never, told).array() as unknown, y);
  }
  for (const { x, y } of golden.places) {
    assertEquals(ops.nonzero(tensor(x as Values) as never).map((each) => each.array() as unknown), y as unknown[]);
  }
  const open = input(["batch"], { dtype: "int32" });
  for (const call of [() => ops.bincount(open), () => ops.nonzero(open), () => ops.segmentSum(open, open)]) {
    assertThrows(call, TypeError, "the shape of its result depends on values; expected a tensor with values");
  }
  assertEquals(ops.segmentSum([1, 2, 4], [0, 2, 0]).array(), [5, 0, 2]);
});

Deno.test("erfc and erfinv have the digits of float64", () => {
  for (const [name, { x, y }] of Object.entries(golden.doubles)) {
    const op = (ops as unknown as { readonly [name: string]: (x: unknown) => EagerTensor })[name]!;
    const got = op(tensor(x as readonly number[], { dtype: "float64" })).dataSync();
    y.forEach((want, place) => {
      const value = Number(got[place]);
      assert(
        Math.abs(value - want) <= 2e-9 * Math.abs(want) + 1e-300,
        `${name}(${x[place]}) is ${value}, expected ${want}`,
      );
    });
  }
});
