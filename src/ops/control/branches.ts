/**
 * Branches that are chosen when a graph runs.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { showShape } from "../../shape/dim.ts";
import { DTypeError, InputError, ShapeError } from "../../shape/error.ts";
import { type TensorLike, toTensor } from "../../tensor/like.ts";
import { executingEagerly } from "../../tensor/scope.ts";
import type { Tensor, TensorSpec } from "../../tensor/tensor.ts";
import type { EagerTensor } from "../../tensor/eager.ts";
import type { Variable } from "../../tensor/variable.ts";
import { checkFunction, checkList } from "../arguments.ts";
import { lessEqual } from "../elementwise/comparison.ts";
import { assignAll, bodyOf, canBeSame, eitherShape, type Flat, flatten, outside, sharedOperation } from "./bodies.ts";
import type { Chosen, Either } from "./control_types.ts";
import { dispatch } from "../../eager/dispatch.ts";
import { emitStep, inferStep, recordStep, type StepGraph } from "../recurrent/step_graph.ts";

const ATTEMPT = "choose a branch";

/** Branches are called with operands, given one after the other. */
type Branch = (...operands: readonly never[]) => unknown;

/** One of two branches. */
export interface Cond {
  /** Calls one of two functions. */
  <
    const P extends TensorLike | boolean,
    const Operands extends readonly unknown[] = readonly [],
    const A = unknown,
    const B = unknown,
  >(
    pred: P,
    trueFn: (...operands: Operands) => A,
    falseFn: (...operands: Operands) => B,
    operands?: Operands,
  ): Chosen<P, Either<A, B>>;
}

const choosing: Cond = (pred, trueFn, falseFn, operands) => choose(pred, trueFn, falseFn, operands ?? []) as never;

/**
 * Calls one of two functions: `trueFn(...operands)` where the predicate is true, else `falseFn(...operands)`.
 *
 * Where the predicate has a value, only that function is called. In a graph both are recorded and one runs; they may use
 * tensors, layers and variables around them, and must give the same structure, dtypes and shapes.
 *
 * @param pred A boolean, or a tensor without axes; numbers other than 0 are true.
 * @param trueFn What is called where it is true.
 * @param falseFn What is called where it is false.
 * @param operands What they are called with. Default: nothing.
 * @returns What the function gives, in its structure.
 * @throws {ShapeError} If the predicate has axes, or the functions give other shapes.
 * @throws {TypeError | DTypeError} If the functions give other structures or dtypes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { jit, input, ops } from "@strata/nn";
 *
 * const halve = jit((x) => ops.cond(ops.greater(ops.max(x), 1), () => ops.divide(x, 2), () => x), input([2]));
 * assertEquals(halve([4, 6]).array(), [2, 3]);
 * assertEquals(halve([0, 1]).array(), [0, 1]);
 * ```
 */
export const cond: Cond = choosing;

/** One of several branches. */
export interface Switch {
  /** Calls the function at a place of a list. */
  <
    const I extends TensorLike,
    const Operands extends readonly unknown[] = readonly [],
    const A = unknown,
  >(index: I, branches: readonly ((...operands: Operands) => A)[], ...operands: Operands): Chosen<I, A>;
}

const switching: Switch = (index, branches, ...operands) => chooseAt(index, branches, operands) as never;

/**
 * Calls the function at a place of a list: `branches[index](...operands)`. An index below 0 counts as 0, one above the last
 * place as that.
 *
 * @param index An integer, or a tensor without axes.
 * @param branches The functions, of which {@linkcode cond} says what they may do.
 * @param operands What they are called with.
 * @returns What the function gives, in its structure.
 * @throws {ShapeError} If the index has axes, or the functions give other shapes.
 * @throws {TypeError | DTypeError} If there are no functions, or they give other structures or dtypes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const branches = [() => ops.add(2, 0.5), () => ops.subtract(2, 0.5)];
 * assertEquals(ops.switch(1, branches).item(), 1.5);
 * assertEquals(ops.switch(-3, branches).item(), 2.5);
 * ```
 */
export const switchBranch: Switch = switching;

function chooseAt(index: TensorLike, branches: readonly Branch[], operands: readonly unknown[]): unknown {
  checkList("switch", "branches", branches);
  for (const branch of branches) checkFunction("switch", "each branch", branch);
  if (branches.length === 0) throw new InputError(`Cannot ${ATTEMPT}: expected at least one, received none`);
  const place = toTensor(index);
  const from = (first: number): unknown => {
    if (first === branches.length - 1) return branches[first]!(...operands as never[]);
    return choose(lessEqual(place, first), branches[first]!, () => from(first + 1), operands);
  };
  checkScalar(place, "index");
  return from(0);
}

function checkScalar({ shape }: Tensor, what: string): void {
  if (shape.length === 0) return;
  throw new ShapeError(`Cannot ${ATTEMPT}: expected ${what} of shape [], received shape ${showShape(shape)}`);
}

