import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  type AnyLayer,
  type Anything,
  clearSession,
  Dense,
  initializers,
  input,
  Layer,
  ones,
  SeedGenerator,
  type Shape,
  ShapeError,
  type Tensor,
  zeros,
} from "@strata/nn";
import { arrayOf, callUntyped, errorOf } from "../layer_test_harness.ts";

Deno.test("addWeight makes a scalar of the layer's dtype, and zeros of other dtypes", () => {
  class Weights extends Layer<Anything> {
    override build(): void {
      this.addWeight();
      this.addWeight({ dtype: "int32" });
      this.addWeight({ dtype: "bool" });
      this.addWeight({ dtype: "int32", shape: [2, 2] });
      this.addWeight({ dtype: "int32", shape: [2, 2], initializer: "ones" });
      this.addWeight({ shape: [2], initializer: new initializers.Constant({ value: 3 }), name: "threes" });
    }
    override call(x: Tensor): Tensor {
      return x;
    }
  }
  clearSession();
  const layer = new Weights({ dtype: "float64" });
  callUntyped(layer as AnyLayer, [1]);
  const [scalar, ...others] = layer.weights;
  assertEquals([scalar!.shape, scalar!.dtype], [[], "float64"]);
  // Glorot's limit for one input and one output is the square root of 3.
  assert(Math.abs(scalar!.item() as number) <= Math.sqrt(3));
  assertEquals(others.map(({ dtype }) => dtype), ["int32", "bool", "int32", "int32", "float64"]);
  assertEquals(others.map((weight) => weight.array() as unknown), [0, false, [[0, 0], [0, 0]], [[1, 1], [1, 1]], [
    3,
    3,
  ]]);
  assertEquals(layer.weights.map(({ path }) => path), [
    "weights/variable",
    "weights/variable_1",
    "weights/variable_2",
    "weights/variable_3",
    "weights/variable_4",
    "weights/threes",
  ]);
});

Deno.test("addWeight keeps the regularizer and the constraint", () => {
  const [regularizer, constraint] = [(w: Tensor) => w, (w: Tensor) => w];
  const layer = new Dense(1, { kernelRegularizer: regularizer, kernelConstraint: constraint }).build([null, 2]);
  assertStrictEquals(layer.kernel.regularizer, regularizer);
  assertStrictEquals(layer.kernel.constraint, constraint);
  assertEquals([layer.bias!.regularizer, layer.bias!.constraint], [null, null]);
});

Deno.test("addWeight takes a function as initializer", () => {
  class Weights extends Layer<Anything> {
    override build(): void {
      this.addWeight({ shape: [2, 1], initializer: (shape, { dtype }) => ones(shape, { dtype }) });
    }
    override call(x: Tensor): Tensor {
      return x;
    }
  }
  const layer = new Weights() as AnyLayer;
  layer.build([1]);
  assertEquals(layer.getWeights().map((values) => values.array() as unknown), [[[1], [1]]]);
});

Deno.test("addWeight refuses what it cannot make", () => {
  class Weights extends Layer<Anything> {
    readonly options: object;
    constructor(options: object) {
      super();
      this.options = options;
    }
    override build(): void {
      this.addWeight(this.options);
    }
    override call(x: Tensor): Tensor {
      return x;
    }
  }
  const refused = (options: object) => {
    clearSession();
    const layer = new Weights(options) as AnyLayer;
    const { message } = errorOf(() => callUntyped(layer, [1]));
    assertEquals([layer.built, layer.weights], [false, []]);
    return message;
  };
  assertEquals(
    refused({ name: "z/q" }),
    'Cannot name a weight of layer weights: expected a name without "/", received "z/q"',
  );
  assertEquals(
    refused({ name: "" }),
    'Cannot name a weight of layer weights: expected a name without "/", received ""',
  );
  assertEquals(
    refused({ name: "w", shape: [2, null, "batch"] }),
    "Cannot make weight weights/w: expected a shape of known sizes, received [2, ?, batch]",
  );
  assertEquals(
    refused({ name: "w", shape: [2, -1] }),
    "Cannot make weight weights/w: expected a shape of known sizes, received [2, -1]",
  );
  assertEquals(
    refused({ name: "w", shape: [2], initializer: "identity" }),
    "Cannot initialize with Identity: expected a shape of rank 2, received [2]",
  );
  assert(refused({ initializer: "nothing" }).startsWith('Cannot find initializer "nothing": expected one of zeros, '));
});

