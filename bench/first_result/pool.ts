/**
 * The network of the pool's benches in a pool of two workers.
 *
 * @module
 */
import { tensor, WorkerPool } from "../../mod.ts";
import { sequential } from "../pool_model.ts";
import { MLP, network } from "../problem.ts";
import { report } from "./report.ts";

const problem = network(32, ...MLP);
const pool = new WorkerPool({ workers: 2 });
const predict = await pool.compile(sequential(problem)) as unknown as (
  x: unknown,
) => Promise<{ dataSync(): Float32Array }>;
report((await predict(tensor(problem.input, [32, 784]))).dataSync());
pool.close();
