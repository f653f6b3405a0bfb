import { assertEquals } from "@std/assert";
import { compile, filesIn, pathOf, versions } from "./compiler.ts";
import { problemsOf } from "./marks.ts";
import { typeTest } from "./harness.ts";

const files = filesIn("test/types/errors");

for (const version of versions) {
  typeTest(`each marked line fails with its sentence under TypeScript ${version}`, async (t) => {
    const { diagnostics } = await compile(version, "errors", files);
    for (const file of files) {
      await t.step(file, () => {
        const source = Deno.readTextFileSync(pathOf(file));
        assertEquals(problemsOf(source, diagnostics.filter((diagnostic) => diagnostic.file === file)), []);
      });
    }
    await t.step("nowhere else", () => {
      assertEquals(diagnostics.filter(({ file }) => !files.includes(file)), []);
    });
  });
}
