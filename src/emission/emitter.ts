/**
 * The way operations write ONNX nodes: values know their dtypes, constants are shared, and what the engine has no kernel for
 * is computed in a dtype that it has.
 *
 * @module
 */
import { elementTypeOf } from "../onnx/element_type.ts";
import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensor } from "../onnx/model.ts";
import { castValues } from "../tensor/convert.ts";
import type { DType, TypedArrayOf } from "../tensor/dtype.ts";
import { ON_PROCESSOR, type Provider, type ProviderRecord } from "./providers/provider.ts";
import { DEFAULT_PROVIDER, PROVIDERS } from "./providers/providers.ts";
import type { NodeOptions, NodeWriter, Value } from "./node_writer.ts";
import { Nodes } from "./providers/webgpu_lowering.ts";

export type { NodeOptions, Value } from "./node_writer.ts";

/** An integer attribute. */
export function int(value: number): OnnxAttribute {
  return { type: "int", value };
}

/** A list of integers as an attribute. */
export function ints(value: readonly number[]): OnnxAttribute {
  return { type: "ints", value };
}

/** A float attribute. */
export function float(value: number): OnnxAttribute {
  return { type: "float", value };
}

/** A text attribute. */
export function text(value: string): OnnxAttribute {
  return { type: "string", value };
}

function graph(value: OnnxGraph): OnnxAttribute {
  return { type: "graph", value };
}

/** A node with other names for the values that it reads and writes, in the bodies that it has too. */
function renamedNode(node: OnnxNode, rename: (name: string) => string): OnnxNode {
  const attributes = Object.entries(node.attributes).map(([name, attribute]) =>
    attribute.type === "graph"
      ? [name, graph(renamedBody(attribute.value, rename))] as const
      : [name, attribute] as const
  );
  return {
    ...node,
    inputs: node.inputs.map(rename),
    outputs: node.outputs.map(rename),
    attributes: Object.fromEntries(attributes),
  };
}

function renamedBody(body: OnnxGraph, rename: (name: string) => string): OnnxGraph {
  const outputs = body.outputs.map((output) => ({ ...output, name: rename(output.name) }));
  return { ...body, nodes: body.nodes.map((node) => renamedNode(node, rename)), outputs };
}

/** Collects the nodes and constants of one model. */
export class Emitter implements NodeWriter {
  /** The nodes so far, in order. */
  readonly nodes: OnnxNode[] = [];
  /** The constants so far. */
  readonly initializers: OnnxTensor[] = [];
  readonly #constants = new Map<string, Value>();
  readonly #numbers = new Map<string, readonly number[]>();
  readonly #names = new Map<string, number>();
  readonly #outputs = new Map<string, string>();
  /** The path that names of nodes begin with. */
  scope = "";
  /** Whose kernels the nodes are for. */
  readonly provider: ProviderRecord;
  /** Whether the engine's own operators on the processor, which ONNX does not have, may be written. */
  readonly hasFused: boolean;

  constructor(provider: Provider = DEFAULT_PROVIDER, standard = false) {
    this.provider = PROVIDERS[provider];
    this.hasFused = this.provider.hasFused && !standard;
  }

  /** A name that nothing in the model has yet: `base`, else numbered. */
  uniqueName(base: string): string {
    const uses = this.#names.get(base) ?? 0;
    this.#names.set(base, uses + 1);
    return uses === 0 ? base : this.uniqueName(`${base}_${uses}`);
  }

  /** Writes a node with one result. `null` leaves out an optional input. */
  node(opType: string, inputs: readonly (Value | null)[], options: NodeOptions = {}): Value {
    return this.nodeWithOutputs(opType, inputs, [options.dtype ?? null], options)[0]!;
  }

  /** Writes a node with several results, whose dtypes are given; `null` is that of the inputs. */
  nodeWithOutputs(
    opType: string,
    inputs: readonly (Value | null)[],
    dtypes: readonly (DType | null)[],
    options: NodeOptions = {},
  ): Value[] {
    const typed = this.provider.typedInputs(opType) ?? inputs.map((_, index) => index);
    const own = inputs[typed[0] ?? 0]?.dtype ?? "float32";
    const { dtype: computed, lowering, onProcessor = false } = this.provider.place(opType, own);
    const cast = computed === own
      ? inputs
      : inputs.map((input, index) => input !== null && typed.includes(index) ? this.cast(input, computed) : input);
    const outputs = lowering === undefined
      ? this.nativeNode(opType, cast, options, dtypes.map((dtype) => dtype ?? computed), onProcessor)
      : [lowering.write(new Nodes(this, computed), cast as readonly Value[], options)];
    return outputs.map((output, index) => dtypes[index] === null ? this.cast(output, own) : output);
  }