function choose(
  pred: TensorLike | boolean,
  trueFn: Branch,
  falseFn: Branch,
  operands: readonly unknown[],
): unknown {
  checkFunction("cond", "trueFn", trueFn);
  checkFunction("cond", "falseFn", falseFn);
  const call = (branch: Branch): unknown => branch(...operands as never[]);
  if (typeof pred === "boolean") return call(pred ? trueFn : falseFn);
  const condition = toTensor(pred);
  checkScalar(condition, "predicate");
  if (condition.kind === "eager" || condition.kind === "variable" && executingEagerly()) {
    return call(Number((condition as EagerTensor | Variable).item()) !== 0 ? trueFn : falseFn);
  }
  const results: Flat[] = [];
  const steps = [trueFn, falseFn].map((branch) =>
    recordStep(() => {
      const flat = flatten(ATTEMPT, call(branch));
      results.push(flat);
      return flat.tensors;
    }, [[], [], []])
  ) as [StepGraph, StepGraph];
  const [first, second] = results as [Flat, Flat];
  if (first.form !== second.form) {
    throw new InputError(
      `Cannot ${ATTEMPT}: expected both to give ${first.form}, received ${second.form} where it is false`,
    );
  }
  steps[0].graph.outputs.forEach((output, index) => checkSame(output, steps[1].graph.outputs[index]!));
  const assigned = [...new Set(steps.flatMap((step) => step.assigned))];
  const inputs = [condition, ...assigned, ...steps.flatMap(({ captured }) => captured)];
  const key = [...steps.map((step) => step.key), ...steps.map((step) => step.assigned.map((v) => assigned.indexOf(v)))];
  const op = sharedOperation("cond", key.join("\n--\n"), (name) => condOperation(name, steps, assigned));
  const outputs = dispatch(op, inputs, {});
  assignAll(ATTEMPT, assigned, outputs.slice(first.tensors.length));
  return first.rebuild(outputs);
}

function checkSame(a: TensorSpec, b: TensorSpec): void {
  if (a.dtype === b.dtype && canBeSame(a.shape, b.shape)) return;
  const sentence = (what: string, first: string, second: string) =>
    `Cannot ${ATTEMPT}: expected both to give ${what} ${first}, received ${what} ${second} where it is false`;
  throw a.dtype === b.dtype
    ? new ShapeError(sentence("shape", showShape(a.shape), showShape(b.shape)))
    : new DTypeError(sentence("dtype", a.dtype, b.dtype));
}

/** One operation for two recorded branches: it reads the predicate, what they assign, and what each reads. */
function condOperation(
  name: string,
  steps: readonly [StepGraph, StepGraph],
  assigned: readonly Variable[],
): Operation {
  /** What one branch reads of all. */
  function readsOf<T>(branch: 0 | 1, inputs: readonly T[]): T[] {
    const step = steps[branch];
    const before = 1 + assigned.length + (branch === 1 ? steps[0].captured.length : 0);
    const captured = inputs.slice(before, before + step.captured.length);
    return [...step.assigned.map((variable) => inputs[1 + assigned.indexOf(variable)]!), ...captured];
  }
  /** The result of one branch, then the values of all variables, whichever it assigns. */
  function resultsOf<T>(branch: 0 | 1, inputs: readonly T[], results: readonly T[]): T[] {
    const step = steps[branch];
    const count = step.graph.outputs.length;
    const values = assigned.map((variable, index) => {
      const place = step.assigned.indexOf(variable);
      return place < 0 ? inputs[1 + index]! : results[count + place]!;
    });
    return [...results.slice(0, count), ...values];
  }
  const specsOf = (inputs: readonly TensorSpec[]): readonly TensorSpec[] => {
    const [first, second] = ([0, 1] as const).map((branch) =>
      resultsOf(branch, inputs, inferStep(steps[branch], readsOf(branch, inputs)))
    ) as [TensorSpec[], TensorSpec[]];
    return first.map((spec, index) => {
      checkSame(spec, second[index]!);
      return { shape: eitherShape(spec.shape, second[index]!.shape), dtype: spec.dtype };
    });
  };
  return {
    name,
    infer: specsOf,
    emit(emitter, inputs) {
      const specs = specsOf(inputs);
      const values = [inputs[0]!, ...inputs.slice(1).map((value) => outside(emitter, value))];
      const [onTrue, onFalse] = ([0, 1] as const).map((branch) =>
        bodyOf(
          emitter,
          "branch",
          [],
          specs,
          () => resultsOf(branch, values, emitStep(steps[branch], emitter, readsOf(branch, values))),
        )
      );
      return emitter.nodeWithOutputs("If", [emitter.cast(inputs[0]!, "bool")], specs.map(({ dtype }) => dtype), {
        attributes: {
          then_branch: { type: "graph", value: onTrue! },
          else_branch: { type: "graph", value: onFalse! },
        },
      });
    },
  };
}
