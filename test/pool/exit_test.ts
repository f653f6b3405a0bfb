import { assertEquals } from "@std/assert";
import { execFile } from "node:child_process";
import { execPath, versions } from "node:process";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("./exit_program.ts", import.meta.url));
const cwd = fileURLToPath(new URL("../../", import.meta.url));
const flags = "bun" in versions
  ? ["--tsconfig-override=test/bun/tsconfig.json"]
  : ["--import", "./test/node/register.mjs"];

/** What a program prints until it ends; it is given a minute. */
function outputOf(how: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(execPath, [...flags, program, how], { cwd, timeout: 60_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${error.message}\n${stdout}\n${stderr}`, { cause: error }));
    });
  });
}

for (const how of ["closed", "closed during start", "closed under way", "forgotten"]) {
  Deno.test({
    name: `in Bun and Node a program ends whose pool is ${how}`,
    ignore: "deno" in versions,
    fn: async () => {
      const values = how === "closed" || how === "forgotten" ? "[[2],[4]]\n" : "";
      assertEquals(await outputOf(how), `${values}end\n`);
    },
  });
}
