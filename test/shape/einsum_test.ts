import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import type { Shape } from "../../src/shape/dim.ts";
import { einsum } from "../../src/shape/einsum.ts";
import { type Mismatch, ShapeError } from "../../src/shape/error.ts";
import { outcomeOf, seeded } from "./random_shapes.ts";

// Shapes from NumPy 2.4.6, where nothing else is said.
Deno.test("an explicit equation sums over the labels that the output lacks", () => {
  assertEquals(einsum("ij,jk->ik", [[2, 3], [3, 4]]), [2, 4]);
  assertEquals(einsum("abc,cd->abd", [[2, 3, 4], [4, 5]]), [2, 3, 5]);
  assertEquals(einsum("bhqd,bhkd->bhqk", [[2, 8, 5, 4], [2, 8, 6, 4]]), [2, 8, 5, 6]);
  assertEquals(einsum("ij->", [[2, 3]]), []);
  assertEquals(einsum("ij->ji", [[2, 3]]), [3, 2]);
  assertEquals(einsum("i,j,k->kij", [[2], [3], [4]]), [4, 2, 3]);
  assertEquals(einsum(",i->i", [[], [3]]), [3]);
  assertEquals(einsum("i,j,", [[2], [3], []]), [2, 3]);
  assertEquals(einsum("", [[]]), []);
});

Deno.test("an implicit output has the labels that appear once in alphabetical order, capitals first", () => {
  assertEquals(einsum("ij,jk", [[2, 3], [3, 4]]), [2, 4]);
  assertEquals(einsum("ba", [[2, 3]]), [3, 2]);
  assertEquals(einsum("bA", [[2, 3]]), [3, 2]);
  assertEquals(einsum("Ba", [[2, 3]]), [2, 3]);
  assertEquals(einsum("ij,ij", [[2, 3], [2, 3]]), []);
  assertEquals(einsum("kj...i", [[2, 3, 4, 5]]), [4, 5, 3, 2]);
});

Deno.test("an ellipsis stands for any axes, which broadcast", () => {
  assertEquals(einsum("...ij,...jk->...ik", [[5, 2, 3], [3, 4]]), [5, 2, 4]);
  assertEquals(einsum("...ij,...jk->...ik", [[7, 1, 2, 3], [6, 3, 4]]), [7, 6, 2, 4]);
  assertEquals(einsum("i...,...j->j...i", [[2, 3], [3, 5]]), [5, 3, 2]);
  assertEquals(einsum("i...i", [[2, 3, 2]]), [3]);
  assertEquals(einsum("...i->i", [[3]]), [3]);
  assertEquals(einsum("i->...i", [[3]]), [3]);
  assertEquals(einsum("...,...", [[2, 3], [3]]), [2, 3]);
});

Deno.test("a size of 1 stretches across operands and not within one", () => {
  assertEquals(einsum("ij,jk->ik", [[2, 1], [3, 4]]), [2, 4]);
  assertEquals(einsum("ij,ij->ij", [[2, 3], [1, 3]]), [2, 3]);
  assertEquals(einsum("ii,i->i", [[1, 1], [3]]), [3]);
  assertEquals(einsum("ii->i", [[3, 3]]), [3]);
  assertEquals(
    outcomeOf(() => einsum("ii->i", [[1, 3]])),
    'Cannot einsum "ii->i" with shape [1, 3]: label i is 1 and 3',
  );
});

// NumPy has no such dims.
Deno.test("unknown dims pass, names are kept, and a size outweighs both", () => {
  assertEquals(einsum("ij,jk->ijk", [["batch", null], [3, null]]), ["batch", 3, null]);
  assertEquals(einsum("ij,ij->ij", [["batch", "time"], ["batch", 7]]), ["batch", 7]);
  assertEquals(einsum("i,i->i", [["batch"], ["time"]]), [null]);
  assertEquals(einsum("i,i->i", [["batch"], [1]]), ["batch"]);
  assertEquals(einsum("ii->i", [[null, 1]]), [1]);
  assertEquals(einsum("ii->i", [["batch", 4]]), [4]);
});

