/**
 * Einstein summation by NumPy's rules, read from its equation. Across operands a size of 1 stretches to the other
 * sizes of its label, as in NumPy; a label that an operand repeats (a diagonal) needs equal sizes there.
 *
 * @module
 */

import { broadcastDim, equalDim, showShapes } from "./broadcast.ts";
import { type Dim, type Shape, type ShowDim, showDim } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/** The sentence for an equation that does not fit its operands, with the reason. */
export type cannotEinsum<Equation extends string, Shapes extends readonly Shape[], Reason> =
  `Cannot einsum "${Equation}" with ${showShapes<Shapes>}: ${Reason & string}`;

/** The sentence for an equation that does not fit its operands, with the reason. */
export function cannotEinsum(equation: string, shapes: readonly Shape[], reason: string): string {
  return `Cannot einsum "${equation}" with ${showShapes(shapes)}: ${reason}`;
}

// Reasons. Types and functions of one name say the same.
type countReason<Expected, Received> = `expected ${Expected & number} operands, received ${Received & number}`;
function countReason(expected: number, received: number): string {
  return `expected ${expected} operands, received ${received}`;
}
type characterReason<Character extends string> = `"${Character}" is not a label`;
function characterReason(character: string): string {
  return `"${character}" is not a label`;
}
type rankReason<Term extends string, Expected extends string, Operand, Rank> =
  `expected rank ${Expected} for "${Term}" but operand ${Operand & number} has rank ${Rank & number}`;
function rankReason(term: string, expected: string, operand: number, rank: number): string {
  return `expected rank ${expected} for "${term}" but operand ${operand} has rank ${rank}`;
}
type sizeReason<Label, A, B> = `${LabelName<Label>} is ${ShowDim<A>} and ${ShowDim<B>}`;
function sizeReason(label: string, a: Dim, b: Dim): string {
  return `${labelName(label)} is ${showDim(a)} and ${showDim(b)}`;
}
type repeatedReason<Label extends string> = `output label ${Label} is repeated`;
function repeatedReason(label: string): string {
  return `output label ${label} is repeated`;
}
type missingReason<Label extends string> = `output label ${Label} is in no operand`;
function missingReason(label: string): string {
  return `output label ${label} is in no operand`;
}
const ellipsisReason = 'the operands have dims for "..." and the output has not';
type EllipsisReason = typeof ellipsisReason;

// The axes that "..." stands for get labels of their own, counted from the last axis, in characters that no equation
// has. So they line up at the last axis, and stretch and conflict as all labels do.
type EllipsisLabels = ["", "⁰", "¹⁰", "²¹⁰", "³²¹⁰", "⁴³²¹⁰", "⁵⁴³²¹⁰", "⁶⁵⁴³²¹⁰", "⁷⁶⁵⁴³²¹⁰"];
interface EllipsisAxes {
  "⁰": "-1";
  "¹": "-2";
  "²": "-3";
  "³": "-4";
  "⁴": "-5";
  "⁵": "-6";
  "⁶": "-7";
  "⁷": "-8";
}
type LabelName<Label> = Label extends keyof EllipsisAxes ? `axis ${EllipsisAxes[Label]} of "..."`
  : `label ${Label & string}`;
function labelName(label: string): string {
  return label.startsWith("-") ? `axis ${label} of "..."` : `label ${label}`;
}

type Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
type Characters<Text extends string, Found = never> = Text extends `${infer First}${infer Rest}`
  ? Characters<Rest, Found | First>
  : Found;
type Letter = Characters<Alphabet>;
type Label = Letter | keyof EllipsisAxes;

/** @internal */
type WithoutSpaces<Text extends string> = Text extends `${infer Before} ${infer After}`
  ? WithoutSpaces<`${Before}${After}`>
  : Text;
/** @internal */
type Terms<Inputs extends string, Out extends readonly string[] = []> = Inputs extends `${infer First},${infer Rest}`
  ? Terms<Rest, [...Out, First]>
  : [...Out, Inputs];

// What is known of each label: an object type with the dim of each label, and under "..." the labels of the longest
// ellipsis. A string in its place is the reason why the equation does not fit.
type Put<Env, Name extends string, D, MustEqual> = Env extends string ? Env
  : Name extends keyof Env ? [Env[Name], D] extends [D, Env[Name]] ? Env
    : Replace<Env, Name, D, MustEqual extends true ? equalDim<Env[Name], D> : broadcastDim<Env[Name], D>>
  : Env & { [Key in Name]: D };
type Replace<Env, Name extends keyof Env, D, Merged> = Merged extends undefined ? sizeReason<Name, Env[Name], D>
  : { [Key in keyof Env]: Key extends Name ? Merged : Env[Key] };

// Every label of a term with the dim at its place. A character that is no label outweighs a wrong rank, which outweighs
// sizes that differ. A repeated label is bound by itself first, since its sizes must be equal.
interface Repeated {
  readonly repeated: true;
}
type Bind<
  Term extends string,
  S extends Shape,
  Operand,
  Written extends string,
  MustEqual,
  Env,
  Place extends readonly unknown[] = [],
