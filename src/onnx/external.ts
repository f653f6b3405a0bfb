/**
 * ONNX models whose weights lie in a file of their own.
 *
 * @module
 */
import { encodeModel } from "./encode.ts";
import type { OnnxModel, OnnxTensor } from "./model.ts";

/** A model, and the weights beside it. */
export interface ExternalModel {
  /** The bytes of the model. */
  readonly model: Uint8Array<ArrayBuffer>;
  /** The name of the file of weights, as the model knows it. */
  readonly location: string;
  /** The bytes of the file of weights, in parts to be written one after the other; never more than 4 GB a part. */
  readonly data: readonly Uint8Array[];
}

/** Constants of fewer bytes stay in the model: loaders read shapes and axes before they open other files. */
const LEAST_BYTES = 1024;

/**
 * Encodes a model so that the elements of its large constants, of `leastBytes` or more, lie in a file `location`, relative
 * to the model's.
 */
export function withExternalData(model: OnnxModel, location: string, leastBytes: number = LEAST_BYTES): ExternalModel {
  const data: Uint8Array[] = [];
  let offset = 0;
  const initializers = model.graph.initializers.map((tensor): OnnxTensor => {
    if (!(tensor.data instanceof Uint8Array) || tensor.data.length < leastBytes) return tensor;
    const { length } = tensor.data;
    data.push(tensor.data);
    const external = { ...tensor, data: { location, offset, length } };
    offset += length;
    return external;
  });
  return { model: encodeModel({ ...model, graph: { ...model.graph, initializers } }), location, data };
}
