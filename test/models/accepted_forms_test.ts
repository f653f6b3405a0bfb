import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import { Dense, input, InputError, Model, ops, Sequential, ShapeError, zeros } from "@strata/nn";

Deno.test("a Sequential takes its layers in an array, with the types of layers one by one", () => {
  const model = new Sequential([input(["batch", 4]), new Dense(3), new Dense(2)], { name: "net" });
  const y = model(zeros([5, 4]));
  assertType<IsExact<typeof y.shape, readonly [5, 2]>>(true);
  assertEquals([y.shape, model.name, model.countParams()] as unknown, [[5, 2], "net", 4 * 3 + 3 + 3 * 2 + 2]);
  const open = new Sequential([new Dense(3), new Dense(2)])(zeros([7, 9]));
  assertType<IsExact<typeof open.shape, readonly [7, 2]>>(true);
  const list: Dense[] = [new Dense(3), new Dense(4)];
  assertEquals(new Sequential(list)(zeros([1, 2])).shape, [1, 4]);
});

Deno.test("a layer in an array that does not fit is refused by the compiler too", () => {
  assertThrows(
    // @ts-expect-error the second layer takes 5 features
    () => new Sequential([input(["batch", 4]), new Dense(3), new Dense(2, { inputDim: 5 })]),
    ShapeError,
    "expected axis -1 of input shape to have value 5 but received input with shape [batch, 3]",
  );
});

Deno.test("a Sequential refuses what is no layer, and options that it does not have", () => {
  assertThrows(() => new Sequential(new Dense(2), 5 as never), InputError, "expected layers, received number");
  assertThrows(() => new Sequential([new Dense(2)], [new Dense(3)] as never), InputError, "received an array");
  assertThrows(() => new Sequential(new Dense(2), { nam: "x" } as never), InputError, "did you mean name?");
});

Deno.test("a Model takes inputs and outputs by their places", () => {
  const x = input(["batch", 4]);
  const model = new Model(x, new Dense(2)(x), { name: "small" });
  const y = model(zeros([3, 4]));
  assertType<IsExact<typeof y.shape, readonly [3, 2]>>(true);
  assertEquals([y.shape, model.name] as unknown, [[3, 2], "small"]);
  const several = new Model([x, input([null, 4])], { sum: ops.add(x, 1) });
  assertEquals(several([zeros([2, 4]), zeros([2, 4])]).sum.shape, [2, 4]);
  const record = new Model({ a: x }, ops.add(x, 1));
  assertEquals(record({ a: zeros([2, 4]) }).shape, [2, 4]);
});

Deno.test("a Model that lacks its outputs, or has other options, says what to write", () => {
  const x = input(["batch", 4]);
  assertThrows(
    () => new Model(x as never),
    InputError,
    "Cannot make a model: expected outputs beside the inputs: new Model({ inputs, outputs })",
  );
  assertThrows(() => new Model({ inputs: x, output: x } as never), InputError, "did you mean outputs?");
  assertThrows(() => new Model(x, x, { names: "a" } as never), InputError, "did you mean name?");
  class Own extends Model {
    override call(): never {
      throw new Error("is not called");
    }
  }
  assertEquals(new Own({ factor: 3, name: "own" } as never).name, "own");
});

Deno.test("input says what to write where the batch is missing", () => {
  assertThrows(() => input(3 as never), InputError, "expected a shape as an array, with the batch first");
});
