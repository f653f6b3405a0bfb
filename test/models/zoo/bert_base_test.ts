import { assert, assertEquals } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import { type EagerTensor, tensor, zeros } from "@strata/nn";
import { integers } from "../zoo_golden.ts";
import { checkCount, checkKeras, run, smallModel } from "../zoo_test_harness.ts";
import { bertBase } from "./bert_base.ts";

const tokens = integers(2, 9, 954);
const segments = tensor(integers(2, 9, 2), { dtype: "int32" });
const mask = tensor([9, 6].map((read) => Array.from({ length: 9 }, (_, place) => place < read)));
const inputs = { tokens: tensor(tokens, { dtype: "int32" }), segments, mask };

Deno.test("BERT has Keras's number of parameters and is traced, without values for them", () => {
  checkCount("bert_base", bertBase);
});

Deno.test("BERT gives Keras's numbers, eager and traced", () => {
  checkKeras("bert_base", bertBase, inputs);
});

Deno.test("BERT without its pooler has the published number of parameters", () => {
  assertEquals(bertBase().countParams() - (768 * 768 + 768), 108_891_648);
});

Deno.test("tokens that do not count change nothing that BERT says of those that do", () => {
  const model = smallModel("bert_base", bertBase);
  const changed = tokens.map((row, index) => row.map((token, place) => index === 1 && place > 6 ? token + 1 : token));
  const features = (rows: number[][]) =>
    run(model, { ...inputs, tokens: tensor(rows, { dtype: "int32" }) })[0]!.array() as number[][][];
  const [before, after] = [features(tokens)[1]!, features(changed)[1]!];
  const same = before.map((place, at) => place.every((feature, i) => Math.abs(feature - after[at]![i]!) < 1e-5));
  assertEquals(same, [true, true, true, true, true, true, true, false, false]);
  assert(features(tokens)[0]!.length === 9);
});

Deno.test("the compiler knows what BERT gives", () => {
  const ids = () => zeros([8, 20], { dtype: "int32" });
  const call = () => bertBase()({ tokens: ids(), segments: ids(), mask: zeros([8, 20], { dtype: "bool" }) });
  type Result = ReturnType<typeof call>;
  assertType<IsExact<Result["sequence"], EagerTensor<readonly [8, 20, 768], "float32">>>(true);
  assertType<IsExact<Result["pooled"], EagerTensor<readonly [8, 768], "float32">>>(true);
});
