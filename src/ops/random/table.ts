/**
 * The entries of the op table in this folder, by their names.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { dropoutOperation } from "./dropout.ts";
import { alphaDropoutOperation, gaussianNoiseOperation } from "./noise.ts";
import {
  bernoulliOperation,
  randomIntegerOperation,
  randomNormalOperation,
  randomUniformOperation,
  truncatedNormalOperation,
} from "./random.ts";

/** The names of the entries. */
export type RandomName =
  | "alphaDropout"
  | "bernoulli"
  | "dropout"
  | "gaussianNoise"
  | "randomInteger"
  | "randomNormal"
  | "randomUniform"
  | "truncatedNormal";

/** The entries by their names. */
export const random: { readonly [Name in RandomName]: Operation } = {
  alphaDropout: alphaDropoutOperation,
  bernoulli: bernoulliOperation,
  dropout: dropoutOperation,
  gaussianNoise: gaussianNoiseOperation,
  randomInteger: randomIntegerOperation,
  randomNormal: randomNormalOperation,
  randomUniform: randomUniformOperation,
  truncatedNormal: truncatedNormalOperation,
};