Deno.test("an equation that does not fit is reported with the shapes and the reason", () => {
  const reasonOf = (equation: string, shapes: readonly Shape[]) => {
    const outcome = outcomeOf(() => einsum(equation, shapes));
    assertEquals(typeof outcome, "string");
    return String(outcome).split("]: ").at(-1);
  };
  assertThrows(
    () => einsum("ij,jk->ik", [[2, 3], [4, 5]]),
    ShapeError,
    'Cannot einsum "ij,jk->ik" with shapes [2, 3] and [4, 5]: label j is 3 and 4',
  );
  assertEquals(
    outcomeOf(() => einsum("i", [])),
    'Cannot einsum "i" with no shapes: expected 1 operands, received 0',
  );
  assertEquals(reasonOf("i,j", [[2]]), "expected 2 operands, received 1");
  assertEquals(reasonOf("ijk", [[2, 3]]), 'expected rank 3 for "ijk" but operand 0 has rank 2');
  assertEquals(reasonOf("i,j", [[2], [2, 3]]), 'expected rank 1 for "j" but operand 1 has rank 2');
  assertEquals(reasonOf("i...jk", [[2, 3]]), 'expected rank 3 or more for "i...jk" but operand 0 has rank 2');
  assertEquals(reasonOf("...,...", [[2, 3], [4]]), 'axis -1 of "..." is 3 and 4');
  assertEquals(reasonOf("...i,i...", [[2, 5, 3], [3, 4, 5]]), 'axis -2 of "..." is 2 and 4');
  assertEquals(reasonOf("...i->i", [[2, 3]]), 'the operands have dims for "..." and the output has not');
  assertEquals(reasonOf("ij->ii", [[2, 3]]), "output label i is repeated");
  assertEquals(reasonOf("ij->ik", [[2, 3]]), "output label k is in no operand");
  assertEquals(reasonOf("i1", [[2, 3]]), '"1" is not a label');
  assertEquals(reasonOf("..i", [[2]]), '"." is not a label');
  assertEquals(reasonOf("......", [[2]]), '"." is not a label');
  assertEquals(reasonOf("i->j->i", [[2]]), "output label j is in no operand");
  assertEquals(reasonOf("i->i->i", [[2]]), "output label i is repeated");
});

/** NumPy's rules for equations without ellipsis: each label has one size, 1 aside; within an operand without exception. */
function expected(terms: readonly string[], output: string, shapes: readonly number[][]): number[] | undefined {
  const sizes = new Map<string, number>();
  for (const [operand, term] of terms.entries()) {
    const own = new Map<string, number>();
    for (const [axis, label] of [...term].entries()) {
      const size = shapes[operand]![axis]!;
      if ((own.get(label) ?? size) !== size) return undefined;
      own.set(label, size);
      const others = sizes.get(label) ?? 1;
      if (others !== 1 && size !== 1 && others !== size) return undefined;
      sizes.set(label, others === 1 ? size : others);
    }
  }
  return [...output].map((label) => sizes.get(label)!);
}

Deno.test("random equations have the shapes of NumPy's rules, in any order of the operands", () => {
  const random = seeded(4);
  for (let round = 0; round < 4000; round++) {
    const count = random.integer(1, 3);
    const terms = Array.from(
      { length: count },
      () => Array.from({ length: random.integer(0, 3) }, () => random.pick(["i", "j", "k", "L"])).join(""),
    );
    const shapes = terms.map((term) => random.shape(term.length, [1, 2, 2, 2, 3]) as number[]);
    const output = random.shuffle([...new Set(terms.join(""))]).slice(0, random.integer(0, 4)).join("");
    const result = expected(terms, output, shapes);
    for (const order of [[0, 1, 2], [2, 1, 0], [1, 2, 0]]) {
      const places = order.filter((place) => place < count);
      const equation = `${places.map((place) => terms[place]!).join(",")}->${output}`;
      const outcome = outcomeOf(() => einsum(equation, places.map((place) => shapes[place]!)));
      if (result === undefined) assertEquals(typeof outcome, "string");
      else assertEquals(outcome, result);
    }
  }
});

