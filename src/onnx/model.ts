/**
 * An ONNX model as plain data, to be written by {@linkcode encodeModel}. The names follow onnx.proto, in camel case.
 *
 * @module
 */
import type { DType } from "../tensor/dtype.ts";
import type { ElementType } from "../tensor/element_type.ts";

/** A whole model (`ModelProto`). */
export interface OnnxModel {
  readonly graph: OnnxGraph;
  /** The producer of the model, such as `strata`. */
  readonly producer: string;
  readonly producerVersion?: string;
  /** Version by operator domain; opset 21 of the standard domain `""` unless given. */
  readonly opsetImports?: Readonly<Record<string, number>>;
  readonly documentation?: string;
  /** Names and values that tools such as Netron show beside the model. */
  readonly metadataProps?: Readonly<Record<string, string>>;
}

/** A graph (`GraphProto`): the model's own, or one held by an attribute of a control-flow node. */
export interface OnnxGraph {
  readonly name: string;
  /** In an order in which each node comes after those that it reads from. */
  readonly nodes: readonly OnnxNode[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly initializers: readonly OnnxTensor[];
  /** The known specs of values that are neither inputs nor outputs. */
  readonly valueInfo?: readonly OnnxValue[];
  readonly documentation?: string;
}

/** One application of an operator (`NodeProto`). */
export interface OnnxNode {
  readonly opType: string;
  readonly name: string;
  /** Names of values; `""` stands for an optional input that is absent. */
  readonly inputs: readonly string[];
  /** Names of values; `""` stands for an optional output that nobody wants. */
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
  readonly domain?: string;
}

/** The value of an attribute (`AttributeProto`); `type` tells which kind. */
export type OnnxAttribute =
  | { readonly type: "int"; readonly value: number | bigint }
  | { readonly type: "float"; readonly value: number }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "ints"; readonly value: readonly (number | bigint)[] }
  | { readonly type: "floats"; readonly value: readonly number[] }
  | { readonly type: "strings"; readonly value: readonly string[] }
  | { readonly type: "tensor"; readonly value: OnnxTensor }
  | { readonly type: "graph"; readonly value: OnnxGraph };

/** A constant (`TensorProto`). */
export interface OnnxTensor {
  /** The value's name; `""` for a tensor in an attribute. */
  readonly name: string;
  readonly dtype: Exclude<ElementType, "string">;
  readonly shape: readonly number[];
  /** Row-major elements, little endian, or where to find them; those of four bits lie two in a byte. */
  readonly data: Uint8Array | ExternalData;
}

/** Elements that lie in another file: row-major, little endian. */
export interface ExternalData {
  /** The file's path, relative to the model's own. */
  readonly location: string;
  /** Where in the file the elements begin, in bytes. */
  readonly offset: number;
  /** The number of bytes that they take. */
  readonly length: number;
}

/** The name, dtype and shape of a value (`ValueInfoProto`). */
export interface OnnxValue {
  readonly name: string;
  readonly dtype: DType;
  /** A number is a known dim, a string a named one (`dim_param`), `null` an unknown one. Absent: unknown rank. */
  readonly shape?: readonly (number | string | null)[];
}
