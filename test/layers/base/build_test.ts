import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  type AnyLayer,
  type Anything,
  clearSession,
  Dense,
  executingEagerly,
  input,
  Layer,
  ones,
  ops,
  type Shape,
  ShapeError,
  type Tensor,
  tensor,
  type Variable,
  zeros,
} from "@strata/nn";
import { tensorsOf } from "../../../src/tensor/structure.ts";
import { arrayOf, callUntyped, errorOf } from "../layer_test_harness.ts";

/** A dense layer of any name. */
type Named = Dense<number>;

function pathsOf(layer: AnyLayer): string[] {
  return layer.weights.map(({ path }) => path);
}

Deno.test("build is given the shapes of the first call, in the structure of the input", () => {
  const seen: unknown[] = [];
  class Tells extends Layer<Anything> {
    override build(shapes: never): void {
      seen.push(shapes);
    }
    override call(inputs: unknown): Tensor {
      return tensorsOf(inputs)[0]!;
    }
  }
  const given = [ones([2, 3]), input(["batch", null]), [ones([1]), null], { a: ones([4]), b: input(["b"]) }];
  for (const each of given) callUntyped(new Tells() as AnyLayer, each);
  assertEquals(seen, [[2, 3], ["batch", null], [[1], null], { a: [4], b: ["b"] }]);
});

Deno.test("explicit build returns the layer, and the second time does nothing", () => {
  const layer = new Dense(2);
  assertStrictEquals(layer.build([null, 3]) as unknown, layer);
  const { kernel } = layer;
  assertStrictEquals(layer.build([null, 7]) as unknown, layer);
  assertStrictEquals(layer.kernel, kernel);
  assertEquals(layer.weights.map(({ shape }) => shape), [[3, 2], [2]]);
});

Deno.test("build returns the layer whatever the class's own build returns", () => {
  class Returns extends Layer<Anything> {
    override build(): unknown {
      return 5;
    }
    override call(x: Tensor): Tensor {
      return x;
    }
  }
  const layer = new Returns();
  assertStrictEquals(layer.build(), layer);
});

/** Makes a weight and a sublayer, then fails as often as it is told. */
class Fails extends Layer<Anything> {
  attempts = 0;
  kernel!: Variable;
  inner!: Named;
  failures = 1;
  override build(inputShape: Shape): void {
    this.kernel = this.addWeight({ name: "kernel", shape: [2], initializer: "ones" });
    this.inner = new Dense(2, { name: "inner" });
    this.inner.build(inputShape);
    this.addWeight({ name: "unheld" });
    if (this.attempts++ < this.failures) throw new RangeError("fails on purpose");
  }
  override call(x: Tensor): Tensor {
    return ops.multiply(this.inner(x), this.kernel) as Tensor;
  }
}

Deno.test("a build that throws leaves the layer unbuilt and weightless, and a retry works", () => {
  clearSession();
  const ways: { readonly [way: string]: (layer: AnyLayer) => unknown } = {
    "an eager call": (layer) => callUntyped(layer, [[1, 2]]),
    "a symbolic call": (layer) => callUntyped(layer, input(["batch", 2])),
    "build": (layer) => layer.build([null, 2]),
  };
  for (const [way, attempt] of Object.entries(ways)) {
    const layer = new Fails({ name: "fails" });
    const error = assertThrows(() => attempt(layer as AnyLayer), RangeError);
    assertEquals(error.message, "fails on purpose", way);
    assertEquals([layer.built, layer.path, layer.weights, layer.layers, layer.attempts], [false, null, [], [], 1], way);
    assertEquals([layer.kernel, layer.inner], [undefined, undefined] as unknown[], way);
    attempt(layer as AnyLayer);
    assert(layer.built);
    assertEquals(
      pathsOf(layer as AnyLayer),
      ["fails/kernel", "fails/unheld", "fails/inner/kernel", "fails/inner/bias"],
      way,
    );
  }
});

