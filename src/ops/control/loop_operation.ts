/**
 * Loops of a graph: one recorded step, run as often as a count or a condition says.
 *
 * @module
 */
import { type Emitter, int, type Value } from "../../emission/emitter.ts";
import type { Operation } from "../../graph/operation.ts";
import type { Dim } from "../../shape/dim.ts";
import type { Tensor, TensorSpec } from "../../tensor/tensor.ts";
import { assignAll, bodyOf, declared, outside, sharedOperation } from "./bodies.ts";
import { dispatch } from "../../eager/dispatch.ts";
import { EmptyBatch } from "../recurrent/empty_batch.ts";
import { emitStep, inferStep, recordStep, type StepGraph } from "../recurrent/step_graph.ts";

/** A step: from its number, the states and the parts of this step to results. */
export type LoopStep = (index: Tensor, states: readonly Tensor[], parts: readonly Tensor[]) => readonly Tensor[];

/** A loop. A step gives whether there is a next one where `keep` is set, then the new states, then what is kept of it. */
export interface Loop {
  /** The action of each step. */
  readonly step: LoopStep;
  /** Whether there is a first step; undefined where that is not asked. */
  readonly keep?: Tensor | undefined;
  /** The number of steps at most, an `int64`; undefined where that is the size of axis 0 of `xs`, or not limited. */
  readonly count?: Tensor | undefined;
  /** The states before the first step. */
  readonly states: readonly Tensor[];
  /** Tensors of which each step gets a part along axis 0. */
  readonly xs: readonly Tensor[];
  /** The number of results of all steps, where it is known. */
  readonly length: Dim;
  /** Whether the last part comes first. */
  readonly reverse: boolean;
}

/** The attributes of the operation of a loop. */
interface LoopPlan {
  readonly step: StepGraph;
  readonly counted: boolean;
  readonly asked: boolean;
  readonly states: number;
  readonly xs: number;
  readonly length: number | undefined;
  readonly reverse: boolean;
}

const INDEX: TensorSpec = { shape: [], dtype: "int64" };

/** Records what a step of a loop does. */
export function recordLoop({ step, states, xs }: Pick<Loop, "step" | "states" | "xs">): StepGraph {
  const one = ([index]: readonly Tensor[], before: readonly Tensor[], parts: readonly Tensor[]) =>
    step(index!, before, parts);
  return recordStep(one, [[INDEX], states, xs.map(({ shape, dtype }) => ({ shape: shape.slice(1), dtype }))]);
}

/** Applies a recorded step: the states after the last step, then what is kept of all steps. */
export function applyLoop(attempt: string, loop: Loop, step: StepGraph): readonly Tensor[] {
  const { keep, count, states, xs, length, reverse } = loop;
  const settings: Omit<LoopPlan, "step"> = {
    counted: count !== undefined,
    asked: keep !== undefined,
    states: states.length,
    xs: xs.length,
    length: typeof length === "number" ? length : undefined,
    reverse,
  };
  const key = `${JSON.stringify(settings)}\n${step.key}`;
  const op = sharedOperation("loop", key, (name) => loopOperation(name, { step, ...settings }));
  const given = [count, keep].filter((input) => input !== undefined);
  const results = dispatch(op, [...given, ...states, ...xs, ...step.assigned, ...step.captured], {});
  const kept = results.length - step.assigned.length;
  assignAll(attempt, step.assigned, results.slice(kept));
  return results.slice(0, kept);
}

/** The inputs of the operation, by what they are. */
interface Reads<T> {
  readonly count: T | undefined;
  readonly keep: T | undefined;
  readonly states: readonly T[];
  readonly xs: readonly T[];
  readonly assigned: readonly T[];
  readonly captured: readonly T[];
}

function readsOf<T>({ counted, asked, states, xs, step }: LoopPlan, inputs: readonly T[]): Reads<T> {
  const left = [...inputs];
  return {
    count: counted ? left.shift() : undefined,
    keep: asked ? left.shift() : undefined,
    states: left.splice(0, states),
    xs: left.splice(0, xs),
    assigned: left.splice(0, step.assigned.length),
    captured: left,
  };
}

function loopOperation(name: string, plan: LoopPlan): Operation {
  const { step, asked, states } = plan;
  const keptFrom = (asked ? 1 : 0) + states;
  /** The result of one step. */
  const stepSpecs = (inputs: readonly TensorSpec[]): TensorSpec[] => {
    const reads = readsOf(plan, inputs);
    const parts = reads.xs.map(({ shape, dtype }) => ({ shape: shape.slice(1), dtype }));
    return inferStep(step, [INDEX, ...reads.states, ...parts, ...reads.assigned, ...reads.captured]);
  };
  const specsOf = (inputs: readonly TensorSpec[]): TensorSpec[] => {
    const reads = readsOf(plan, inputs);
    const length = plan.length ?? reads.xs[0]?.shape[0] ?? null;
    const results = stepSpecs(inputs);
    const kept = results.slice(keptFrom, step.graph.outputs.length);
    return [
      ...reads.states.map(({ shape, dtype }) => ({ shape, dtype })),
      ...kept.map(({ shape, dtype }) => ({ shape: [length, ...shape], dtype })),
      ...reads.assigned.map(({ shape, dtype }) => ({ shape, dtype })),
    ];
  };
  return { name, infer: specsOf, emit: (emitter, inputs) => emitLoop(emitter, plan, inputs, stepSpecs(inputs)) };
}

