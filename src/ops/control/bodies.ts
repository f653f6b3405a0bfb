/**
 * Functions as parts of a graph: what branches and loops have in common.
 *
 * @module
 */
import type { Emitter, Value } from "../../emission/emitter.ts";
import type { Attributes, Operation } from "../../graph/operation.ts";
import type { OnnxGraph } from "../../onnx/model.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import { InputError } from "../../shape/error.ts";
import { currentPath, currentUpdates, executingEagerly } from "../../tensor/scope.ts";
import { scalarTensor, type TensorLike, toTensor } from "../../tensor/like.ts";
import { isScalar, isTypedArray } from "../../tensor/convert.ts";
import { isRecord, mapStructure, type Structure } from "../../tensor/structure.ts";
import type { Variable } from "../../tensor/variable.ts";
import { Tensor, type TensorSpec } from "../../tensor/tensor.ts";

/** The tensors of a structure, and the structure without them. */
export interface Flat {
  /** The tensors, in order. */
  readonly tensors: readonly Tensor[];
  /** Flags for those that were plain numbers, whose dtype is not fixed. */
  readonly weak: readonly boolean[];
  /** The structure as text, the same for structures of the same kind. */
  readonly form: string;
  /** The structure with other tensors in place of these. */
  rebuild(tensors: readonly Tensor[]): unknown;
}

/**
 * Takes a structure apart. Whole numbers become `int32`, other numbers `float32`; `null` and `undefined` stay.
 *
 * @throws {TypeError} If there is something else in it.
 */
export function flatten(attempt: string, structure: unknown): Flat {
  const tensors: Tensor[] = [];
  const weak: boolean[] = [];
  const template = mapStructure(structure as Structure<unknown>, (leaf) => {
    if (leaf === null || leaf === undefined) return leaf;
    tensors.push(tensorOf(attempt, leaf));
    weak.push(typeof leaf === "number");
    return PLACE;
  });
  return {
    tensors,
    weak,
    form: formOf(template),
    rebuild(others) {
      let next = 0;
      return mapStructure(template, (leaf) => leaf === PLACE ? others[next++]! : leaf);
    },
  };
}

const PLACE = Symbol("tensor");

function tensorOf(attempt: string, leaf: unknown): Tensor {
  if (typeof leaf === "number" && Number.isInteger(leaf)) return scalarTensor(leaf, "int32");
  if (leaf instanceof Tensor || isTypedArray(leaf) || isScalar(leaf)) return toTensor(leaf as TensorLike);
  // The promise is dropped; what it rejects with must not end the program as well.
  if (leaf instanceof Promise) leaf.catch(() => {});
  const received = leaf instanceof Promise ? "a promise" : typeof leaf;
  throw new InputError(`Cannot ${attempt}: expected tensors, or arrays and records of tensors, received ${received}`);
}

function formOf(template: unknown): string {
  if (Array.isArray(template)) return `[${template.map(formOf).join(", ")}]`;
  if (isRecord(template)) {
    return `{ ${Object.entries(template).map(([key, part]) => `${key}: ${formOf(part)}`).join(", ")} }`;
  }
  return template === PLACE ? "tensor" : String(template);
}

/** Whether what is done to these tensors is recorded, and not run at once. */
export function areRecorded(tensors: readonly Tensor[]): boolean {
  return !executingEagerly() || tensors.some((tensor) => tensor.kind === "symbolic");
}

/** Whether two shapes can be the same. */
export function canBeSame(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, axis) => {
    const other = b[axis];
    return typeof dim !== "number" || typeof other !== "number" || dim === other;
  });
}

/** The known facts about two shapes of which one will be there. */
export function eitherShape(a: Shape, b: Shape): Shape {
  return a.map((dim, axis): Dim => dim === b[axis] ? dim : null);
}

/** Operations by what they do, so that the engine's programs serve all calls that do the same. */
const known = new Map<string, Operation>();
/** More operations than this, and the first of them is made anew when it is needed again. */
const MOST_KNOWN = 256;
let made = 0;

/** The operation that `key` describes; it is made with a name of its own where there is none. */
export function sharedOperation<A extends Attributes>(
  kind: string,
  key: string,
  make: (name: string) => Operation<A>,
): Operation<A> {
  // Names of nodes tell the layer in a graph; a program that runs at once serves all layers that do the same.
  const path = currentUpdates() === undefined ? "" : currentPath();
  const whole = [kind, path, key].join("\n");
  let op = known.get(whole);
  if (op === undefined) {
    op = make(`${kind}_${made++}`) as unknown as Operation;
    if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value!);
    known.set(whole, op);
  }
  return op as unknown as Operation<A>;
}

/**
 * Assigns what bodies assigned.
 *
 * @throws {TypeError} If there are values only when a graph runs, and no trace is under way that could assign them then.
 */
export function assignAll(attempt: string, variables: readonly Variable[], values: readonly Tensor[]): void {
  const [first] = variables;
  if (first !== undefined && executingEagerly() && values.some(({ kind }) => kind === "symbolic")) {
    throw new InputError(
      `Cannot ${attempt}: variable ${first.path} is assigned for values that exist only when the graph runs: expected ` +
        "a layer or a traced function around it, which assigns it in each run, received neither",
    );
  }
  variables.forEach((variable, index) => variable.assign(values[index]!));
}

/** A value under a name of its own: a body gives each result once, and none that is made outside. */
export function own(emitter: Emitter, value: Value): Value {
  return emitter.node("Identity", [value], { dtype: value.dtype });
}

/** A value that a body may read: one that is not renamed when it becomes an output of the model. */
export function outside(emitter: Emitter, value: Value): Value {
  if (!emitter.nodes.some(({ outputs }) => outputs.includes(value.name))) return value;
  return { ...own(emitter, value), shape: value.shape };
}

/** The inputs of a body, or its results as it declares them: ranks, and what sizes are known. */
export function declared(values: readonly Value[], specs: readonly TensorSpec[]): OnnxGraph["inputs"] {
  return values.map(({ name, dtype }, index) => ({
    name,
    dtype,
    shape: specs[index]!.shape.map((dim) => typeof dim === "number" ? dim : null),
  }));
}

/** What `write` writes as a graph of its own; constants stay outside, where it can read them. */
export function bodyOf(
  emitter: Emitter,
  name: string,
  inputs: OnnxGraph["inputs"],
  specs: readonly TensorSpec[],
  write: () => readonly Value[],
): OnnxGraph {
  const before = emitter.nodes.length;
  const results = write().map((value) => own(emitter, value));
  const nodes = emitter.nodes.splice(before);
  return { name: emitter.uniqueName(name), inputs, outputs: declared(results, specs), nodes, initializers: [] };
}
