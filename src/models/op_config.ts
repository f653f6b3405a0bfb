/**
 * Ops between layers in the configurations of models: Keras has a class for each, whose options are those of the op.
 *
 * @module
 */
import type { GraphNode } from "../graph/node.ts";
import * as ops from "../ops/mod.ts";
import { InputRangeError } from "../shape/error.ts";
import type { DType } from "../tensor/dtype.ts";
import { EagerTensor } from "../tensor/eager.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { readItem, writeSlice } from "./get_item.ts";
import { opOfClass, writtenOp } from "./keras_ops.ts";
import { camelKey } from "./keras_json.ts";
import type { SerializedLayer } from "./serialized.ts";

/** An op of a model as plain data, with what it reads. */
export interface SerializedOp extends Pick<SerializedLayer, "className" | "config" | "module"> {
  /** The inputs. */
  readonly args: readonly unknown[];
  /** The options by name. */
  readonly kwargs: { readonly [name: string]: unknown };
}

/**
 * An op of a model as plain data.
 *
 * @throws {TypeError} If Keras has no such op.
 */
export function serializeOp(node: GraphNode, name: string): SerializedOp {
  const op = writtenOp(node.operation);
  if (op === undefined) {
    throw new TypeError(
      `Cannot write op ${node.operation} between layers: it has no class in Keras; put it into a layer of its own`,
    );
  }
  const { className, module, isList, told } = op;
  const { inputs, attributes } = namedParts(node);
  const entries = Object.entries(op.options).flatMap(([option, key]) => {
    const value = attributes[option];
    return value === undefined ? [] : [[option, key, value] as const];
  });
  const among = (isTold: boolean) =>
    Object.fromEntries(
      entries.filter(([option]) => told.includes(option) === isTold).map(([, key, value]) => [key, value]),
    );
  return {
    className,
    module,
    config: { name, ...among(false) },
    args: isList ? [inputs] : inputs,
    kwargs: among(true),
  };
}

/** The inputs of a node, and its attributes under the names of the public function's options. */
interface NamedParts {
  readonly inputs: readonly unknown[];
  readonly attributes: { readonly [option: string]: unknown };
}

function namedParts(node: GraphNode): NamedParts {
  const { operation, inputs, attributes } = node;
  switch (operation) {
    case "clip": {
      // Bounds, which Keras has as options, and Strata as inputs.
      const [, min, max] = inputs.map((input) =>
        input instanceof EagerTensor && input.size === 1 ? Number(input.item()) : 0
      );
      return { inputs: inputs.slice(0, 1), attributes: { min, max } };
    }
    case "fullLike":
      return { inputs, attributes: { dtype: node.outputs[0]!.dtype } };
    case "slice":
      return { inputs: [...inputs, attributes.start], attributes };
    case "takeSlice":
      return { inputs: [...inputs, writeSlice(attributes.axis as number, attributes)], attributes: {} };
    case "oneHot":
      return { inputs, attributes: { ...attributes, n: attributes.count } };
    case "moments":
      return { inputs, attributes: { ...attributes, axes: attributes.axis } };
    case "roll": {
      const turns = attributes.turns as readonly (readonly [axis: number, shift: number])[];
      if (attributes.flat === true) return { inputs, attributes: { shift: turns[0]![1] } };
      return { inputs, attributes: { shift: turns.map(([, shift]) => shift), axis: turns.map(([axis]) => axis) } };
    }
    case "dotProductAttention": {
      const [query, key, value, ...others] = inputs;
      const { bias, mask, causal, scale } = attributes;
      const added = {
        ...(bias === true ? { bias: others[0] } : {}),
        ...(mask === true ? { mask: others.at(-1) } : {}),
      };
      return { inputs: [query, key, value], attributes: { ...added, scale, isCausal: causal } };
    }
  }
  if (["transpose", "tensordot"].includes(operation)) return { inputs, attributes };
  const axis = (attributes.axes ?? attributes.axis) as number | null | undefined | readonly number[];
  if (typeof axis !== "object" || axis === null) return { inputs, attributes };
  // Of all axes Keras's reductions are told none.
  const isWhole = attributes.keepDims !== undefined && axis.length === inputs[0]!.shape.length;
  const written = isWhole ? null : operation === "flip" || axis.length > 1 ? axis : axis[0];
  return { inputs, attributes: { ...attributes, axis: written } };
}

/** Whether plain data stands for an op, and not for a layer. */
export function isOp({ module, className }: SerializedLayer): boolean {
  return module !== undefined && (module.startsWith("keras.src.ops.") || module.startsWith("keras.ops")) &&
    className !== "Functional";
}

/**
 * Runs an op as its configuration says.
 *
 * @throws {RangeError} If Strata has no such op.
 */
export function runOp(
  { className, config }: SerializedLayer,
  args: readonly unknown[],
  kwargs: { readonly [name: string]: unknown },
): unknown {
  if (className === "GetItem") return readItem(args[0] as Tensor, args[1]);
  const op = opOfClass(className);
  if (op === undefined) throw new InputRangeError(`Cannot make op ${className}: Strata does not know it`);
  const options: { [option: string]: unknown } = {};
  for (const [option, key] of Object.entries(op.options)) {
    const value = kwargs[camelKey(key)] ?? kwargs[key] ?? config[key];
    if (value !== undefined && value !== null) options[option] = value;
  }
  const placed = (names: readonly string[]) =>
    names.map((name) => options[name]).filter((value) => value !== undefined);
  const [leading, positional] = [placed(op.leading), placed(op.positional)];
  for (const option of [...op.leading, ...op.positional]) delete options[option];
  if (className === "Linspace") return linspaceBetween(args, positional[0] as number | undefined, options);
  if (className === "Full") return filled(args[0], leading[0] as readonly number[], options);
  const run = functionOf(op.name);
  const others = Object.keys(options).length === 0 ? [] : [options];
  return run(...leading, ...args, ...positional, ...others);
}

/** The function of a name such as `image.resize`. */
function functionOf(name: string): (...args: readonly unknown[]) => unknown {
  let found: unknown = ops;
  for (const part of name.split(".")) found = (found as { readonly [name: string]: unknown })[part];
  return found as (...args: readonly unknown[]) => unknown;
}

/** A tensor of one value, which may be a tensor itself. */
function filled(value: unknown, shape: readonly number[], { dtype }: { readonly dtype?: unknown }): Tensor {
  const filled = ops.broadcastTo(value as Tensor, shape as number[]) as Tensor;
  return dtype === undefined ? filled : ops.cast(filled, dtype as DType) as Tensor;
}

/** Numbers between two tensors, along a new axis. */
function linspaceBetween(
  [start, stop]: readonly unknown[],
  num = 50,
  { endpoint = true, axis = 0, dtype }: {
    readonly endpoint?: boolean;
    readonly axis?: number;
    readonly dtype?: unknown;
  },
): Tensor {
  const last = endpoint ? num - 1 : num;
  const parts = Array.from({ length: num }, (_, index) => {
    const share = last === 0 ? 0 : index / last;
    return ops.add(ops.multiply(start as Tensor, 1 - share) as Tensor, ops.multiply(stop as Tensor, share) as Tensor);
  });
  const all = ops.stack(parts as readonly Tensor[], { axis }) as Tensor;
  return dtype === undefined ? all : ops.cast(all, dtype as DType) as Tensor;
}
