/**
 * The op table: every operation that Strata can record, run and write as ONNX, by its name. Branches, loops and recurrences
 * make entries of their own when they are called, which hold the functions that they were called with.
 *
 * @module
 */
import type { Operation } from "../graph/operation.ts";
import { activation, type ActivationName } from "./activation/table.ts";
import { attention, type AttentionName } from "./attention/table.ts";
import { convolution, type ConvolutionName } from "./convolution/table.ts";
import { elementwise, type ElementwiseName } from "./elementwise/table.ts";
import { encoding, type EncodingName } from "./encoding/table.ts";
import { image, type ImageName } from "./image/table.ts";
import { normalization, type NormalizationName } from "./normalization/table.ts";
import { products, type ProductsName } from "./products/table.ts";
import { random, type RandomName } from "./random/table.ts";
import { recurrent, type RecurrentName } from "./recurrent/table.ts";
import { reduction, type ReductionName } from "./reduction/table.ts";
import { shaping, type ShapingName } from "./shaping/table.ts";

/** The name of an operation. */
export type OpName =
  | ActivationName
  | AttentionName
  | ConvolutionName
  | ElementwiseName
  | EncodingName
  | ImageName
  | NormalizationName
  | ProductsName
  | RandomName
  | RecurrentName
  | ReductionName
  | ShapingName;

/** Every operation by its name. */
export const table: { readonly [Name in OpName]: Operation } = {
  ...activation,
  ...attention,
  ...convolution,
  ...elementwise,
  ...encoding,
  ...image,
  ...normalization,
  ...products,
  ...random,
  ...recurrent,
  ...reduction,
  ...shaping,
};

/** Whether an operation of the table has a name. */
export function isOpName(name: string): name is OpName {
  return Object.hasOwn(table, name);
}
