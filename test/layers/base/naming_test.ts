import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  type AnyLayer,
  type Anything,
  clearSession,
  Dense,
  Dropout,
  input,
  Layer,
  type Shape,
  type Tensor,
} from "@strata/nn";
import { snakeCase } from "../../../src/layers/base/naming.ts";
import { currentPath, withScope } from "../../../src/tensor/scope.ts";
import { callUntyped } from "../layer_test_harness.ts";

Deno.test("class names become snake case as in Keras", () => {
  const names = {
    Conv2D: "conv2d",
    MaxPooling2D: "max_pooling2d",
    GlobalMaxPooling2D: "global_max_pooling2d",
    MultiHeadAttention: "multi_head_attention",
    LSTMCell: "lstm_cell",
    LSTM: "lstm",
    RMSNormalization: "rms_normalization",
    PReLU: "p_re_lu",
    ReLU: "re_lu",
    LeakyReLU: "leaky_re_lu",
    ELU: "elu",
    RNN: "rnn",
    _Private: "__private",
    ABCLayer: "abc_layer",
    EinsumDense: "einsum_dense",
    myVariableNameHere: "my_variable_name_here",
    convertTHIS: "convert_this",
    UPPERCASE: "uppercase",
    $Dollar: "dollar",
  };
  for (const [name, expected] of Object.entries(names)) assertEquals(snakeCase(name), expected, name);
});

Deno.test("layers without a name are numbered by class, the first without a number", () => {
  clearSession();
  const layers = [new Dense(1), new Dense(1), new Dropout(0.5), new Dense(1), new Dropout(0.5)] as AnyLayer[];
  assertEquals(layers.map(({ name }) => name), ["dense", "dense_1", "dropout", "dense_2", "dropout_1"]);
});

Deno.test("given names are not numbered, and use up none", () => {
  clearSession();
  const layers = [new Dense(1, { name: "dense" }), new Dense(1, { name: "dense" }), new Dense(1)];
  assertEquals(layers.map(({ name }) => name), ["dense", "dense", "dense"]);
});

Deno.test("a name has no slash and is not empty", () => {
  clearSession();
  for (const name of ["a/b", "", "/", 5, null]) {
    assertEquals(
      assertThrows(() => new Dense(1, { name: name as never }), TypeError).message,
      `Cannot name layer dense: expected a name without "/", received ${JSON.stringify(name)}`,
    );
  }
});

Deno.test("the name of a layer is the function's name too", () => {
  const layer = new Dense(1, { name: "head" });
  assertEquals(layer.name, "head");
  assertThrows(() => ((layer as { name: string }).name = "other"), TypeError);
});

/** As in Keras's own test: a layer in a layer in a layer, each with a weight. */
class Innermost extends Layer<Anything> {
  inner: unknown;
  constructor() {
    super({ name: "inner_inner_layer" });
    this.inner = this.addWeight({ name: "inner" });
  }
  override call(x: Tensor): Tensor {
    return x;
  }
}
class Inner extends Layer<Anything> {
  inner: unknown;
  readonly innermost = new Innermost();
  constructor() {
    super({ name: "inner_layer" });
    this.inner = this.addWeight({ name: "inner" });
  }
  override call(x: Tensor): Tensor {
    return callUntyped(this.innermost as AnyLayer, x);
  }
}

Deno.test("weights made in a constructor have the path of that moment", () => {
  class Training extends Layer<Anything> {
    readonly inner = new Inner();
    override call(x: Tensor): Tensor {
      return callUntyped(this.inner as AnyLayer, x);
    }
  }
  const layer = new Training({ name: "training_layer" }) as AnyLayer;
  callUntyped(layer, [1]);
  assertEquals(layer.weights.map(({ path }) => path), ["inner_layer/inner", "inner_inner_layer/inner"]);
});

Deno.test("weights made in build have the path of the layers around", () => {
  class Training extends Layer<Anything> {
    inner!: InBuild;
    override build(): void {
      this.inner = new InBuild("inner_layer", new InBuild("inner_inner_layer", null));
      this.inner.build([1]);
    }
    override call(x: Tensor): Tensor {
      return callUntyped(this.inner as AnyLayer, x);
    }
  }
  class InBuild extends Layer<Anything> {
    readonly next: InBuild | null;
    constructor(name: string, next: InBuild | null) {
      super({ name });
      this.next = next;
    }
    override build(inputShape: Shape): void {
      this.addWeight({ name: "inner" });
      this.next?.build(inputShape);
    }
    override call(x: Tensor): Tensor {
      return this.next === null ? x : callUntyped(this.next as AnyLayer, x);
    }
  }
  const layer = new Training({ name: "training_layer" });
  callUntyped(layer as AnyLayer, [1]);
  assertEquals(layer.weights.map(({ path }) => path), [
    "training_layer/inner_layer/inner",
    "training_layer/inner_layer/inner_inner_layer/inner",
  ]);
  assertEquals([layer.path, layer.inner.path, layer.inner.next!.path], [
    "training_layer",
    "training_layer/inner_layer",
    "training_layer/inner_layer/inner_inner_layer",
  ]);
});

Deno.test("the path is null before the build", () => {
  const layer = new Dense(1, { name: "head" });
  assertStrictEquals(layer.path, null);
  layer(input([null, 2]));
  assertEquals(layer.path, "head");
});

Deno.test("scopes nest, and end with what runs in them", () => {
  assertEquals(currentPath(), "");
  const nested = withScope("outer", () => withScope("middle", () => withScope("inner", currentPath)));
  assertEquals(nested, "outer/middle/inner");
  assertThrows(() =>
    withScope("outer", () => {
      throw new Error("fails");
    })
  );
  assertEquals(currentPath(), "");
});
