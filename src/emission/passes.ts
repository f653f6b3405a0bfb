/**
 * Passes over a model before it is written: they remove duplicates, and nodes that lead nowhere.
 *
 * @module
 */
import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensor } from "../onnx/model.ts";

/** Constants of more bytes are not compared. */
const MOST_BYTES = 1024;

/**
 * The graph with equal constants written once and equal nodes on equal inputs computed once: operations write what they
 * need without knowing of each other, such as the mean that the variance needs too. Outputs and what `kept` has keep
 * their names, as do weights, which users look for.
 */
export function mergeEqual(graph: OnnxGraph, kept: ReadonlySet<string>): OnnxGraph {
  const fixed = new Set([...kept, ...graph.outputs.map(({ name }) => name), ...graph.nodes.flatMap(readByBodies)]);
  const renamed = new Map<string, string>();
  const initializers = firstOf(graph.initializers, constantKey, ({ name }) => [name], fixed, renamed);
  const nodes = firstOf(
    renamedNodes(graph.nodes, renamed),
    nodeKey,
    ({ outputs }) => outputs,
    fixed,
    renamed,
  );
  return { ...graph, nodes, initializers };
}

/** The graph without nodes of which no output is read, such as a conversion of the second result of an operation. */
export function dropUnread(graph: OnnxGraph): OnnxGraph {
  const read = new Set(graph.outputs.map(({ name }) => name));
  const nodes = graph.nodes.toReversed().filter((node) => {
    if (!node.outputs.some((name) => read.has(name))) return false;
    for (const name of [...node.inputs, ...readByBodies(node)]) read.add(name);
    return true;
  }).reverse();
  return { ...graph, nodes, initializers: graph.initializers.filter(({ name }) => read.has(name)) };
}

/** The first item of each key; the names of the others are those of the first from then on. */
function firstOf<T>(
  items: Iterable<T>,
  keyOf: (item: T) => string | undefined,
  namesOf: (item: T) => readonly string[],
  fixed: ReadonlySet<string>,
  renamed: Map<string, string>,
): T[] {
  const first = new Map<string, T>();
  const left: T[] = [];
  for (const item of items) {
    const names = namesOf(item);
    const key = names.some((name) => fixed.has(name)) ? undefined : keyOf(item);
    const same = key === undefined ? undefined : first.get(key);
    if (same === undefined) {
      left.push(item);
      if (key !== undefined) first.set(key, item);
    } else namesOf(same).forEach((name, index) => renamed.set(names[index]!, name));
  }
  return left;
}

/** Nodes with what came before them renamed, one by one, since each may rename what comes after. */
function* renamedNodes(nodes: readonly OnnxNode[], renamed: ReadonlyMap<string, string>): Generator<OnnxNode> {
  for (const node of nodes) yield rename(node, renamed);
}

function rename(node: OnnxNode, renamed: ReadonlyMap<string, string>): OnnxNode {
  if (!node.inputs.some((name) => renamed.has(name))) return node;
  return { ...node, inputs: node.inputs.map((name) => renamed.get(name) ?? name) };
}

function constantKey({ dtype, shape, data }: OnnxTensor): string | undefined {
  if (!(data instanceof Uint8Array) || data.length > MOST_BYTES) return undefined;
  return `${dtype}[${shape}]${data}`;
}

function nodeKey({ opType, domain, inputs, outputs, attributes }: OnnxNode): string | undefined {
  const parts: string[] = [];
  for (const name of Object.keys(attributes).sort()) {
    const attribute = attributes[name]!;
    if (attribute.type === "graph" || attribute.type === "tensor") return undefined;
    parts.push(`${name}=${attribute.type}:${valueKey(attribute)}`);
  }
  return JSON.stringify([domain ?? "", opType, inputs, outputs.length, parts]);
}

function valueKey({ value }: OnnxAttribute): string {
  return Object.is(value, -0) ? "-0" : JSON.stringify(value, (_, part) => typeof part === "bigint" ? `${part}` : part);
}

/** The values that bodies of loops and branches read from around them. */
function readByBodies({ attributes }: OnnxNode): string[] {
  const names: string[] = [];
  for (const attribute of Object.values(attributes)) {
    if (attribute.type !== "graph") continue;
    for (const node of attribute.value.nodes) names.push(...node.inputs, ...readByBodies(node));
    names.push(...attribute.value.outputs.map(({ name }) => name));
  }
  return names;
}
