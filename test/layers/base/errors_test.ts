import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import {
  type AnyLayer,
  type Anything,
  type CallOptions,
  clearSession,
  Dense,
  DTypeError,
  EngineError,
  input,
  Lambda,
  Layer,
  ones,
  ops,
  ShapeError,
  type Tensor,
  tensor,
  zeros,
} from "@strata/nn";
import { callUntyped, errorOf } from "../layer_test_harness.ts";

class Custom extends Error {
  override readonly name = "Custom";
  readonly code: number;
  constructor(code: number, unit: { readonly of: string }) {
    super(`code ${code} of ${unit.of}`);
    this.code = code;
  }
}

class Throws extends Layer<Anything> {
  readonly thrown: unknown;
  constructor(thrown: unknown, name: string) {
    super({ name });
    this.thrown = thrown;
  }
  override call(_x: Tensor, _options: CallOptions): Tensor {
    throw this.thrown;
  }
}

/** Calls another layer. */
class Around extends Layer<Anything> {
  readonly inner: AnyLayer;
  constructor(inner: AnyLayer, name: string) {
    super({ name });
    this.inner = inner;
  }
  override build(): void {}
  override call(x: Tensor): Tensor {
    return callUntyped(this.inner, x);
  }
}

Deno.test("an error of call names the layer and the shapes of its arguments", () => {
  const layer = new Throws(new RangeError("boom"), "bad") as AnyLayer;
  const error = errorOf(() => callUntyped(layer, ones([2, 3])));
  assertEquals(
    error.message,
    "boom\n\nRaised while calling Throws.call() of layer bad with:\n  inputs: EagerTensor [2, 3] float32",
  );
  assertStrictEquals(error.constructor, RangeError);
});

Deno.test("an error of call says which options were given", () => {
  const layer = new Throws(new Error("boom"), "bad") as AnyLayer;
  const error = errorOf(() =>
    callUntyped(layer, input(["batch", null], { dtype: "int64" }), { training: true, mask: tensor([true, false]) })
  );
  const lines = error.message.split("\n");
  assertEquals(lines.slice(0, 3), ["boom", "", "Raised while calling Throws.call() of layer bad with:"]);
  assertEquals(lines.slice(3).sort(), [
    "  inputs: SymbolicTensor [batch, ?] int64",
    "  mask: EagerTensor [2] bool",
    "  training: true",
  ]);
});

Deno.test("an error of call shows the tensors of arrays and records, never their contents", () => {
  const layer = new Throws(new Error("boom"), "bad") as AnyLayer;
  const { message } = errorOf(() => callUntyped(layer, [tensor([123.25]), { a: tensor([[987.5]]), b: null }]));
  assert(message.includes("EagerTensor [1] float32") && message.includes("EagerTensor [1, 1] float32"), message);
  assert(!message.includes("123.25") && !message.includes("987.5"), message);
});

Deno.test("an error is located once, in the innermost layer, by its path", () => {
  const inner = new Throws(new Error("boom"), "inner") as AnyLayer;
  const outer = new Around(new Around(inner, "middle") as AnyLayer, "outer") as AnyLayer;
  for (const given of [ones([2]), input(["batch"])]) {
    const { message } = errorOf(() => callUntyped(outer, given));
    assertEquals(message.split("Raised while calling").length, 2, message);
    assert(message.includes("Raised while calling Throws.call() of layer outer/middle/inner with:"), message);
    (inner as unknown as { thrown: Error }).thrown = new Error("boom");
  }
});

Deno.test("the error that is thrown is the one that call threw, with its class, fields and cause", () => {
  const thrown = new Custom(7, { of: "nine" });
  const error = errorOf(() => callUntyped(new Throws(thrown, "bad") as AnyLayer, [1]));
  assertStrictEquals(error, thrown);
  assert(error instanceof Custom);
  assertEquals([error.code, error.name, error.message.split("\n")[0]], [7, "Custom", "code 7 of nine"]);
});

Deno.test("the stack, which consoles print, says what the message says", () => {
  const error = errorOf(() => callUntyped(new Throws(new Error("boom"), "bad") as AnyLayer, [1]));
  assert(Deno.inspect(error).includes("Raised while calling Throws.call() of layer bad with:"));
});

