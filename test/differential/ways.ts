/**
 * The ways in which a case is run, each compared with Keras.
 *
 * @module
 */
import {
  type AnyLayer,
  clearSession,
  type EagerTensor,
  input,
  jit,
  maskOf,
  modelFromJson,
  modelToJson,
  ops,
  setMask,
  type SymbolicTensor,
  type Tensor,
  trace,
  type WorkerPool,
} from "@strata/nn";
import {
  camelCase,
  decode,
  isClear,
  type JsonTensor,
  type LayerCase,
  makeLayer,
  type ModelCase,
  type OpCase,
  tensorOf,
  tensorsIn,
} from "./case.ts";
import { differenceOf } from "./compare.ts";

/** How a case is run. */
export type Way = "eager" | "open" | "known" | "json" | "onnx" | "pool";

/** What a case is run with. */
export interface Run {
  readonly ways: readonly Way[];
  readonly pool?: WorkerPool;
}

/** A function of the case's tensors alone, with the tensors. */
interface Subject {
  readonly call: (...tensors: readonly Tensor[]) => unknown;
  readonly tensors: readonly EagerTensor[];
  /** Gives weights and state the values from which each run begins. */
  readonly begin: () => void;
  /** How the state differs afterwards. */
  readonly state: () => string | null;
  /** Whether the first axis of each tensor may be open. */
  readonly isOpen: boolean;
}

type Untyped = (...values: readonly unknown[]) => unknown;
type Wanted = NonNullable<LayerCase["outputs"]>;

const isHalf = (value: unknown): boolean => JSON.stringify(value).includes("float16");

/** Numbers the tensors of a value: what is called later with others in their places. */
function placed(value: unknown, tensors: EagerTensor[]): (given: readonly Tensor[]) => unknown {
  const slots: number[] = [];
  decode(value, (tensor) => slots.push(tensors.push(tensor) - 1));
  return (given) => {
    let next = 0;
    return decode(value, () => given[slots[next++]!]);
  };
}

/** How the case differs from Keras, way after way; `null` where it does not. */
export async function layerDifference(each: LayerCase, run: Run): Promise<string | null> {
  clearSession();
  if (each.refused !== undefined) return acceptance(() => callLayer(each, makeLayer(each.made)));
  const layer = makeLayer(each.made);
  callLayer(each, layer);
  const weights = each.weights!;
  const shapes = layer.weights.map(({ shape }) => `[${shape}]`).join(" ");
  const wantedShapes = weights.map(({ shape }) => `[${shape}]`).join(" ");
  if (shapes !== wantedShapes) return `weights: expected ${wantedShapes}, received ${shapes}`;
  const paths = layer.weights.map(({ path }) => path).join(" ");
  if (paths !== each.paths!.join(" ")) return `paths: expected ${each.paths!.join(" ")}, received ${paths}`;
  const half = isHalf([each.made, each.inputs]);
  const subject = layerSubject(each, layer, half);
  if (run.ways.includes("eager")) {
    const difference = eagerLayer(each, layer, subject, half);
    if (difference !== null) return `eager: ${difference}`;
  }
  const difference = await graphDifference(subject, each.outputs!, half, run);
  if (difference !== null || each.json === undefined || !run.ways.includes("json")) return difference;
  if (isImage(each)) return null;
  return jsonDifference(each.json, weights, subject.tensors, each.outputs!, half);
}

function callLayer(each: LayerCase, layer: AnyLayer): unknown {
  const tensors: EagerTensor[] = [];
  const inputs = inputsOf(each, tensors);
  const options = placed(each.call, tensors);
  return (layer as unknown as Untyped)(carry(each, inputs(tensors)), options(tensors));
}

/** A single image has no axis of a batch that could be open. */
function isImage({ made, inputs }: LayerCase): boolean {
  const { shape } = (inputs as { readonly tensor?: JsonTensor }).tensor ?? {};
  return ["CenterCrop", "Resizing"].includes(made.layer) && shape?.length === 3;
}

