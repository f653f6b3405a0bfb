import { type EagerTensor, zeros } from "@strata/nn";
import { assertType, type IsExact } from "@std/testing/types";
import { image } from "../zoo_golden.ts";
import { checkCount, checkKeras } from "../zoo_test_harness.ts";
import { mobileNetV2 } from "./mobilenet_v2.ts";

Deno.test("MobileNetV2 has Keras's number of parameters and is traced, without values for them", () => {
  checkCount("mobilenet_v2", mobileNetV2);
});

Deno.test("MobileNetV2 gives Keras's numbers, eager and traced", () => {
  checkKeras("mobilenet_v2", mobileNetV2, image(224, 3));
});

Deno.test("the compiler knows what MobileNetV2 gives", () => {
  const call = () => mobileNetV2()(zeros([8, 224, 224, 3]));
  assertType<IsExact<ReturnType<typeof call>, EagerTensor<readonly [8, 1000], "float32">>>(true);
});
