/**
 * Prints how much memory this program takes with a pool of as many workers as its argument says, each of which has run.
 *
 * @module
 */
import { poolOf } from "./pool_model.ts";
import { MLP, network } from "./problem.ts";

const workers = Number(Deno.args[0]);
const { pool, call } = await poolOf(network(32, ...MLP), { workers });
while (pool.stats().workers.some(({ calls }) => calls < 20)) await Promise.all(Array.from({ length: 40 }, call));
// deno-lint-ignore no-console -- this number is what the program is for
console.log(Deno.memoryUsage().rss);
pool.close();
