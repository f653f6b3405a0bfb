import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import type { Shape } from "../../src/shape/dim.ts";
import { type Mismatch, ShapeError } from "../../src/shape/error.ts";
import { type moveaxis, orderAfterMove, orderAfterSwap, type swapaxes } from "../../src/shape/move_axis.ts";

// Orders from NumPy 2.4.6.
Deno.test("axes are moved and swapped", () => {
  const shape = [2, 3, 4, 5];
  assertEquals(orderAfterMove(shape, 0, -1), [1, 2, 3, 0]);
  assertEquals(orderAfterMove(shape, [0, 1], [-1, -2]), [2, 3, 1, 0]);
  assertEquals(orderAfterMove(shape, [3, 0], [0, 2]), [3, 1, 0, 2]);
  assertEquals(orderAfterMove(shape, [], []), [0, 1, 2, 3]);
  assertEquals(orderAfterSwap(shape, 1, -1), [0, 3, 2, 1]);
  assertEquals(orderAfterSwap(shape, 2, 2), [0, 1, 2, 3]);
});

Deno.test("axes that are not there, come twice or have no place are refused", () => {
  assertThrows(() => orderAfterMove([2, 3], 2, 0), ShapeError, "Axis 2 is out of range");
  assertThrows(() => orderAfterMove([2, 3], [0, 0], [0, 1]), ShapeError, "name axis 0 twice");
  assertThrows(() => orderAfterMove([2, 3], [0, 1], [1, -1]), ShapeError, "name axis 1 twice");
  assertThrows(
    () => orderAfterMove([2, 3], 0, [0, 1]),
    ShapeError,
    "expected as many places as axes, received 2 and 1",
  );
  assertThrows(() => orderAfterSwap([2, 3], -3, 0), ShapeError, "Axis -3 is out of range");
});

Deno.test("the types of moved axes are exact", () => {
  type S = readonly [2, "b", 4, null];
  assertType<IsExact<moveaxis<S, 0, -1>, readonly ["b", 4, null, 2]>>(true);
  assertType<IsExact<moveaxis<S, readonly [3, 0], readonly [0, 2]>, readonly [null, "b", 2, 4]>>(true);
  assertType<IsExact<moveaxis<S, number, 0>, readonly [null, null, null, null]>>(true);
  assertType<IsExact<moveaxis<Shape, 0, 1>, Shape>>(true);
  assertType<
    IsExact<moveaxis<S, 4, 0>, Mismatch<"Axis 4 is out of range for shape [2, b, 4, ?]: expected an axis from -4 to 3">>
  >(true);
  assertType<
    IsExact<
      moveaxis<S, 0, readonly [0, 1]>,
      Mismatch<"Cannot move axes: expected as many places as axes, received 2 and 1">
    >
  >(true);
  assertType<IsExact<swapaxes<S, 0, -1>, readonly [null, "b", 4, 2]>>(true);
  assertType<IsExact<swapaxes<S, number, 0>, readonly [null, null, null, null]>>(true);
  assertType<IsExact<swapaxes<Shape, 0, 1>, Shape>>(true);
});
