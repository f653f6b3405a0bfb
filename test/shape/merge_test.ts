import { assertEquals, assertThrows } from "@std/assert";
import { batchDot } from "../../src/shape/batch_dot.ts";
import { ShapeError } from "../../src/shape/error.ts";
import { groups } from "../../src/shape/groups.ts";
import { merge } from "../../src/shape/merge.ts";
import { parameter } from "../../src/shape/normalize.ts";

function sentence(action: () => unknown): string {
  return assertThrows(action, ShapeError).message;
}

Deno.test("merge keeps the batch in place and broadcasts the rest", () => {
  assertEquals(merge([[2, 3]]), [2, 3]);
  assertEquals(merge([[2, 3], [2, 4, 3]]), [2, 4, 3]);
  assertEquals(merge([["batch", 4, 1], ["batch", 3]]), ["batch", 4, 3]);
  assertEquals(merge([[null, 4], [5, 1]]), [5, 4]);
  assertEquals(merge([[2], [2, 3, 4], [2, 1]]), [2, 3, 4]);
});

Deno.test("merge names the batches, or the axis, that do not fit", () => {
  assertEquals(
    sentence(() => merge([[2, 3], [3, 3]])),
    "Cannot merge shapes [2, 3] and [3, 3]: batch sizes are 2 and 3",
  );
  assertEquals(sentence(() => merge([[2, 3], [2, 4]])), "Cannot merge shapes [2, 3] and [2, 4]: axis -1 is 3 and 4");
  assertEquals(
    sentence(() => merge([[2], []])),
    "Cannot merge shapes [2] and []: expected at least one axis, that of the batch",
  );
});

Deno.test("batchDot leaves out the axes that are summed over", () => {
  assertEquals(batchDot([2, 3], [2, 3], 1, 1), [2, 1]);
  assertEquals(batchDot([2, 4, 3], ["batch", 5, 3], -1, 2), [2, 4, 5]);
  assertEquals(batchDot(["batch", 3], ["batch", 5, 3], 1, -1), ["batch", 5]);
  assertEquals(
    sentence(() => batchDot([2, 4], [2, 3], 1, 1)),
    "Cannot take the dot products of [2, 4] and [2, 3] over axes 1 and 1: sizes are 4 and 3",
  );
  assertEquals(
    sentence(() => batchDot([2, 4], [2, 4], 1, 0)),
    "Cannot take the dot products of [2, 4] and [2, 4] over axes 1 and 0: axis 0 is that of the batch",
  );
});

Deno.test("groups divide the channels", () => {
  assertEquals(groups([2, 6], 3, -1), [2, 6]);
  assertEquals(groups([2, null], 3, -1), [2, null]);
  assertEquals(groups([2, 5], -1, 1), [2, 5]);
  assertEquals(
    sentence(() => groups([2, 5], 2, 1)),
    "Cannot make 2 groups of axis 1 of shape [2, 5]: 5 is no multiple of 2",
  );
  assertEquals(
    sentence(() => groups([2, 5], 1, 0)),
    "Cannot make 1 groups of axis 0 of shape [2, 5]: it is the axis of the batch",
  );
});

Deno.test("parameters have the sizes of the axes, in their order", () => {
  assertEquals(parameter("scale", [2, 3, 4], [2, 1], [4, 3]), [2, 3, 4]);
  assertEquals(parameter("scale", [2, null, 4], 1, [7]), [2, null, 4]);
  assertEquals(
    sentence(() => parameter("scale", [2, 3, 4], [1, 2], [4, 3])),
    "Cannot normalize shape [2, 3, 4]: expected scale of shape [3, 4], received shape [4, 3]",
  );
});
