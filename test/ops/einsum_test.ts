import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import * as ops from "../../src/ops/mod.ts";
import { ShapeError } from "../../src/shape/error.ts";
import { tensor, zeros } from "../../src/tensor/creation.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import { input, type SymbolicTensor } from "../../src/tensor/symbolic.ts";
import { seeded } from "../shape/random_shapes.ts";
import { assertOp, DTYPES, einsumLoop, highest, randomTensor } from "./loops.ts";

Deno.test("random equations of one to three operands give what nested loops give", () => {
  const random = seeded(61);
  for (let round = 0; round < 210; round++) {
    const sizes = new Map([..."abcd"].map((label) => [label, random.pick([0, 1, 2, 3, 3, 3])]));
    const count = random.integer(1, 3);
    const terms = Array.from({ length: count }, () => {
      return Array.from({ length: random.integer(0, 3) }, () => random.pick([..."abcd"])).join("");
    });
    const used = [...new Set(terms.join(""))];
    const output = random.shuffle(used).slice(0, random.integer(0, used.length)).join("");
    // One size of a label may be 1 in a whole operand: it stretches to that of the others.
    const shapes = terms.map((term) => {
      const stretched = random.pick([..."abcdxxxx"]);
      return [...term].map((label) => label === stretched ? 1 : sizes.get(label)!);
    });
    const dtypes = terms.map(() =>
      random.pick([DTYPES[round % DTYPES.length]!, DTYPES[round % DTYPES.length]!, "int32"])
    );
    const tensors = shapes.map((shape, operand) => randomTensor(random, shape, dtypes[operand] as "int32"));
    const { shape, values } = einsumLoop(terms, output, tensors);
    const dtype = highest(dtypes as "int32"[]);
    const equation = `${terms.join(random.pick([",", ", "]))}->${output}`;
    const expected = { dtype, shape, values: dtype === "bool" ? values.map((value) => Number(value !== 0)) : values };
    // The engine's kernel fails where open dims turn out to be 0; known ones are seen to beforehand.
    assertOp(random, (...operands) => ops.einsum(equation as string, ...operands), tensors, expected, equation, false);
  }
});

Deno.test("an ellipsis lines up at the last axis, and stretches", () => {
  const random = seeded(62);
  const cases: [equation: string, terms: string[], output: string, shapes: number[][]][] = [
    ["...ij,...jk->...ik", ["abij", "bjk"], "abik", [[2, 1, 2, 3], [3, 3, 2]]],
    ["...,...->...", ["ab", "b"], "ab", [[2, 3], [3]]],
    ["i...,...->i...", ["iab", "b"], "iab", [[2, 3, 2], [1]]],
    ["...i", ["abi"], "abi", [[2, 3, 2]]],
    ["b...a", ["bca"], "cab", [[2, 3, 4]]],
    ["...ii->...i", ["abii"], "abi", [[2, 1, 3, 3]]],
    ["...,ab->ab...", ["", "ab"], "ab", [[], [2, 3]]],
    ["i...->...", ["iab"], "ab", [[2, 3, 2]]],
  ];
  for (const [equation, terms, output, shapes] of cases) {
    const tensors = shapes.map((shape) => randomTensor(random, shape, "float32"));
    const { shape, values } = einsumLoop(terms, output, tensors);
    const expected = { dtype: "float32", shape, values } as const;
    for (let round = 0; round < 6; round++) {
      assertOp(random, (...operands) => ops.einsum(equation, ...operands), tensors, expected, equation);
    }
  }
});

Deno.test("without an output, labels that appear once are in it in alphabetical order", () => {
  assertEquals(ops.einsum("ba", [[1, 2, 3], [4, 5, 6]]).array(), [[1, 4], [2, 5], [3, 6]]);
  assertEquals(ops.einsum("ij,jk", [[1, 2]], [[3], [4]]).array(), [[11]]);
  assertEquals(ops.einsum("ii", [[1, 2], [3, 4]]).item(), 5);
});

Deno.test("equations that do not fit are refused in a sentence", () => {
  const x = zeros([2, 3]);
  const unchecked = x as EagerTensor;
  const sentence = 'Cannot einsum "ij,jk->ik" with shapes [2, 3] and [2, 3]: label j is 3 and 2';
  assertThrows(() => ops.einsum("ij,jk->ik", unchecked, unchecked), ShapeError, sentence);
  assertThrows(() => ops.einsum("ij,jk->ik", input([2, 3]), unchecked), ShapeError, sentence);
  // @ts-expect-error label j is 3 and 2
  assertThrows(() => ops.einsum("ij,jk->ik", x, x), ShapeError, sentence);
  const count = 'Cannot einsum "ij,jk->ik" with shape [2, 3]: expected 2 operands, received 1';
  // @ts-expect-error expected 2 operands, received 1
  assertThrows(() => ops.einsum("ij,jk->ik", x), ShapeError, count);
});

Deno.test("types know the shape, the dtype and the kind of a summation", () => {
  const s = input(["batch", 4, 5]);
  const dense = ops.einsum("abc,cd->abd", s, zeros([5, 7]));
  assertType<IsExact<typeof dense, SymbolicTensor<readonly ["batch", 4, 7], "float32">>>(true);
  const transposed = ops.einsum("ij->ji", zeros([2, 3], { dtype: "int64" }));
  assertType<IsExact<typeof transposed, EagerTensor<readonly [3, 2], "int64">>>(true);
  const mixed = ops.einsum("i,i,i->", zeros([2], { dtype: "int32" }), [1, 2], tensor([1, 2], { dtype: "float64" }));
  assertType<IsExact<typeof mixed, EagerTensor<readonly [], "float64">>>(true);
  assertEquals([dense.shape, transposed.shape, mixed.shape], [["batch", 4, 7], [3, 2], []]);
});
