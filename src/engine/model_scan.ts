/**
 * Reads from an ONNX model what the WebGPU engine must know before it loads it, without decoding the rest.
 *
 * @module
 */
import { elementTypeOf } from "../onnx/element_type.ts";
import { fieldsOf } from "../onnx/wire.ts";

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
