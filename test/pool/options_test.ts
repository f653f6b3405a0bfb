import { assertThrows } from "@std/assert";
import { WorkerPool, type WorkerPoolOptions } from "@strata/nn";

Deno.test("a pool of an unknown provider is refused before anything starts", () => {
  for (const provider of ["cuda", "toString", ""]) {
    assertThrows(
      () => new WorkerPool({ provider } as unknown as WorkerPoolOptions),
      TypeError,
      `Cannot make a pool: expected provider to be one of wasm, webgpu, received ${provider}`,
    );
  }
});
