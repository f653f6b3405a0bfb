/**
 * Tests that run a compiler, and so may do more than the others: `deno task test test/types`.
 *
 * @module
 */
const { state } = await Deno.permissions.query({ name: "run", command: Deno.execPath() });

/** A test that is ignored where no compiler may be run. */
export function typeTest(name: string, fn: (t: Deno.TestContext) => Promise<void>): void {
  Deno.test({ name, fn, ignore: state !== "granted" });
}
