/**
 * The declared inputs and outputs of models.
 *
 * @module
 */
import { elementTypeName } from "./element_type.ts";
import { fieldsOf, messagesIn, numberIn, textIn } from "./wire.ts";

/** An input or output, as the model declares it. */
export interface DeclaredValue {
  readonly name: string;
  /** The element type of a tensor; what it is else, such as `sequence`; `undefined` where the model says nothing. */
  readonly type: string | undefined;
  /** A number is a known dim, a string a named one, `null` an unknown one; `undefined` where the rank is not declared. */
  readonly shape: readonly (number | string | null)[] | undefined;
}

/** The inputs that are given, and the outputs. */
export interface Declared {
  readonly inputs: readonly DeclaredValue[];
  readonly outputs: readonly DeclaredValue[];
}

// The numbers of fields are those of onnx.proto.
const GRAPH = 7;
const [INITIALIZER, INPUT, OUTPUT] = [5, 11, 12];
const [NAME, TYPE] = [1, 2];
const TENSOR_NAME = 8;
const TENSOR = 1;
const [ELEMENT_TYPE, SHAPE] = [1, 2];
const DIM = 1;
const [DIM_VALUE, DIM_PARAM] = [1, 2];
const OTHER_TYPES: ReadonlyMap<number, string> = new Map([
  [4, "sequence"],
  [5, "map"],
  [7, "opaque"],
  [8, "sparse tensor"],
  [9, "optional"],
]);
/** Above this a dim, which is signed, is negative. */
const MOST_DIM = 2 ** 63;

/**
 * Reads what a model declares. What has a value in the model is no input.
 *
 * @throws {RangeError} If the bytes are no protobuf.
 */
export function declaredIn(model: Uint8Array): Declared {
  const inputs: DeclaredValue[] = [];
  const outputs: DeclaredValue[] = [];
  const constants = new Set<string>();
  for (const graph of messagesIn(model, GRAPH)) {
    for (const [field, value] of fieldsOf(graph)) {
      if (typeof value === "number") continue;
      if (field === INPUT) inputs.push(declared(value));
      else if (field === OUTPUT) outputs.push(declared(value));
      else if (field === INITIALIZER) constants.add(textIn(value, TENSOR_NAME));
    }
  }
  return { inputs: inputs.filter(({ name }) => !constants.has(name)), outputs };
}

function declared(value: Uint8Array): DeclaredValue {
  const name = textIn(value, NAME);
  for (const type of messagesIn(value, TYPE)) {
    for (const [field, content] of fieldsOf(type)) {
      if (typeof content === "number") continue;
      if (field === TENSOR) {
        const [shape] = messagesIn(content, SHAPE);
        const elementType = elementTypeName(numberIn(content, ELEMENT_TYPE) ?? 0);
        return { name, type: elementType, shape: shape && messagesIn(shape, DIM).map(dimOf) };
      }
      const other = OTHER_TYPES.get(field);
      if (other !== undefined) return { name, type: other, shape: undefined };
    }
  }
  return { name, type: undefined, shape: undefined };
}

function dimOf(dim: Uint8Array): number | string | null {
  const name = textIn(dim, DIM_PARAM);
  if (name !== "") return name;
  const size = numberIn(dim, DIM_VALUE);
  return size === undefined || size >= MOST_DIM ? null : size;
}
