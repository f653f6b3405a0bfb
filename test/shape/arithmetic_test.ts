import { assertEquals } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import {
  add,
  addDims,
  compare,
  divide,
  floorDivide,
  lessThan,
  multiply,
  multiplyDims,
  remainder,
  size,
  subtract,
} from "../../src/shape/arithmetic.ts";
import type { Dim, Shape } from "../../src/shape/dim.ts";
import { seeded } from "./random_shapes.ts";

Deno.test("arithmetic on sizes is that of whole numbers", () => {
  assertEquals(add(999, 1), 1000);
  assertEquals(add(-3, 5), 2);
  assertEquals(subtract(3, 224), -221);
  assertEquals(multiply(224, 764), 171136);
  assertEquals(divide(768, 12), 64);
  assertEquals(divide(768, 13), undefined);
  assertEquals(divide(768, 0), undefined);
  assertEquals(floorDivide(221, 2), 110);
  assertEquals(floorDivide(221, 0), null);
  assertEquals(remainder(221, 2), 1);
  assertEquals(remainder(221, 0), null);
  assertEquals(lessThan(9, 10), true);
  assertEquals(lessThan(10, 10), false);
  assertEquals([compare(9, 10), compare(10, 10), compare(10, 9)], ["less", "equal", "greater"]);
});

Deno.test("arithmetic on what is unknown, named, negative, no whole number or too great is unknown", () => {
  for (const operation of [add, subtract, multiply, divide, floorDivide, remainder, lessThan, compare]) {
    for (const unknown of [null, "batch", 1.5, 2 ** 53]) {
      assertEquals(operation(unknown, 4), null);
      assertEquals(operation(4, unknown), null);
    }
  }
  assertEquals(multiply(-1, 4), null);
  assertEquals(multiply(94906267, 94906267), null);
});

Deno.test("the types of arithmetic on sizes are exact", () => {
  assertType<IsExact<add<999, 1>, 1000>>(true);
  assertType<IsExact<add<-3, 5>, 2>>(true);
  assertType<IsExact<add<3, -5>, -2>>(true);
  assertType<IsExact<add<-3, -5>, -8>>(true);
  assertType<IsExact<add<-3, 3>, 0>>(true);
  assertType<IsExact<subtract<3, 224>, -221>>(true);
  assertType<IsExact<subtract<1000, 1>, 999>>(true);
  assertType<IsExact<subtract<3, -4>, 7>>(true);
  assertType<IsExact<multiply<224, 764>, 171136>>(true);
  assertType<IsExact<multiply<123456789, 72950000>, 9006172757550000>>(true);
  assertType<IsExact<multiply<94906265, 94906265>, 9007199136250225>>(true);
  assertType<IsExact<divide<768, 12>, 64>>(true);
  assertType<IsExact<divide<768, 13>, undefined>>(true);
  assertType<IsExact<divide<768, 0>, undefined>>(true);
  assertType<IsExact<divide<0, 5>, 0>>(true);
  assertType<IsExact<floorDivide<221, 2>, 110>>(true);
  assertType<IsExact<floorDivide<987654321, 12345>, 80004>>(true);
  assertType<IsExact<floorDivide<221, 0>, null>>(true);
  assertType<IsExact<remainder<987654321, 12345>, 4941>>(true);
  assertType<IsExact<lessThan<9, 10>, true>>(true);
  assertType<IsExact<lessThan<10, 10>, false>>(true);
  assertType<IsExact<lessThan<123456789, 123456788>, false>>(true);
  assertType<IsExact<compare<9, 10>, "less">>(true);
  assertType<IsExact<compare<10, 10>, "equal">>(true);
  assertType<IsExact<compare<10, 9>, "greater">>(true);
});

