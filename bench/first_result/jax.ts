/**
 * A relu dense layer by jax-js on its wasm device.
 *
 * @module
 */
import { nn, numpy } from "@jax-js/jax";
import { denseProblem } from "../problem.ts";
import { report } from "./report.ts";

const { layers: [weights], batch, input } = denseProblem();
const { inputs, units, kernel, bias } = weights!;
const x = numpy.array(input, { shape: [batch, inputs] });
const product = numpy.dot(x, numpy.array(kernel, { shape: [inputs, units] }));
report(nn.relu(numpy.add(product, numpy.array(bias))).dataSync());
