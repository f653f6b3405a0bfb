import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import * as ops from "../../src/ops/mod.ts";
import { ShapeError } from "../../src/shape/error.ts";
import { tensor, zeros } from "../../src/tensor/creation.ts";
import type { DType } from "../../src/tensor/dtype.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import { input, type SymbolicTensor } from "../../src/tensor/symbolic.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { type Random, seeded } from "../shape/random_shapes.ts";
import { assertOp, DTYPES, einsumLoop, highest, randomTensor } from "./loops.ts";

const LETTERS = "abcdefghijkl";

/** Checks a product against nested loops over the labels of its axes. */
function assertProduct(
  random: Random,
  name: string,
  call: (a: Tensor, b: Tensor) => Tensor,
  terms: readonly [string, string],
  output: string,
  shapes: readonly [readonly number[], readonly number[]],
  dtypes: readonly [DType, DType],
): void {
  const tensors = shapes.map((shape, operand) => randomTensor(random, shape, dtypes[operand]!));
  const { shape, values } = einsumLoop(terms, output, tensors);
  const dtype = highest(dtypes);
  // A sum of booleans says whether any product is true.
  const expected = { dtype, shape, values: dtype === "bool" ? values.map((value) => Number(value !== 0)) : values };
  // The engine's kernels fail where open dims turn out to be 0 and others stretch; known ones are seen to beforehand.
  assertOp(random, (a, b) => call(a!, b!), tensors, expected, name, false);
}

function randomDTypes(random: Random, round: number): [DType, DType] {
  const first = DTYPES[round % DTYPES.length]!;
  return [first, random.pick([first, random.pick(DTYPES)])];
}

Deno.test("matmul of random stacks of matrices and vectors gives what nested loops give", () => {
  const random = seeded(51);
  for (let round = 0; round < 140; round++) {
    const dims = () => random.pick([0, 1, 2, 3, 3]);
    const [rows, inner, columns] = [dims(), dims(), dims()];
    const batch = random.shape(random.integer(0, 2), [1, 2, 3]) as number[];
    const part = () => batch.slice(random.integer(0, batch.length)).map((dim) => random.pick([dim, 1]));
    const [batchA, batchB] = [part(), part()];
    const [vectorA, vectorB] = [random.integer(0, 4) === 0, random.integer(0, 4) === 0];
    const a = vectorA ? [inner] : [...batchA, rows, inner];
    const b = vectorB ? [inner] : [...batchB, inner, columns];
    // Labels of the batch are counted from the last, as they line up there.
    const labels = (count: number) => [..."edcba"].slice(-count || 5).join("");
    const [left, right] = [vectorA ? "" : labels(batchA.length), vectorB ? "" : labels(batchB.length)];
    const terms = [`${left}${vectorA ? "" : "x"}y`, `${right}y${vectorB ? "" : "z"}`] as const;
    const output = `${left.length > right.length ? left : right}${vectorA ? "" : "x"}${vectorB ? "" : "z"}`;
    assertProduct(random, "matmul", ops.matmul as never, terms, output, [a, b], randomDTypes(random, round));
  }
});

Deno.test("dot of random tensors gives what nested loops give", () => {
  const random = seeded(52);
  for (let round = 0; round < 70; round++) {
    const a = random.shape(random.integer(0, 3), [1, 2, 3]) as number[];
    const b = random.shape(random.integer(0, 3), [1, 2, 3]) as number[];
    const terms = [LETTERS.slice(0, a.length), LETTERS.slice(4, 4 + b.length)] as [string, string];
    let output = terms.join("");
    if (a.length > 0 && b.length > 0) {
      const place = Math.max(b.length - 2, 0);
      a[a.length - 1] = b[place]!;
      output = terms[0].slice(0, -1) + terms[1].slice(0, place) + terms[1].slice(place + 1);
      terms[1] = terms[1].replace(terms[1][place]!, terms[0].at(-1)!);
    }
    assertProduct(random, "dot", ops.dot as never, terms, output, [a, b], randomDTypes(random, round));
  }
});

Deno.test("inner and outer of random tensors give what nested loops give", () => {
  const random = seeded(53);
  for (let round = 0; round < 56; round++) {
    const a = random.shape(random.integer(1, 3), [1, 2, 3]) as number[];
    const b = [...random.shape(random.integer(0, 2), [1, 2, 3]) as number[], a.at(-1)!];
    const left = LETTERS.slice(0, a.length);
    const right = LETTERS.slice(4, 4 + b.length - 1);
    const dtypes = randomDTypes(random, round);
    const output = left.slice(0, -1) + right;
    assertProduct(random, "inner", ops.inner as never, [left, right + left.at(-1)!], output, [a, b], dtypes);
    const [m, n] = [random.integer(0, 3), random.integer(1, 3)];
    assertProduct(random, "outer", ops.outer as never, ["a", "b"], "ab", [[m], [n]], dtypes);
  }
  assertEquals(ops.outer([[1, 2], [3, 4]], [[10], [100]]).array(), [[10, 100], [20, 200], [30, 300], [40, 400]]);
});

