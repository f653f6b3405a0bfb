/**
 * The way steps along time are written: as a loop of the engine, or one after the other.
 *
 * @module
 */
import { type Emitter, int, ints, type Value } from "../../emission/emitter.ts";
import { outside, own } from "../control/bodies.ts";
import { EmptyBatch } from "./empty_batch.ts";
import { emitStep, type StepGraph } from "./step_graph.ts";

/** The attributes of a recurrence. */
export interface RecurrencePlan {
  /** The step. */
  readonly step: StepGraph;
  /** The number of states that a step hands on to the next. */
  readonly states: number;
  /** The axes of a step's output after the batch, where they must be known. */
  readonly outputSizes: readonly number[] | undefined;
  /** Whether there is a mask. */
  readonly masked: boolean;
  /** Whether the outputs of all steps are given. */
  readonly sequences: boolean;
  /** Whether the last step comes first. */
  readonly backwards: boolean;
  /** Whether the outputs of all steps are in the order of the input's steps. */
  readonly aligned: boolean;
  /** Whether the output of a step that does not count is 0. */
  readonly zeroOutput: boolean;
  /** The number of times that the nodes of a step are written; undefined where they are scanned. */
  readonly steps: number | undefined;
}

/** The values handed on from step to step: the states, what the steps assign, and the output where it must be remembered. */
interface Carried {
  readonly states: readonly Value[];
  readonly assigned: readonly Value[];
  readonly output: Value | undefined;
}

/** Writes all steps of a recurrence; gives the outputs, the states and what the steps assign. */
export function emitSteps(
  emitter: Emitter,
  inputs: readonly Value[],
  plan: RecurrencePlan,
  openBatch: boolean,
): readonly Value[] {
  const { step, states, masked } = plan;
  const [captured, assigned] = [step.captured.length, step.assigned.length];
  const rows = inputs.length - captured - assigned;
  const empty = openBatch ? new EmptyBatch(emitter, inputs[0]!) : undefined;
  const padded = inputs.slice(0, rows).map((input) => empty?.fill(input) ?? input);
  const first = masked ? 2 : 1;
  const constants = padded.slice(first + states);
  const fixed = [...constants, ...inputs.slice(rows + assigned)].map((value) => outside(emitter, value));
  const parts: Parts = {
    x: padded[0]!,
    mask: masked ? padded[1]! : undefined,
    constants: fixed.slice(0, constants.length),
    captured: fixed.slice(constants.length),
  };
  const start: Carried = {
    states: padded.slice(first, first + states),
    assigned: inputs.slice(rows, rows + assigned),
    output: remembersOutput(plan) ? noOutput(emitter, plan, padded[0]!) : undefined,
  };
  const { end, outputs } = plan.steps === undefined
    ? scan(emitter, plan, parts, start)
    : unrolled(emitter, plan, parts, start);
  const output = plan.sequences ? outputs! : end.output ?? end.states[stateOfOutput(plan)]!;
  const withRows = [output, ...end.states].map((value) => empty?.empty(value) ?? value);
  return [...withRows, ...end.assigned];
}

/** The values that all steps read. */
interface Parts {
  readonly x: Value;
  readonly mask: Value | undefined;
  readonly constants: readonly Value[];
  readonly captured: readonly Value[];
}

/** The index of the state that is the output; -1 if none is. */
function stateOfOutput({ step: { graph }, states }: RecurrencePlan): number {
  const roots = graph.outputs.map((output) => output.kind === "symbolic" ? output.root : output);
  return roots.slice(1, 1 + states).indexOf(roots[0]!);
}

/**
 * Whether the output is handed on from step to step: the last one is asked for, or a step that does not count repeats it,
 * and it is no state, which is handed on anyway.
 */
function remembersOutput(plan: RecurrencePlan): boolean {
  if (plan.zeroOutput) return !plan.sequences;
  return stateOfOutput(plan) < 0 && (plan.masked || !plan.sequences);
}

function noOutput(emitter: Emitter, { outputSizes, step }: RecurrencePlan, x: Value): Value {
  if (outputSizes === undefined) {
    throw new TypeError("Cannot remember the output of a step: expected its sizes behind the batch to be known");
  }
  const batch = emitter.node("Gather", [emitter.node("Shape", [x], { dtype: "int64" }), emitter.integers([0])]);
  const shape = emitter.node("Concat", [batch, emitter.integers(outputSizes)], { attributes: { axis: int(0) } });
  return emitter.node("Expand", [emitter.scalar(0, step.graph.outputs[0]!.dtype), shape]);
}

