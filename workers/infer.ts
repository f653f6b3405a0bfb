/**
 * The thread of a worker of a pool: it loads models and runs them as the pool asks. Only pools start it.
 *
 * @module
 */
import { serve } from "../src/pool/worker/serve.ts";

await serve();