Deno.test("tensordot over random pairs of axes gives what nested loops give", () => {
  const random = seeded(54);
  for (let round = 0; round < 84; round++) {
    const a = random.shape(random.integer(0, 3), [1, 2, 3]) as number[];
    const b = random.shape(random.integer(0, 3), [1, 2, 3]) as number[];
    const count = random.integer(0, Math.min(a.length, b.length));
    const counted = random.pick([true, false]);
    const places = (rank: number) => random.shuffle(Array.from({ length: rank }, (_, place) => place)).slice(0, count);
    const first = counted ? a.map((_, place) => place).slice(a.length - count) : places(a.length);
    const second = counted ? b.map((_, place) => place).slice(0, count) : places(b.length);
    const terms: [string, string] = [LETTERS.slice(0, a.length), LETTERS.slice(4, 4 + b.length)];
    const right = [...terms[1]];
    first.forEach((place, pair) => {
      b[second[pair]!] = a[place]!;
      right[second[pair]!] = terms[0][place]!;
    });
    terms[1] = right.join("");
    const output = [...terms[0]].filter((_, place) => !first.includes(place)).join("") +
      right.filter((_, place) => !second.includes(place)).join("");
    const sign = (axes: number[], rank: number) => axes.map((axis) => random.pick([axis, axis - rank]));
    const axes = counted ? count : [sign(first, a.length), sign(second, b.length)] as const;
    const call = (a: Tensor, b: Tensor): Tensor => ops.tensordot(a, b, { axes });
    const name = `tensordot over ${JSON.stringify(axes)}`;
    assertProduct(random, name, call, terms, output, [a, b], randomDTypes(random, round));
  }
});

Deno.test("bytes wrap around in products, as in NumPy", () => {
  // 200 * 2 = 400 = 256 + 144
  assertEquals(ops.matmul(new Uint8Array([200]), new Uint8Array([2])).item(), 144);
});

Deno.test("shapes without a product are refused in a sentence, eagerly and symbolically", () => {
  const x = zeros([2, 3]);
  const unchecked = x as EagerTensor;
  const sentence = "Cannot matmul shapes [2, 3] and [2, 3]: inner dims are 3 and 2";
  assertThrows(() => ops.matmul(x, unchecked), ShapeError, sentence);
  assertThrows(() => ops.matmul(input([2, 3]), unchecked), ShapeError, sentence);
  // @ts-expect-error Cannot matmul shapes [2, 3] and [2, 3]: inner dims are 3 and 2
  assertThrows(() => ops.matmul(x, x), ShapeError, sentence);
  const scalar = "Cannot matmul shapes [2, 3] and []: both need at least one axis";
  // @ts-expect-error Cannot matmul shapes [2, 3] and []: both need at least one axis
  assertThrows(() => ops.matmul(x, 2), ShapeError, scalar);
  // @ts-expect-error Cannot dot shapes [2, 3] and [2]: inner dims are 3 and 2
  assertThrows(() => ops.dot(x, [1, 2]), ShapeError, "Cannot dot shapes [2, 3] and [2]: inner dims are 3 and 2");
  const axes = "Cannot tensordot shapes [2, 3] and [2, 3] over axes [-1] and [0]: axis -1 is 3 and axis 0 is 2";
  // @ts-expect-error the axes differ
  assertThrows(() => ops.tensordot(x, x, { axes: 1 }), ShapeError, axes);
  // @ts-expect-error the last axes differ
  assertThrows(() => ops.inner(x, [1, 2]), ShapeError, "axis -1 is 3 and axis -1 is 2");
});

Deno.test("types know the shape, the dtype and the kind of a product", () => {
  const x = zeros([2, 3]);
  const s = input(["batch", 4, 5]);
  const matrix = ops.matmul(x, zeros([3, 4], { dtype: "float64" }));
  assertType<IsExact<typeof matrix, EagerTensor<readonly [2, 4], "float64">>>(true);
  const stacked = ops.matmul(s, zeros([5, 7]));
  assertType<IsExact<typeof stacked, SymbolicTensor<readonly ["batch", 4, 7], "float32">>>(true);
  const vector = ops.dot(x, [1, 2, 3]);
  assertType<IsExact<typeof vector, EagerTensor<readonly [2], "float32">>>(true);
  const contracted = ops.tensordot(x, zeros([3, 4]), { axes: 1 });
  assertType<IsExact<typeof contracted, EagerTensor<readonly [2, 4], "float32">>>(true);
  const scalar = ops.tensordot(x, x);
  assertType<IsExact<typeof scalar, EagerTensor<readonly [], "float32">>>(true);
  const pairs = ops.outer(s, tensor([1, 2], { dtype: "int32" }));
  assertType<IsExact<typeof pairs, SymbolicTensor<readonly ["batch*20", 2], "float32">>>(true);
  const inner = ops.inner(x, zeros([5, 3]));
  assertType<IsExact<typeof inner, EagerTensor<readonly [2, 5], "float32">>>(true);
  assertEquals([matrix.shape, vector.shape, contracted.shape, inner.shape], [[2, 4], [2], [2, 4], [2, 5]]);
  assertEquals([stacked.shape, pairs.shape], [["batch", 4, 7], ["batch*20", 2]]);
  assertEquals(scalar.shape, []);
});
