import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  type AnyLayer,
  type Anything,
  type CallOptions,
  clearSession,
  Dense,
  type DType,
  EagerTensor,
  executingEagerly,
  Graph,
  input,
  Lambda,
  Layer,
  type LayerOptions,
  type Maps,
  ones,
  ops,
  type Shape,
  ShapeError,
  SymbolicTensor,
  type Tensor,
  tensor,
  type Variable,
  zeros,
} from "@strata/nn";
import { arrayOf, callUntyped, errorOf } from "../layer_test_harness.ts";

class Scale extends Layer<Maps<"scale", ["...", "features"], ["...", "features"]>> {
  factor!: Variable;
  override build(inputShape: Shape): void {
    this.factor = this.addWeight({ name: "factor", shape: [inputShape.at(-1)!], initializer: "ones" });
  }
  override call(x: Tensor): Tensor {
    return ops.multiply(x, this.factor) as Tensor;
  }
}

/** Adds two inputs, in an array. */
class Sum extends Layer<Anything> {
  override call([a, b]: readonly [Tensor, Tensor]): Tensor {
    return ops.add(a, b) as Tensor;
  }
}

Deno.test("a layer is called like a function and is an instance of its class", () => {
  const layer = new Scale();
  assertEquals(typeof layer, "function");
  assert(layer instanceof Scale && layer instanceof Layer);
  assertEquals([layer.className, layer.constructor], ["Scale", Scale]);
  const y = layer(tensor([[1, 2]]));
  assert(y instanceof EagerTensor);
  assertEquals(y.array(), [[1, 2]]);
});

Deno.test("the first call builds the layer, once", () => {
  let builds = 0;
  class Counts extends Scale {
    override build(inputShape: Shape): void {
      builds++;
      super.build(inputShape);
    }
  }
  const layer = new Counts();
  assertEquals([layer.built, layer.weights, layer.path, builds], [false, [], null, 0]);
  layer(zeros([2, 3]));
  const { factor } = layer;
  assertEquals([layer.built, builds, factor.shape], [true, 1, [3]]);
  layer(zeros([5, 3]));
  layer(input(["batch", 3]));
  layer.build([null, 3]);
  assertEquals(builds, 1);
  assertStrictEquals(layer.weights[0], factor);
});

Deno.test("a layer takes tensors, typed arrays, nested arrays and numbers", () => {
  const twice = new Lambda((x) => ops.add(x, x));
  assertEquals(twice(tensor([1, 2])).array(), [2, 4]);
  assertEquals(twice(new Float32Array([1, 2])).array(), [2, 4]);
  assertEquals(twice([[1], [2]]).array(), [[2], [4]]);
  assertEquals(arrayOf(callUntyped(twice as AnyLayer, 3)), 6);
  const ints = twice(new Int32Array([1, 2]));
  assertEquals([ints.dtype, ints.array()], ["int32", [2, 4]]);
});

Deno.test("a layer takes variables", () => {
  const scale = new Scale();
  scale.build([null, 2]);
  const { factor } = scale;
  factor.assign([2, 3]);
  const twice = new Lambda((x) => ops.add(x, x)) as AnyLayer;
  assertEquals(arrayOf(callUntyped(twice, factor)), [4, 6]);
});

