/**
 * The entries of the op table in this folder, by their names.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { adaptiveAveragePoolOperation, adaptiveMaxPoolOperation } from "./adaptive_pooling.ts";
import { cropOperation } from "./cropping.ts";
import { convOperation, convTransposeOperation, depthwiseConvOperation, separableConvOperation } from "./entries.ts";
import { averagePoolOperation, maxPoolOperation } from "./pooling.ts";
import { upSampleOperation } from "./up_sampling.ts";

/** The names of the entries. */
export type ConvolutionName =
  | "adaptiveAveragePool"
  | "adaptiveMaxPool"
  | "averagePool"
  | "conv"
  | "convTranspose"
  | "crop"
  | "depthwiseConv"
  | "maxPool"
  | "separableConv"
  | "upSample";

/** The entries by their names. */
export const convolution: { readonly [Name in ConvolutionName]: Operation } = {
  adaptiveAveragePool: adaptiveAveragePoolOperation,
  adaptiveMaxPool: adaptiveMaxPoolOperation,
  averagePool: averagePoolOperation,
  conv: convOperation,
  convTranspose: convTransposeOperation,
  crop: cropOperation,
  depthwiseConv: depthwiseConvOperation,
  maxPool: maxPoolOperation,
  separableConv: separableConvOperation,
  upSample: upSampleOperation,
};
