import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type AnyLayer, clearSession, input, jit, ones, ShapeError, tensor, zeros } from "@strata/nn";
import { AlphaDropout, GaussianDropout, GaussianNoise } from "../../../src/layers/regularization/noise.ts";
import {
  SpatialDropout1D,
  SpatialDropout2D,
  SpatialDropout3D,
} from "../../../src/layers/regularization/spatial_dropout.ts";
import { snakeCase } from "../../../src/layers/base/naming.ts";
import type { EagerTensor } from "../../../src/tensor/eager.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { untyped } from "../golden_case.ts";
import { arrayOf, callUntyped, errorOf, layerTest } from "../layer_test_harness.ts";

type Make = (options?: object) => AnyLayer;

const LAYERS: readonly [name: string, make: Make, shape: readonly number[]][] = [
  ["GaussianNoise", (options = {}) => untyped(new GaussianNoise(0.5, { seed: 3, ...options })), [2, 3]],
  ["GaussianDropout", (options = {}) => untyped(new GaussianDropout(0.5, { seed: 3, ...options })), [2, 3]],
  ["AlphaDropout", (options = {}) => untyped(new AlphaDropout(0.5, { seed: 3, ...options })), [2, 3]],
  [
    "AlphaDropout",
    (options = {}) => untyped(new AlphaDropout(0.5, { seed: 3, noiseShape: [null, 1], ...options })),
    [2, 3],
  ],
  ["SpatialDropout1D", (options = {}) => untyped(new SpatialDropout1D(0.5, { seed: 3, ...options })), [2, 3, 4]],
  ["SpatialDropout2D", (options = {}) => untyped(new SpatialDropout2D(0.5, { seed: 3, ...options })), [2, 3, 2, 4]],
  [
    "SpatialDropout3D",
    (options = {}) => untyped(new SpatialDropout3D(0.5, { seed: 3, dataFormat: "channels_first", ...options })),
    [2, 4, 2, 2, 3],
  ],
];

for (const [name, make, shape] of LAYERS) {
  Deno.test(`${name} gives its input outside training`, () => {
    const x = tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i), shape) as EagerTensor;
    layerTest({
      layer: make as never,
      input: x,
      expected: x.array() as never,
      expectedShape: shape,
      weightPaths: [],
      counts: { trainable: 0, nonTrainable: 0 },
    });
  });

  Deno.test(`${name} in training draws anew each time, the same compiled as eagerly`, () => {
    const x = ones([4, ...shape.slice(1)]) as EagerTensor;
    const [eager, traced] = [make(), make()];
    callUntyped(traced, x);
    const program = (jit as unknown as (fn: unknown, ...inputs: unknown[]) => (x: EagerTensor) => EagerTensor)(
      (x: Tensor) => callUntyped(traced, x, { training: true }),
      input(["batch", ...shape.slice(1).map(() => null)]),
    );
    const draws = [1, 2, 3].map(() => {
      const y = callUntyped(eager, x, { training: true });
      assertEquals(program(x).array(), arrayOf(y));
      return JSON.stringify(arrayOf(y));
    });
    assert(new Set(draws).size > 1, "calls differ");
  });

  Deno.test(`${name} in training keeps its dtype, and takes batches of no rows`, () => {
    for (const dtype of ["float16", "float64"] as const) {
      const y = callUntyped(make({ dtype }), ones(shape, { dtype }), { training: true });
      assertEquals([y.dtype, y.shape], [dtype, shape]);
    }
    const empty = callUntyped(make(), zeros([0, ...shape.slice(1)]), { training: true });
    assertEquals(empty.shape, [0, ...shape.slice(1)]);
  });
}

function statistics(values: ArrayLike<number>): [mean: number, variance: number] {
  const all = Array.from(values);
  const mean = all.reduce((a, b) => a + b, 0) / all.length;
  return [mean, all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length];
}

const MANY = 40_000;

Deno.test("GaussianNoise has the mean and the variance that it is said to have", () => {
  const y = new GaussianNoise(0.5, { seed: 5 })(zeros([MANY]), { training: true }).dataSync();
  const [mean, variance] = statistics(y);
  // Five standard errors: 0.5 / sqrt(n), and 0.25 * sqrt(2 / n).
  assertAlmostEquals(mean, 0, 0.0125);
  assertAlmostEquals(variance, 0.25, 0.0089);
});

Deno.test("GaussianDropout multiplies with noise of mean 1 and variance rate / (1 - rate)", () => {
  const y = new GaussianDropout(0.2, { seed: 5 })(ones([MANY]), { training: true }).dataSync();
  const [mean, variance] = statistics(y);
  assertAlmostEquals(mean, 1, 0.0125);
  assertAlmostEquals(variance, 0.25, 0.0089);
  const twice = new GaussianDropout(0.2, { seed: 5 })([0, 3], { training: true }).array();
  assertEquals(twice[0], 0);
});