  /** Writes a node as it is, for values that have a kernel, on the device or only on the processor. */
  nativeNode(
    opType: string,
    inputs: readonly (Value | null)[],
    options: NodeOptions,
    dtypes: readonly DType[],
    onProcessor = false,
  ): Value[] {
    const base = this.scope === "" ? opType : `${this.scope}/${opType}`;
    const name = this.uniqueName(base) + (onProcessor ? ON_PROCESSOR : "");
    const outputs = dtypes.map((dtype, index) => ({
      name: this.uniqueName(dtypes.length === 1 ? `${name}:0` : `${name}:${index}`),
      dtype,
      shape: [],
    }));
    this.nodes.push({
      opType,
      name,
      inputs: inputs.map((input) => input?.name ?? ""),
      outputs: outputs.map((output) => output.name),
      attributes: options.attributes ?? {},
      ...(options.domain === undefined ? {} : { domain: options.domain }),
    });
    return outputs;
  }

  /** Gives a result its name as an output of the model; what cannot be renamed is copied. */
  output(value: Value, name: string): void {
    const index = this.nodes.findIndex((node) => node.outputs.includes(value.name));
    if (index < 0 || this.#outputs.has(value.name)) {
      const identity = { opType: "Identity", name: this.uniqueName("Identity"), attributes: {} };
      this.nodes.push({ ...identity, inputs: [this.#outputs.get(value.name) ?? value.name], outputs: [name] });
      return;
    }
    this.#outputs.set(value.name, name);
    const rename = (old: string): string => old === value.name ? name : old;
    for (let i = index; i < this.nodes.length; i++) this.nodes[i] = renamedNode(this.nodes[i]!, rename);
  }

  /** One of two values of the same dtype and rank, of which only the one that is asked for is computed. */
  branch(condition: Value, whenTrue: () => Value, whenFalse: () => Value): Value {
    const [yes, no] = [this.#body("then", whenTrue), this.#body("else", whenFalse)];
    const attributes = { then_branch: graph(yes.graph), else_branch: graph(no.graph) };
    return this.node("If", [condition], { attributes, dtype: yes.dtype });
  }

  /** The nodes of `write` as a body, apart from the other nodes; it reads their values, and shares their constants. */
  #body(name: string, write: () => Value): { readonly graph: OnnxGraph; readonly dtype: DType } {
    const start = this.nodes.length;
    const { name: output, dtype } = write();
    const nodes = this.nodes.splice(start);
    return { graph: { name, nodes, inputs: [], outputs: [{ name: output, dtype }], initializers: [] }, dtype };
  }

  /** Converts a value to another dtype; the same dtype writes nothing. */
  cast(value: Value, dtype: DType): Value {
    if (value.dtype === dtype) return value;
    const to = { to: int(elementTypeOf(dtype)) };
    return { ...this.node("Cast", [value], { attributes: to, dtype }), shape: value.shape };
  }

  /** A constant; the same values of the same dtype and shape are written once. */
  constant(values: readonly number[], dtype: DType, shape: readonly number[]): Value {
    const data = castValues(values, dtype);
    const key = `${dtype}[${shape}]${values.map((value) => Object.is(value, -0) ? "-0" : value)}`;
    let value = this.#constants.get(key);
    if (value === undefined) {
      value = this.initializer(this.uniqueName("constant"), dtype, shape, data);
      this.#constants.set(key, value);
      this.#numbers.set(value.name, values);
    }
    return value;
  }

  /** The numbers that a constant was made of; undefined for any other value. */
  numbersOf(value: Value | undefined): readonly number[] | undefined {
    return value === undefined ? undefined : this.#numbers.get(value.name);
  }

  /** A constant without axes. */
  scalar(value: number, dtype: DType): Value {
    return this.constant([value], dtype, []);
  }

  /** A list of integers as ONNX takes them for shapes, axes and indices. */
  integers(values: readonly number[]): Value {
    return this.constant(values, "int64", [values.length]);
  }

  /** A named constant, such as a weight. */
  initializer(name: string, dtype: DType, shape: readonly number[], data: TypedArrayOf<DType>): Value {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.initializers.push({ name, dtype, shape, data: bytes });
    return { name, dtype, shape };
  }
}
