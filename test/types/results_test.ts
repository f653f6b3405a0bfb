import { assertEquals } from "@std/assert";
import { compile, filesIn, show, versions } from "./compiler.ts";
import { typeTest } from "./harness.ts";

for (const version of versions) {
  typeTest(`results have exactly the types written down under TypeScript ${version}`, async () => {
    const { diagnostics } = await compile(version, "results", filesIn("test/types/results"));
    assertEquals(diagnostics.map(show), []);
  });
}