Deno.test("AlphaDropout gives Keras's two values for ones, in the shares of its rate", () => {
  // Keras 3.15.1: AlphaDropout(0.3) makes of ones 1.3150446 and -1.0595481.
  const y = new AlphaDropout(0.3, { seed: 5 })(ones([MANY]), { training: true }).dataSync();
  const kept = y.filter((value) => Math.abs(value - 1.3150446) < 1e-6).length;
  const dropped = y.filter((value) => Math.abs(value + 1.0595481) < 1e-6).length;
  assertEquals(kept + dropped, MANY);
  // Five standard errors: sqrt(0.3 * 0.7 / n).
  assertAlmostEquals(dropped / MANY, 0.3, 0.0115);
});

Deno.test("AlphaDropout shares choices along axes of size 1 in its noise shape", () => {
  const rows = new AlphaDropout(0.5, { seed: 5, noiseShape: [null, 1] })(ones([64, 4]), { training: true }).array();
  for (const row of rows) assertEquals(new Set(row).size, 1);
  assertEquals(new Set(rows.map((row) => row[0])).size, 2);
  clearSession();
  const layer = untyped(new AlphaDropout(0.5, { noiseShape: [3, 1] }));
  const sentence = (reason: string) => `Input 0 of layer alpha_dropout is incompatible with the layer: ${reason}`;
  const error = errorOf(() => callUntyped(layer, ones([4, 4])));
  assertEquals([error.constructor, error.message], [
    ShapeError,
    sentence("Cannot broadcast shape [3, 1] to [4, 4]: axis -2 is 3 and 4"),
  ]);
  assertEquals(
    errorOf(() => callUntyped(layer, ones([4]))).message,
    sentence("Cannot drop elements of [4] by noise of shape [3, 1]: expected as many axes"),
  );
});

Deno.test("SpatialDropout drops whole channels, and scales the others", () => {
  const last = new SpatialDropout2D(0.25, { seed: 5 })(ones([16, 3, 2, 64]), { training: true }).dataSync();
  const share = last.filter((value) => value === 0).length / last.length;
  // Five standard errors: sqrt(0.25 * 0.75 / (16 * 64)).
  assertAlmostEquals(share, 0.25, 0.068);
  last.forEach((value, place) => {
    assertEquals(value, last[Math.floor(place / 384) * 384 + place % 64], "a channel is one");
    assert(value === 0 || Math.abs(value - 4 / 3) < 1e-6);
  });
  const options = { seed: 5, dataFormat: "channels_first" } as const;
  const first = new SpatialDropout2D(0.5, options)(ones([8, 16, 3, 2]), { training: true }).dataSync();
  first.forEach((value, place) => assertEquals(value, first[Math.floor(place / 6) * 6]));
  assertEquals(new Set(first), new Set([0, 2]));
});

Deno.test("layers that make noise refuse numbers out of range, and other ranks", () => {
  const wrong: readonly [make: () => unknown, message: string][] = [
    [() => new GaussianNoise(1.5), "gaussian_noise: expected a standard deviation from 0 to 1, received 1.5"],
    [() => new GaussianNoise(-1), "gaussian_noise: expected a standard deviation from 0 to 1, received -1"],
    [() => new GaussianDropout(1), "gaussian_dropout: expected a rate from 0 up to but not including 1, received 1"],
    [() => new AlphaDropout(1), "alpha_dropout: expected a rate from 0 up to but not including 1, received 1"],
    [() => new SpatialDropout1D(1.5), "spatial_dropout1d: expected a rate from 0 to 1, received 1.5"],
    [
      () => new SpatialDropout2D(0.5, { dataFormat: "foo" as never }),
      'spatial_dropout2d: expected dataFormat to be "channels_last" or "channels_first", received "foo"',
    ],
  ];
  for (const [make, message] of wrong) {
    clearSession();
    assertEquals(assertThrows(make, RangeError).message, `Cannot make layer ${message}`);
  }
  const dropouts: readonly [Class: new (rate: number) => AnyLayer, rank: number][] = [
    [SpatialDropout1D, 3],
    [SpatialDropout2D, 4],
    [SpatialDropout3D, 5],
  ];
  for (const [Class, rank] of dropouts) {
    clearSession();
    assertEquals(
      errorOf(() => callUntyped(untyped(new Class(0.5)), zeros([2, 2]))).message,
      `Input 0 of layer ${
        snakeCase(Class.name)
      } is incompatible with the layer: expected ndim=${rank}, found ndim=2. ` +
        "Full shape received: [2, 2]",
    );
  }
});

Deno.test("layers that make no noise have no state", () => {
  const classes: readonly (new (rate: number) => AnyLayer)[] = [
    GaussianNoise,
    GaussianDropout,
    AlphaDropout,
    SpatialDropout1D,
  ];
  for (const Class of classes) {
    assertEquals(new Class(0).variables, []);
    assertEquals(new Class(0.5).variables.length, 1);
  }
  assertEquals(new GaussianNoise(0)([1, 2], { training: true }).array(), [1, 2]);
});
