import { assertEquals } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { compile, show, versions } from "./compiler.ts";
import { typeTest } from "./harness.ts";

for (const version of versions) {
  typeTest(`the source compiles under TypeScript ${version}`, async () => {
    const { diagnostics } = await compile(version, "source", Object.values(config.exports));
    assertEquals(diagnostics.map(show), []);
  });
}
