/**
 * Einstein summation.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import type { Emitter, Value } from "../../emission/emitter.ts";
import type { Shape } from "../../shape/dim.ts";
import { einsum as einsumShape } from "../../shape/einsum.ts";
import type { DType } from "../../tensor/dtype.ts";
import {
  type Check,
  type Like,
  type ShapeOf,
  type StrongDTypeOf,
  type TensorLike,
  toTensor,
} from "../../tensor/like.ts";
import type { promote } from "../../tensor/promote.ts";
import { checkText } from "../arguments.ts";
import { apply, commonDType } from "../define.ts";
import { type ProductAttributes, zerosNode, zerosOf } from "./empty_product.ts";
import { einsumNode, type LongAttributes, longSums } from "./long_products.ts";
import { labelledRows } from "../rows.ts";

type ShapesOf<Tensors extends readonly TensorLike[]> = { readonly [Place in keyof Tensors]: ShapeOf<Tensors[Place]> };
/** @internal */
type EinsumShape<Equation extends string, Tensors extends readonly TensorLike[]> = ShapesOf<Tensors> extends
  infer Shapes extends readonly Shape[] ? einsumShape<Equation, Shapes> : never;
/** @internal */
type CommonDType<Tensors extends readonly unknown[], D extends DType = "bool"> = number extends Tensors["length"]
  ? DType
  : Tensors extends readonly [infer First, ...infer Rest] ? CommonDType<Rest, promote<D, StrongDTypeOf<First>>>
  : D;

export const einsumOperation: Operation<ProductAttributes & LongAttributes & { readonly equation: string }> = {
  name: "einsum",
  infer: (inputs, { equation }) => [{
    shape: einsumShape(equation, inputs.map(({ shape }) => shape)),
    dtype: commonDType(inputs),
  }],
  rows(axes, inputs, { equation }) {
    const [terms, output] = explicitTerms(equation, inputs.map(({ shape }) => shape.length));
    return [labelledRows(axes, inputs, terms, output)];
  },
  emit(emitter, inputs, { equation, zeros, long }) {
    const dtype = commonDType(inputs);
    if (zeros !== undefined) return zerosNode(emitter, zeros, dtype);
    const [terms, output] = explicitTerms(equation, inputs.map(({ shape }) => shape.length));
    const operands = inputs.map((input, operand) => withoutOnes(emitter, input, operand, terms, inputs));
    const values = operands.map((operand) => emitter.cast(operand.value, dtype));
    return einsumNode(emitter, operands.map((operand) => operand.term), output, values, long);
  },
};

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

// The engine wants "..." to be as many axes in each operand, where NumPy lines up what there is at the last axis. The
// ranks are known, so that the axes can have letters.
function explicitTerms(
  equation: string,
  ranks: readonly number[],
): readonly [terms: readonly string[], output: string] {
  const [inputs = "", output = implicitOutput(inputs)] = equation.replaceAll(" ", "").split("->");
  const terms = inputs.split(",");
  const axes = terms.map((term, operand) => term.includes("...") ? ranks[operand]! - (term.length - 3) : 0);
  const names = [...LETTERS].filter((letter) => !equation.includes(letter)).slice(0, Math.max(...axes));
  const filled = terms.map((term, operand) => term.replace("...", names.slice(names.length - axes[operand]!).join("")));
  return [filled, output.replace("...", names.join(""))];
}

// The engine's kernel stretches sizes of 1, but a model that says so beforehand is refused: its shape inference knows
// nothing of it. An axis that is known to be 1, and stretches to another operand's, is dropped, which is the same.
function withoutOnes(
  emitter: Emitter,
  value: Value,
  operand: number,
  terms: readonly string[],
  inputs: readonly Value[],
): { readonly term: string; readonly value: Value } {
  const term = terms[operand]!;
  const isOne = (other: number, label: string): boolean =>
    [...terms[other]!].every((letter, axis) => letter !== label || inputs[other]!.shape[axis] === 1);
  const stretched = [...new Set(term)].filter((label) =>
    isOne(operand, label) && terms.some((other, at) => at !== operand && other.includes(label) && !isOne(at, label))
  );
  if (stretched.length === 0) return { term, value };
  const axes = [...term].flatMap((label, axis) => stretched.includes(label) ? [axis] : []);
  return {
    term: [...term].filter((label) => !stretched.includes(label)).join(""),
    value: emitter.node("Squeeze", [value, emitter.integers(axes)]),
  };
}

/** The splits of sums; none if the operands do not fit, of which the inference complains. */
function longIn(equation: string, shapes: readonly Shape[]): LongAttributes["long"] {
  const [terms, output] = explicitTerms(equation, shapes.map(({ length }) => length));
  if (terms.length !== shapes.length || terms.some((term, at) => term.length !== shapes[at]!.length)) return undefined;
  return longSums(shapes, terms.map((term) => [...term]), [...output]);
}

function implicitOutput(inputs: string): string {
  const letters = [...inputs].filter((character) => LETTERS.includes(character));
  const once = letters.filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter));
  return (inputs.includes("...") ? "..." : "") + once.sort().join("");
}

/**
 * Multiplies tensors and sums over axes as an equation of labels says: a label that is not in the output is summed over.
 *
 * A label that one operand repeats takes its diagonal; `"..."` stands for any axes; without `"->"` the output has the
 * labels that appear once, in alphabetical order. A size of 1 stretches to the other sizes of its label.
 *
 * @param equation The labels of each operand and of the output, as in `"ij,jk->ik"`.
 * @param tensors As many operands as the equation has.
 * @throws {ShapeError} If the equation cannot be read or does not fit the operands.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const a = [[1, 2], [3, 4]];
 * assertEquals(ops.einsum("ij,jk->ik", a, [[1, 0], [1, 1]]).array(), [[3, 2], [7, 4]]);
 * assertEquals(ops.einsum("ii", a).item(), 5);
 * assertEquals(ops.einsum("ij->ji", a).array(), [[1, 3], [2, 4]]);
 * ```
 */
export function einsum<const Equation extends string, const Tensors extends readonly TensorLike[]>(
  equation: Equation & Check<EinsumShape<Equation, Tensors>>,
  ...tensors: Tensors
): Like<Tensors[number], EinsumShape<Equation, Tensors>, CommonDType<Tensors>> {
  checkText("einsum", "equation", equation);
  const inputs = tensors.map(toTensor);
  const shapes = inputs.map(({ shape }) => shape);
  const zeros = zerosOf(inputs, () => einsumShape(equation, shapes));
  return apply(einsumOperation, inputs, {
    equation,
    zeros,
    long: zeros === undefined ? longIn(equation, shapes) : undefined,
  }) as never;
}
