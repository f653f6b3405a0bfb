import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { type AnyLayer, clearSession, Dense, EinsumDense, Embedding, Flatten, input, jit, tensor } from "@strata/nn";
import { SpectralNormalization } from "../../../src/layers/normalization/spectral_normalization.ts";
import { Wrapper } from "../../../src/layers/base/wrapper.ts";
import { resetNames } from "../../../src/layers/base/naming.ts";
import type { Values } from "../../../src/tensor/convert.ts";
import type { EagerTensor } from "../../../src/tensor/eager.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import type { Numbers } from "../golden.ts";
import { dtypeOf, readGolden, untyped } from "../golden_case.ts";
import { assertClose, callUntyped } from "../layer_test_harness.ts";

interface Golden {
  readonly spectral: readonly {
    readonly layer: string;
    readonly args: readonly unknown[];
    readonly powerIterations: number;
    readonly x: Numbers;
    readonly paths: readonly string[];
    readonly weights: readonly Numbers[];
    readonly calls: readonly {
      readonly training: boolean;
      readonly y: Numbers;
      readonly weights: readonly Numbers[];
    }[];
  }[];
}

const CLASSES: { readonly [name: string]: new (...args: never[]) => unknown } = { Dense, EinsumDense, Embedding };

for (const each of readGolden<Golden>("normalization").spectral) {
  Deno.test(`SpectralNormalization of ${each.layer} in ${each.powerIterations} steps is Keras's`, () => {
    const x = tensor(each.x as Values, { dtype: dtypeOf(each.x) }) as EagerTensor;
    const [eager, traced] = [1, 2].map(() => {
      resetNames();
      const inner = new CLASSES[each.layer]!(...each.args as never[]) as AnyLayer;
      const layer = untyped(new SpectralNormalization(inner, { powerIterations: each.powerIterations }));
      callUntyped(layer, x);
      layer.setWeights(each.weights as readonly Values[]);
      return layer;
    });
    const plain = (path: string): string => path.replace(/_\d+(?=\/)/g, "");
    assertEquals(eager!.weights.map(({ path }) => plain(path)), each.paths.map(plain));
    const programs = new Map<boolean, (x: EagerTensor) => EagerTensor>();
    each.calls.forEach(({ training, y, weights }, index) => {
      assertClose(`call ${index}, eager`, callUntyped(eager!, x, { training }), y);
      let program = programs.get(training);
      if (program === undefined) {
        program = (jit as unknown as (fn: unknown, ...inputs: unknown[]) => (x: EagerTensor) => EagerTensor)(
          (x: Tensor) => callUntyped(traced!, x, { training }),
          input(["batch", ...x.shape.slice(1)], { dtype: x.dtype }),
        );
        programs.set(training, program);
      }
      assertClose(`call ${index}, compiled`, program(x), y);
      for (const [how, layer] of Object.entries({ eager: eager!, compiled: traced! })) {
        layer.weights.forEach((weight, place) =>
          assertClose(`call ${index}, ${how}: ${weight.path}`, weight as never, weights[place] as Values)
        );
      }
    });
  });
}

Deno.test("SpectralNormalization can be made from its configuration", () => {
  const layer = new SpectralNormalization(new Dense(3, { name: "inner" }), { powerIterations: 2 });
  const config = layer.getConfig();
  assertEquals(config.layer.className, "Dense");
  const copy = SpectralNormalization.fromConfig(JSON.parse(JSON.stringify(config)));
  assertEquals(copy.getConfig(), config);
  assertEquals((copy.layer as Dense).units, 3);
});

Deno.test("SpectralNormalization leaves a kernel of zeros as it is", () => {
  const layer = new SpectralNormalization(new Dense(2, { kernelInitializer: "zeros" }));
  const before = layer.build([null, 3]).vectorU.array();
  assertEquals(callUntyped(untyped(layer), tensor([[1, 2, 3]]), { training: true }).shape, [1, 2]);
  assertEquals(layer.kernel.array() as unknown, [[0, 0], [0, 0], [0, 0]]);
  assertEquals(layer.vectorU.array(), before);
});

Deno.test("SpectralNormalization refuses what it cannot divide, and no steps", () => {
  clearSession();
  const flatten = new SpectralNormalization(new Flatten());
  assertEquals(
    assertThrows(() => flatten.build([null, 3]), TypeError).message,
    "Cannot build layer spectral_normalization: expected a layer with a kernel or embeddings, received Flatten",
  );
  clearSession();
  assertEquals(
    assertThrows(() => new SpectralNormalization(new Dense(3), { powerIterations: 0 }), RangeError).message,
    "Cannot make layer spectral_normalization: received an invalid value for powerIterations, expected a positive " +
      "integer, received 0",
  );
  clearSession();
  assertEquals(
    assertThrows(() => new SpectralNormalization(3 as never), TypeError).message,
    "Cannot make layer spectral_normalization: expected a layer to wrap, received number",
  );
});

Deno.test("a wrapped layer refuses, before it is built, what it would refuse by itself", () => {
  clearSession();
  const layer = untyped(new SpectralNormalization(new Dense(3, { inputDim: 4 })));
  const sentence =
    "Input 0 of layer dense is incompatible with the layer: expected axis -1 of input shape to have value 4 " +
    "but received input with shape [2, 3]";
  assertEquals(assertThrows(() => callUntyped(layer, tensor([[1, 2, 3], [4, 5, 6]])), Error).message, sentence);
  assertEquals(layer.built, false);
});

Deno.test("a Wrapper builds its layer, which is one of its layers", () => {
  class Twice extends Wrapper {
    override call(x: Tensor): Tensor {
      return callUntyped(this.layer, x);
    }
  }
  clearSession();
  const dense = new Dense(2);
  const layer = new Twice(dense);
  assertStrictEquals(layer.build([null, 3]), layer);
  assertEquals([dense.built, layer.layers.length], [true, 1]);
  assertEquals(layer.weights.map(({ path }) => path), ["twice/dense/kernel", "twice/dense/bias"]);
  layer.trainable = false;
  assertEquals(dense.trainable, false);
});
