import { type EagerTensor, type SymbolicTensor, zeros } from "@strata/nn";
import { assertType, type IsExact } from "@std/testing/types";
import { image } from "../zoo_golden.ts";
import { checkCount, checkKeras } from "../zoo_test_harness.ts";
import { resnet50 } from "./resnet50.ts";

Deno.test("ResNet-50 has Keras's number of parameters and is traced, without values for them", () => {
  checkCount("resnet50", resnet50);
});

Deno.test("ResNet-50 gives Keras's numbers, eager and traced", () => {
  checkKeras("resnet50", resnet50, image(224, 3));
});

Deno.test("the compiler knows what ResNet-50 gives", () => {
  const call = () => resnet50()(zeros([8, 224, 224, 3]));
  assertType<IsExact<ReturnType<typeof call>, EagerTensor<readonly [8, 1000], "float32">>>(true);
  const outputs = () => resnet50().outputs;
  assertType<IsExact<ReturnType<typeof outputs>, SymbolicTensor<readonly ["batch", 1000], "float32">>>(true);
});