Deno.test("a failed build takes back the builds of layers that were there before", () => {
  clearSession();
  class Composite extends Layer<Anything> {
    readonly first = new Dense(2, { name: "first" });
    readonly list: Named[] = [new Dense(3, { name: "second" })];
    readonly fails = new Fails({ name: "fails" });
    override build(inputShape: Shape): void {
      this.first.build(inputShape);
      this.list[0]!.build(inputShape);
      this.list.push(new Dense(4, { name: "added" }));
      this.fails.build(inputShape);
    }
    override call(x: Tensor): Tensor {
      return callUntyped(this.fails as AnyLayer, this.first(x));
    }
  }
  const layer = new Composite({ name: "outer" });
  assertThrows(() => callUntyped(layer as AnyLayer, [[1, 2]]), RangeError, "fails on purpose");
  assertEquals([layer.built, layer.first.built, layer.list.length, layer.list[0]!.built], [false, false, 1, false]);
  assertEquals([layer.weights, layer.first.path, layer.first.weights], [[], null, []]);
  assertEquals(layer.first.inputSpec, new Dense(1).inputSpec);
  callUntyped(layer as AnyLayer, [[1, 2]]);
  assertEquals(pathsOf(layer as AnyLayer), [
    "outer/first/kernel",
    "outer/first/bias",
    "outer/second/kernel",
    "outer/second/bias",
    "outer/fails/kernel",
    "outer/fails/unheld",
    "outer/fails/inner/kernel",
    "outer/fails/inner/bias",
  ]);
  assertEquals(layer.layers.map(({ name }) => name), ["first", "second", "added", "fails"]);
});

Deno.test("a failed build takes back what it put into containers of every kind", () => {
  class Holds extends Layer<Anything> {
    attempts = 0;
    readonly array: unknown[] = [];
    readonly nested: unknown[][] = [[]];
    readonly record: { [key: string]: unknown } = {};
    readonly map = new Map<string, unknown>();
    readonly set = new Set<unknown>();
    override build(inputShape: Shape): void {
      const make = () => new Dense(1, { useBias: false }).build(inputShape);
      this.array.push(make());
      this.nested[0]!.push(make());
      this.record.layer = make();
      this.map.set("layer", make());
      this.set.add(make());
      if (this.attempts++ === 0) throw new Error("fails on purpose");
    }
    override call(x: Tensor): Tensor {
      return x;
    }
  }
  const layer = new Holds();
  assertThrows(() => callUntyped(layer as AnyLayer, [[1, 2]]), Error, "fails on purpose");
  const sizes = () => [
    layer.array.length,
    layer.nested[0]!.length,
    Object.keys(layer.record).length,
    layer.map.size,
    layer.set.size,
    layer.layers.length,
    layer.weights.length,
  ];
  assertEquals(sizes(), [0, 0, 0, 0, 0, 0, 0]);
  callUntyped(layer as AnyLayer, [[1, 2]]);
  assertEquals(sizes(), [1, 1, 1, 1, 1, 5, 5]);
});

Deno.test("a failed build leaves alone what was made in the constructor", () => {
  class Keeps extends Layer<Anything> {
    attempts = 0;
    readonly own = this.addWeight({ name: "own", initializer: "ones" });
    override build(): void {
      this.addWeight({ name: "more" });
      if (this.attempts++ === 0) throw new Error("fails on purpose");
    }
    override call(x: Tensor): Tensor {
      return ops.multiply(x, this.own) as Tensor;
    }
  }
  const layer = new Keeps({ name: "keeps" });
  assertThrows(() => callUntyped(layer as AnyLayer, [1]));
  assertEquals(pathsOf(layer as AnyLayer), ["keeps/own"]);
  assertEquals(arrayOf(callUntyped(layer as AnyLayer, [1])), [1]);
  assertEquals(pathsOf(layer as AnyLayer), ["keeps/own", "keeps/more"]);
});

Deno.test("an asynchronous build gets a clear error and leaves the layer as it was", async () => {
  class Slow extends Layer<Anything> {
    weight!: Variable;
    override build(): Promise<void> {
      this.weight = this.addWeight({ name: "weight" });
      return Promise.reject(new Error("never seen"));
    }
    override call(x: Tensor): Tensor {
      return x;
    }
  }
  const layer = new Slow();
  const { message } = errorOf(() => callUntyped(layer as AnyLayer, [1]));
  assertEquals(message, "Slow.build() returned a promise: build must be synchronous");
  assertEquals([layer.built, layer.weights], [false, []]);
  // A rejection that nobody handles would end the program here.
  await new Promise((done) => setTimeout(done, 0));
});

/** Two layers, one after the other, without a build of its own. */
class Composite extends Layer<Anything> {
  readonly hidden: Named = new Dense(4, { name: "hidden" });
  readonly out: Named = new Dense(2, { name: "out" });
  calls = 0;
  override call(x: Tensor): Tensor {
    this.calls++;
    return this.out(this.hidden(x));
  }
}

const compositePaths = ["net/hidden/kernel", "net/hidden/bias", "net/out/kernel", "net/out/bias"];

