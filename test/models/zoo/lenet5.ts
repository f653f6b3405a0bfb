/**
 * LeNet-5, of Y. LeCun et al., Gradient-Based Learning Applied to Document Recognition, 1998, with the full connections and
 * the plain pooling of today: 61,706 parameters.
 *
 * @module
 */
import { AveragePooling2D, Conv2D, Dense, Flatten, input, Model, type SymbolicTensor } from "@strata/nn";

/** From images of 32 by 32 to the probabilities of ten digits. */
export type LeNet5 = Model<
  SymbolicTensor<readonly ["batch", 32, 32, 1], "float32">,
  SymbolicTensor<readonly ["batch", 10], "float32">,
  "lenet5"
>;

/** Makes LeNet-5. */
export function lenet5(): LeNet5 {
  const image = input(["batch", 32, 32, 1]);
  const edges = new Conv2D(6, 5, { activation: "tanh" })(image);
  const halves = new AveragePooling2D(2)(edges);
  const shapes = new Conv2D(16, 5, { activation: "tanh" })(halves);
  const quarters = new AveragePooling2D(2)(shapes);
  const whole = new Conv2D(120, 5, { activation: "tanh" })(quarters);
  const features = new Dense(84, { activation: "tanh", inputDim: 120 })(new Flatten()(whole));
  const digits = new Dense(10, { activation: "softmax", inputDim: 84 })(features);
  return new Model({ inputs: image, outputs: digits, name: "lenet5" });
}
