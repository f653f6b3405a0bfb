import { assert, assertEquals } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import { type EagerTensor, tensor, zeros } from "@strata/nn";
import { integers } from "../zoo_golden.ts";
import { checkCount, checkKeras, run, runTraced, smallModel } from "../zoo_test_harness.ts";
import { gpt2 } from "./gpt2.ts";

const tokens = integers(2, 10, 1571);

Deno.test("GPT-2 has Keras's number of parameters and is traced, without values for them", () => {
  checkCount("gpt2", gpt2);
});

Deno.test("GPT-2 gives Keras's numbers, eager and traced", () => {
  checkKeras("gpt2", gpt2, tensor(tokens, { dtype: "int32" }));
});

Deno.test("what comes later changes nothing that GPT-2 has said before", () => {
  const model = smallModel("gpt2", gpt2);
  const changed = tokens.map((row) => row.map((token, place) => place === 6 ? token + 1 : token));
  const scores = (rows: number[][]) => tensor(rows, { dtype: "int32" });
  for (const way of [run, runTraced]) {
    const [before, after] = [tokens, changed].map((rows) => way(model, scores(rows))[0]!.array() as number[][][]);
    before!.forEach((row, index) => {
      const same = row.map((place, at) => place.every((score, i) => Math.abs(score - after![index]![at]![i]!) < 1e-6));
      assertEquals(same, Array.from({ length: 10 }, (_, at) => at < 6));
    });
  }
});

Deno.test("GPT-2 reads any number of tokens", () => {
  const model = smallModel("gpt2", gpt2);
  const [long] = run(model, tensor(tokens, { dtype: "int32" }));
  const [short] = run(model, tensor(tokens.map((row) => row.slice(0, 3)), { dtype: "int32" }));
  assertEquals(short!.shape, [2, 3, 1571]);
  const [a, b] = [long!.dataSync(), short!.dataSync()] as [Float32Array, Float32Array];
  assert(b.subarray(0, 3 * 1571).every((score, i) => Math.abs(score - a[i]!) < 1e-5));
});

Deno.test("the compiler knows what GPT-2 gives", () => {
  const call = () => gpt2()(zeros([8, 20], { dtype: "int32" }));
  assertType<IsExact<ReturnType<typeof call>, EagerTensor<readonly [8, 20, 50257], "float32">>>(true);
});