Deno.test("a layer without build is built by an abstract run of call", () => {
  const told = new Composite({ name: "net" });
  assertStrictEquals(told.build([null, 3]), told);
  assertEquals([told.built, told.calls, told.hidden.built, told.out.built], [true, 1, true, true]);
  assertEquals(pathsOf(told as AnyLayer), compositePaths);
  assertEquals(told.countParams(), 3 * 4 + 4 + 4 * 2 + 2);
  for (const given of [ones([1, 3]), input(["batch", 3]), input([null, 3])]) {
    const called = new Composite({ name: "net" });
    callUntyped(called as AnyLayer, given);
    assertEquals(pathsOf(called as AnyLayer), compositePaths);
    assertEquals(called.weights.map(({ shape }) => shape), [[3, 4], [4], [4, 2], [2]]);
  }
});

Deno.test("the abstract run is no eager run", () => {
  const modes: boolean[] = [];
  class Tells extends Composite {
    override call(x: Tensor): Tensor {
      modes.push(executingEagerly());
      return super.call(x);
    }
  }
  callUntyped(new Tells() as AnyLayer, ones([1, 3]));
  assertEquals(modes, [false, true]);
});

Deno.test("a layer without build is built on arrays with null and on records", () => {
  class Optional extends Layer<Anything> {
    readonly dense = new Dense(2, { name: "dense" });
    override call([x, y]: readonly [Tensor, Tensor | null]): Tensor {
      return this.dense(y === null ? x : ops.add(x, y) as Tensor);
    }
  }
  class Keyed extends Layer<Anything> {
    readonly left = new Dense(2, { name: "left" });
    readonly right = new Dense(2, { name: "right" });
    override call({ a, b }: { readonly a: Tensor; readonly b: Tensor }): Tensor {
      return ops.add(this.left(a), this.right(b)) as Tensor;
    }
  }
  const optional = new Optional() as AnyLayer;
  assertEquals(callUntyped(optional, [input([3, 4]), null]).shape, [3, 2]);
  assertEquals(optional.weights.length, 2);
  const keyed = new Keyed() as AnyLayer;
  keyed.build({ a: [null, 4], b: [null, 5] });
  assertEquals(keyed.weights.map(({ shape }) => shape), [[4, 2], [2], [5, 2], [2]]);
  assertEquals(callUntyped(new Keyed() as AnyLayer, { a: ones([1, 1]), b: ones([1, 6]) }).shape, [1, 2]);
});

Deno.test("nested layers without build are built", () => {
  class Outer extends Layer<Anything> {
    readonly blocks: Composite[] = [new Composite({ name: "net" }), new Composite({ name: "net_1" })];
    override call(x: Tensor): Tensor {
      return this.blocks.reduce<Tensor>((y, block) => callUntyped(block as AnyLayer, y), x);
    }
  }
  const outer = new Outer({ name: "outer" }) as AnyLayer;
  outer.build(["batch", 3]);
  assertEquals(pathsOf(outer), [
    ...compositePaths.map((path) => `outer/${path}`),
    ...compositePaths.map((path) => `outer/${path.replace("net", "net_1")}`),
  ]);
});

Deno.test("a layer whose call reads values is built as it runs", () => {
  class Reads extends Layer<Anything> {
    readonly dense = new Dense(2, { name: "dense" });
    override call(x: Tensor): Tensor {
      return (x as unknown as { dataSync(): Float32Array }).dataSync()[0]! > 0 ? this.dense(x) : x;
    }
  }
  const layer = new Reads({ name: "reads" });
  assertEquals(callUntyped(layer as AnyLayer, [[1, 2]]).shape, [1, 2]);
  assertEquals(pathsOf(layer as AnyLayer), ["reads/dense/kernel", "reads/dense/bias"]);

  const told = new Reads({ name: "reads" });
  const error = errorOf(() => told.build([1, 2]));
  assert(
    error.message.startsWith(
      "Cannot build layer reads: its call() failed on symbolic tensors, and it has sublayers but no build() of its " +
        "own: Cannot read values: ",
    ),
    error.message,
  );
  assert(error.cause instanceof Error);
  assertEquals([told.built, told.dense.built, told.weights], [false, false, []]);
});

