import { assert, assertAlmostEquals, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { Dense, type DType, initializers, ones, ShapeError, zeros } from "@strata/nn";
import { goldenInitializers as golden } from "../golden.ts";
import { assertClose, errorOf } from "../layer_test_harness.ts";

const { Constant, Identity, Ones, Orthogonal, RandomNormal, RandomUniform, TruncatedNormal, VarianceScaling, Zeros } =
  initializers;

function numbers(values: ArrayLike<number | bigint>): number[] {
  return Array.from(values, Number);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const center = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - center) ** 2)));
}

/** Checks mean and deviation within five standard errors, of which the deviation's is at most that of a normal. */
function assertMoments(how: string, values: readonly number[], expected: number, stddev: number): void {
  const error = 5 * stddev / Math.sqrt(values.length);
  assertAlmostEquals(mean(values), expected, error, `${how}: mean`);
  assertAlmostEquals(deviation(values), stddev, error, `${how}: deviation`);
}

Deno.test("initializers without randomness give Keras's values", () => {
  for (const [name, initializer] of Object.entries({ Zeros, Ones, Constant, Identity })) {
    const { args, shape, value } = golden[name as "Zeros"];
    const values = new (initializer as typeof Constant)(args).call(shape, "float32");
    assertEquals([values.shape, values.dtype], [shape, "float32"], name);
    assertClose(name, values, value, 1e-7);
  }
});

Deno.test("initializers without randomness give every dtype", () => {
  for (const dtype of ["float32", "float64", "float16", "int32", "int64", "uint8", "bool"] as const) {
    const values = [new Zeros(), new Ones(), new Identity()].map((each) => each.call([2, 2], dtype));
    assertEquals(values.map((each) => each.dtype), [dtype, dtype, dtype]);
    assertEquals(values.map((each) => numbers(each.dataSync())), [[0, 0, 0, 0], [1, 1, 1, 1], [1, 0, 0, 1]], dtype);
  }
  assertEquals(numbers(new Constant({ value: 2 }).call([2], "int64").dataSync()), [2, 2]);
});

Deno.test("Identity fills what is not square from the first corner", () => {
  assertEquals(numbers(new Identity({ gain: 3 }).call([2, 3], "float32").dataSync()), [3, 0, 0, 0, 3, 0]);
  assertEquals(numbers(new Identity().call([3, 2], "float32").dataSync()), [1, 0, 0, 1, 0, 0]);
});

Deno.test("computeFans counts the inputs and outputs of a unit as Keras does", () => {
  for (const [text, [fanIn, fanOut]] of Object.entries(golden.compute_fans)) {
    const shape = (text.match(/\d+/g) ?? []).map(Number);
    assertEquals(initializers.computeFans(shape), { fanIn, fanOut }, text);
  }
});

Deno.test("The axes that count inputs and outputs may be named, both of them", () => {
  // What compute_fans of Keras 3.15.1 gives.
  const cases: [shape: number[], inputAxes: number[], outputAxes: number[] | null, fanIn: number, fanOut: number][] = [
    [[3, 4, 5], [0], [1, 2], 3, 20],
    [[3, 4, 5], [-1], [0], 5, 3],
    [[2, 3, 4, 5], [0, 2], [3], 8, 5],
    [[3, 4, 5], [0], null, 12, 15],
  ];
  for (const [shape, inputAxes, outputAxes, fanIn, fanOut] of cases) {
    assertEquals(initializers.computeFans(shape, { inputAxes, outputAxes }), { fanIn, fanOut });
  }
  const named = new initializers.GlorotUniform({ seed: 1, inputAxes: [0], outputAxes: [1, 2] });
  const { config } = named.serialize();
  assertEquals(config, { seed: 1, inputAxes: [0], outputAxes: [1, 2] });
  const values = numbers(named.call([3, 4, 500], "float32").dataSync());
  const limit = Math.sqrt(6 / 2003);
  assert(values.every((value) => Math.abs(value) <= limit) && values.some((value) => Math.abs(value) > 0.99 * limit));
  const again = initializers.get({ className: "GlorotUniform", config });
  assertEquals(numbers(again.call([3, 4, 500], "float32").dataSync()), values);
});

