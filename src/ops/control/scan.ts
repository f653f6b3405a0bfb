/**
 * Functions applied to the parts of tensors along axis 0, one after the other.
 *
 * @module
 */
import { type Dim, showShape } from "../../shape/dim.ts";
import { InputError, InputRangeError, ShapeError } from "../../shape/error.ts";
import { zeros } from "../../tensor/creation.ts";
import { scalarTensor } from "../../tensor/like.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkFunction, checkOpOptions } from "../arguments.ts";
import { areRecorded, type Flat, flatten } from "./bodies.ts";
import type { Carried, Chosen, Leading, Parts, Stacked, Tensors } from "./control_types.ts";
import { take } from "../shaping/indexing.ts";
import { stack } from "../shaping/joining.ts";
import { applyLoop, type Loop, recordLoop } from "./loop_operation.ts";
import { checkStates, firstStep, statesAfter } from "./stepping.ts";

/** The options of {@linkcode scan}. */
export interface ScanOptions {
  /** The number of steps. Default: the size of axis 0 of `xs`. */
  readonly length?: number | undefined;
  /** Whether the last part comes first; the results stay in the order of the parts. Default: `false`. */
  readonly reverse?: boolean | undefined;
  /**
   * Whether the steps are written into a graph one by one, which needs a known number of them. An integer is accepted as
   * Keras accepts it, and changes nothing unless it is that number or more. Default: 1.
   */
  readonly unroll?: boolean | number | undefined;
}

/** A structure that may be gone through along axis 0. */
export type Scannable = Tensor | readonly unknown[] | { readonly [key: string]: unknown } | null;

/** Steps through tensors along axis 0 with a state. */
export interface Scan {
  /** Goes through the parts of tensors along axis 0, handing a state on from step to step. */
  <const C, const X extends Scannable, const Y>(
    f: (state: Carried<C>, x: Parts<X>) => readonly [state: unknown, result: Y],
    init: C,
    xs: X,
    options?: ScanOptions,
  ): readonly [state: Chosen<Tensors<X>, C>, results: Stacked<Tensors<C> | Tensors<X>, Y, Leading<X>>];
}

const scanning: Scan = (f, init, xs, options) => scanParts(f, init, xs, options) as never;

/**
 * Goes through the parts of tensors along axis 0, handing a state on from step to step: `[state, y] = f(state, x)`.
 *
 * In a graph this is one loop, whose step is recorded once. A step may use tensors, layers and variables around it; what it
 * assigns to variables the next step reads.
 *
 * @param f A step: from the state and a part to the next state, of the same structure, dtypes and shapes, and a result.
 * @param init The state before the first step, in any structure. Whole numbers are `int32`, unless the step gives floats.
 * @param xs What is gone through, in any structure; `null` for nothing, with `length` steps.
 * @param options The number of steps, the direction, and how steps are written.
 * @returns The last state, and the results, one after the other along a new axis 0.
 * @throws {ShapeError} If sizes of axis 0 differ, or a state changes its shape.
 * @throws {TypeError | DTypeError} If a state changes its structure or dtype, or a step gives something else than a pair.
 * @throws {RangeError} If `length` or `unroll` is no such number.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops, type Tensor, tensor } from "@strata/nn";
 *
 * const sums = (sum: Tensor<readonly []>, x: Tensor<readonly []>) => [ops.add(sum, x), ops.add(sum, x)] as const;
 * const [last, all] = ops.scan(sums, tensor(0), tensor([1, 2, 3, 4, 5]));
 * assertEquals(last.item(), 15);
 * assertEquals(all.array(), [1, 3, 6, 10, 15]);
 * ```
 */
export const scan: Scan = scanning;