/** The values of one step after those before it. */
function oneStep(
  emitter: Emitter,
  plan: RecurrencePlan,
  parts: Parts,
  carried: Carried,
): { readonly after: Carried; readonly output: Value } {
  const { step, states, zeroOutput } = plan;
  const reads = [parts.x, ...carried.states, ...parts.constants, ...carried.assigned, ...parts.captured];
  const [made, ...results] = emitStep(step, emitter, reads);
  const after = results.slice(0, states);
  const assigned = results.slice(states);
  const { mask } = parts;
  if (mask === undefined) {
    return { after: { states: after, assigned, output: carried.output && made! }, output: made! };
  }
  const { outputs } = step.graph;
  const choose = (value: Value, other: Value, rank: number): Value => {
    const axes = Array.from({ length: rank - 1 }, (_, index) => index + 1);
    const counts = axes.length === 0 ? mask : emitter.node("Unsqueeze", [mask, emitter.integers(axes)]);
    return emitter.node("Where", [counts, value, other], { dtype: value.dtype });
  };
  const rank = outputs[0]!.shape.length;
  const kept = after.map((state, index) => choose(state, carried.states[index]!, outputs[index + 1]!.shape.length));
  const output = zeroOutput
    ? choose(made!, emitter.scalar(0, made!.dtype), rank)
    : kept[stateOfOutput(plan)] ?? choose(made!, carried.output!, rank);
  return { after: { states: kept, assigned, output: carried.output && output }, output };
}

interface Steps {
  readonly end: Carried;
  readonly outputs: Value | undefined;
}

function scan(emitter: Emitter, plan: RecurrencePlan, parts: Parts, start: Carried): Steps {
  const inner = ({ dtype, shape }: Value, base: string): Value => ({ name: emitter.uniqueName(base), dtype, shape });
  const states = start.states.map((state) => inner(state, "state"));
  const assigned = start.assigned.map((value) => inner(value, "assigned"));
  const before = start.output && inner(start.output, "output");
  const x = inner(parts.x, "part");
  const mask = parts.mask && inner(parts.mask, "counts");
  // What the emitter writes from here on is the body of the loop; constants stay outside, where it can read them.
  const written = emitter.nodes.length;
  const { after, output } = oneStep(emitter, plan, { ...parts, x, mask }, { states, assigned, output: before });
  const handedOn = listOf(after);
  const results = [...handedOn, ...(plan.sequences ? [output] : [])].map((value) => own(emitter, value));
  const nodes = emitter.nodes.splice(written);
  // The engine wants to know the ranks, and cannot infer all.
  const given = plan.step.graph.outputs.map(({ shape }) => shape);
  const ranks = [
    ...given.slice(1),
    ...plan.step.assigned.map(({ shape }) => shape),
    ...(before === undefined ? [] : [given[0]!]),
  ].map(({ length }) => length);
  const named = ({ name, dtype }: Value, rank: number) => ({ name, dtype, shape: Array<null>(rank).fill(null) });
  const partRank = parts.x.shape.length - 1;
  const scanned = parts.mask === undefined ? 1 : 2;
  const directions = Array.from({ length: scanned }, () => plan.backwards ? 1 : 0);
  const body = {
    name: emitter.uniqueName("step"),
    inputs: [
      ...listOf({ states, assigned, output: before }).map((value, index) => named(value, ranks[index]!)),
      named(x, partRank),
      ...(mask === undefined ? [] : [named(mask, 1)]),
    ],
    outputs: results.map((value, index) => named(value, ranks[index] ?? given[0]!.length)),
    nodes,
    initializers: [],
  };
  const ends = emitter.nodeWithOutputs(
    "Scan",
    [...listOf(start), parts.x, ...(parts.mask === undefined ? [] : [parts.mask])],
    results.map(({ dtype }) => dtype),
    {
      attributes: {
        body: { type: "graph", value: body },
        num_scan_inputs: int(scanned),
        scan_input_axes: ints(Array.from({ length: scanned }, () => 1)),
        scan_input_directions: ints(directions),
        ...(plan.sequences
          ? { scan_output_axes: ints([1]), scan_output_directions: ints([plan.backwards && plan.aligned ? 1 : 0]) }
          : {}),
      },
    },
  );
  const at = states.length + assigned.length;
  const end = {
    states: ends.slice(0, states.length),
    assigned: ends.slice(states.length, at),
    output: before && ends[at],
  };
  return { end, outputs: plan.sequences ? ends.at(-1) : undefined };
}

function listOf({ states, assigned, output }: Carried): Value[] {
  return [...states, ...assigned, ...(output === undefined ? [] : [output])];
}

function unrolled(emitter: Emitter, plan: RecurrencePlan, parts: Parts, start: Carried): Steps {
  const outputs: Value[] = [];
  let carried = start;
  const count = plan.steps!;
  for (let index = 0; index < count; index++) {
    const place = emitter.scalar(plan.backwards ? count - 1 - index : index, "int64");
    const at = (value: Value): Value => emitter.node("Gather", [value, place], { attributes: { axis: int(1) } });
    const mask = parts.mask && at(parts.mask);
    const { after, output } = oneStep(emitter, plan, { ...parts, x: at(parts.x), mask }, carried);
    carried = after;
    if (plan.sequences) outputs.push(emitter.node("Unsqueeze", [output, emitter.integers([1])]));
  }
  if (plan.backwards && plan.aligned) outputs.reverse();
  const all = plan.sequences ? emitter.node("Concat", outputs, { attributes: { axis: int(1) } }) : undefined;
  return { end: carried, outputs: all };
}
