import { assertEquals } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { jit, show, versions } from "./compiler.ts";
import { typeTest } from "./harness.ts";

for (const version of versions) {
  typeTest(`the source compiles under TypeScript ${version}`, async () => {
    const { diagnostics } = await jit(version, "source", Object.values(config.exports));
    assertEquals(diagnostics.map(show), []);
  });
}
