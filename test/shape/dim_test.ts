import { assertEquals } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import {
  type IsUnknown,
  type KnownDim,
  type Shape,
  type ShowDim,
  showDim,
  type ShowShape,
  showShape,
} from "../../src/shape/dim.ts";

Deno.test("shapes are printed with sizes, names and question marks", () => {
  assertEquals(showShape([10, "batch", null]), "[10, batch, ?]");
  assertEquals(showShape([]), "[]");
  assertEquals(showShape(undefined), "[...]");
  assertEquals(showDim(null), "?");
  assertType<IsExact<ShowShape<readonly [10, "batch", null]>, "[10, batch, ?]">>(true);
  assertType<IsExact<ShowShape<readonly [number, string, 2 | 3]>, "[?, ?, ?]">>(true);
  assertType<IsExact<ShowShape<readonly []>, "[]">>(true);
  assertType<IsExact<ShowShape<Shape>, "[...]">>(true);
  assertType<IsExact<ShowDim<2 | null>, "?">>(true);
});

Deno.test("a dim is known if it is one literal", () => {
  assertType<IsExact<IsUnknown<3>, false>>(true);
  assertType<IsExact<IsUnknown<"batch">, false>>(true);
  assertType<IsExact<IsUnknown<null>, true>>(true);
  assertType<IsExact<IsUnknown<number>, true>>(true);
  assertType<IsExact<IsUnknown<string>, true>>(true);
  assertType<IsExact<IsUnknown<2 | 3>, true>>(true);
  assertType<IsExact<IsUnknown<2 | "batch">, true>>(true);
  assertType<IsExact<IsUnknown<2 | null>, true>>(true);
  assertType<IsExact<IsUnknown<number | string | null>, true>>(true);
  assertType<IsExact<KnownDim<2 | 3>, null>>(true);
  assertType<IsExact<KnownDim<"batch">, "batch">>(true);
});
