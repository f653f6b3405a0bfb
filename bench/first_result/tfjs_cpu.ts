/**
 * A relu dense layer by tfjs on its cpu backend.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
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
