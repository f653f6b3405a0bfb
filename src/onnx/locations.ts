/**
 * The files in which the weights of a model lie.
 *
 * @module
 */
import { fieldsOf, messagesIn, textIn } from "./wire.ts";

// The numbers of fields are those of onnx.proto.
const GRAPH = 7;
const FUNCTION = 25;
const [NODE, INITIALIZER] = [1, 5];
const FUNCTION_NODE = 7;
const ATTRIBUTE = 5;
const [TENSOR, SUBGRAPH, TENSORS, SUBGRAPHS] = [5, 6, 10, 11];
const EXTERNAL_DATA = 13;

/**
 * The files that a model names for the elements of its constants, each once.
 *
 * @throws {RangeError} If the bytes are no protobuf.
 */
export function externalLocations(model: Uint8Array): string[] {
  const found = new Set<string>();
  for (const graph of messagesIn(model, GRAPH)) inGraph(graph, found);
  for (const body of messagesIn(model, FUNCTION)) {
    for (const node of messagesIn(body, FUNCTION_NODE)) inNode(node, found);
  }
  return [...found];
}

function inGraph(graph: Uint8Array, found: Set<string>): void {
  for (const [field, value] of fieldsOf(graph)) {
    if (typeof value === "number") continue;
    if (field === NODE) inNode(value, found);
    else if (field === INITIALIZER) inTensor(value, found);
  }
}

function inNode(node: Uint8Array, found: Set<string>): void {
  for (const attribute of messagesIn(node, ATTRIBUTE)) {
    for (const [field, value] of fieldsOf(attribute)) {
      if (typeof value === "number") continue;
      if (field === TENSOR || field === TENSORS) inTensor(value, found);
      else if (field === SUBGRAPH || field === SUBGRAPHS) inGraph(value, found);
    }
  }
}

function inTensor(tensor: Uint8Array, found: Set<string>): void {
  for (const entry of messagesIn(tensor, EXTERNAL_DATA)) {
    if (textIn(entry, 1) === "location") found.add(textIn(entry, 2));
  }
}
