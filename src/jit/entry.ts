/**
 * The state of a compiled function: its graph, or a graph for each signature that it is called with.
 *
 * @module
 */
import type { HostSpec, HostTensor } from "../engine/engine.ts";
import { Graph } from "../graph/graph.ts";
import { resultSpecs } from "../graph/specs.ts";
import { inputOf } from "../layers/base/call.ts";
import { InputError } from "../shape/error.ts";
import { convertValues } from "../tensor/convert.ts";
import { EagerTensor } from "../tensor/eager.ts";
import { isRecord, mapStructure, type Structure } from "../tensor/structure.ts";
import { SymbolicTensor } from "../tensor/symbolic.ts";
import { Tensor } from "../tensor/tensor.ts";
import { hostOf, isData, Parameters, staticKey } from "./arguments.ts";
import { inline } from "./inline.ts";
import { type Target, targetOf, traceTarget } from "./target.ts";

/** A call that is ready to run. */
export interface Call<Program> {
  /** The traced graph. */
  readonly graph: Graph;
  /** The program that runs it. */
  readonly program: Program;
  /** The values of the graph's inputs. */
  readonly inputs: readonly HostTensor[];
  /** The specs of the outputs, then those of assignments to variables; undefined if sizes depend on values. */
  readonly outputs: readonly HostSpec[] | undefined;
}

/** The way programs are made of graphs, and given up again. */
export interface Compiler<Program> {
  /** Makes what runs a graph. */
  compile(graph: Graph): Program;
  /** Gives up a program that is no longer used. */
  release(program: Program): void;
}

/** The state of a compiled function. */
export interface Entry<Program> {
  /**
   * Checks the arguments, and gives what is needed to run the graph on them.
   *
   * @throws {TypeError | ShapeError | DTypeError} If they do not fit, or the function cannot be traced.
   */
  prepare(args: readonly unknown[]): Call<Program>;
  /** Makes a call part of the trace that is under way: nothing runs, and the arguments may be symbolic. */
  inline(args: readonly unknown[]): unknown;
  /** Gives up all programs. */
  release(): void;
}

/**
 * The state of a function compiled from a graph, a layer or a function: one graph where it is given, or inputs to trace it
 * with, else one for each signature.
 *
 * @throws {TypeError | ShapeError | DTypeError} If it cannot be traced with these inputs.
 */
export function entryOf<Program>(
  compiled: unknown,
  inputs: readonly unknown[],
  compiler: Compiler<Program>,
): Entry<Program> {
  if (compiled instanceof Graph) return new GraphEntry(compiled, compiler, undefined);
  const target = targetOf(compiled);
  const given = inputs.length > 0 ? inputs : target.inputs;
  return given === undefined
    ? new FunctionEntry(target, compiler)
    : new GraphEntry(traceTarget(target, given), compiler, target);
}

interface Traced<Program> {
  readonly parameters: Parameters;
  readonly graph: Graph;
  readonly program: Program;
  /** The specs of the call before, and what came of them. */
  last: { readonly inputs: readonly HostSpec[]; readonly outputs: readonly HostSpec[] | undefined } | undefined;
}

/** More graphs than this, and the one used least recently is given up. */
const MOST_GRAPHS = 32;
/** After so many traces of one function it is worth a warning. */
const MANY_TRACES = 8;

/** Calls of one graph. Where it is that of a layer, the layer's own messages come first. */
class GraphEntry<Program> implements Entry<Program> {
  readonly #traced: Traced<Program>;
  readonly #target: Target | undefined;
  readonly #compiler: Compiler<Program>;

  constructor(graph: Graph, compiler: Compiler<Program>, target: Target | undefined) {
    // Types know the names of layers, but no others.
    this.#traced = traced(graph, compiler, target?.layer?.name ?? "graph");
    this.#compiler = compiler;
    this.#target = target;
  }

