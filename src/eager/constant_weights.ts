/**
 * Programs with weights written into them. The engine arranges such weights for its kernels once, which measured 8 % of a
 * dense layer on 32 rows; but it must load the program anew when a weight changes. So only weights that many calls have
 * found unchanged are written into a program, and the program is dropped when one of them is assigned to.
 *
 * @module
 */
import type { SynchronousProgram } from "../engine/engine.ts";
import { type Attributes, type Operation, sameAttributes } from "../graph/operation.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { residentOf, Variable } from "../tensor/variable.ts";
import { load } from "./programs.ts";

/** After this many calls with unchanged weights they are written into a program. */
const CALLS_UNCHANGED = 64;
/** Bytes of weights in programs, at the most; larger weights than a quarter of it are never written into one. */
const BUDGET = 256 * 2 ** 20;

/** The calls of one operation with one weight. */
interface Habit {
  readonly op: Operation;
  readonly attributes: Attributes;
  /** The rank and dtype of the input that is no weight. */
  readonly rank: number;
  readonly dtype: string;
  readonly versions: readonly number[];
  readonly weights: readonly WeakRef<Variable>[];
  readonly bytes: number;
  calls: number;
  program?: SynchronousProgram;
}

const habits = new WeakMap<Variable, Habit>();
/** The habits that have programs, oldest first. */
const frozen = new Set<Habit>();
const collected = new FinalizationRegistry<Habit>(drop);

/**
 * A program that has the weights of a call inside, so that it takes the first input alone; undefined where they are no
 * variables, or have not been the same for long.
 */
export function frozenProgram(
  op: Operation,
  inputs: readonly Tensor[],
  attributes: Attributes,
): SynchronousProgram | undefined {
  const [x, key, ...others] = inputs;
  if (!(key instanceof Variable) || x instanceof Variable) return undefined;
  const habit = habits.get(key);
  if (habit === undefined || !isSame(habit, op, x!, [key, ...others], attributes)) {
    if (habit !== undefined) drop(habit);
    begin(op, inputs, attributes);
    return undefined;
  }
  if (habit.program !== undefined) return habit.program;
  if (++habit.calls < CALLS_UNCHANGED || habit.bytes > BUDGET / 4) return undefined;
  return freeze(habit, key, x!);
}

function begin(op: Operation, inputs: readonly Tensor[], attributes: Attributes): void {
  const [x, ...weights] = inputs;
  if (!weights.every((weight) => weight instanceof Variable)) return;
  habits.set(weights[0]!, {
    op,
    attributes,
    rank: x!.shape.length,
    dtype: x!.dtype,
    versions: weights.map((weight) => residentOf(weight).version),
    weights: weights.map((weight) => new WeakRef(weight)),
    bytes: weights.reduce((bytes, weight) => bytes + residentOf(weight).data.byteLength, 0),
    calls: 0,
  });
}

function isSame(habit: Habit, op: Operation, x: Tensor, weights: readonly Tensor[], attributes: Attributes): boolean {
  if (habit.op !== op || habit.rank !== x.shape.length || habit.dtype !== x.dtype) return false;
  if (habit.weights.length !== weights.length) return false;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (!(weight instanceof Variable) || habit.weights[i]!.deref() !== weight) return false;
    if (residentOf(weight).version !== habit.versions[i]) return false;
  }
  return sameAttributes(habit.attributes, attributes);
}

function freeze(habit: Habit, key: Variable, x: Tensor): SynchronousProgram {
  let bytes = habit.bytes;
  for (const other of frozen) bytes += other.bytes;
  for (const other of frozen) {
    if (bytes <= BUDGET) break;
    bytes -= other.bytes;
    drop(other);
  }
  // The call that brought us here holds them.
  const weights = habit.weights.map((weight) => weight.deref()!);
  const program = load(habit.op, [x], habit.attributes, weights);
  habit.program = program;
  frozen.add(habit);
  collected.register(key, habit);
  return program;
}

function drop(habit: Habit): void {
  habit.program?.releaseSync();
  delete habit.program;
  habit.calls = 0;
  frozen.delete(habit);
}

/** Releases every program that has weights inside. */
export function clearFrozen(): void {
  for (const habit of frozen) drop(habit);
}
