/**
 * A relu dense layer by tfjs on its cpu backend.
 *
 * @module
 */
// deno-lint-ignore-file no-import-prefix -- as in peers.ts
import * as tf from "npm:@tensorflow/tfjs-core@4.22.0";
import "npm:@tensorflow/tfjs-backend-cpu@4.22.0";
import { denseProblem } from "../problem.ts";
import { report } from "./report.ts";

const { layers: [weights], batch, input } = denseProblem();
const { inputs, units, kernel, bias } = weights!;
tf.enableProdMode();
await tf.setBackend("cpu");
const y = tf.fused.matMul({
  a: tf.tensor2d(input, [batch, inputs]),
  b: tf.tensor2d(kernel, [inputs, units]),
  bias: tf.tensor1d(bias),
  activation: "relu",
});
report(y.dataSync());
