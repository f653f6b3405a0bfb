/**
 * Models: layers made of layers.
 *
 * @module
 */
export type { InboundLayer, ModelSummary, SummaryRow, WeightCount } from "./summary/summary.ts";
export { summaryOf } from "./summary/summary.ts";
export type { SummaryOptions } from "./summary/summary_table.ts";
export type { BoxKind, DiagramOptions, Direction } from "./diagram.ts";
export type { KerasObject } from "./keras_json.ts";
export { Model, type ModelOptions } from "./model.ts";
export { type JsonOptions, type LoadedModel, modelFromJson, modelToJson } from "./model_json.ts";
export { displayLayer, displayTensor, type MimeBundle } from "./notebook.ts";
export {
  type CheckData,
  predict,
  type PredictData,
  type Predicted,
  type PredictInput,
  type PredictOptions,
  type PredictPool,
} from "./predict.ts";
export { plotModel, type PlotOptions } from "./plot.ts";
export { type LayerClass, type RegisterOptions, registerSerializable } from "./registry.ts";
export { Sequential } from "./sequential.ts";
export type {
  InputsOf,
  OutputsOf,
  SequentialOptions,
  SequentialParts,
  SequentialSignature,
} from "./sequential_signature.ts";
export type { SerializedCall } from "./call_arguments.ts";
export type { ModelConfig, SequentialConfig, SerializedLayer, TensorPlace } from "./serialized.ts";
export type {
  DTypeOfStructure,
  ModelSignature,
  ShapesOfStructure,
  SignatureOf,
  SymbolicStructure,
} from "./signature.ts";
