import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  input,
  jit,
  type Keeps,
  Layer,
  type Maps,
  ops,
  Sequential,
  type Shape,
  ShapeError,
  type Tensor,
  trace,
  zeros,
} from "@strata/nn";
import { errorOf } from "../layer_test_harness.ts";

class Wrong extends Layer<Keeps<"wrong">> {
  override call(x: Tensor): Tensor {
    return ops.sum(x, { axis: -1 });
  }
  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }
}

Deno.test("a call that gives another shape than the class says is refused, eagerly, in models and traces", () => {
  const sentence = (expected: string, received: string) =>
    `Wrong.call() returned other shapes than computeOutputShape() says: expected ${expected}, received ${received}`;
  const layer = new Wrong({ name: "it" });
  for (let turn = 0; turn < 2; turn++) {
    const error = errorOf(() => layer(zeros([3, 2])));
    assert(error instanceof ShapeError);
    assert(error.message.startsWith(`${sentence("[3, 2]", "[3]")}\n\nRaised while calling Wrong.call() of layer it`));
  }
  const open = sentence("[batch, 2]", "[batch]");
  assertThrows(() => new Wrong()(input(["batch", 2])), ShapeError, open);
  assertThrows(() => new Sequential(input(["batch", 2]), new Wrong()), ShapeError, open);
  assertThrows(() => trace(new Wrong(), input(["batch", 2])), ShapeError, open);
  assertThrows(() => jit(new Wrong())(zeros([3, 2])), ShapeError, "computeOutputShape() says: expected");
  const built = new Wrong();
  built.build([3, 2]);
  assertThrows(() => built(zeros([3, 2])), ShapeError, sentence("[3, 2]", "[3]"));
});

Deno.test("arrays and records of shapes are compared part by part", () => {
  class Pair extends Layer {
    readonly #said: unknown;
    constructor(said: unknown) {
      super();
      this.#said = said;
    }
    override call(x: Tensor) {
      return { sums: [ops.sum(x), ops.sum(x, { axis: 1 })], x };
    }
    override computeOutputShape(): never {
      return this.#said as never;
    }
  }
  const call = (said: unknown) => () => new Pair(said)(zeros([3, 2])) as unknown;
  assertEquals(Object.keys(call({ sums: [[], [3]], x: [3, 2] })() as object), ["sums", "x"]);
  call({ sums: [[], [null]], x: ["batch", 2] })();
  const given = "received { sums: [[], [3]], x: [3, 2] }";
  assertThrows(call({ sums: [[], [4]], x: [3, 2] }), ShapeError, `expected { sums: [[], [4]], x: [3, 2] }, ${given}`);
  assertThrows(call({ sums: [[], [3]] }), ShapeError, given);
  assertThrows(call({ sums: [[3]], x: [3, 2] }), ShapeError, given);
  assertThrows(call({ sums: [[], [3]], y: [3, 2] }), ShapeError, given);
  assertThrows(call([3, 2]), ShapeError, `expected [3, 2], ${given}`);
});

Deno.test("a class is asked until a call has given what it says, and may ask its base class", () => {
  let asked = 0;
  class Twice extends Layer<Maps<"twice", ["batch", "n"], ["batch", "n"]>> {
    override call(x: Tensor): Tensor {
      return ops.multiply(x, 2);
    }
    override computeOutputShape(inputShape: Shape): Shape {
      asked++;
      return super.computeOutputShape(inputShape) as Shape;
    }
  }
  const layer = new Twice();
  for (let turn = 0; turn < 3; turn++) assertEquals(layer(zeros([3, 2])).shape, [3, 2]);
  assertEquals(asked, 1);
});