Deno.test("RandomUniform is even between its bounds", () => {
  const values = numbers(new RandomUniform({ seed: 1 }).call([100, 200], "float32").dataSync());
  assert(values.every((value) => value >= -0.05 && value < 0.05));
  assertMoments("default bounds", values, 0, 0.1 / Math.sqrt(12));
  const others = numbers(new RandomUniform({ minval: 2, maxval: 6, seed: 2 }).call([20000], "float32").dataSync());
  assert(others.every((value) => value >= 2 && value < 6));
  assertMoments("bounds 2 and 6", others, 4, 4 / Math.sqrt(12));
  // All quarters are drawn from alike: 5000 each, five standard deviations are 306.
  for (const quarter of [2, 3, 4, 5]) {
    const count = others.filter((value) => value >= quarter && value < quarter + 1).length;
    assertAlmostEquals(count, 5000, 306);
  }
});

Deno.test("RandomNormal is normal", () => {
  const values = numbers(new RandomNormal({ seed: 1 }).call([100, 200], "float32").dataSync());
  assertMoments("defaults", values, 0, 0.05);
  const others = numbers(new RandomNormal({ mean: 3, stddev: 2, seed: 2 }).call([20000], "float32").dataSync());
  assertMoments("around 3", others, 3, 2);
  // 68.27 % lie within one deviation, 4.55 % beyond two; five standard deviations of the counts.
  assertAlmostEquals(others.filter((value) => Math.abs(value - 3) < 2).length / 20000, 0.6827, 0.0165);
  assertAlmostEquals(others.filter((value) => Math.abs(value - 3) > 4).length / 20000, 0.0455, 0.0074);
});

Deno.test("TruncatedNormal has nothing beyond two deviations", () => {
  const values = numbers(new TruncatedNormal({ mean: 1, stddev: 2, seed: 1 }).call([20000], "float32").dataSync());
  assert(values.every((value) => Math.abs(value - 1) <= 4));
  assert(values.some((value) => Math.abs(value - 1) > 3.8), "nearly everything up to there is drawn");
  // The deviation of a standard normal cut off at two deviations is 0.8796.
  assertMoments("truncated", values, 1, 2 * 0.87962566103423978);
});

Deno.test("Glorot, He and LeCun scale to the fans as Keras does", () => {
  const shape = [3, 4];
  const limits = {
    GlorotUniform: golden["glorot_uniform_limit(3,4)"],
    LecunUniform: golden["lecun_uniform_limit(3,4)"],
  } as const;
  for (const [name, limit] of Object.entries(limits)) {
    const initializer = initializers[name as "GlorotUniform"];
    // The limit follows from the fans, so that many small weights together show it.
    const values = Array.from(
      { length: 400 },
      (_, seed) => numbers(new initializer({ seed }).call(shape, "float32").dataSync()),
    )
      .flat();
    const largest = Math.max(...values.map(Math.abs));
    assert(largest <= limit * (1 + 1e-6) && largest > 0.99 * limit, `${name}: ${largest} of ${limit}`);
  }
  // Truncated at two deviations of the normal that is cut off.
  const stddev = golden["he_normal_stddev(truncated /0.87962566103423978)(3,4)"];
  const values = Array.from(
    { length: 400 },
    (_, seed) => numbers(new initializers.HeNormal({ seed }).call(shape, "float32").dataSync()),
  ).flat();
  const largest = Math.max(...values.map(Math.abs));
  assert(largest <= 2 * stddev * (1 + 1e-6) && largest > 1.9 * stddev, `${largest} of ${2 * stddev}`);
});