> = Term extends `${infer First}${infer Rest}` ? First extends Label ? Bind<
      Rest,
      S,
      Operand,
      Written,
      MustEqual,
      First extends Place[number] ? MustEqual extends true ? Put<Env, First, S[Place["length"]], true> : Repeated
        : Put<Env, First, S[Place["length"]], MustEqual>,
      [...Place, First]
    >
  : characterReason<First>
  : Place["length"] extends S["length"] ? Env
  : rankReason<Written, `${Place["length"] & number}`, Operand, S["length"]>;

type Merge<Term extends string, Local, Env> = Local extends string ? Local
  : Term extends `${infer First}${infer Rest}` ? Merge<Rest, Local, Put<Env, First, Local[First & keyof Local], false>>
  : Env;
type BindTerm<Term extends string, S extends Shape, Operand, Written extends string, Env> =
  Bind<Term, S, Operand, Written, false, Env> extends infer Bound
    ? Bound extends Repeated ? Merge<Term, Bind<Term, S, Operand, Written, true, unknown>, Env> : Bound
    : never;

// The labels of an ellipsis, in a tuple: of the axes that are left when each label of the term has taken one.
type EllipsisOf<
  Term extends string,
  S extends Shape,
  Operand,
  Written extends string,
  Taken extends readonly unknown[] = [],
> = Term extends `${infer First}${infer Rest}`
  ? First extends Label ? EllipsisOf<Rest, S, Operand, Written, [...Taken, unknown]> : characterReason<First>
  : S extends readonly [...Taken, ...infer Left extends Shape] ? [EllipsisLabels[Left["length"]]]
  : rankReason<Written, `${Taken["length"] & number} or more`, Operand, S["length"]>;
type WithEllipsis<Env, Labels extends string> = Env extends { "...": infer Known extends string }
  ? Labels extends Known ? Env
  : Known extends `${string}${Labels}` ? Env
  : Omit<Env, "..."> & { "...": Labels }
  : Env & { "...": Labels };

type BindOperand<Term extends string, S extends Shape, Operand, Env> = Term extends `${infer Before}...${infer After}`
  ? EllipsisOf<`${Before}${After}`, S, Operand, Term> extends infer Ellipsis
    ? Ellipsis extends [infer Labels extends string]
      ? BindTerm<`${Before}${Labels}${After}`, S, Operand, Term, WithEllipsis<Env, Labels>>
    : Ellipsis
  : never
  : BindTerm<Term, S, Operand, Term, Env>;
type BindOperands<
  Inputs extends readonly string[],
  Shapes extends readonly Shape[],
  Env = unknown,
  Place extends readonly unknown[] = [],
> = Env extends string ? Env
  : Place["length"] extends Inputs["length"] ? Env
  : BindOperands<
    Inputs,
    Shapes,
    BindOperand<Inputs[Place["length"]], Shapes[Place["length"]], Place["length"], Env>,
    [...Place, unknown]
  >;

// Without "->" the output has the ellipsis and then, in alphabetical order, the labels that appear once.
type Insert<Sorted extends string, Name extends string> = Sorted extends `${infer First}${infer Rest}`
  ? Alphabet extends `${string}${First}${string}${Name}${string}` ? `${First}${Insert<Rest, Name>}` : `${Name}${Sorted}`
  : Name;
type LabelsOnce<Text extends string, Seen extends string = "", Sorted extends string = ""> = Text extends
  `${infer First}${infer Rest}`
  ? First extends Letter ? Seen extends `${string}${First}${string}` ? LabelsOnce<Rest, Seen, Sorted>
    : LabelsOnce<
      Rest,
      `${Seen}${First}`,
      Rest extends `${string}${First}${string}` ? Sorted : Insert<Sorted, First>
    >
  : LabelsOnce<Rest, Seen, Sorted>
  : Sorted;

type Build<Output extends string, Env, Out extends readonly unknown[] = readonly []> = Output extends
  `${infer First}${infer Rest}`
  ? First extends Label ? Rest extends `${string}${First}${string}` ? repeatedReason<First>
    : First extends keyof Env ? Build<Rest, Env, readonly [...Out, Env[First & keyof Env]]>
    : missingReason<First>
  : characterReason<First>
  : Out;
type BuildOutput<Output extends string, Env> = Env extends string ? Env
  : Output extends `${infer Before}...${infer After}`
    ? Build<`${Before}${Env extends { "...": infer Labels extends string } ? Labels : ""}${After}`, Env>
  : Env extends { "...": infer Labels } ? Labels extends "" ? Build<Output, Env> : EllipsisReason
  : Build<Output, Env>;
