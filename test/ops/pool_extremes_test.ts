import { assertEquals } from "@std/assert";
import * as ops from "../../src/ops/mod.ts";
import { tensor } from "../../src/tensor/creation.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { bothWays } from "./both_ways.ts";

const [NOT, LESS, MORE] = [NaN, -Infinity, Infinity];
// Windows of two: with NaN first and last, of minus infinity alone and beside the least number, of infinity and NaN.
const VALUES = [NOT, 1, 2, NOT, LESS, LESS, LESS, -3.4028234663852886e38, MORE, NOT, LESS];

function greatest(values: readonly number[]): number {
  return values.some(Number.isNaN) ? NaN : Math.max(...values);
}

/** The pools of a list, as the definition says. */
function pools(values: readonly number[], size: number, stride: number, same: boolean): number[] {
  const count = same ? Math.ceil(values.length / stride) : Math.floor((values.length - size) / stride) + 1;
  const before = same ? Math.floor(Math.max((count - 1) * stride + size - values.length, 0) / 2) : 0;
  return Array.from({ length: count }, (_, window) => {
    const start = window * stride - before;
    return greatest(values.slice(Math.max(start, 0), start + size));
  });
}

const read = (x: Tensor): number[] => Array.from((x as EagerTensor).dataSync() as ArrayLike<number>, Number);

for (const dtype of ["float32", "float16", "float64"] as const) {
  Deno.test(`Max pools of ${dtype} keep NaN and minus infinity`, () => {
    const values = read(ops.cast(tensor(VALUES), dtype) as Tensor);
    for (const dataFormat of ["channels_last", "channels_first"] as const) {
      for (const rank of [1, 2, 3]) {
        for (const [size, stride] of [[2, 2], [3, 1], [3, 2]] as const) {
          for (const padding of ["valid", "same"] as const) {
            const spatial = [values.length, ...Array<number>(rank - 1).fill(1)];
            const shape = dataFormat === "channels_last" ? [1, ...spatial, 1] : [1, 1, ...spatial];
            const x = ops.cast(tensor(values, shape), dtype) as EagerTensor;
            const [window, strides] = [[size, 1, 1], [stride, 1, 1]].map((list) => list.slice(0, rank));
            const [result] = bothWays(
              (input) => ops.maxPool(input, window!, { strides: strides!, padding, dataFormat }),
              [x],
            );
            assertEquals(read(result!), pools(values, size, stride, padding === "same"));
          }
        }
      }
    }
  });
}

Deno.test("Adaptive and global pools, and the greatest value, keep NaN and minus infinity", () => {
  const x = tensor(VALUES.slice(0, 10), [1, 10, 1]);
  const [halves] = bothWays((input) => ops.adaptiveMaxPool(input, 5), [x]);
  assertEquals(read(halves!), [NOT, NOT, LESS, -3.4028234663852886e38, NOT]);
  const [parts] = bothWays((input) => ops.adaptiveMaxPool(input, 3), [tensor([LESS, LESS, 1, NOT], [1, 4, 1])]);
  assertEquals(read(parts!), [LESS, 1, NOT]);
  for (const [values, want] of [[[LESS, LESS], LESS], [[1, NOT, LESS], NOT]] as const) {
    const [result] = bothWays((input) => ops.max(input, { axis: 1 }), [tensor([...values], [1, values.length, 1])]);
    assertEquals(read(result!), [want]);
  }
});