/** One weight that is trainable and one that is not, and other layers. */
class Node extends Layer<Anything> {
  readonly children: AnyLayer[];
  constructor(name: string, children: AnyLayer[] = []) {
    super({ name });
    this.children = children;
  }
  override build(): void {
    this.addWeight({ name: "n1", trainable: false });
    this.addWeight({ name: "t1" });
    this.addWeight({ name: "t2" });
    for (const child of this.children) child.build([1]);
  }
  override call(x: Tensor): Tensor {
    return x;
  }
}

Deno.test("weights come in Keras's order: trainable ones, others, then each sublayer's", () => {
  const layer = new Node("ord", [new Node("i1"), new Node("i2", [new Node("deep")])]) as AnyLayer;
  layer.build([1]);
  assertEquals(layer.weights.map(({ path }) => path), [
    "ord/t1",
    "ord/t2",
    "ord/n1",
    "ord/i1/t1",
    "ord/i1/t2",
    "ord/i1/n1",
    "ord/i2/t1",
    "ord/i2/t2",
    "ord/i2/n1",
    "ord/i2/deep/t1",
    "ord/i2/deep/t2",
    "ord/i2/deep/n1",
  ]);
  assertEquals(layer.trainableWeights.length, 8);
  assertEquals(layer.nonTrainableWeights.map(({ path }) => path), [
    "ord/n1",
    "ord/i1/n1",
    "ord/i2/n1",
    "ord/i2/deep/n1",
  ]);
});

/** As Keras's own test of counts has it. */
class Counted extends Layer<Anything> {
  readonly generator: unknown;
  readonly inner: Counted | null;
  constructor(inner: Counted | null, generator: unknown = null) {
    super();
    this.inner = inner;
    this.generator = generator;
  }
  override build(_inputShape: Shape): void {
    this.addWeight({ name: "trained" });
    this.addWeight({ name: "fixed", trainable: false });
    this.inner?.build([1]);
  }
  override call(x: Tensor): Tensor {
    return x;
  }
}

Deno.test("trainable holds for all weights and sublayers", () => {
  const layer = new Counted(new Counted(null, new SeedGenerator(1)));
  layer.build([1]);
  const counts = () => [
    layer.trainableWeights.length,
    layer.trainableVariables.length,
    layer.nonTrainableWeights.length,
    layer.nonTrainableVariables.length,
  ];
  assertEquals(counts(), [2, 2, 2, 3]);
  layer.trainable = false;
  assertEquals(counts(), [0, 0, 4, 5]);
  assertEquals([layer.inner!.trainable, layer.weights.map(({ trainable }) => trainable)], [
    false,
    [false, false, false, false],
  ]);
  layer.trainable = true;
  assertEquals(counts(), [2, 2, 2, 3]);
  layer.inner!.trainable = false;
  assertEquals(counts(), [1, 1, 3, 4]);
  assertEquals(layer.trainable, true);
});

Deno.test("freezing does not change the order of weights", () => {
  const layer = new Node("ord") as AnyLayer;
  layer.build([1]);
  const paths = layer.weights.map(({ path }) => path);
  layer.trainable = false;
  assertEquals(layer.weights.map(({ path }) => path), paths);
  layer.trainable = true;
  layer.weights[0]!.trainable = false;
  assertEquals(layer.weights.map(({ path }) => path), paths);
  assertEquals(layer.trainableWeights.map(({ name }) => name), ["t2"]);
});

Deno.test("a layer that is frozen before it is built has frozen weights, which thaw", () => {
  const layer = new Dense(2, { trainable: false }).build([null, 3]);
  assertEquals([layer.trainableWeights.length, layer.nonTrainableWeights.length], [0, 2]);
  layer.trainable = true;
  assertEquals([layer.trainableWeights.length, layer.nonTrainableWeights.length], [2, 0]);
});

