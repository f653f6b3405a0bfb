/**
 * The interface by which rules write nodes.
 *
 * @module
 */
import type { OnnxAttribute } from "../onnx/model.ts";
import type { Shape } from "../shape/dim.ts";
import type { DType } from "../tensor/dtype.ts";

/** A value in a model being written. */
export interface Value {
  /** Its name in the model. */
  readonly name: string;
  /** Its element type. */
  readonly dtype: DType;
  /** Its shape, where it is the input of an operation; empty for values in between. */
  readonly shape: Shape;
}

/** The way a node is written. */
export interface NodeOptions {
  /** Attributes by their ONNX names. */
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
  /** The dtype of the result. Default: that of the first input. */
  readonly dtype?: DType;
  /** The operator's domain. Default: ONNX's own. */
  readonly domain?: string;
}

/** The destination of nodes that stand for others. */
export interface NodeWriter {
  /** Writes a node with one result. `null` leaves out an optional input. */
  node(opType: string, inputs: readonly (Value | null)[], options?: NodeOptions): Value;
  /** Writes a node as it is, for values that have a kernel, on the device or only on the processor. */
  nativeNode(
    opType: string,
    inputs: readonly (Value | null)[],
    options: NodeOptions,
    dtypes: readonly DType[],
    onProcessor?: boolean,
  ): Value[];
  /** Converts a value to another dtype. */
  cast(value: Value, dtype: DType): Value;
  /** A constant without axes. */
  scalar(value: number, dtype: DType): Value;
  /** A list of integers as ONNX takes them. */
  integers(values: readonly number[]): Value;
  /** The numbers that a constant was made of; undefined for any other value. */
  numbersOf(value: Value | undefined): readonly number[] | undefined;
}
