/**
 * Loops that end by a condition, or after a number of steps that a tensor may say.
 *
 * @module
 */
import { type Shape, showShape } from "../../shape/dim.ts";
import { DTypeError, InputRangeError, ShapeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { EagerTensor } from "../../tensor/eager.ts";
import { scalarTensor, type TensorLike, toTensor } from "../../tensor/like.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { isInteger } from "../../tensor/promote.ts";
import { checkFunction, checkOpOptions } from "../arguments.ts";
import { add, subtract } from "../elementwise/arithmetic.ts";
import { areRecorded, flatten } from "./bodies.ts";
import type { Carried, Chosen, Tensors } from "./control_types.ts";
import { applyLoop, type Loop, recordLoop } from "./loop_operation.ts";
import { cast } from "../elementwise/selection.ts";
import { checkStates, firstStep, statesAfter } from "./stepping.ts";

/** The options of {@linkcode whileLoop}. */
export interface WhileLoopOptions {
  /** After so many steps it ends in any case. Default: it does not. */
  readonly maximumIterations?: number | null | undefined;
}

/** Arguments of functions of loops: the parts of an array, else the one thing itself. */
export type LoopArguments<V> = V extends readonly unknown[] ? Carried<V> : readonly [Carried<V>];

/** A loop that ends by a condition. */
export interface WhileLoop {
  /** Repeats a step while a condition is true. */
  <const V>(
    cond: (...loopVars: LoopArguments<V>) => TensorLike | boolean,
    body: (...loopVars: LoopArguments<V>) => unknown,
    loopVars: V,
    options?: WhileLoopOptions,
  ): Chosen<Tensors<V>, V>;
}

const repeating: WhileLoop = (cond, body, loopVars, options) => repeatWhile(cond, body, loopVars, options) as never;

/**
 * Repeats a step while a condition is true: `while (cond(...loopVars)) loopVars = body(...loopVars)`.
 *
 * In a graph this is one loop, whose condition and step are recorded once; they may use tensors, layers and variables
 * around them, and what a step assigns to variables the next one reads.
 *
 * @param cond Whether there is a next step: a boolean, or a tensor without axes.
 * @param body A step, which gives the new variables in the same structure, dtypes and shapes.
 * @param loopVars The variables at the beginning: those of an array are handed over as arguments, anything else as one.
 *   Whole numbers are `int32`, unless the step gives floats.
 * @param options When it ends in any case.
 * @returns The variables at the end.
 * @throws {ShapeError} If a variable changes its shape, or the condition has axes.
 * @throws {TypeError | DTypeError} If variables change their structure or a dtype.
 * @throws {RangeError} If `maximumIterations` is no such number.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops, tensor } from "@strata/nn";
 *
 * const doubled = ops.whileLoop((x) => ops.less(x, 100), (x) => ops.multiply(x, 2), tensor(3));
 * assertEquals(doubled.item(), 192);
 * ```
 */
export const whileLoop: WhileLoop = repeating;

function repeatWhile(
  cond: unknown,
  body: unknown,
  loopVars: unknown,
  options: WhileLoopOptions = {},
): unknown {
  checkOpOptions("whileLoop", options, ["maximumIterations"]);
  checkFunction("whileLoop", "cond", cond);
  checkFunction("whileLoop", "body", body);
  const { maximumIterations = null } = options;
  if (maximumIterations !== null && (!Number.isSafeInteger(maximumIterations) || maximumIterations < 0)) {
    throw new InputRangeError(
      `Cannot ${WHILE}: expected maximumIterations to be a non-negative integer, received ${maximumIterations}`,
    );
  }
  const carry = flatten(WHILE, loopVars);
  const call = (fn: unknown, states: readonly Tensor[]): unknown => {
    const given = carry.rebuild(states);
    return (fn as (...loopVars: unknown[]) => unknown)(...(Array.isArray(given) ? given : [given]));
  };
  const goesOn = (states: readonly Tensor[]): Tensor => conditionOf(call(cond, states));
  const next = (states: readonly Tensor[]): Tensor[] => statesAfter(WHILE, carry, states, call(body, states));
  const limit = maximumIterations ?? Infinity;
  // What the condition reads beside the variables may have no values yet.
  const begins = areRecorded(carry.tensors) ? undefined : goesOn(carry.tensors);
  if (begins !== undefined && begins.kind !== "symbolic") {
    let states = carry.tensors;
    let isTrue = truthOf(begins);
    for (let step = 0; isTrue && step < limit; step++) {
      states = step === 0 ? firstStep(WHILE, carry, after(next)).rest : checked(states, next(states));
      isTrue = truthOf(goesOn(states));
    }
    return carry.rebuild(states);
  }
  const { states } = firstStep(
    WHILE,
    carry,
    after((states) => recordLoop({ ...NOTHING, states, step: (_, s) => next(s) }).graph.outputs),
  );
  const loop: Loop = {
    ...NOTHING,
    states,
    step(_, before) {
      const states = next(before);
      return [goesOn(states), ...states];
    },
    keep: goesOn(states),
    count: maximumIterations === null ? undefined : scalarTensor(maximumIterations, "int64"),
  };
  return carry.rebuild(applyLoop(WHILE, loop, recordLoop(loop)));
}

const WHILE = "repeat a step";
const NOTHING = { xs: [], length: null, reverse: false } as const;

function after<T extends readonly Tensor[]>(next: (states: readonly Tensor[]) => T) {
  return (states: readonly Tensor[]): { readonly after: T; readonly rest: T } => {
    const after = next(states);
    return { after, rest: after };
  };
}

function checked(before: readonly Tensor[], after: readonly Tensor[]): readonly Tensor[] {
  checkStates(WHILE, before, after);
  return after;
}

function truthOf(condition: Tensor): boolean {
  return Number((condition as EagerTensor).item()) !== 0;
}

function conditionOf(given: unknown): Tensor {
  const condition = toTensor(given as TensorLike);
  if (condition.shape.length === 0) return condition;
  throw new ShapeError(
    `Cannot ${WHILE}: expected a condition of shape [], received shape ${showShape(condition.shape)}`,
  );
}

/** A loop over integers. */
export interface ForiLoop {
  /** Repeats a step for each integer from `lower` to before `upper`. */
  <const L extends TensorLike, const U extends TensorLike, const V>(
    lower: L,
    upper: U,
    body: (i: Tensor<readonly []>, state: Carried<V>) => unknown,
    initVal: V,
  ): Chosen<L | U | Tensors<V>, V>;
}

const counting: ForiLoop = (lower, upper, body, initVal) => repeatFor(lower, upper, body, initVal) as never;

/**
 * Repeats a step for each integer from `lower` to before `upper`: `state = body(i, state)`.
 *
 * @param lower The first integer: a number, or a tensor without axes.
 * @param upper The integer after the last one, as `lower`.
 * @param body A step: from the integer, an `int32` unless a bound has another dtype, and the state to the next state, of the
 *   same structure, dtypes and shapes.
 * @param initVal The state at the beginning, in any structure. Whole numbers are `int32`, unless the step gives floats.
 * @returns The state at the end.
 * @throws {ShapeError} If the state changes its shape, or a bound has axes.
 * @throws {TypeError | DTypeError} If the state changes its structure or dtype, or a bound is no integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops, tensor } from "@strata/nn";
 *
 * assertEquals(ops.foriLoop(1, 5, (i, product) => ops.multiply(product, i), tensor(1)).item(), 24);
 * ```
 */
export const foriLoop: ForiLoop = counting;

function repeatFor(
  lower: TensorLike,
  upper: TensorLike,
  body: (i: Tensor<readonly []>, state: never) => unknown,
  initVal: unknown,
): unknown {
  const carry = flatten(FOR, initVal);
  const [from, to] = [lower, upper].map(boundOf) as [Tensor, Tensor];
  const dtype: DType = from.dtype === "int64" || to.dtype === "int64" ? "int64" : "int32";
  const next = (i: Tensor, states: readonly Tensor[]): Tensor[] =>
    statesAfter(FOR, carry, states, body(i as Tensor<readonly []>, carry.rebuild(states) as never));
  if (!areRecorded([from, to, ...carry.tensors])) {
    const [first, end] = [from, to].map((bound) => Number((bound as EagerTensor).item())) as [number, number];
    const at = (i: number, states: readonly Tensor[]): Tensor[] => next(scalarTensor(i, dtype), states);
    let states = carry.tensors;
    for (let i = first; i < end; i++) {
      if (i === first) states = firstStep(FOR, carry, after((states) => at(i, states))).rest;
      else {
        const following = at(i, states);
        checkStates(FOR, states, following);
        states = following;
      }
    }
    return carry.rebuild(states);
  }
  const begin = cast(from, "int64");
  const step = (index: Tensor, states: readonly Tensor[]): Tensor[] => next(cast(add(index, begin), dtype), states);
  const { states, rest: graph } = firstStep(FOR, carry, (states) => {
    const graph = recordLoop({ ...NOTHING, states, step });
    return { after: graph.graph.outputs, rest: graph };
  });
  const count = subtract(cast(to, "int64"), begin);
  return carry.rebuild(applyLoop(FOR, { ...NOTHING, states, step, count }, graph));
}

const FOR = "repeat a step for each integer";

function boundOf(bound: TensorLike): Tensor {
  const tensor = typeof bound === "number" && Number.isSafeInteger(bound)
    ? scalarTensor(bound, Math.abs(bound) < 2 ** 31 ? "int32" : "int64")
    : toTensor(bound);
  const { shape, dtype } = tensor as Tensor<Shape>;
  if (shape.length > 0) {
    throw new ShapeError(`Cannot ${FOR}: expected bounds of shape [], received shape ${showShape(shape)}`);
  }
  if (isInteger(dtype)) return tensor;
  throw new DTypeError(`Cannot ${FOR}: expected integers as bounds, received dtype ${dtype}`);
}
