import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { hasTerminal, root, runInTerminal, type Watch } from "./terminal.ts";

/** Commands that take longer than one wants to wait are stopped when they have done what needs a permission. */
const isUnderWay = /Check |running \d+ test| \.\.\. ok/;

/** Every documented command but the demo's, which has tests of its own. */
const commands: Record<string, Watch> = {
  "task test": { until: isUnderWay },
  "task test:sweeps": { until: isUnderWay },
  "task test:webgpu": { until: isUnderWay },
  "task check": { until: isUnderWay },
  "task lint": { until: /Checked \d+ files/ },
  "task ok": { until: isUnderWay },
  "task bench": { seconds: 5 },
  "task bench --json": { seconds: 5 },
  "task bench:layers": { seconds: 5 },
  "task bench:pool": { seconds: 5 },
  "task bench:pool many": { seconds: 5 },
  "task differential": { until: /expected a Python with Keras|\d+ layers of seed/ },
  "bench -P": { until: /^group Dense/m },
};
const demos = ["task demo", "task demo 67", "task demo --cnn", "task demo --onnx", "task demo --help"];

/** The commands in code of the two pages, between backticks or in lines of their own. */
async function documented(): Promise<string[]> {
  const pages = await Promise.all(["README.md", "bench/README.md"].map((page) => Deno.readTextFile(root + page)));
  const text = pages.join("\n").replaceAll(/npx -y deno@[\d.]+/g, "deno");
  return Array.from(
    text.matchAll(/(?:`|^ *deno )(?:deno )?((?:task|bench) [^`#\n]+?) *(?=`|#|$)/gm),
    ([, found]) => found!,
  );
}

const ignore = !await hasTerminal();

Deno.test("Every documented command and every task is among those that run in a terminal", async () => {
  const tested = [...Object.keys(commands), ...demos];
  const found = await documented();
  for (const command of ["task demo", "task demo 67", "task bench --json", "bench -P"]) assert(found.includes(command));
  assertEquals(
    [...found, ...Object.keys(config.tasks).map((task) => `task ${task}`)].filter((command) => {
      return !tested.includes(command);
    }),
    [],
  );
});

for (const [command, watch] of Object.entries(commands)) {
  Deno.test({
    name: `deno ${command} asks for no permission in a terminal`,
    ignore,
    fn: async () => {
      const { output, code } = await runInTerminal(command.split(" "), watch);
      assert(code === undefined || code === 0, output);
    },
  });
}

for (const command of demos) {
  Deno.test({
    name: `deno ${command} asks for no permission in a terminal, and comes to its end`,
    ignore,
    fn: async () => {
      const written = `${root}digits.onnx`;
      const before = await Deno.stat(written).then(() => true, () => false);
      const { output, code } = await runInTerminal(command.split(" "));
      assertEquals(code, 0, output);
      if (command.endsWith("--help")) assertStringIncludes(output, "Usage: deno task demo");
      else assertStringIncludes(output, "Every way reads the same digits");
      if (!command.endsWith("--onnx")) return;
      assertMatch(output, /Wrote digits.onnx, \d+ bytes/);
      if (!before) await Deno.remove(written);
    },
  });
}

for (const args of ["--bogus", "67 68", "450"]) {
  Deno.test({
    name: `deno task demo ${args} says how the demo is used and ends with code 2`,
    ignore,
    fn: async () => {
      const { output, code } = await runInTerminal(["task", "demo", ...args.split(" ")]);
      assertEquals(code, 2, output);
      assertStringIncludes(output, args);
      assertStringIncludes(output, "Usage: deno task demo");
    },
  });
}

Deno.test({
  name: "A program that lacks a permission is seen to ask for it",
  ignore,
  fn: async () => {
    const program = "data:text/javascript,Deno.env.get('HOME')";
    const error = await runInTerminal(["run", program]).then(() => "", String);
    assertStringIncludes(error, "asked for a permission: Deno requests env access");
  },
});
