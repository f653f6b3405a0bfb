import { type EagerTensor, zeros } from "@strata/nn";
import { assertType, type IsExact } from "@std/testing/types";
import { image } from "../zoo_golden.ts";
import { checkCount, checkKeras } from "../zoo_test_harness.ts";
import { lenet5 } from "./lenet5.ts";

Deno.test("LeNet-5 has Keras's number of parameters and is traced, without values for them", () => {
  checkCount("lenet5", lenet5);
});

Deno.test("LeNet-5 gives Keras's numbers, eager and traced", () => {
  checkKeras("lenet5", lenet5, image(32, 1));
});

Deno.test("the compiler knows what LeNet-5 gives", () => {
  const call = () => lenet5()(zeros([8, 32, 32, 1]));
  assertType<IsExact<ReturnType<typeof call>, EagerTensor<readonly [8, 10], "float32">>>(true);
});
