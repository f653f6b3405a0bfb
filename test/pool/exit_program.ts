/** Uses a pool as its argument says, and ends, or does not. Runs in a process of its own, under any runtime. */
import { argv } from "node:process";
import { input, ops, WorkerPool } from "../../mod.ts";

const [, , how] = argv;
const pool = new WorkerPool({ workers: 2 });
const compiling = pool.compile((x) => ops.multiply(x, 2), input(["n"]));
if (how === "closed during start") {
  compiling.catch(() => {});
  void pool.close();
} else {
  const double = await compiling;
  const results = [double([1]), double([2])];
  if (how === "closed under way") {
    for (const result of results) result.catch(() => {});
    void pool.close();
  } else {
    const values = (await Promise.all(results)).map((result) => result.array());
    if (how === "closed") await pool.close();
    // deno-lint-ignore no-console -- this is how the test hears of it
    console.log(JSON.stringify(values));
  }
}
// deno-lint-ignore no-console -- this is how the test hears of it
console.log("end");