Deno.test("a layer takes and gives arrays and records of tensors", () => {
  const sum = new Sum() as AnyLayer;
  assertEquals(arrayOf(callUntyped(sum, [tensor([1, 2]), tensor([3, 4])])), [4, 6]);
  assertEquals(arrayOf(callUntyped(sum, [new Float32Array([1]), tensor([3])])), [4]);
  class Both extends Layer<Anything> {
    override call({ left, right }: { readonly left: Tensor; readonly right: Tensor }) {
      return { sum: ops.add(left, right) as Tensor, parts: [left, right] };
    }
  }
  const both = new Both() as AnyLayer;
  const eager = callUntyped(both, { right: [3], left: [1] }) as unknown as { sum: EagerTensor; parts: EagerTensor[] };
  assertEquals([eager.sum.array(), eager.parts.map((part) => part.array())], [[4], [[1], [3]]]);
  const symbols = { left: input(["batch", 2]), right: input(["batch", 2]) };
  const symbolic = callUntyped(both, symbols) as unknown as { sum: SymbolicTensor; parts: SymbolicTensor[] };
  assert(symbolic.sum instanceof SymbolicTensor);
  assertEquals([symbolic.sum, ...symbolic.parts].map(({ shape }) => shape), [
    ["batch", 2],
    ["batch", 2],
    ["batch", 2],
  ]);
  assertEquals(both.computeOutputShape({ left: [4, 1], right: [4, 5] }), { sum: [4, 5], parts: [[4, 1], [4, 5]] });
});

Deno.test("a layer refuses what no tensor can be made of", () => {
  clearSession();
  const layer = new Lambda((x) => x) as AnyLayer;
  for (const [given, kind] of [["text", "string"], [new Date(0), "object"], [() => 1, "function"]] as const) {
    assertEquals(
      errorOf(() => callUntyped(layer, given)).message,
      `Cannot call layer lambda: expected tensors, typed arrays or nested arrays, received ${kind}`,
    );
  }
  assertThrows(() => callUntyped(layer, [[1, 2], [3]]), ShapeError);
});

Deno.test("a symbolic tensor gives a symbolic result, with the layer as the scope of what is recorded", () => {
  const layer = new Dense(3, { name: "head", activation: (y) => ops.exp(y) });
  const y = layer(input(["batch", null, 2]));
  assert(y instanceof SymbolicTensor);
  assertEquals([y.shape, y.dtype], [["batch", null, 3], "float32"]);
  class Outer extends Layer<Anything> {
    readonly inner = new Dense(2, { name: "inner" });
    override call(x: Tensor): Tensor {
      return this.inner(ops.negative(x) as Tensor);
    }
  }
  const x = input(["batch", 4]);
  const outer = new Outer({ name: "outer" });
  const result = callUntyped(outer as AnyLayer, x) as SymbolicTensor;
  const { nodes } = new Graph([x], [result]);
  assertEquals(nodes.map(({ scope }) => scope), ["outer", ...nodes.slice(1).map(() => "outer/inner")]);
  assertEquals(nodes[0]!.operation, "negative");
});

Deno.test("a graph knows the weights that it reads", () => {
  const [used, unused] = [new Dense(2), new Dense(2)];
  const x = input(["batch", 3]);
  unused(x);
  assertEquals(new Set(new Graph([x], [used(x)]).weights), new Set([used.kernel, used.bias!]));
});

Deno.test("executingEagerly tells whether a layer runs or is traced", () => {
  const modes: string[] = [];
  class Tells extends Layer<Anything> {
    override build(): void {
      modes.push(`build ${executingEagerly()}`);
    }
    override call(x: Tensor): Tensor {
      modes.push(`call ${executingEagerly()}`);
      return x;
    }
  }
  assert(executingEagerly());
  const layer = new Tells() as AnyLayer;
  callUntyped(layer, input(["batch"]));
  callUntyped(layer, [1]);
  assertEquals(modes, ["build true", "call false", "call true"]);
  assertThrows(() =>
    callUntyped(
      new Lambda(() => {
        throw new Error("fails");
      }) as AnyLayer,
      input([1]),
    )
  );
  assert(executingEagerly(), "a failed trace is over");
});