Deno.test("scaling initializers have the variance of their definition", () => {
  // For [50, 400]: 50 inputs, 400 outputs, 225 on average.
  const shape = [50, 400];
  const variances = {
    GlorotUniform: 1 / 225,
    GlorotNormal: 1 / 225,
    HeUniform: 2 / 50,
    HeNormal: 2 / 50,
    LecunUniform: 1 / 50,
    LecunNormal: 1 / 50,
  } as const;
  for (const [name, variance] of Object.entries(variances)) {
    const initializer = new initializers[name as "HeNormal"]({ seed: 5 });
    assertMoments(name, numbers(initializer.call(shape, "float32").dataSync()), 0, Math.sqrt(variance));
  }
  const scaling = [
    [{ scale: 3, mode: "fan_out", distribution: "untruncated_normal" }, 3 / 400],
    [{ scale: 2, mode: "fan_avg", distribution: "uniform" }, 2 / 225],
    [{ mode: "fan_in", distribution: "truncated_normal" }, 1 / 50],
    [{}, 1 / 50],
  ] as const;
  for (const [options, variance] of scaling) {
    const initializer = new VarianceScaling({ ...options, seed: 6 });
    assertMoments(
      JSON.stringify(options),
      numbers(initializer.call(shape, "float32").dataSync()),
      0,
      Math.sqrt(variance),
    );
  }
});

function products(matrix: readonly number[], columns: number): number[][] {
  const rows = matrix.length / columns;
  return Array.from({ length: columns }, (_, a) =>
    Array.from({ length: columns }, (_, b) => {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += matrix[row * columns + a]! * matrix[row * columns + b]!;
      return sum;
    }));
}

function transposed(matrix: readonly number[], columns: number): number[] {
  const rows = matrix.length / columns;
  return Array.from({ length: matrix.length }, (_, i) => matrix[(i % rows) * columns + Math.floor(i / rows)]!);
}

Deno.test("Orthogonal has orthonormal columns or rows, whichever are fewer", () => {
  const identity = (size: number, gain: number) =>
    Array.from({ length: size }, (_, a) => Array.from({ length: size }, (_, b) => a === b ? gain * gain : 0));
  for (const [shape, gain] of [[[6, 4], 1], [[4, 6], 1], [[5, 5], 2], [[2, 3, 4], 1], [[1, 3], 3]] as const) {
    const columns = shape.at(-1)!;
    const values = new Orthogonal({ gain, seed: 3 }).call(shape, "float64");
    assertEquals([values.shape, values.dtype], [[...shape], "float64"]);
    const matrix = numbers(values.dataSync());
    const rows = matrix.length / columns;
    const found = rows < columns ? products(transposed(matrix, columns), rows) : products(matrix, columns);
    const expected = identity(Math.min(rows, columns), gain);
    found.forEach((row, a) =>
      row.forEach((value, b) => assertAlmostEquals(value, expected[a]![b]!, 1e-10, `${shape} at ${a}, ${b}`))
    );
  }
});

Deno.test("the same seed gives the same values, another seed others", () => {
  for (
    const name of [
      "RandomUniform",
      "RandomNormal",
      "TruncatedNormal",
      "VarianceScaling",
      "GlorotUniform",
      "GlorotNormal",
      "HeUniform",
      "HeNormal",
      "LecunUniform",
      "LecunNormal",
      "Orthogonal",
    ] as const
  ) {
    const draw = (seed: number) => numbers(new initializers[name]({ seed }).call([3, 4], "float32").dataSync());
    assertEquals(draw(7), draw(7), name);
    assert(draw(7).some((value, index) => value !== draw(8)[index]), name);
    const one = new initializers[name]({ seed: 7 });
    assertEquals(
      numbers(one.call([3, 4], "float32").dataSync()),
      numbers(one.call([3, 4], "float32").dataSync()),
      name,
    );
    assertEquals(new Set(draw(7).map(Math.abs)).size > 1, true, name);
  }
});

