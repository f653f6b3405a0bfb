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
interface CallPattern {
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

const patterns = new WeakMap<Variable, CallPattern>();
/** The patterns that have programs, oldest first. */
const held = new Set<CallPattern>();
const collected = new FinalizationRegistry<CallPattern>(drop);

/**
 * A program that has the weights of a call inside, so that it takes the first input alone; undefined where they are no
 * variables, or have not been the same for long.
 */
export function constantWeightsProgram(
  op: Operation,
  inputs: readonly Tensor[],
  attributes: Attributes,
): SynchronousProgram | undefined {
  const [x, key, ...others] = inputs;
  if (!(key instanceof Variable) || x instanceof Variable) return undefined;
  const pattern = patterns.get(key);
  if (pattern === undefined || !isSame(pattern, op, x!, [key, ...others], attributes)) {
    if (pattern !== undefined) drop(pattern);
    begin(op, inputs, attributes);
    return undefined;
  }
  if (pattern.program !== undefined) return pattern.program;
  if (++pattern.calls < CALLS_UNCHANGED || pattern.bytes > BUDGET / 4) return undefined;
  return freeze(pattern, key, x!);
}

function begin(op: Operation, inputs: readonly Tensor[], attributes: Attributes): void {
  const [x, ...weights] = inputs;
  if (!weights.every((weight) => weight instanceof Variable)) return;
  patterns.set(weights[0]!, {
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

function isSame(
  pattern: CallPattern,
  op: Operation,
  x: Tensor,
  weights: readonly Tensor[],
  attributes: Attributes,
): boolean {
  if (pattern.op !== op || pattern.rank !== x.shape.length || pattern.dtype !== x.dtype) return false;
  if (pattern.weights.length !== weights.length) return false;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (!(weight instanceof Variable) || pattern.weights[i]!.deref() !== weight) return false;
    if (residentOf(weight).version !== pattern.versions[i]) return false;
  }
  return sameAttributes(pattern.attributes, attributes);
}

function freeze(pattern: CallPattern, key: Variable, x: Tensor): SynchronousProgram {
  let bytes = pattern.bytes;
  for (const other of held) bytes += other.bytes;
  for (const other of held) {
    if (bytes <= BUDGET) break;
    bytes -= other.bytes;
    drop(other);
  }
  // The call that brought us here holds them.
  const weights = pattern.weights.map((weight) => weight.deref()!);
  const program = load(pattern.op, [x], pattern.attributes, weights);
  pattern.program = program;
  held.add(pattern);
  collected.register(key, pattern);
  return program;
}

function drop(pattern: CallPattern): void {
  pattern.program?.releaseSync();
  delete pattern.program;
  pattern.calls = 0;
  held.delete(pattern);
}

/** Releases every program that has weights inside. */
export function dropConstantWeights(): void {
  for (const pattern of held) drop(pattern);
}