Deno.test("the types of arithmetic on what is not one size are null", () => {
  assertType<IsExact<add<number, 4>, null>>(true);
  assertType<IsExact<add<4, null>, null>>(true);
  assertType<IsExact<subtract<4, 2 | 3>, null>>(true);
  assertType<IsExact<multiply<"batch", 4>, null>>(true);
  assertType<IsExact<multiply<4, number | null>, null>>(true);
  assertType<IsExact<multiply<-1, 4>, null>>(true);
  assertType<IsExact<multiply<1.5, 4>, null>>(true);
  assertType<IsExact<divide<8 | 4, 4>, null>>(true);
  assertType<IsExact<floorDivide<8, number>, null>>(true);
  assertType<IsExact<remainder<null, 3>, null>>(true);
  assertType<IsExact<lessThan<1, string>, null>>(true);
  assertType<IsExact<compare<Dim, 3>, null>>(true);
});

Deno.test("a product of dims keeps names and collects the factor at the end", () => {
  assertEquals(multiplyDims("time", 64), "time*64");
  assertEquals(multiplyDims(64, "time"), "time*64");
  assertEquals(multiplyDims("time*64", 2), "time*128");
  assertEquals(multiplyDims("height", "width"), "height*width");
  assertEquals(multiplyDims("height*2", "width*3"), "height*width*6");
  assertEquals(multiplyDims("time", 1), "time");
  assertEquals(multiplyDims(1, null), null);
  assertEquals(multiplyDims(0, null), 0);
  assertEquals(multiplyDims("time", 0), 0);
  assertEquals(multiplyDims("time", null), null);
  assertType<IsExact<multiplyDims<"time", 64>, "time*64">>(true);
  assertType<IsExact<multiplyDims<64, "time">, "time*64">>(true);
  assertType<IsExact<multiplyDims<"time*64", 2>, "time*128">>(true);
  assertType<IsExact<multiplyDims<"height", "width">, "height*width">>(true);
  assertType<IsExact<multiplyDims<"height*2", "width*3">, "height*width*6">>(true);
  assertType<IsExact<multiplyDims<"time", 1>, "time">>(true);
  assertType<IsExact<multiplyDims<1, number>, null>>(true);
  assertType<IsExact<multiplyDims<number, 0>, 0>>(true);
  assertType<IsExact<multiplyDims<2 | 3, 4>, null>>(true);
  assertType<IsExact<multiplyDims<4, null>, null>>(true);
});

Deno.test("a sum of dims is known for sizes and for nothing added", () => {
  assertEquals(addDims(3, 4), 7);
  assertEquals(addDims("time", 0), "time");
  assertEquals(addDims(0, null), null);
  assertEquals(addDims("time", 1), null);
  assertType<IsExact<addDims<3, 4>, 7>>(true);
  assertType<IsExact<addDims<"time", 0>, "time">>(true);
  assertType<IsExact<addDims<0, "time">, "time">>(true);
  assertType<IsExact<addDims<0, number>, null>>(true);
  assertType<IsExact<addDims<"time", 1>, null>>(true);
});

Deno.test("the size of a shape is the product of its dims", () => {
  assertEquals(size([2, 3, 4]), 24);
  assertEquals(size([]), 1);
  assertEquals(size(["batch", 28, 28, 1]), "batch*784");
  assertEquals(size([2, null]), null);
  assertEquals(size([null, 0]), 0);
  assertType<IsExact<size<readonly [2, 3, 4]>, 24>>(true);
  assertType<IsExact<size<readonly []>, 1>>(true);
  assertType<IsExact<size<readonly ["batch", 28, 28, 1]>, "batch*784">>(true);
  assertType<IsExact<size<readonly [number, 3]>, null>>(true);
  assertType<IsExact<size<readonly [null, 0]>, 0>>(true);
  assertType<IsExact<size<Shape>, null>>(true);
  const random = seeded(20);
  for (let round = 0; round < 2000; round++) {
    const shape = random.shape(random.integer(0, 5), [0, 1, 2, 3, 7, 28, 224]) as number[];
    assertEquals(size(shape), Number(shape.reduce((product, dim) => product * BigInt(dim), 1n)));
  }
});
