/**
 * Steps along time, in one run of the engine.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { showShape } from "../../shape/dim.ts";
import { InputError, InputRangeError, ShapeError } from "../../shape/error.ts";
import { zeros } from "../../tensor/creation.ts";
import type { Tensor, TensorSpec } from "../../tensor/tensor.ts";
import { sharedOperation } from "../control/bodies.ts";
import { dispatch } from "../../eager/dispatch.ts";
import { inferStep, keepsRows, recordStep, type Step } from "./step_graph.ts";
import { emitSteps, type RecurrencePlan } from "./recurrence_emission.ts";

/** The way steps are made along time. */
export interface RecurrenceOptions {
  /** The steps of `[batch, time]` that count; those that do not leave the states as they are. Default: all. */
  readonly mask?: Tensor | null;
  /** The values given to each step as they are. Its axis 0 is the batch. Default: nothing. */
  readonly constants?: readonly Tensor[];
  /** Whether the outputs of all steps are given, or the last one. */
  readonly sequences: boolean;
  /** Whether the last step comes first. */
  readonly backwards: boolean;
  /** Whether the outputs of all steps are in the order of the input's steps, even if the last step comes first. */
  readonly aligned: boolean;
  /** Whether the output of a step that does not count is 0, or the one before it. */
  readonly zeroOutput: boolean;
  /** Whether the nodes of a step are written once for each step; the number of steps must be known then. */
  readonly unroll: boolean;
}

type Attributes = { readonly openBatch: boolean };

/**
 * Applies a step to each part of `x` along axis 1. Gives the outputs, and the states after the last step.
 *
 * A step gives its output and the new states, of the shapes and dtypes of the old ones. It is called once, with symbolic
 * tensors, and may compute with what is around it too.
 *
 * @param x The values, `[batch, time, ...]`; a step gets `[batch, ...]`.
 * @param states The states before the first step, `[batch, ...]` each.
 * @throws {ShapeError} If there are no steps, or a state changes its shape.
 * @throws {RangeError} If the steps are to be written one by one and their number is not known.
 */
export function recurrence(
  x: Tensor,
  states: readonly Tensor[],
  step: (x: Tensor, states: readonly Tensor[], constants: readonly Tensor[]) => readonly Tensor[],
  options: RecurrenceOptions,
): { readonly output: Tensor; readonly states: readonly Tensor[] } {
  const { mask = null, constants = [], sequences, backwards, aligned, zeroOutput, unroll } = options;
  const [batch = null, time = null, ...rest] = x.shape;
  if (unroll && typeof time !== "number") {
    throw new InputRangeError(
      `Cannot unroll steps along time: expected a known number of them, received ${showShape(x.shape)}`,
    );
  }
  const one: Step = ([part], before, same) => step(part!, before, same);
  const recorded = recordStep(one, [[{ shape: [batch, ...rest], dtype: x.dtype }], states, constants]);
  checkStates(states, recorded.graph.outputs.slice(1));
  const sizes = recorded.graph.outputs[0]!.shape.slice(1);
  const settings: Omit<RecurrencePlan, "step"> = {
    states: states.length,
    outputSizes: sizes.every((size) => typeof size === "number") ? sizes as readonly number[] : undefined,
    masked: mask !== null,
    sequences,
    backwards,
    aligned,
    zeroOutput: mask !== null && zeroOutput,
    steps: unroll ? time as number : undefined,
  };
  const inputs = [
    x,
    ...(mask === null ? [] : [mask]),
    ...states,
    ...constants,
    ...recorded.assigned,
    ...recorded.captured,
  ];
  const key = `${JSON.stringify(settings)}\n${recorded.key}`;
  const op = sharedOperation(
    "recurrence",
    key,
    (name) => recurrenceOperation(name, { step: recorded, ...settings }),
  );
  const specs = batch === 0 ? op.infer(inputs, { openBatch: false }) : [];
  const results = specs.length > 0 && specs.every(isKnown)
    ? specs.map(({ shape, dtype }) => zeros(shape as readonly number[], { dtype }))
    : dispatch(op, inputs, { openBatch: typeof batch !== "number" || batch === 0 });
  recorded.assigned.forEach((variable, index) => variable.assign(results[1 + states.length + index]! as never));
  return { output: results[0]!, states: results.slice(1, 1 + states.length) };
}

const isKnown = ({ shape }: TensorSpec): boolean => shape.every((dim) => typeof dim === "number");

function checkStates(before: readonly Tensor[], after: readonly Tensor[]): void {
  if (before.length !== after.length) {
    throw new InputError(
      `Cannot repeat a step: expected it to give its output and ${before.length} states, received ${after.length}`,
    );
  }
  for (const [index, { shape, dtype }] of before.entries()) {
    const result = after[index]!;
    const fits = shape.length === result.shape.length && dtype === result.dtype && shape.every((dim, axis) => {
      const other = result.shape[axis];
      return typeof dim !== "number" || typeof other !== "number" || dim === other;
    });
    if (!fits) {
      throw new ShapeError(
        `Cannot repeat a step: expected state ${index} to stay ${dtype} ${showShape(shape)}, ` +
          `received ${result.dtype} ${showShape(result.shape)}`,
      );
    }
  }
}

function recurrenceOperation(name: string, plan: RecurrencePlan): Operation<Attributes> {
  const { step, states, masked, sequences } = plan;
  const specsOf = (inputs: readonly TensorSpec[]): readonly TensorSpec[] => {
    const [x] = inputs;
    return [{ shape: x!.shape.filter((_, axis) => axis !== 1), dtype: x!.dtype }, ...inputs.slice(masked ? 2 : 1)];
  };
  return {
    name,
    infer(inputs) {
      const [batch = null, time = null] = inputs[0]!.shape;
      if (time === 0) {
        throw new ShapeError(
          `Cannot make steps along time: expected at least one, received ${showShape(inputs[0]!.shape)}`,
        );
      }
      const given = specsOf(inputs);
      const [output, ...others] = inferStep(step, given);
      const shape = sequences ? [batch, time, ...output!.shape.slice(1)] : [batch, ...output!.shape.slice(1)];
      const merged = others.map(({ shape, dtype }, index) => {
        if (index >= states) return { shape, dtype };
        return { shape: shape.map((dim, axis) => axis === 0 ? batch : dim ?? given[1 + index]!.shape[axis]!), dtype };
      });
      return [{ shape, dtype: output!.dtype }, ...merged];
    },
    rows(axes, inputs) {
      const count = inputs.length - step.captured.length;
      const apart = axes.every((axis, index) => index < count ? axis === 0 : axis === null) && keepsRows(step);
      return Array.from({ length: 1 + states }, () => apart ? 0 : undefined);
    },
    emit: (emitter, inputs, { openBatch }) => emitSteps(emitter, inputs, plan, openBatch),
  };
}