Deno.test("seed 1337 gives the same values in every runtime", () => {
  // SplitMix64 and lowbias32 in whole numbers, and the inverse of the normal distribution, computed with Python; the
  // orthogonal matrix from NumPy's qr.
  const expected: { readonly [name: string]: readonly number[] } = {
    RandomUniform: [0.03565795422, -0.01306512356, -0.02365652323, -0.01593177915, 0.0376240015, 0.0337851584],
    RandomNormal: [-0.01838082942, 0.05616590591, 0.03586974991, 0.04986328858, -0.01576854297, -0.02091667994],
    TruncatedNormal: [-0.01750854272, 0.05237019359, 0.03395274236, 0.04676460487, -0.01502850654, -0.01991162467],
    GlorotUniform: [0.78122663514, -0.28624251557, -0.51828845616, -0.34904779278, 0.82430057307, 0.74019573449],
    HeNormal: [-0.39809076734, 1.19073819484, 0.77198162493, 1.06328423422, -0.341702322, -0.4527295087],
  };
  for (const [name, values] of Object.entries(expected)) {
    const initializer = new initializers[name as "HeNormal"]({ seed: 1337 });
    assertClose(name, initializer.call([2, 3], "float32"), [values.slice(0, 3), values.slice(3)], 1e-6);
    assertClose(name, initializer.call([2, 3], "float64"), [values.slice(0, 3), values.slice(3)], 1e-6);
  }
  assertClose("Orthogonal", new Orthogonal({ seed: 1337 }).call([3, 2], "float32"), [
    [-0.4246976847, 0.9052651158],
    [0.8287873952, 0.393766963],
    [-0.3643395809, -0.1595075203],
  ], 1e-6);
});

Deno.test("without a seed one is drawn, so that two initializers differ", () => {
  const draw = () => numbers(new RandomNormal().call([4], "float32").dataSync());
  assert(draw().some((value, index) => value !== draw()[index]));
  const unseeded = new RandomNormal();
  assertEquals(numbers(unseeded.call([4], "float32").dataSync()), numbers(unseeded.call([4], "float32").dataSync()));
  assertEquals(unseeded.getConfig(), { mean: 0, stddev: 0.05, seed: null });
});

Deno.test("a larger weight of the same seed is not a smaller one repeated", () => {
  const values = numbers(new RandomUniform({ seed: 1 }).call([10000], "float32").dataSync());
  assert(new Set(values).size > 9900);
});

Deno.test("random initializers give every dtype of floats", () => {
  for (const dtype of ["float32", "float64", "float16"] satisfies DType[]) {
    for (
      const initializer of [new RandomUniform({ seed: 1 }), new RandomNormal({ seed: 1 }), new Orthogonal({ seed: 1 })]
    ) {
      const values = initializer.call([8, 8], dtype);
      assertEquals([values.dtype, values.shape], [dtype, [8, 8]]);
      assert(new Set(numbers(values.dataSync())).size > 32, `${initializer.constructor.name} ${dtype}`);
    }
  }
});

Deno.test("initializers refuse shapes of which they have no values, before anything is made", () => {
  for (const shape of [[], [2], [2, 2, 2]]) {
    assertEquals(
      errorOf(() => new Identity().prepare(shape, "float32")).message,
      `Cannot initialize with Identity: expected a shape of rank 2, received [${shape.join(", ")}]`,
    );
  }
  for (const shape of [[], [2]]) {
    assertEquals(
      errorOf(() => new Orthogonal().prepare(shape, "float32")).message,
      `Cannot initialize with Orthogonal: expected a shape of rank 2 or more, received [${shape.join(", ")}]`,
    );
  }
  assertThrows(() => new Dense(2, { biasInitializer: "orthogonal" }).build([null, 2]), ShapeError);
});

Deno.test("VarianceScaling refuses options that there are not", () => {
  for (const scale of [0, -1, NaN]) {
    assertEquals(
      assertThrows(() => new VarianceScaling({ scale }), RangeError).message,
      `Cannot make VarianceScaling: expected a positive scale, received ${scale}`,
    );
  }
  assertThrows(() => new VarianceScaling({ mode: "fan" as never }), RangeError);
  assertThrows(() => new VarianceScaling({ distribution: "normal" as never }), RangeError);
});