/** @internal */
type Result<Equation extends string, Shapes extends readonly Shape[], Inputs extends readonly string[], Output> =
  Inputs["length"] extends Shapes["length"]
    ? BuildOutput<Output & string, BindOperands<Inputs, Shapes>> extends infer Built
      ? Built extends string ? Mismatch<cannotEinsum<Equation, Shapes, Built>> : Built
    : never
    : Mismatch<cannotEinsum<Equation, Shapes, countReason<Inputs["length"], Shapes["length"]>>>;
/** @internal */
type ImplicitOutput<Inputs extends string> = Inputs extends `${string}...${string}` ? `...${LabelsOnce<Inputs>}`
  : LabelsOnce<Inputs>;

/**
 * The shape of an Einstein summation, or the {@linkcode Mismatch}. An equation that is no literal, unknown ranks and
 * ellipses of more than eight axes give `Shape`.
 */
export type einsum<Equation extends string, Shapes extends readonly Shape[]> = Record<never, 1> extends
  Record<Equation, 1> ? Shape
  : number extends Shapes["length"] | Shapes[number]["length"] ? Shape
  : WithoutSpaces<Equation> extends infer Text extends string
    ? Text extends `${infer Inputs}->${infer Output}` ? Result<Equation, Shapes, Terms<Inputs>, Output>
    : Result<Equation, Shapes, Terms<Text>, ImplicitOutput<Text>>
  : never;

/** The labels of a term, where "..." stands for `ellipsis` axes, named by where they are from the last. */
function labelsOf(term: string, ellipsis: number): string[] {
  const [before = "", after = ""] = splitOnce(term, "...");
  return [...before, ...Array.from({ length: ellipsis }, (_, axis) => String(axis - ellipsis)), ...after];
}

function isLabel(text: string): boolean {
  return /^([A-Za-z]|-\d+)$/.test(text);
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

type Fail = (reason: string) => never;

/** The dim of each label of one operand. */
function bindOperand(term: string, shape: Shape, operand: number, ellipsis: number, fail: Fail): Map<string, Dim> {
  const labels = labelsOf(term, Math.max(ellipsis, 0));
  for (const label of labels) if (!isLabel(label)) fail(characterReason(label));
  if (ellipsis < 0) fail(rankReason(term, `${labels.length} or more`, operand, shape.length));
  if (labels.length !== shape.length) fail(rankReason(term, String(labels.length), operand, shape.length));
  const dims = new Map<string, Dim>();
  labels.forEach((label, axis) => put(dims, label, shape[axis]!, equalDim, fail));
  return dims;
}

function put(dims: Map<string, Dim>, label: string, dim: Dim, merge: typeof equalDim, fail: Fail): void {
  const known = dims.get(label);
  const merged = known === undefined ? dim : merge(known, dim);
  if (merged !== undefined) dims.set(label, merged);
  else fail(sizeReason(label, known!, dim));
}

function implicitOutput(inputs: string): string {
  const labels = Array.from(inputs).filter((character) => /[A-Za-z]/.test(character));
  const once = labels.filter((label) => labels.indexOf(label) === labels.lastIndexOf(label));
  return (inputs.includes("...") ? "..." : "") + once.sort().join("");
}

/**
 * The shape of an Einstein summation over operands of `shapes`: of `"ij,jk->ik"`, for `[2, 3]` and `[3, 4]`, `[2, 4]`.
 * Spaces do not count. Without `"->"` the output has the dims of `"..."` and then, in alphabetical order, the labels
 * that appear once.
 *
 * @throws {ShapeError} If the equation cannot be read, does not fit the number of operands or their ranks, gives one
 * label sizes that differ, or has an output label that is repeated or in no operand.
 */
export function einsum(equation: string, shapes: readonly Shape[]): Shape {
  const fail = (reason: string): never => {
    throw new ShapeError(cannotEinsum(equation, shapes, reason));
  };
  const text = equation.replaceAll(" ", "");
  const [inputs = "", output = implicitOutput(inputs)] = splitOnce(text, "->");
  const terms = inputs.split(",");
  if (terms.length !== shapes.length) fail(countReason(terms.length, shapes.length));
  const dims = new Map<string, Dim>();
  let longest = 0;
  for (const [operand, term] of terms.entries()) {
    const shape = shapes[operand]!;
    const ellipsis = term.includes("...") ? shape.length - (term.length - "...".length) : 0;
    longest = Math.max(longest, ellipsis);
    for (const [label, dim] of bindOperand(term, shape, operand, ellipsis, fail)) {
      put(dims, label, dim, broadcastDim, fail);
    }
  }
  if (longest > 0 && !output.includes("...")) fail(ellipsisReason);
  return labelsOf(output, output.includes("...") ? longest : 0).map((label, axis, labels) => {
    if (!isLabel(label)) fail(characterReason(label));
    if (labels.includes(label, axis + 1)) fail(repeatedReason(label));
    const dim = dims.get(label);
    return dim === undefined ? fail(missingReason(label)) : dim;
  });
}
