import { assertEquals, assertThrows } from "@std/assert";
import * as strata from "@strata/nn";
import { type AnyLayer, Dense, type DType, input, jit, Layer, ops, Sequential, type Tensor, tensor } from "@strata/nn";
import type { Values } from "../../src/tensor/convert.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import type { Numbers } from "./golden.ts";
import { readGolden } from "./golden_case.ts";
import { assertClose, callUntyped } from "./layer_test_harness.ts";

interface MixedCase {
  readonly layer: string;
  readonly args: readonly unknown[];
  readonly options: { readonly [option: string]: unknown };
  readonly inputs: readonly { readonly dtype: DType; readonly value: Values }[];
  readonly weights: readonly { readonly name: string; readonly dtype: DType; readonly value: Values }[];
  readonly training: boolean | null;
  readonly dtype: DType;
  readonly y: Values;
  readonly after: readonly Numbers[];
}

type LayerClass = new (...args: readonly unknown[]) => AnyLayer;

/** Half floats have eleven bits, and the two sides round at other places. */
const TOLERANCE = 4e-3;

function make({ layer, args, options, weights }: MixedCase, inputs: readonly EagerTensor[]): AnyLayer {
  // Keras has the window of a pool and the factor of an upsampling first, Strata among the options.
  const named = { AveragePooling1D: "poolSize", UpSampling2D: "size", GroupNormalization: "groups" }[layer];
  const given = named === undefined ? args : [];
  const told = { ...options, dtype: "mixed_float16", ...(named === undefined ? {} : { [named]: args[0] }) };
  const made = new (strata as unknown as { [name: string]: LayerClass })[layer]!(...given, told);
  callUntyped(made, ...inputsOf(inputs));
  assertEquals(
    made.weights.map(({ name, dtype }) => ({ name, dtype })),
    weights.map(({ name, dtype }) => ({ name, dtype })),
  );
  made.setWeights(weights.map(({ value }) => value));
  return made;
}

function inputsOf(inputs: readonly Tensor[]): [never] {
  return [(inputs.length === 1 ? inputs[0] : inputs) as never];
}

for (const golden of readGolden<readonly MixedCase[]>("mixed_precision")) {
  const { layer, training } = golden;
  Deno.test(`${layer} under mixed_float16 gives Keras's numbers with training ${training}`, () => {
    const inputs = golden.inputs.map(({ dtype, value }) => tensor(value, { dtype }) as EagerTensor);
    const options = training === null ? {} : { training };
    const eager = make(golden, inputs);
    const result = callUntyped(eager, ...inputsOf(inputs), options);
    assertEquals(result.dtype, golden.dtype);
    assertClose("eager", result, golden.y, TOLERANCE);
    eager.weights.forEach((weight, index) =>
      assertClose(weight.path, weight as never, golden.after[index] as Values, TOLERANCE)
    );

    const traced = make(golden, inputs);
    const program =
      (jit as unknown as (fn: unknown, ...inputs: readonly unknown[]) => (...x: unknown[]) => EagerTensor)(
        (...x: readonly Tensor[]) => callUntyped(traced, ...inputsOf(x), options),
        ...inputs.map(({ shape, dtype }, index) => input(shape, { dtype, name: `x${index}` })),
      );
    const compiled = program(...inputs);
    assertEquals(compiled.dtype, golden.dtype);
    assertClose("compiled", compiled, golden.y, TOLERANCE);
  });
}

Deno.test("a mixed policy is part of the configuration, and of Keras's JSON", () => {
  const layer = new Dense(3, { dtype: "mixed_float16" });
  assertEquals([layer.dtype, layer.computeDtype, layer.dtypePolicy], ["float32", "float16", "mixed_float16"]);
  assertEquals(layer.getConfig().dtype, "mixed_float16");
  const model = new Sequential(input(["batch", 2]), layer);
  const json = JSON.parse(strata.modelToJson(model));
  assertEquals(json.config.layers[1].config.dtype.config, { name: "mixed_float16" });
  const copy = strata.modelFromJson(JSON.stringify(json)).layers[0] as unknown as Dense;
  assertEquals([copy.dtype, copy.computeDtype], ["float32", "float16"]);
});

Deno.test("a layer of one dtype inside a mixed one computes in its own", () => {
  class Outer extends Layer {
    readonly inner = new Dense(2);
    seen: DType[] = [];
    override call(x: Tensor): Tensor {
      const y = this.inner(x as never) as Tensor;
      this.seen = [x.dtype, y.dtype, ops.add(this.inner.kernel, 0).dtype];
      return y;
    }
  }
  const outer = new Outer({ dtype: "mixed_float16" });
  callUntyped(outer, tensor([[1, 2]]));
  assertEquals(outer.seen, ["float16", "float32", "float16"]);
});

Deno.test("a mixed layer reads its weights in float16 where it is built by an abstract run, too", () => {
  class Outer extends Layer {
    readonly inner = new Dense(2, { dtype: "mixed_float16" });
    readonly seen = new Set<DType>();
    override call(x: Tensor): Tensor {
      const y = this.inner(x as never) as Tensor;
      this.seen.add(x.dtype).add(ops.negative(this.inner.kernel).dtype);
      return y;
    }
  }
  const [called, built] = [new Outer({ dtype: "mixed_float16" }), new Outer({ dtype: "mixed_float16" })];
  callUntyped(called, tensor([[1, 2]]));
  (built.build as (shape: readonly number[]) => unknown)([1, 2]);
  assertEquals([[...called.seen], [...built.seen]], [["float16"], ["float16"]]);
});

Deno.test("what is kept from autocasting stays in its own dtype", () => {
  class Statistics extends Layer {
    kept!: strata.Variable;
    cast!: strata.Variable;
    readonly seen: DType[] = [];
    override build(): void {
      this.kept = this.addWeight({ name: "kept", shape: [2], autocast: false });
      this.cast = this.addWeight({ name: "cast", shape: [2] });
    }
    override call(x: Tensor): Tensor {
      this.seen.push(ops.negative(this.kept).dtype, ops.negative(this.cast).dtype);
      return x;
    }
  }
  const layer = new Statistics({ dtype: "mixed_float16" });
  callUntyped(layer, tensor([1, 2]));
  assertEquals(layer.seen, ["float32", "float16"]);
});

Deno.test("a policy that there is not is refused", () => {
  assertThrows(
    () => new Dense(1, { dtype: "mixed_bfloat16" as never }),
    TypeError,
    "expected dtype to be one of float32, float64, float16, int32, int64, uint8, bool, mixed_float16, " +
      "received mixed_bfloat16",
  );
});
