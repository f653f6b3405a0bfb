/**
 * Compares the nodes of a written model with the operators that ONNX defines.
 */
import { fromBinary } from "@bufbuild/protobuf";
import { AttributeProto_AttributeType, type GraphProto, ModelProtoSchema, type NodeProto } from "onnx-buf";
import type { DType } from "@strata/nn";
import { readFileSync } from "node:fs";
import { dtypeOfElementType } from "../../src/onnx/element_type.ts";

/** What the standard says of one operator. */
interface Definition {
  readonly since: number;
  readonly inputs: readonly [least: number, most: number];
  readonly outputs: readonly [least: number, most: number];
  readonly reads: readonly string[];
  readonly gives: readonly string[];
  readonly attributes: { readonly [name: string]: readonly [type: string, required: boolean] };
  readonly types: { readonly [variable: string]: readonly DType[] };
}

const standard = JSON.parse(
  readFileSync(new URL("../golden/onnx_operators.json", import.meta.url), "utf8"),
) as { readonly opset: number; readonly operators: { readonly [opType: string]: Definition } };

/** What a model has that ONNX does not define, in sentences; none where all is standard. */
export function faultsOf(bytes: Uint8Array): string[] {
  const { opsetImport, graph } = fromBinary(ModelProtoSchema, bytes);
  const imports = opsetImport.map(({ domain, version }) => `${domain}:${version}`);
  const wrong = imports.length === 1 && imports[0] === `:${standard.opset}` ? [] : [`imports ${imports}`];
  return [...wrong, ...faultsOfGraph(graph!, new Map())];
}

/** The operators that a model has, in bodies of loops and branches too. */
export function operatorsOf(bytes: Uint8Array): string[] {
  const within = ({ node }: GraphProto): string[] =>
    node.flatMap(({ opType, attribute }) => [
      opType,
      ...attribute.flatMap(({ g }) => g === undefined ? [] : within(g)),
    ]);
  return within(fromBinary(ModelProtoSchema, bytes).graph!);
}

/** The faults of a graph; `around` has the dtypes of what it can read from the graph around it. */
function faultsOfGraph(graph: GraphProto, around: ReadonlyMap<string, DType>): string[] {
  const dtypes = new Map(around);
  for (const { name, type } of graph.input) {
    if (type?.value.case === "tensorType") dtypes.set(name, dtypeOfElementType(type.value.value.elemType)!);
  }
  for (const { name, dataType } of graph.initializer) dtypes.set(name, dtypeOfElementType(dataType)!);
  const faults = graph.node.flatMap((node) => faultsOfNode(node, dtypes));
  for (const { name, type } of graph.output) {
    const declared = type?.value.case === "tensorType" ? dtypeOfElementType(type.value.value.elemType) : undefined;
    if (dtypes.get(name) !== declared) faults.push(`output ${name} is ${dtypes.get(name)}, declared ${declared}`);
  }
  return faults;
}

function faultsOfNode(node: NodeProto, dtypes: Map<string, DType>): string[] {
  const { opType, domain, name, input, output, attribute } = node;
  const definition = standard.operators[opType];
  if (domain !== "" || definition === undefined) return [`${name}: no operator ${domain}.${opType}`];
  const faults: string[] = [];
  const count = (what: "inputs" | "outputs", { length }: readonly string[]) => {
    const [least, most] = definition[what];
    if (length < least || length > most) faults.push(`${name}: ${length} ${what}, expected ${least} to ${most}`);
  };
  count("inputs", input);
  count("outputs", output);
  for (const { name: attributeName, type } of attribute) {
    const [expected] = definition.attributes[attributeName] ?? ["none"];
    const given = AttributeProto_AttributeType[type].toLowerCase();
    if (given !== expected) faults.push(`${name}: attribute ${attributeName} of type ${given}, expected ${expected}`);
  }
  for (const [attributeName, [, required]] of Object.entries(definition.attributes)) {
    if (required && !attribute.some((given) => given.name === attributeName)) {
      faults.push(`${name}: attribute ${attributeName} is missing`);
    }
  }
  const bound = new Map<string, DType>();
  for (const [index, value] of input.entries()) {
    if (value === "") continue;
    const dtype = dtypes.get(value);
    const [type, own] = typeAt(definition.reads, index);
    const allowed = definition.types[type] ?? [type];
    if (dtype === undefined) faults.push(`${name}: reads ${value}, which is not there`);
    else if (!allowed.includes(dtype)) faults.push(`${name}: input ${index} is ${dtype}, expected ${allowed}`);
    else if (!own && (bound.get(type) ?? dtype) !== dtype) {
      faults.push(`${name}: input ${index} is ${dtype}, expected ${bound.get(type)} as another`);
    } else if (!own) bound.set(type, dtype);
  }
  const bodies = attribute.flatMap(({ g }) => g === undefined ? [] : [g]);
  for (const body of bodies) faults.push(...faultsOfGraph(body, dtypes));
  output.forEach((value, index) => {
    if (value === "") return;
    const dtype = dtypeOfOutput(node, index, definition, bound);
    if (dtype === undefined) faults.push(`${name}: the dtype of output ${index} is not known`);
    else dtypes.set(value, dtype);
  });
  return faults;
}

/** The type of a parameter, and whether each value of it has a type of its own. */
function typeAt(parameters: readonly string[], index: number): readonly [type: string, own: boolean] {
  const type = parameters[Math.min(index, parameters.length - 1)]!;
  return [type.replace(/\.\.\.$|\*$/, ""), type.endsWith("*")];
}

function dtypeOfOutput(
  { opType, attribute }: NodeProto,
  index: number,
  { gives, types }: Definition,
  bound: ReadonlyMap<string, DType>,
): DType | undefined {
  const [type] = typeAt(gives, index);
  const allowed = types[type] ?? [type as DType];
  const only = allowed.length === 1 ? allowed[0] : undefined;
  const known = bound.get(type) ?? only;
  if (known !== undefined) return known;
  const find = (name: string) => attribute.find((given) => given.name === name);
  if (opType === "Cast") return dtypeOfElementType(Number(find("to")!.i));
  if (opType === "ConstantOfShape") return dtypeOfElementType(find("value")?.t?.dataType ?? 1);
  if (opType === "EyeLike") return dtypeOfElementType(Number(find("dtype")?.i ?? 1));
  const body = find("body")?.g ?? find("then_branch")?.g;
  // The body of a loop gives whether it goes on, and then what the loop gives.
  const result = body?.output[opType === "Loop" ? index + 1 : index]?.type?.value;
  return result?.case === "tensorType" ? dtypeOfElementType(result.value.elemType) : undefined;
}