Deno.test("a composite whose call fails at the first attempt is as it was, with all layers inside", () => {
  class Breaks extends Layer<Anything> {
    readonly first: Named = new Dense(4);
    readonly second: Named = new Dense(2, { inputDim: 4 });
    wrong = true;
    override call(x: Tensor): Tensor {
      return this.second(this.wrong ? x : this.first(x));
    }
  }
  for (const way of ["build", "symbolic", "eager"]) {
    const layer = new Breaks();
    const attempt = () => {
      if (way === "build") layer.build([null, 3]);
      else callUntyped(layer as AnyLayer, way === "eager" ? ones([1, 3]) : input(["batch", 3]));
    };
    assertThrows(attempt, TypeError, "expected axis -1 of input shape to have value 4", way);
    assertEquals([layer.built, layer.first.built, layer.second.built, layer.weights], [false, false, false, []], way);
    layer.wrong = false;
    assertEquals(callUntyped(layer as AnyLayer, ones([1, 7])).shape, [1, 2], way);
    assertEquals(layer.weights.map(({ shape }) => shape), [[7, 4], [4], [4, 2], [2]], way);
  }
});

Deno.test("layers that a failed first call built can be built for other sizes", () => {
  class Pair extends Layer<Anything> {
    readonly first: Named = new Dense(4);
    readonly second: Named = new Dense(2);
    fail = true;
    override call(x: Tensor): Tensor {
      const y = this.second(this.first(x));
      if (this.fail) throw new RangeError("fails on purpose");
      return y;
    }
  }
  for (const given of [ones([1, 3]), input(["batch", 3])]) {
    const layer = new Pair();
    assertThrows(() => callUntyped(layer as AnyLayer, given), Error, "fails on purpose");
    assertEquals([layer.built, layer.first.built, layer.weights], [false, false, []]);
    layer.fail = false;
    assertEquals(callUntyped(layer as AnyLayer, ones([1, 7])).shape, [1, 2]);
  }
});

Deno.test("a layer with no sublayers and no build is built without a run", () => {
  let calls = 0;
  class Plain extends Layer<Anything> {
    override call(x: Tensor): Tensor {
      calls++;
      return x;
    }
  }
  const layer = new Plain();
  layer.build([1]);
  assertEquals([layer.built, calls, layer.countParams()], [true, 0, 0]);
});

Deno.test("building needs the sizes of weights, and says so", () => {
  const layer = new Composite({ name: "net" });
  const error = errorOf(() => callUntyped(layer as AnyLayer, input(["batch", null])));
  assert(
    error.message.includes("Cannot make weight net/hidden/kernel: expected a shape of known sizes, received [?, 4]"),
    error.message,
  );
  assertEquals([layer.built, layer.hidden.built], [false, false]);
  assertEquals(callUntyped(layer as AnyLayer, zeros([2, 3])).shape, [2, 2]);
});

Deno.test("a call that fails after the build leaves the layer built", () => {
  class Throws extends Layer<Anything> {
    weight!: Variable;
    fail = true;
    override build(): void {
      this.weight = this.addWeight({ name: "weight", initializer: "ones" });
    }
    override call(x: Tensor): Tensor {
      if (this.fail) throw new RangeError("fails on purpose");
      return ops.multiply(x, this.weight) as Tensor;
    }
  }
  const layer = new Throws();
  assertThrows(() => callUntyped(layer as AnyLayer, [2]), RangeError);
  const { weight } = layer;
  assertEquals([layer.built, layer.weights.length], [true, 1]);
  layer.fail = false;
  assertEquals(arrayOf(callUntyped(layer as AnyLayer, [2])), [2]);
  assertStrictEquals(layer.weight, weight);
});

Deno.test("initializers run eagerly even when a symbolic call builds", () => {
  class Initializes extends Layer<Anything> {
    weight!: Variable;
    override build(): void {
      this.weight = this.addWeight({
        shape: [2],
        initializer: (shape, { dtype }) => ops.multiply(ones(shape, { dtype }), 3) as Tensor,
      });
    }
    override call(x: Tensor): Tensor {
      return ops.add(x, this.weight) as Tensor;
    }
  }
  const layer = new Initializes();
  callUntyped(layer as AnyLayer, input(["batch", 2]));
  assertEquals(layer.weight.array() as unknown, [3, 3]);
  assertEquals(arrayOf(callUntyped(layer as AnyLayer, tensor([[1, 2]]))), [[4, 5]]);
});

Deno.test("a function that initializes with another shape fails the build", () => {
  class Initializes extends Layer<Anything> {
    override build(): void {
      this.addWeight({ shape: [2], initializer: () => ones([3]) });
    }
    override call(x: Tensor): Tensor {
      return x;
    }
  }
  const layer = new Initializes() as AnyLayer;
  assertThrows(
    () => layer.build([1]),
    ShapeError,
    "expected the function to give an eager tensor of shape [2], received shape [3]",
  );
  assertEquals([layer.built, layer.weights], [false, []]);
});
