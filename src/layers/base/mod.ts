/**
 * The parts of every layer: the base class, its inputs, state and calls.
 *
 * @module
 */
export type { AxisLike } from "./axes.ts";
export type { Shapes } from "./layer_core.ts";
export type { AnyCallOptions, CallOptions } from "./context.ts";
export type { DTypePolicy, WeightDType } from "./dtype_policy.ts";
export { InputSpec, type InputSpecOptions } from "./input_spec.ts";
export { type AnyLayer, Layer } from "./layer.ts";
export type { LayerRecord } from "./layer_record.ts";
export { maskOf, type Masks, setMask } from "./masks.ts";
export type { ConfigNames } from "./config.ts";
export type { LayerConfig, LayerOptions, WeightOptions, WeightShape } from "./options.ts";
export { clearSession } from "./session.ts";
export type { Anything, Keeps, LayerInput, Maps, NoSpec, Signature } from "./signature.ts";
export type { CheckSpatial, InputRank, SpatialConfig, SpatialLayer, SpatialOptions } from "./spatial.ts";
export type { eachEnds, EndsOf, EndsOption } from "./spatial_options.ts";
export type { LayerName, OptionFor, OptionsFor, ResultDType } from "./option_types.ts";
export { Wrapper, type WrapperConfig } from "./wrapper.ts";
export { declareWeights } from "./weight_fields.ts";
