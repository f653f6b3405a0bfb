import { assertType, type IsExact } from "@std/testing/types";
import { type EagerTensor, tensor, zeros } from "@strata/nn";
import { integers } from "../zoo_golden.ts";
import { checkCount, checkKeras } from "../zoo_test_harness.ts";
import { biLSTMTagger } from "./bilstm_tagger.ts";

/** Of two sentences the first has four words and the second six, and the rest is filled up. */
const words = integers(2, 7, 1250).map((row, index) => row.map((word, place) => place < [4, 6][index]! ? word : 0));

Deno.test("The tagger has Keras's number of parameters and is traced, without values for them", () => {
  checkCount("bilstm_tagger", biLSTMTagger);
});

Deno.test("The tagger gives Keras's numbers, eager and traced", () => {
  checkKeras("bilstm_tagger", biLSTMTagger, tensor(words, { dtype: "int32" }));
});

Deno.test("the compiler knows what the tagger gives", () => {
  const call = () => biLSTMTagger()(zeros([8, 30], { dtype: "int32" }));
  assertType<IsExact<ReturnType<typeof call>, EagerTensor<readonly [8, 30, 17], "float32">>>(true);
});