Deno.test("trainable is a boolean", () => {
  for (const trainable of ["yes", 1, null, 0]) {
    clearSession();
    assertEquals(
      assertThrows(() => new Dense(2, { trainable: trainable as never }), TypeError).message,
      `Cannot make layer dense: expected trainable to be a boolean, received ${trainable}`,
    );
    const layer = new Dense(2, { name: "d" });
    assertEquals(
      assertThrows(() => (layer.trainable = trainable as never), TypeError).message,
      `Cannot set trainable of layer d: expected a boolean, received ${trainable}`,
    );
    assertEquals(layer.trainable, true);
  }
});

Deno.test("countParams counts the values of all weights, once the layer is built", () => {
  clearSession();
  const layer = new Dense(4);
  assertEquals(
    assertThrows(() => layer.countParams(), TypeError).message,
    "Cannot count the parameters of layer dense: it is not built; call it, or layer.build(inputShape)",
  );
  assertEquals(layer.build([null, 3]).countParams(), 3 * 4 + 4);
  const composite = new Node("ord", [new Node("i1")]) as AnyLayer;
  composite.build([1]);
  assertEquals(composite.countParams(), 6);
});

Deno.test("getWeights gives values that do not change with the weights", () => {
  const layer = new Dense(1, { useBias: false, kernelInitializer: "ones" }).build([null, 2]);
  const [kernel] = layer.getWeights();
  layer.kernel.assign([[5], [6]]);
  assertEquals(kernel!.array() as unknown, [[1], [1]]);
  assertEquals(layer.getWeights()[0]!.array() as unknown, [[5], [6]]);
});

Deno.test("setWeights takes all or nothing", () => {
  clearSession();
  const layer = new Dense(2, { kernelInitializer: "ones" }).build([null, 3]);
  const unchanged = () => {
    assertEquals(layer.kernel.array() as unknown, [[1, 1], [1, 1], [1, 1]]);
    assertEquals(layer.bias!.array() as unknown, [0, 0]);
  };
  const kernel = zeros([3, 2]);
  assertEquals(
    assertThrows(() => layer.setWeights([kernel]), ShapeError).message,
    "Cannot set the weights of layer dense: expected 2 values, received 1",
  );
  unchanged();
  assertEquals(
    assertThrows(() => layer.setWeights([kernel, [1, 2], [3]]), ShapeError).message,
    "Cannot set the weights of layer dense: expected 2 values, received 3",
  );
  unchanged();
  assertEquals(
    assertThrows(() => layer.setWeights([kernel, [1, 2, 3]]), ShapeError).message,
    "Cannot set the weights of layer dense: expected shape [2] for dense/bias, received shape [3]",
  );
  unchanged();
  assertEquals(
    assertThrows(() => layer.setWeights([zeros([2, 3]), [1, 2]]), ShapeError).message,
    "Cannot set the weights of layer dense: expected shape [3, 2] for dense/kernel, received shape [2, 3]",
  );
  unchanged();
  assertThrows(() => layer.setWeights([kernel, ["a", "b"] as never]), TypeError);
  unchanged();
  assertThrows(() => layer.setWeights([kernel, input([2]) as never]), TypeError);
  unchanged();
  layer.setWeights([kernel, new Float64Array([1, 2])]);
  assertEquals(layer.getWeights().map((values) => values.array() as unknown), [[[0, 0], [0, 0], [0, 0]], [1, 2]]);
});

Deno.test("setWeights of a composite goes through all its layers", () => {
  class Pair extends Layer<Anything> {
    readonly first = new Dense(1, { useBias: false });
    readonly second = new Dense(1, { useBias: false });
    override call(x: Tensor): Tensor {
      return this.second(this.first(x));
    }
  }
  const pair = new Pair() as AnyLayer;
  pair.build([null, 2]);
  pair.setWeights([[[1], [2]], [[10]]]);
  assertEquals(arrayOf(callUntyped(pair, [[3, 4]])), [[110]]);
});