function emitLoop(
  emitter: Emitter,
  plan: LoopPlan,
  inputs: readonly Value[],
  specs: readonly TensorSpec[],
): readonly Value[] {
  const { step, asked, reverse } = plan;
  const reads = readsOf(plan, inputs);
  const [first, all] = [asked ? 1 : 0, step.graph.outputs.length];
  // Of a loop without steps the engine gives results whose open axes have size 0. So where there may be no parts, and
  // axes are open, there is a step on zeros, of which nothing is kept.
  const isOpen = specs.slice(first + plan.states, all).some(({ shape }) =>
    shape.some((dim) => typeof dim !== "number")
  );
  const mayBeNone = typeof reads.xs[0]?.shape[0] !== "number" || reads.xs[0].shape[0] === 0;
  const none = reads.xs[0] !== undefined && isOpen && mayBeNone ? new EmptyBatch(emitter, reads.xs[0]) : undefined;
  const filled = reads.xs.map((x) => none?.fill(x) ?? x);
  const [xs, captured] = [filled, reads.captured].map((values) => values.map((value) => outside(emitter, value)));
  const count = reads.count ?? (xs![0] === undefined ? null : lengthOf(emitter, xs![0]));
  const last = reverse && count !== null
    ? outside(emitter, emitter.node("Sub", [count, emitter.scalar(1, "int64")]))
    : undefined;
  const inner = (base: string, { dtype, shape }: TensorSpec): Value => ({
    name: emitter.uniqueName(base),
    dtype,
    shape,
  });
  const index = inner("index", INDEX);
  const keep = inner("keep", { shape: [], dtype: "bool" });
  const states = reads.states.map((state) => inner("state", state));
  const assigned = reads.assigned.map((value) => inner("assigned", value));
  const order = <T>(results: readonly T[]): readonly T[] => [
    ...results.slice(first, first + states.length),
    ...results.slice(all),
    ...results.slice(first + states.length, all),
  ];
  const [before, after] = [[...states, ...assigned], order(specs)];
  const ranks = (of: readonly TensorSpec[]) => of.map(({ shape, dtype }) => ({ dtype, shape: shape.map(() => null) }));
  const body = bodyOf(
    emitter,
    "step",
    [...declared([index, keep], [INDEX, INDEX]), ...declared(before, ranks(before))],
    [INDEX, ...ranks(after.slice(0, before.length)), ...after.slice(before.length)],
    () => {
      const place = last === undefined ? index : emitter.node("Sub", [last, index]);
      const parts = xs!.map((x) => emitter.node("Gather", [x, place], { attributes: { axis: int(0) } }));
      const results = emitStep(step, emitter, [index, ...states, ...parts, ...assigned, ...captured!]);
      return [asked ? emitter.cast(results[0]!, "bool") : keep, ...order(results)];
    },
  );
  const begins = reads.keep === undefined ? null : emitter.cast(reads.keep, "bool");
  const results = emitter.nodeWithOutputs(
    "Loop",
    [count, begins, ...reads.states, ...reads.assigned],
    after.map(({ dtype }) => dtype),
    { attributes: { body: { type: "graph", value: body } } },
  );
  const kept = results.slice(before.length).map((value) => {
    const inOrder = reverse ? turned(emitter, value) : value;
    return none?.empty(inOrder) ?? inOrder;
  });
  const begun = [...reads.states, ...reads.assigned];
  const ended = results.slice(0, before.length).map((value, index) => none?.unless(begun[index]!, value) ?? value);
  return [...ended.slice(0, states.length), ...kept, ...ended.slice(states.length)];
}

/** The size of axis 0, without axes. */
function lengthOf(emitter: Emitter, x: Value): Value {
  const sizes = emitter.node("Shape", [x], { attributes: { end: int(1) }, dtype: "int64" });
  return emitter.node("Squeeze", [sizes, emitter.integers([0])]);
}

/** The last part along axis 0 first. */
function turned(emitter: Emitter, value: Value): Value {
  const [starts, ends, axes, steps] = [[-1], [Number.MIN_SAFE_INTEGER], [0], [-1]].map((at) => emitter.integers(at));
  return emitter.node("Slice", [value, starts!, ends!, axes!, steps!]);
}
