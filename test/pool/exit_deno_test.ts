import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(import.meta.resolve("./exit_program.ts"));
const { state } = Deno.permissions.querySync({ name: "run", command: Deno.execPath() });

for (const how of ["closed", "closed during start", "closed under way"]) {
  Deno.test({
    name: `a program ends whose pool is ${how}`,
    ignore: state !== "granted",
    fn: async () => {
      const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-lock", "--no-check", "--allow-read", program, how],
        signal: AbortSignal.timeout(60_000),
      }).output();
      const decoder = new TextDecoder();
      assertEquals(decoder.decode(stdout), how === "closed" ? "[[2],[4]]\nend\n" : "end\n", decoder.decode(stderr));
    },
  });
}
