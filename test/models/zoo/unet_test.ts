import { assertType, type IsExact } from "@std/testing/types";
import { type EagerTensor, zeros } from "@strata/nn";
import { image } from "../zoo_golden.ts";
import { checkCount, checkKeras } from "../zoo_test_harness.ts";
import { uNet } from "./unet.ts";

Deno.test("U-Net has Keras's number of parameters and is traced, without values for them", () => {
  checkCount("unet", uNet);
});

Deno.test("U-Net gives Keras's numbers, eager and traced", () => {
  checkKeras("unet", uNet, image(256, 1));
});

Deno.test("the compiler knows what U-Net gives", () => {
  const call = () => uNet()(zeros([2, 256, 256, 1]));
  assertType<IsExact<ReturnType<typeof call>, EagerTensor<readonly [2, 256, 256, 1], "float32">>>(true);
});