function scanParts(
  f: unknown,
  init: unknown,
  xs: unknown,
  options: ScanOptions = {},
): unknown {
  checkOpOptions("scan", options, ["length", "reverse", "unroll"]);
  checkFunction("scan", "f", f);
  const { length, reverse = false, unroll = 1 } = options;
  const call = f as (state: unknown, x: unknown) => unknown;
  checkUnroll(unroll);
  const [carry, through] = [flatten(SCAN, init), flatten(SCAN, xs)];
  const size = stepsOf(SCAN, through, length);
  const { states, results } = walk({
    attempt: SCAN,
    carry,
    through,
    size,
    reverse,
    unroll: unroll === true || (typeof size === "number" && unroll !== false && unroll > 1 && unroll >= size),
    call(state, x) {
      const pair = call(state, x);
      if (Array.isArray(pair) && pair.length === 2) return pair as [unknown, unknown];
      throw new InputError(
        `Cannot ${SCAN}: expected a step to give a pair of state and result, received ${typeof pair}`,
      );
    },
  });
  return [carry.rebuild(states), results];
}

const SCAN = "scan";
const MAP = "map";

/** A function applied along axis 0. */
export interface MapParts {
  /** Applies a function to the parts of tensors along axis 0. */
  <const X extends Scannable, const Y>(
    f: (x: Parts<X>) => Y,
    xs: X,
  ): Stacked<Tensors<X>, Y, Leading<X>>;
}

const mapping: MapParts = (f, xs) => mapParts(f, xs) as never;

/**
 * Applies a function to the parts of tensors along axis 0: `[f(x_0), f(x_1), ...]`.
 *
 * In a graph this is one loop, whose body is recorded once; `f` may use tensors, layers and variables around it.
 *
 * @param f From a part to a tensor, or an array or a record of them.
 * @param xs What is gone through, in any structure.
 * @returns The results, one after the other along a new axis 0.
 * @throws {ShapeError} If a tensor has no axis 0, or the sizes of axis 0 differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops, tensor } from "@strata/nn";
 *
 * assertEquals(ops.map((x) => ops.square(x), tensor([1, 2, 3])).array(), [1, 4, 9]);
 * assertEquals(ops.map((row) => ops.sum(row), tensor([[1, 2], [3, 4]])).array(), [3, 7]);
 * ```
 */
export const map: MapParts = mapping;

function mapParts(f: unknown, xs: unknown): unknown {
  checkFunction("map", "f", f);
  const through = flatten(MAP, xs);
  return walk({
    attempt: MAP,
    carry: flatten(MAP, []),
    through,
    size: stepsOf(MAP, through, undefined),
    reverse: false,
    unroll: false,
    call: (_, x) => [[], (f as (x: unknown) => unknown)(x)],
  }).results;
}

/**
 * The same as {@linkcode map}: Keras's name for a map whose function sees all parts at once on some backends.
 *
 * @param f From a part to a tensor, or an array or a record of them.
 * @param elements What is gone through, in any structure.
 * @returns The results, one after the other along a new axis 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops, tensor } from "@strata/nn";
 *
 * assertEquals(ops.vectorizedMap((x) => ops.add(x, 1), tensor([1, 2])).array(), [2, 3]);
 * ```
 */
export const vectorizedMap: MapParts = map;

function checkUnroll(unroll: boolean | number): void {
  if (typeof unroll === "boolean" || (Number.isSafeInteger(unroll) && unroll > 0)) return;
  throw new InputRangeError(`Cannot scan: expected unroll to be a positive integer or a boolean, received ${unroll}`);
}

/** The number of steps. */
function stepsOf(attempt: string, { tensors }: Flat, length: number | undefined): Dim {
  if (length !== undefined && (!Number.isSafeInteger(length) || length < 0)) {
    throw new InputRangeError(`Cannot ${attempt}: expected length to be a non-negative integer, received ${length}`);
  }
  if (tensors.length === 0 && length === undefined) {
    throw new InputError(`Cannot ${attempt}: expected tensors to go through${attempt === SCAN ? ", or a length" : ""}`);
  }
  let size: Dim = length ?? null;
  for (const { shape } of tensors) {
    const [own = undefined] = shape;
    if (own === undefined) {
      throw new ShapeError(`Cannot ${attempt}: expected tensors with an axis 0, received shape ${showShape(shape)}`);
    }
    if (typeof own === "number" && typeof size === "number" && own !== size) {
      throw new ShapeError(`Cannot ${attempt}: expected size ${size} of axis 0, received shape ${showShape(shape)}`);
    }
    if (typeof size !== "number" && own !== null) size = own;
  }
  return size;
}

