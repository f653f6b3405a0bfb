/**
 * Reads from an ONNX model what the WebGPU engine must know before it loads it, without decoding the rest.
 *
 * @module
 */
import { elementTypeOf } from "../onnx/element_type.ts";

/** What {@linkcode scanModel} finds. */
export interface ModelFacts {
  /** Whether there is a float64 value among inputs, outputs, constants and results of casts. */
  readonly hasFloat64: boolean;
  /** The names of the nodes that end as asked. */
  readonly nodeNames: readonly string[];
}

/** Finds float64 values, and the nodes whose names end in `suffix`; a model that is no protobuf has neither. */
export function scanModel(model: Uint8Array, suffix: string): ModelFacts {
  const facts = { hasFloat64: false, nodeNames: [], suffix };
  try {
    for (const [field, graph] of fieldsOf(model)) if (field === 7 && typeof graph !== "number") scanGraph(graph, facts);
  } catch (error) {
    // The engine itself says what is wrong with the model.
    if (!(error instanceof RangeError)) throw error;
  }
  return facts;
}

interface Findings {
  hasFloat64: boolean;
  readonly nodeNames: string[];
  readonly suffix: string;
}

const FLOAT64 = elementTypeOf("float64");
const decoder = new TextDecoder();

// The numbers of the fields are those of onnx.proto.
function scanGraph(graph: Uint8Array, facts: Findings): void {
  for (const [field, value] of fieldsOf(graph)) {
    if (typeof value === "number") continue;
    if (field === 1) scanNode(value, facts);
    else if (field === 5) scanTensor(value, facts);
    else if (field === 11 || field === 12) scanValue(value, facts);
  }
}

function scanNode(node: Uint8Array, facts: Findings): void {
  for (const [field, value] of fieldsOf(node)) {
    if (typeof value === "number") continue;
    if (field === 5) scanAttribute(value, facts);
    else if (field === 3) {
      const name = decoder.decode(value);
      if (name.endsWith(facts.suffix)) facts.nodeNames.push(name);
    }
  }
}

function scanAttribute(attribute: Uint8Array, facts: Findings): void {
  let name = "";
  for (const [field, value] of fieldsOf(attribute)) {
    if (typeof value === "number") {
      if (field === 3 && name === "to" && value === FLOAT64) facts.hasFloat64 = true;
    } else if (field === 1) name = decoder.decode(value);
    else if (field === 5) scanTensor(value, facts);
    else if (field === 6) scanGraph(value, facts);
  }
}

function scanTensor(tensor: Uint8Array, facts: Findings): void {
  for (const [field, value] of fieldsOf(tensor)) if (field === 2 && value === FLOAT64) facts.hasFloat64 = true;
}

function scanValue(info: Uint8Array, facts: Findings): void {
  for (const [, type] of fieldsOf(info).filter(([field]) => field === 2)) {
    for (const [, tensor] of fieldsOf(type as Uint8Array).filter(([field]) => field === 1)) {
      for (const [field, value] of fieldsOf(tensor as Uint8Array)) {
        if (field === 1 && value === FLOAT64) facts.hasFloat64 = true;
      }
    }
  }
}

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

/** The fields of a protobuf message: numbers, and views of what has a length. */
function fieldsOf(message: Uint8Array): [field: number, value: number | Uint8Array][] {
  const fields: [number, number | Uint8Array][] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1;; scale *= 128) {
      const byte = message[at++];
      if (byte === undefined) throw new RangeError("Cannot read the model: it ends within a field");
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const [field, wire] = [Math.floor(tag / 8), tag % 8];
    if (wire === VARINT) fields.push([field, varint()]);
    else {
      const length = wire === LENGTH ? varint() : wire === FIXED64 ? 8 : wire === FIXED32 ? 4 : NaN;
      if (!(at + length <= message.length)) throw new RangeError("Cannot read the model: it ends within a field");
      fields.push([field, message.subarray(at, at + length)]);
      at += length;
    }
  }
  return fields;
}