Deno.test("the types of einsum are exact", () => {
  assertType<IsExact<einsum<"abc,cd->abd", readonly [readonly [2, 3, 4], readonly [4, 5]]>, readonly [2, 3, 5]>>(true);
  assertType<IsExact<einsum<"ij, jk", readonly [readonly [2, 3], readonly [3, 4]]>, readonly [2, 4]>>(true);
  assertType<IsExact<einsum<"kj...i", readonly [readonly [2, 3, 4, 5]]>, readonly [4, 5, 3, 2]>>(true);
  assertType<
    IsExact<
      einsum<"...ij,...jk->...ik", readonly [readonly [7, 1, 2, 3], readonly [6, 3, 4]]>,
      readonly [7, 6, 2, 4]
    >
  >(true);
  assertType<
    IsExact<
      einsum<"bhqd,bhkd->bhqk", readonly [readonly ["batch", 8, 128, 64], readonly ["batch", 8, "keys", 64]]>,
      readonly ["batch", 8, 128, "keys"]
    >
  >(true);
});

Deno.test("the types of unknown and named dims in einsum never err, in either order", () => {
  assertType<IsExact<einsum<"ij,jk->ijk", readonly [readonly [2, null], readonly [3, 4]]>, readonly [2, 3, 4]>>(true);
  assertType<IsExact<einsum<"ij,jk->ijk", readonly [readonly [2, 3], readonly [null, 4]]>, readonly [2, 3, 4]>>(true);
  assertType<IsExact<einsum<"i,i->i", readonly [readonly [number], readonly [3]]>, readonly [3]>>(true);
  assertType<IsExact<einsum<"i,i->i", readonly [readonly [3], readonly [number]]>, readonly [3]>>(true);
  assertType<IsExact<einsum<"i,i->i", readonly [readonly [2 | 3], readonly [4]]>, readonly [4]>>(true);
  assertType<IsExact<einsum<"i,i->i", readonly [readonly [4], readonly [2 | 3]]>, readonly [4]>>(true);
  assertType<IsExact<einsum<"i,i->i", readonly [readonly ["batch"], readonly [3]]>, readonly [3]>>(true);
  assertType<IsExact<einsum<"i,i->i", readonly [readonly [3], readonly ["batch"]]>, readonly [3]>>(true);
  assertType<IsExact<einsum<"i,i->i", readonly [readonly ["a"], readonly ["b"]]>, readonly [null]>>(true);
  assertType<IsExact<einsum<"ii->i", readonly [readonly [null, 4]]>, readonly [4]>>(true);
});

Deno.test("the types of what einsum cannot know are any shape", () => {
  assertType<IsExact<einsum<string, readonly [readonly [2], readonly [3]]>, Shape>>(true);
  assertType<IsExact<einsum<`${string},i->i`, readonly [readonly [2], readonly [3]]>, Shape>>(true);
  assertType<IsExact<einsum<"i,i->i", readonly [Shape, readonly [3]]>, Shape>>(true);
  assertType<IsExact<einsum<"i,i->i", readonly [readonly [3], Shape]>, Shape>>(true);
  assertType<IsExact<einsum<"i,i->i", readonly Shape[]>, Shape>>(true);
});

Deno.test("the types of what does not fit an equation carry the sentence", () => {
  assertType<
    IsExact<
      einsum<"ij,jk->ik", readonly [readonly [2, 3], readonly [4, 5]]>,
      Mismatch<'Cannot einsum "ij,jk->ik" with shapes [2, 3] and [4, 5]: label j is 3 and 4'>
    >
  >(true);
  assertType<
    IsExact<
      einsum<"...i,i...", readonly [readonly [2, 5, 3], readonly [3, 4, 5]]>,
      Mismatch<'Cannot einsum "...i,i..." with shapes [2, 5, 3] and [3, 4, 5]: axis -2 of "..." is 2 and 4'>
    >
  >(true);
  assertType<
    IsExact<
      einsum<"i...jk", readonly [readonly [2, 3]]>,
      Mismatch<
        'Cannot einsum "i...jk" with shape [2, 3]: expected rank 3 or more for "i...jk" but operand 0 has rank 2'
      >
    >
  >(true);
  assertType<
    IsExact<
      einsum<"...i->i", readonly [readonly [2, 3]]>,
      Mismatch<'Cannot einsum "...i->i" with shape [2, 3]: the operands have dims for "..." and the output has not'>
    >
  >(true);
});