  prepare(args: readonly unknown[]): Call<Program> {
    return prepare(this.#traced, checked(this.#target, args));
  }

  inline(args: readonly unknown[]): unknown {
    const { graph } = this.#traced;
    if (this.#target === undefined) return inline(graph, args.map((argument) => toTensors(argument)));
    return this.#target.call(...args, ...graph.inputs.slice(args.length));
  }

  release(): void {
    this.#compiler.release(this.#traced.program);
  }
}

/** Calls of a function that is traced anew for each signature: structure, dtypes, sizes, and what is no tensor. */
class FunctionEntry<Program> implements Entry<Program> {
  readonly #target: Target;
  readonly #compiler: Compiler<Program>;
  readonly #graphs = new Map<string, Traced<Program>>();
  #traces = 0;

  constructor(target: Target, compiler: Compiler<Program>) {
    this.#target = target;
    this.#compiler = compiler;
  }

  prepare(args: readonly unknown[]): Call<Program> {
    const given = checked(this.#target, args).map((argument) => toTensors(argument));
    const key = given.map(signature).join(",");
    let entry = this.#graphs.get(key);
    if (entry === undefined) {
      entry = traced(traceTarget(this.#target, given), this.#compiler, this.#target.name);
      this.#count();
      if (this.#graphs.size >= MOST_GRAPHS) {
        const [oldest, { program }] = this.#graphs.entries().next().value!;
        this.#graphs.delete(oldest);
        this.#compiler.release(program);
      }
    } else this.#graphs.delete(key);
    this.#graphs.set(key, entry);
    return prepare(entry, given);
  }

  inline(args: readonly unknown[]): unknown {
    return this.#target.call(...args.map((argument) => toTensors(argument)));
  }

  release(): void {
    for (const { program } of this.#graphs.values()) this.#compiler.release(program);
    this.#graphs.clear();
  }

  #count(): void {
    if (++this.#traces !== MANY_TRACES) return;
    // deno-lint-ignore no-console -- it costs time that the user does not see
    console.warn(
      `${this.#target.name} was traced ${MANY_TRACES} times, once for each signature that it was called with (shapes, ` +
        "dtypes, and arguments that are no tensors, such as numbers); compile it with inputs that have open dims, such " +
        'as input(["batch", 64]), and give what changes as tensors',
    );
  }
}

/** The results in the structure of a graph's outputs. */
export function structured(graph: Graph, values: readonly HostTensor[]): unknown {
  let next = 0;
  return mapStructure(graph.outputs as Structure<unknown>, (leaf) => {
    if (!(leaf instanceof Tensor)) return leaf;
    const { shape, dtype, data } = values[next++]!;
    return new EagerTensor(shape, dtype, data);
  });
}

function traced<Program>(graph: Graph, compiler: Compiler<Program>, name: string): Traced<Program> {
  const parameters = new Parameters(name, graph.inputs);
  return { parameters, graph, program: compiler.compile(graph), last: undefined };
}

/** The arguments, converted and checked as the layer itself does where the target is one. */
function checked(target: Target | undefined, args: readonly unknown[]): readonly unknown[] {
  if (target?.layer === undefined) return args;
  const [inputs, ...others] = args;
  return [inputOf(target.layer as never, inputs), ...others];
}

function prepare<Program>(entry: Traced<Program>, args: readonly unknown[]): Call<Program> {
  const inputs = entry.parameters.read(args);
  if (entry.last === undefined || !sameSpecs(inputs, entry.last.inputs)) {
    entry.parameters.check(inputs);
    const specs = resultSpecs(entry.graph, inputs);
    const isKnown = specs.every(({ shape }) => shape.every((dim) => typeof dim === "number"));
    entry.last = {
      inputs: inputs.map(({ shape, dtype }) => ({ shape, dtype })),
      outputs: isKnown ? specs as readonly HostSpec[] : undefined,
    };
  }
  return { graph: entry.graph, program: entry.program, inputs, outputs: entry.last.outputs };
}

function sameSpecs(a: readonly HostSpec[], b: readonly HostSpec[]): boolean {
  return a.every(({ dtype, shape }, index) => {
    const other = b[index]!;
    return dtype === other.dtype && shape.length === other.shape.length &&
      shape.every((dim, axis) => dim === other.shape[axis]);
  });
}

/** An argument with tensors in place of arrays of numbers; those in records, such as axes among options, stay. */
function toTensors(argument: unknown): unknown {
  if (argument instanceof Tensor) return argument;
  if (isData(argument)) {
    const { shape, dtype, data } = convertValues(argument);
    return new EagerTensor(shape, dtype, data);
  }
  if (Array.isArray(argument)) return argument.map((part) => toTensors(part));
  if (!isRecord(argument)) return argument;
  const convert = (part: unknown) => Array.isArray(part) && isData(part) ? part : toTensors(part);
  return Object.fromEntries(Object.entries(argument).map(([key, part]) => [key, convert(part)]));
}

function signature(argument: unknown): string {
  if (argument instanceof SymbolicTensor) {
    throw new InputError(`Cannot call a compiled function with ${argument}: expected tensors that have values`);
  }
  const host = hostOf(argument);
  if (host !== undefined) return `${host.dtype}[${host.shape}]`;
  if (Array.isArray(argument)) return `(${argument.map(signature)})`;
  if (!isRecord(argument)) return staticKey(argument);
  return `{${Object.entries(argument).map(([key, part]) => `${JSON.stringify(key)}:${signature(part)}`)}}`;
}
