/**
 * The network of the pool's benches by the public API of onnxruntime-web, which gets the graph as a file.
 *
 * @module
 */
import { rawCall } from "../raw.ts";
import { MLP, network } from "../problem.ts";
import { report } from "./report.ts";

const call = await rawCall(network(32, ...MLP));
report(await call() as Float32Array);