Deno.test("initializers are found by Keras's names", () => {
  const names = {
    zeros: Zeros,
    ones: Ones,
    constant: Constant,
    identity: Identity,
    random_uniform: RandomUniform,
    random_normal: RandomNormal,
    truncated_normal: TruncatedNormal,
    variance_scaling: VarianceScaling,
    glorot_uniform: initializers.GlorotUniform,
    glorot_normal: initializers.GlorotNormal,
    he_uniform: initializers.HeUniform,
    he_normal: initializers.HeNormal,
    lecun_uniform: initializers.LecunUniform,
    lecun_normal: initializers.LecunNormal,
    orthogonal: Orthogonal,
  };
  for (const [name, initializer] of Object.entries(names)) {
    assertStrictEquals(initializers.get(name as "zeros").constructor, initializer, name);
    assertStrictEquals(initializers.get(initializer.name as never).constructor, initializer, initializer.name);
  }
  const own = new Ones();
  assertStrictEquals(initializers.get(own), own);
});

Deno.test("initializers are made again from their configurations", () => {
  const all = [
    new Zeros(),
    new Ones(),
    new Constant({ value: 0.5 }),
    new Identity({ gain: 2 }),
    new RandomUniform({ minval: 1, maxval: 2, seed: 3 }),
    new RandomNormal({ mean: 1, stddev: 2, seed: 3 }),
    new TruncatedNormal({ mean: 1, stddev: 2, seed: 3 }),
    new VarianceScaling({ scale: 2, mode: "fan_out", distribution: "uniform", seed: 3 }),
    new initializers.GlorotUniform({ seed: 3 }),
    new initializers.GlorotNormal({ seed: 3 }),
    new initializers.HeUniform({ seed: 3 }),
    new initializers.HeNormal({ seed: 3 }),
    new initializers.LecunUniform({ seed: 3 }),
    new initializers.LecunNormal({ seed: 3 }),
    new Orthogonal({ gain: 2, seed: 3 }),
  ];
  for (const initializer of all) {
    const config = initializer.serialize();
    const copy = initializers.get(JSON.parse(JSON.stringify(config)));
    assertEquals(copy.serialize(), config);
    assertEquals(
      numbers(copy.call([4, 3], "float32").dataSync()),
      numbers(initializer.call([4, 3], "float32").dataSync()),
      config.className,
    );
  }
  assertEquals(new RandomUniform({ minval: 1, maxval: 2, seed: 3 }).serialize(), {
    className: "RandomUniform",
    config: { minval: 1, maxval: 2, seed: 3 },
  });
});

Deno.test("an initializer that there is not gets a list of those that there are", () => {
  for (const name of ["nothing", "toString", ""]) {
    const { message } = errorOf(() => initializers.get(name as "zeros"));
    assertEquals(
      message,
      `Cannot find initializer ${
        JSON.stringify(name)
      }: expected one of zeros, ones, constant, identity, random_uniform, ` +
        "random_normal, truncated_normal, variance_scaling, glorot_uniform, glorot_normal, he_uniform, he_normal, " +
        "lecun_uniform, lecun_normal, orthogonal",
    );
  }
});

Deno.test("a function initializes, its values converted to the weight's dtype", () => {
  const seen: unknown[] = [];
  const initializer = initializers.get((shape, { dtype }) => {
    seen.push(shape, dtype);
    return ones(shape);
  });
  const values = initializer.call([2], "float64");
  assertEquals([values.dtype, numbers(values.dataSync()), seen], ["float64", [1, 1], [[2], "float64"]]);
  assertEquals(
    errorOf(() => initializers.get(() => zeros([3])).call([2], "float32")).message,
    "Cannot initialize: expected the function to give an eager tensor of shape [2], received shape [3]",
  );
});

Deno.test("weights of one layer that are drawn from one initializer without a seed differ between layers", () => {
  const [a, b] = [new Dense(4).build([null, 4]), new Dense(4).build([null, 4])];
  assert(numbers(a.kernel.dataSync()).some((value, index) => value !== Number(b.kernel.dataSync()[index])));
});
