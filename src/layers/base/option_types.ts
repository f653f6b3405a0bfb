/**
 * The way the types of layers read their options, which are one type parameter `O` of a layer.
 *
 * `O` is only what is asked about, and not what something else is compared with: so the compiler can tell that a layer
 * with options may be where one without is expected.
 *
 * @module
 */
import type { Only } from "../../ops/options.ts";
import type { DType } from "../../tensor/dtype.ts";

/**
 * Options of type `O`, of which there are those of `Known`: what a constructor takes, so that the compiler finds `O`.
 * Which ones a record with an index signature has is not known. A class that extends one without type arguments takes all
 * of `Known`. It is not beside other options, since the intersection of two lists among them was measured to take 2,000
 * instantiations a layer.
 *
 * @internal
 */
export type OptionsFor<O, Known> =
  & O
  & (keyof O extends never ? Known : keyof O extends keyof Known ? unknown
  : string extends keyof O ? unknown
  : Only<O, Known>);

/**
 * The option `Name` in `O`, or `Default` where it is left out; `Kind` where that is not known.
 *
 * @internal
 */
export type OptionFor<O, Name extends string, Default, Kind> = O extends
  { readonly [N in Name]: infer Option extends Kind } ? Option
  : keyof O extends infer Names ? Name extends Names ? Kind : Default
  : Default;

/**
 * The name in the options `O`, or `Default` where they have none or it is not known.
 *
 * @internal
 */
export type LayerName<O, Default extends string> = O extends { readonly name: infer Name extends string }
  ? string extends Name ? Default : Name
  : Default;

/**
 * The dtype of the results of a layer with the options `O`.
 *
 * @internal
 */
export type ResultDType<O> = O extends { readonly dtype: infer Policy }
  ? Policy extends "mixed_float16" ? "float16" : Policy & DType
  : keyof O extends infer Names ? "dtype" extends Names ? DType : "float32"
  : "float32";
