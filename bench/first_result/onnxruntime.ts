/**
 * A relu dense layer by the public API of onnxruntime-web, which gets the graph as a file.
 *
 * @module
 */
import { env, InferenceSession, Tensor } from "onnxruntime-web";
import { denseModel } from "../onnx_model.ts";
import { denseProblem } from "../problem.ts";
import { report } from "./report.ts";

const { layers: [weights], batch, input } = denseProblem();
env.wasm.numThreads = 1;
const session = await InferenceSession.create(denseModel(weights!, batch), { executionProviders: ["wasm"] });
const { y } = await session.run({ x: new Tensor("float32", input, [batch, weights!.inputs]) });
report(y!.data as Float32Array);