/** Cells take their states beside the input, in one array. */
function inputsOf(each: LayerCase, tensors: EagerTensor[]): (given: readonly Tensor[]) => unknown {
  const inputs = placed(each.inputs, tensors);
  const isCell = /Cells?$/.test(each.made.layer);
  return isCell ? (given) => tensorsIn(inputs(given)) : inputs;
}

function carry(each: LayerCase, inputs: unknown): unknown {
  if (each.carried === undefined) return inputs;
  const masks = [decode(each.carried)].flat() as (Tensor | null)[];
  tensorsIn(inputs).forEach((tensor, index) => setMask(tensor, masks[index] ?? null));
  return inputs;
}

function layerSubject(each: LayerCase, layer: AnyLayer, half: boolean): Subject {
  const tensors: EagerTensor[] = [];
  const inputs = inputsOf(each, tensors);
  const options = placed(each.call, tensors);
  const weights = each.weights!.map(tensorOf);
  const after = each.weights!.map((weight, index) => each.after?.[index] ?? weight);
  return {
    tensors,
    call: (...given) => (layer as unknown as Untyped)(carry(each, inputs(given)), options(given)),
    begin: () => {
      layer.setWeights(weights);
      if ("resetStates" in layer && each.made.options["stateful"] === true) (layer.resetStates as () => void)();
    },
    state: () => {
      const difference = differenceOf(layer.weights, after, { isHalf: half, dtypes: false });
      return difference === null ? null : `weights afterwards, ${difference}`;
    },
    isOpen: each.made.options["stateful"] !== true && !isImage(each),
  };
}

function eagerLayer(each: LayerCase, layer: AnyLayer, subject: Subject, half: boolean): string | null {
  subject.begin();
  const outputs = tensorsIn(subject.call(...subject.tensors));
  const losses = tensorsIn(layer.losses);
  const difference = differenceOf(outputs, each.outputs!, { isHalf: half }) ?? subject.state();
  if (difference !== null) return difference;
  const masks = differenceOf(outputs.map(maskOf), each.masks ?? outputs.map(() => null), {
    isHalf: half,
    dtypes: false,
  });
  if (masks !== null) return `masks, ${masks}`;
  const apart = differenceOf(losses, each.losses ?? [], { isHalf: half, dtypes: false });
  return apart === null ? null : `losses, ${apart}`;
}

/** A symbolic tensor for a tensor; its first axis has a name where it may be open. */
function symbolOf({ shape, dtype }: EagerTensor, index: number, isOpen: boolean): SymbolicTensor {
  const sizes = shape.map((size, axis) => axis === 0 && isOpen ? `n${size}` : size);
  return input(sizes, { dtype, name: `x${index}` }) as SymbolicTensor;
}

async function graphDifference(
  subject: Subject,
  wanted: Wanted,
  half: boolean,
  { ways, pool }: Run,
): Promise<string | null> {
  const { tensors, call, begin, state, isOpen } = subject;
  if (tensors.length === 0) return null;
  const symbols = (open: boolean) => tensors.map((tensor, index) => symbolOf(tensor, index, open && isOpen));
  for (const way of ["open", "known"] as const) {
    if (!ways.includes(way)) continue;
    begin();
    const compiled = (jit as Untyped)(call, ...symbols(way === "open")) as Untyped;
    const difference = differenceOf(tensorsIn(compiled(...tensors)), wanted, { isHalf: half }) ?? state();
    if (difference !== null) return `compiled with ${way} sizes: ${difference}`;
  }
  if (pool === undefined) return null;
  begin();
  if (ways.includes("pool")) {
    const pooled = await (pool.compile as Untyped)(call, ...symbols(true)) as Untyped;
    const outputs = tensorsIn(await pooled(...tensors));
    const difference = differenceOf(outputs, wanted, { isHalf: half }) ?? state();
    if (difference !== null) return `pooled: ${difference}`;
  }
  if (!ways.includes("onnx")) return null;
  begin();
  const graph = (trace as Untyped)(call, ...symbols(true)) as ReturnType<typeof trace>;
  // State is an input and an output of the file besides: those cases are compared in the other ways.
  if (graph.updates.size > 0 || tensorsIn(graph.outputs).some(({ kind }) => kind !== "symbolic")) return null;
  const loaded = await pool.compile(graph.toONNX());
  const given = tensors.length === 1 ? tensors[0] : Object.fromEntries(tensors.map((tensor, i) => [`x${i}`, tensor]));
  const outputs = tensorsIn(await (loaded as unknown as Untyped)(given));
  const difference = differenceOf(outputs, wanted, { isHalf: half });
  return difference === null ? null : `ONNX: ${difference}`;
}