Deno.test("training is what was given, else that of the call around", () => {
  const seen: (boolean | undefined)[] = [];
  const tells = new Lambda((x, { training }) => (seen.push(training), x));
  class Outer extends Layer<Anything> {
    override call(x: Tensor): Tensor {
      return tells(tells(tells(x), { training: true }), { training: false });
    }
  }
  class Outermost extends Layer<Anything> {
    readonly outer = new Outer() as AnyLayer;
    override build(): void {}
    override call(x: Tensor): Tensor {
      return tells(callUntyped(this.outer, x));
    }
  }
  const layer = new Outermost() as AnyLayer;
  for (const given of [undefined, true, false]) {
    seen.length = 0;
    callUntyped(layer, [1], given === undefined ? {} : { training: given });
    assertEquals(seen, [given, true, false, given]);
  }
  seen.length = 0;
  tells([1]);
  assertEquals(seen, [undefined]);
});

Deno.test("training does not leak out of a call that fails", () => {
  const seen: (boolean | undefined)[] = [];
  const fails = new Lambda(() => {
    throw new Error("fails");
  });
  assertThrows(() => fails([1], { training: true }));
  new Lambda((x, { training }) => (seen.push(training), x))([1]);
  assertEquals(seen, [undefined]);
});

Deno.test("call is given the mask, which is not handed down", () => {
  const seen: (Tensor | null | undefined)[] = [];
  const inner = new Lambda((x, { mask }) => (seen.push(mask), x));
  const outer = new Lambda((x, { mask }) => (seen.push(mask), inner(x)));
  const mask = tensor([true]);
  outer([1], { mask });
  assertStrictEquals(seen[0], mask);
  assertEquals([seen.length, seen[1]], [2, undefined]);
});

Deno.test("floats are converted to the layer's dtype, all else stays", () => {
  class Tells extends Layer<Anything> {
    seen: DType[] = [];
    override call(inputs: readonly Tensor[]): Tensor {
      this.seen = inputs.map(({ dtype }) => dtype);
      return inputs[0]!;
    }
  }
  const all: readonly DType[] = ["float64", "float32", "float16", "int32", "int64", "uint8", "bool"];
  const inputs = all.map((dtype) => ones([1], { dtype }));
  const rest = ["int32", "int64", "uint8", "bool"];
  for (const dtype of ["float32", "float64", "float16"] as const) {
    const layer = new Tells({ dtype });
    callUntyped(layer as AnyLayer, inputs);
    assertEquals(layer.seen as string[], [dtype, dtype, dtype, ...rest]);
  }
  const untouched = new Tells();
  untouched.autocast = false;
  callUntyped(untouched as AnyLayer, inputs);
  assertEquals(untouched.seen, all);
});

Deno.test("dtype is one that there is", () => {
  for (const dtype of ["float31", "", "double"]) {
    const options: LayerOptions = { dtype: dtype as DType };
    const error = assertThrows(() => new Lambda((x) => x, options), TypeError);
    assert(error.message.includes(dtype) && error.message.includes("float32"), error.message);
  }
});

Deno.test("computeOutputShape leaves the layer, its sublayers and the names as they were", () => {
  clearSession();
  class Makes extends Layer<Anything> {
    readonly inner = new Dense(3, { name: "inner" });
    override call(x: Tensor): Tensor {
      return new Dense(2)(this.inner(x));
    }
  }
  const layer = new Makes();
  assertEquals(layer.computeOutputShape(["batch", null, 5]), ["batch", null, 2]);
  assertEquals([layer.built, layer.inner.built, layer.path, layer.weights], [false, false, null, []]);
  assertEquals([new Dense(1).name, input([1]).name], ["dense", "input"]);
});

Deno.test("computeOutputShape binds nothing: the layer can be built for other sizes", () => {
  const layer = new Dense(2);
  assertEquals(layer.computeOutputShape([1, 5]), [1, 2]);
  assertEquals(layer.computeOutputShape([1, 7]), [1, 2]);
  assertEquals(layer(ones([1, 4])).shape, [1, 2]);
  assertEquals(layer.kernel.shape, [4, 2]);
});

Deno.test("computeOutputShape refuses what a call refuses", () => {
  clearSession();
  const layer = new Dense(3, { inputDim: 5 });
  assertEquals(
    assertThrows(() => layer.computeOutputShape([10, 4]), ShapeError).message,
    "Input 0 of layer dense is incompatible with the layer: expected axis -1 of input shape to have value 5 but " +
      "received input with shape [10, 4]",
  );
});

