/**
 * A relu dense layer by Strata.
 *
 * @module
 */
import { Dense, tensor } from "../../mod.ts";
import { denseProblem } from "../problem.ts";
import { report } from "./report.ts";

const { layers: [weights], batch, input } = denseProblem();
const { inputs, units, kernel, bias } = weights!;
const layer = new Dense(units, { activation: "relu" }).build([batch, inputs]);
layer.setWeights([tensor(kernel, [inputs, units]), tensor(bias)]);
report(layer(tensor(input, [batch, inputs])).dataSync());