/** Steps along axis 0. */
interface Walk {
  readonly attempt: string;
  /** The state before the first step. */
  readonly carry: Flat;
  /** The tensors that are gone through. */
  readonly through: Flat;
  /** The number of steps. */
  readonly size: Dim;
  readonly reverse: boolean;
  /** Whether all steps are made one by one, even in a graph. */
  readonly unroll: boolean;
  /** One step: the state after it, and a result. */
  readonly call: (state: unknown, part: unknown) => readonly [state: unknown, result: unknown];
}

interface Walked {
  readonly states: readonly Tensor[];
  readonly results: unknown;
}

/** Makes all steps, at once or as a loop of a graph. */
function walk(steps: Walk): Walked {
  const { attempt, carry, through, size, reverse, unroll } = steps;
  const recorded = areRecorded([...carry.tensors, ...through.tensors]);
  if (unroll && typeof size !== "number") {
    throw new InputRangeError(`Cannot ${attempt}: expected a known number of steps to unroll, received ${size}`);
  }
  if (typeof size === "number" && size > 0 && (unroll || !recorded)) return oneByOne(steps, size);
  const xs = through.tensors;
  const { states, rest: { loop, graph, result } } = firstStep(attempt, carry, (states) => {
    let result: Flat | undefined;
    const loop: Loop = {
      step(_, before, parts) {
        const made = stepOf(steps, before, through.rebuild(parts));
        result = made.rest;
        return [...made.after, ...made.rest.tensors];
      },
      count: xs.length === 0 ? scalarTensor(size as number, "int64") : undefined,
      states,
      xs,
      length: size,
      reverse,
    };
    const graph = recordLoop(loop);
    return { after: graph.graph.outputs.slice(0, states.length), rest: { loop, graph, result: result! } };
  });
  if (!recorded) {
    const specs = graph.graph.outputs.slice(states.length);
    const none = specs.map(({ shape, dtype }) => zeros([0, ...shape] as readonly number[], { dtype }));
    return { states, results: result.rebuild(none) };
  }
  const all = applyLoop(attempt, loop, graph);
  return { states: all.slice(0, states.length), results: result.rebuild(all.slice(states.length)) };
}

function stepOf({ attempt, carry, call }: Walk, before: readonly Tensor[], part: unknown) {
  const [state, result] = call(carry.rebuild(before), part);
  return { after: statesAfter(attempt, carry, before, state), rest: flatten(attempt, result) };
}

function oneByOne(steps: Walk, size: number): Walked {
  const { attempt, carry, through, reverse } = steps;
  const make = (index: number, states: readonly Tensor[]) => {
    const place = reverse ? size - 1 - index : index;
    return stepOf(steps, states, through.rebuild(through.tensors.map((x) => partAt(x, place))));
  };
  const first = firstStep(attempt, carry, (states) => make(0, states));
  let states = first.after as readonly Tensor[];
  const made = [first.rest];
  for (let index = 1; index < size; index++) {
    const { after, rest } = make(index, states);
    checkStates(attempt, states, after);
    if (rest.form !== first.rest.form) {
      throw new InputError(`Cannot ${attempt}: expected all steps to give ${first.rest.form}, received ${rest.form}`);
    }
    states = after;
    made.push(rest);
  }
  if (reverse) made.reverse();
  return { states, results: first.rest.rebuild(first.rest.tensors.map((_, index) => stacked(made, index))) };
}

function partAt(x: Tensor, place: number): Tensor {
  return take(x, place, { axis: 0 });
}

function stacked(made: readonly Flat[], index: number): Tensor {
  return stack(made.map(({ tensors }) => tensors[index]!));
}