Deno.test("an asynchronous call gets a clear error", async () => {
  class Slow extends Layer<Anything> {
    override call(x: Tensor): unknown {
      return Promise.resolve(x);
    }
  }
  class Rejects extends Layer<Anything> {
    override call(): unknown {
      return Promise.reject(new Error("never seen"));
    }
  }
  for (const given of [ones([1]), input([1])]) {
    const { message } = errorOf(() => callUntyped(new Slow({ name: "slow" }) as AnyLayer, given));
    assertEquals(
      message.split("\n")[0],
      "Slow.call() returned a promise: expected tensors; call must be synchronous",
    );
    assert(message.includes("layer slow"), message);
  }
  assertThrows(() => callUntyped(new Rejects() as AnyLayer, [1]), TypeError, "Rejects.call() returned a promise");
  // A rejection that nobody handles would end the program here.
  await new Promise((done) => setTimeout(done, 0));
});

Deno.test("a call that returns no tensor gets a clear error", () => {
  for (const [result, kind] of [[undefined, "undefined"], [null, "null"], [5, "number"], ["x", "string"]] as const) {
    class Gives extends Layer<Anything> {
      override call(): unknown {
        return result;
      }
    }
    class GivesList extends Layer<Anything> {
      override call(x: Tensor): unknown {
        return { ok: x, wrong: [result] };
      }
    }
    for (const given of [ones([1]), input([1])]) {
      for (const layer of [new Gives(), new GivesList()] as AnyLayer[]) {
        assertEquals(
          errorOf(() => callUntyped(layer, given)).message.split("\n")[0],
          `${layer.className}.call() returned ${kind}: expected a tensor, or an array or a record of tensors`,
        );
      }
    }
  }
});

Deno.test("clearSession starts names anew, and layers go on working", () => {
  clearSession();
  const layer = new Dense(1, { kernelInitializer: "ones" });
  assertEquals([layer.name, new Dense(1).name, input([1]).name, input([1]).name], [
    "dense",
    "dense_1",
    "input",
    "input_1",
  ]);
  assertEquals(layer([[1, 2]]).array(), [[3]]);
  clearSession();
  assertEquals([new Dense(1).name, input([1]).name], ["dense", "input"]);
  assertEquals(layer([[1, 2]]).array(), [[3]]);
});

Deno.test("a layer prints its class, name, configuration and weights", () => {
  clearSession();
  const layer = new Dense(2, { activation: "relu" });
  const text = 'Dense dense { trainable: true, dtype: "float32", units: 2, inputDim: null, useBias: true, ' +
    'activation: "relu", kernelInitializer: GlorotUniform, biasInitializer: Zeros }';
  assertEquals(String(layer), `${text}, not built`);
  assertEquals(Deno.inspect(layer), `${text}, not built`);
  layer.build([null, 3]);
  const built = `${text}, weights:\n  dense/kernel [3, 2] float32\n  dense/bias [2] float32`;
  assertEquals(Deno.inspect(layer), built);
  assertEquals(Deno.inspect({ layer }).includes("dense/kernel [3, 2] float32"), true);
});

Deno.test("a layer without weights or configuration prints too", () => {
  clearSession();
  const lambda = new Lambda((x) => x);
  lambda([1]);
  assertEquals(Deno.inspect(lambda), "Lambda lambda {  }, no weights");
});

Deno.test("options of a call reach a subclass that takes them", () => {
  class Gains extends Layer<Anything> {
    override call(x: Tensor, options: CallOptions): Tensor {
      return options.training === true ? ops.multiply(x, 2) as Tensor : x;
    }
  }
  const layer = new Gains() as AnyLayer;
  assertEquals(arrayOf(callUntyped(layer, [1], { training: true })), [2]);
  assertEquals(arrayOf(callUntyped(layer, [1])), [1]);
});
