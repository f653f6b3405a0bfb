import { assert, assertEquals, assertThrows } from "@std/assert";
import { tensor, zeros } from "@strata/nn";
import { adaptiveAveragePool, adaptiveMaxPool } from "../../src/ops/convolution/adaptive_pooling.ts";
import { averagePool, maxPool } from "../../src/ops/convolution/pooling.ts";
import { assertClose } from "../layers/layer_test_harness.ts";
import { opCases, optionsOf } from "../layers/pooling/pooling_golden.ts";
import { bothWays, tensorOf } from "./both_ways.ts";

// The types of what these tests call are tested elsewhere; here they would only be in the way.
type Untyped = (x: unknown, size: unknown, options?: unknown) => never;

const functions: { readonly [name: string]: Untyped } = {
  max_pool: maxPool as Untyped,
  average_pool: averagePool as Untyped,
  adaptive_max_pool: adaptiveMaxPool as Untyped,
  adaptive_average_pool: adaptiveAveragePool as Untyped,
};

Deno.test("pools give the numbers of keras.ops", () => {
  assertEquals(opCases.length, 18);
  for (const golden of opCases) {
    const title = `${golden.op} ${JSON.stringify(golden.args)} ${JSON.stringify(golden.kwargs)}`;
    const x = tensor(golden.x, { dtype: golden.dtype });
    const [y] = bothWays((x) => functions[golden.op]!(x, golden.args[0], optionsOf(golden.kwargs)), [x]);
    assertEquals([y!.dtype, y!.shape], [golden.y_dtype, golden.shape], title);
    assertClose(title, y!, golden.y, 2e-6);
  }
});

Deno.test("strides are the size of the windows unless they are given", () => {
  const x = [[[1], [5], [2], [4], [3]]];
  assertEquals(maxPool(x, 2).array(), [[[5], [4]]]);
  assertEquals(maxPool(x, 2, { strides: null }).array(), [[[5], [4]]]);
  assertEquals(averagePool(x, [2], { strides: [3] }).array(), [[[3], [3.5]]]);
});

Deno.test("integers and booleans are pooled as they are, averages of them are floats", () => {
  for (const dtype of ["bool", "uint8", "int32", "int64"] as const) {
    const x = tensorOf([1, 5, 4, 2], dtype, (_, place) => (place * 7) % 5);
    const value = ([, row, column, channel]: readonly number[]) => {
      const number = ((row! * 8 + column! * 2 + channel!) * 7) % 5;
      return dtype === "bool" ? Number(number !== 0) : number;
    };
    const window = (row: number, column: number, channel: number) =>
      [0, 1].flatMap((i) => [0, 1].map((j) => value([0, 2 * row + i, 2 * column + j, channel])));
    const places = [0, 1].flatMap((row) => [0, 1].flatMap((column) => [0, 1].map((channel) => [row, column, channel])));
    const windows = places.map(([row, column, channel]) => window(row!, column!, channel!));
    const [greatest] = bothWays((x) => maxPool(x as never, 2 as never), [x]);
    assertEquals([greatest!.dtype, greatest!.shape], [dtype, [1, 2, 2, 2]]);
    assertEquals(Array.from(greatest!.dataSync(), Number), windows.map((each) => Math.max(...each)));
    const [mean] = bothWays((x) => averagePool(x as never, 2 as never), [x]);
    assertEquals(mean!.dtype, "float32");
    assertEquals(Array.from(mean!.dataSync(), Number), windows.map((each) => each.reduce((a, b) => a + b) / 4));
  }
});

Deno.test("averages of float64 have all their digits, those of float16 do not overflow on the way", () => {
  const [third] = bothWays((x) => averagePool(x as never, 3 as never), [
    tensorOf([1, 3, 1], "float64", (_, place) => place === 0 ? 1 : 0),
  ]);
  assertEquals(third!.array(), [[[1 / 3]]]);
  const [half] = bothWays((x) => averagePool(x as never, 4 as never), [tensorOf([1, 4, 1], "float16", () => 60000)]);
  assertEquals(half!.array(), [[[60000]]]);
});

Deno.test("sizes, strides and words that are none are refused", () => {
  const refusals: readonly [() => unknown, string][] = [
    [() => maxPool(zeros([1, 4, 1]), 0), "Cannot apply maxPool: expected positive integers as poolSize, received 0"],
    [
      () => averagePool(zeros([1, 4, 1]), 2, { strides: [-1] }),
      "Cannot apply averagePool: expected positive integers as strides, received [-1]",
    ],
    [
      () => maxPool(zeros([1, 4, 1]), 2, { padding: "causal" as "same" }),
      'Cannot apply maxPool: expected "valid" or "same" as padding, received "causal"',
    ],
    [
      () => adaptiveMaxPool(zeros([1, 4, 1]), 2, { dataFormat: "last" as "channels_last" }),
      'Cannot apply adaptiveMaxPool: expected "channels_last" or "channels_first" as dataFormat, received "last"',
    ],
    [
      () => adaptiveAveragePool(zeros([1, 4, 1]), 1.5),
      "Cannot apply adaptiveAveragePool: expected positive integers as outputSize, received 1.5",
    ],
  ];
  for (const [refused, sentence] of refusals) assertEquals(assertThrows(refused, RangeError).message, sentence);
  const untyped = maxPool as unknown as (x: unknown, size: number) => unknown;
  assert(assertThrows(() => untyped(zeros([2, 3]), 2)) instanceof TypeError);
});
