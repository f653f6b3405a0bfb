/**
 * Closes pools while their workers start, at several moments of it, and ends.
 *
 * @module
 */
import { Dense, input, WorkerPool } from "@strata/nn";

for (let delay = 0; delay <= 300; delay += 60) {
  const pool = new WorkerPool({ workers: 2 });
  const compiled = pool.compile(new Dense(2), input(["batch", 3])).then(() => "compiled", () => "refused");
  await new Promise((resolve) => setTimeout(resolve, delay));
  await pool.close();
  await compiled;
}

// deno-lint-ignore no-console -- the test reads it
console.log("closed");
