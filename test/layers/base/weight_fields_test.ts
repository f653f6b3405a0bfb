import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  declareWeights,
  Dense,
  type EagerTensor,
  Layer,
  ops,
  type Shape,
  type Tensor,
  Variable,
  zeros,
} from "@strata/nn";
import { EVERY_LAYER, makeLayer } from "../every_layer.ts";
import { callUntyped, errorOf } from "../layer_test_harness.ts";

const fieldOf = (layer: object, field: string): unknown => (layer as { readonly [field: string]: unknown })[field];

let fields = 0;
for (const [name, { input }] of Object.entries(EVERY_LAYER)) {
  Deno.test(`weights in fields of ${name} say that it is not built, or are null`, () => {
    const built = makeLayer(name, { name: "it" } as never);
    const fresh = makeLayer(name, { name: "it" } as never);
    callUntyped(built, input);
    for (const [field, value] of Object.entries(built)) {
      if (!(value instanceof Variable)) continue;
      fields++;
      const error = errorOf(() => {
        if (fieldOf(fresh, field) === null) throw new TypeError("null");
      });
      const sentence = `Cannot read ${field} of layer it: it is not built; call it, or layer.build(inputShape)`;
      assert(error instanceof TypeError && ["null", sentence].includes(error.message), error.message);
    }
    assertEquals(fresh.built, false);
  });
}

Deno.test("the layers above have weights in fields", () => assert(fields > 30, `${fields}`));

Deno.test("a weight is there once the layer is built, and not after a build that failed", () => {
  const layer = new Dense(3, { name: "head", biasInitializer: () => zeros([4]) });
  const unbuilt = "Cannot read kernel of layer head: it is not built; call it, or layer.build(inputShape)";
  assertThrows(() => layer.kernel, TypeError, unbuilt);
  assertThrows(() => layer.build([null, 2]), Error, "shape");
  assertThrows(() => layer.kernel, TypeError, unbuilt);
  const other = new Dense(3, { name: "head" });
  other(zeros([1, 2]));
  assertEquals(other.kernel.shape, [2, 3]);
  assertEquals(Object.keys(other).includes("kernel"), true);
});

Deno.test("a subclass reads the weights of its class", () => {
  class Doubled extends Dense<3> {
    constructor() {
      super(3);
    }
    override call(x: Tensor): Tensor {
      return ops.matmul(x, ops.multiply(this.kernel, 2)) as Tensor;
    }
  }
  const layer = new Doubled();
  assert(layer instanceof Layer);
  assertThrows(() => layer.kernel, TypeError, "Cannot read kernel of layer doubled");
  assertEquals(layer(zeros([1, 2])).shape, [1, 3]);
});

class Shifted extends Layer {
  declare offset: Variable;
  override build(inputShape: Shape): void {
    this.offset = this.addWeight({ name: "offset", shape: [inputShape.at(-1)!], initializer: "ones" });
  }
  override call(x: Tensor): Tensor {
    return ops.add(x, this.offset) as Tensor;
  }
}
declareWeights(Shifted, ["offset"]);

Deno.test("a custom layer says that a weight is not there before it is built, also after a failed build", () => {
  const layer = new Shifted({ name: "shifted" });
  const unbuilt = "Cannot read offset of layer shifted: it is not built; call it, or layer.build(inputShape)";
  assertThrows(() => layer.offset, TypeError, unbuilt);
  assertThrows(() => layer.build([null, null]), Error);
  assertThrows(() => layer.offset, TypeError, unbuilt);
  assertEquals((layer(zeros([1, 2])) as EagerTensor).array() as unknown, [[1, 1]]);
  assertEquals([layer.offset.path, layer.weights.length], ["shifted/offset", 1]);

  class Twice extends Shifted {
    override call(x: Tensor): Tensor {
      return super.call(super.call(x));
    }
  }
  const twice = new Twice({ name: "twice" });
  assertThrows(() => twice.offset, TypeError, "Cannot read offset of layer twice");
  assertEquals((twice(zeros([1, 2])) as EagerTensor).array() as unknown, [[2, 2]]);
});