Deno.test("what is thrown and is no error, or cannot be changed, becomes the cause of an error", () => {
  class Fixed extends Error {
    override get message(): string {
      return "fixed";
    }
  }
  const thrown = [
    "text",
    5,
    null,
    undefined,
    { message: "record" },
    Object.freeze(new RangeError("frozen")),
    new Fixed(),
  ];
  for (const each of thrown) {
    const error = errorOf(() => callUntyped(new Throws(each, "bad") as AnyLayer, [1]));
    assertStrictEquals(error.cause, each);
    assert(error.message.includes("Raised while calling Throws.call() of layer bad with:"), error.message);
  }
});

Deno.test("an error without a message is located too", () => {
  const error = errorOf(() => callUntyped(new Throws(new TypeError(), "bad") as AnyLayer, [1]));
  assertStrictEquals(error.constructor, TypeError);
  assert(error.message.includes("of layer bad with:"), error.message);
});

Deno.test("the shape error of an op keeps its class and says in which layer it arose", () => {
  const layer = new Lambda((x) => ops.matmul(x, ones([7, 2])) as Tensor, { name: "product" }) as AnyLayer;
  for (const given of [ones([1, 3]), input(["batch", 3])]) {
    const error = errorOf(() => callUntyped(layer, given));
    assertStrictEquals(error.constructor, ShapeError);
    assert(error.message.includes("of layer product with:"), error.message);
  }
});

Deno.test("a refused input of an inner layer is one sentence, nothing added", () => {
  clearSession();
  const inner = new Dense(2, { inputDim: 9, name: "inner" }) as AnyLayer;
  const outer = new Around(inner, "outer") as AnyLayer;
  const error = errorOf(() => callUntyped(outer, ones([1, 3])));
  assertStrictEquals(error.constructor, ShapeError);
  assertEquals(
    error.message,
    "Input 0 of layer inner is incompatible with the layer: expected axis -1 of input shape to have value 9 but " +
      "received input with shape [1, 3]",
  );
});

Deno.test("an error of the engine names the op and the path of the layer", () => {
  const pick = new Lambda((x) => ops.take(ones([2]), x) as Tensor, { name: "pick" }) as AnyLayer;
  const outer = new Around(pick, "outer") as AnyLayer;
  const error = errorOf(() => callUntyped(outer, tensor([5], { dtype: "int32" })));
  assert(error instanceof EngineError);
  assert(error.message.startsWith("Cannot run take in layer outer/pick: "), error.message);
});

Deno.test("reading a symbolic tensor in call says which layer is being traced and what to use", () => {
  const reader = new Lambda((x) => {
    (x as unknown as { dataSync(): unknown }).dataSync();
    return x;
  }, { name: "reader" });
  const error = errorOf(() => callUntyped(new Around(reader as AnyLayer, "outer") as AnyLayer, input([1, 3])));
  assertEquals(
    error.message.split("\n")[0],
    "Cannot read values: SymbolicTensor [1, 3] float32 (input input) stands for values that exist only when its graph " +
      "runs; the layer being traced is outer/reader; compute with ops on the tensor itself, return it to see its values, " +
      "or call the layer with an eager tensor",
  );
});

Deno.test("a failed call leaves nothing behind: the next one is as if it had not been", () => {
  clearSession();
  const layer = new Around(new Throws(new Error("boom"), "bad") as AnyLayer, "outer") as AnyLayer;
  errorOf(() => callUntyped(layer, input([1])));
  errorOf(() => callUntyped(layer, ones([1]), { training: true }));
  const seen: unknown[] = [];
  const tells = new Lambda((x, { training }) => (seen.push(training), x), { name: "tells" });
  tells(zeros([1]));
  assertEquals(seen, [undefined]);
  assertEquals(
    errorOf(() => callUntyped(new Throws(new Error("x"), "alone") as AnyLayer, [1])).message.includes("outer"),
    false,
  );
});

Deno.test("shape and dtype errors are type errors", () => {
  assert(new ShapeError("x") instanceof TypeError && new DTypeError("x") instanceof TypeError);
  assertEquals([new ShapeError("x").name, new DTypeError("x").name, new EngineError("x").name], [
    "ShapeError",
    "DTypeError",
    "EngineError",
  ]);
});