/** Reads Keras's JSON and writes it again: both models give Keras's numbers with its weights. */
function jsonDifference(
  json: object,
  weights: Wanted,
  tensors: readonly EagerTensor[],
  wanted: Wanted,
  half: boolean,
): string | null {
  const read = (text: object | string) => {
    clearSession();
    const model = modelFromJson(text) as unknown as AnyLayer;
    model.setWeights(weights.map(tensorOf));
    return model;
  };
  const run = (model: AnyLayer) =>
    differenceOf(tensorsIn((model as unknown as Untyped)(tensors.length === 1 ? tensors[0] : tensors)), wanted, {
      isHalf: half,
    });
  const model = read(json);
  const difference = run(model);
  if (difference !== null) return `JSON: ${difference}`;
  const again = run(read(modelToJson(model as never)));
  return again === null ? null : `JSON written again: ${again}`;
}

function acceptance(attempt: () => unknown): string | null {
  try {
    attempt();
  } catch (error) {
    return isClear(error) ? null : `refused with an unclear error: ${error}`;
  }
  return "accepted what Keras refuses";
}

/** Ops the shapes of whose results depend on values: they are not traced. */
const BY_VALUES: readonly string[] = ["bincount"];

/** The op of a name, such as `image.resize`. */
function opOf(name: string): Untyped {
  let found: unknown = ops;
  for (const part of name.split(".")) found = (found as Readonly<Record<string, unknown>> | undefined)?.[part];
  if (typeof found !== "function") throw new TypeError(`Strata has no op ${name}`);
  return found as Untyped;
}

/** How an op differs from Keras. */
export async function opDifference(each: OpCase, run: Run): Promise<string | null> {
  const tensors: EagerTensor[] = [];
  const args = placed(each.args, tensors);
  const options = placed(each.options, tensors);
  const op = opOf(camelCase(each.op));
  const hasOptions = Object.keys(each.options).length > 0;
  const call = (...given: readonly Tensor[]) =>
    op(...args(given) as unknown[], ...(hasOptions ? [options(given)] : []));
  if (each.refused !== undefined) return acceptance(() => call(...tensors));
  const half = isHalf([each.args, each.outputs]);
  if (run.ways.includes("eager")) {
    const difference = differenceOf(tensorsIn(call(...tensors)), each.outputs!, { isHalf: half });
    if (difference !== null) return `eager: ${difference}`;
  }
  if (BY_VALUES.includes(each.op)) return null;
  const subject = { tensors, call, begin: () => {}, state: () => null, isOpen: false };
  return await graphDifference(subject, each.outputs!, half, run);
}

/** How a model differs from Keras. */
export async function modelDifference(each: ModelCase, run: Run): Promise<string | null> {
  clearSession();
  const tensors = each.inputs.map((value) => decode(value) as EagerTensor);
  const half = isHalf(each.json);
  const difference = jsonDifference(each.json, each.weights!, tensors, each.outputs!, half);
  if (difference !== null) return difference;
  const model = modelFromJson(each.json) as unknown as AnyLayer;
  const begin = () => model.setWeights(each.weights!.map(tensorOf));
  const call = (...given: readonly Tensor[]) => (model as unknown as Untyped)(given.length === 1 ? given[0] : given);
  return await graphDifference({ tensors, call, begin, state: () => null, isOpen: true }, each.outputs!, half, run);
}
