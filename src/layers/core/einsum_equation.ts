/**
 * The equations of {@linkcode EinsumDense}: which axis of the kernel is how long.
 *
 * @module
 */
import { rankSentence } from "../../shape/bind.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import { showShape } from "../../shape/dim.ts";
import { InputRangeError, type Mismatch, ShapeError } from "../../shape/error.ts";
import { InputSpec, type InputSpecOptions } from "../base/input_spec.ts";
import type { NotOne } from "../base/inputs.ts";
import type { incompatible } from "../base/sentences.ts";

/** The three sides of an equation, as lists of labels, and where `...` stands. */
export interface ParsedEquation {
  /** The labels of the input's axes. */
  readonly input: string;
  /** The labels of the kernel's axes. */
  readonly kernel: string;
  /** The labels of the result's axes. */
  readonly output: string;
  /** Where any other axes stand, on the input and the result alike. */
  readonly dots: "left" | "right" | "none";
  /** The known facts about the input before the layer is built. */
  readonly inputSpec: InputSpec;
}

/**
 * Takes an equation apart.
 *
 * @throws {RangeError} If it is not of the form `"input,kernel->output"`.
 */
export function parseEquation(equation: string, layer: string): ParsedEquation {
  const sides = /^([a-zA-Z.]+),([a-zA-Z]+)->([a-zA-Z.]+)$/.exec(String(equation).replaceAll(" ", ""));
  const [input, kernel, output] = [sides?.[1] ?? "", sides?.[2] ?? "", sides?.[3] ?? ""];
  const dots = dotsOf(input);
  if (sides === null || dots === undefined || dots !== dotsOf(output)) {
    throw new InputRangeError(
      `Cannot make layer ${layer}: expected an equation such as "abc,cd->abd", or with "..." at the same end of the ` +
        `first and the last part, received "${equation}"`,
    );
  }
  const labels = input.replace("...", "");
  const inputSpec = new InputSpec(dots === "none" ? { ndim: labels.length } : { minNdim: labels.length });
  return { input: labels, kernel, output: output.replace("...", ""), dots, inputSpec };
}

function dotsOf(side: string): ParsedEquation["dots"] | undefined {
  if (/^[a-zA-Z]+$/.test(side)) return "none";
  if (/^\.{3}[a-zA-Z]+$/.test(side)) return "left";
  return /^[a-zA-Z]+\.{3}$/.test(side) ? "right" : undefined;
}

/** The shapes that follow from an equation. */
export interface EinsumShapes {
  /** The kernel's shape; a size that is not known is `null`. */
  readonly kernel: Shape;
  /** The bias's shape, or `null` without one. */
  readonly bias: Shape | null;
  /** The expectations of the built layer: the rank, and the sizes of the axes that the kernel shares. */
  readonly inputSpec: InputSpecOptions;
}

/**
 * The shapes of kernel and bias for an input.
 *
 * @throws {ShapeError} If the equation, the input and the output shape contradict each other.
 */
export function einsumShapes(
  equation: string,
  outputShape: number | readonly (number | null)[],
  biasAxes: string | null,
  inputShape: Shape,
  layer: string,
): EinsumShapes {
  const { input, kernel, output, dots } = parseEquation(equation, layer);
  const fail = (reason: string): never => {
    throw new ShapeError(`Cannot build layer ${layer} with equation "${equation}": ${reason}`);
  };
  const elided = inputShape.length - input.length;
  if (dots === "none" ? elided !== 0 : elided < 0) {
    fail(rankSentence(dots === "none" ? "ndim" : "min_ndim", input.length, inputShape));
  }
  // With dots on the left, labels are counted from the right, so that an axis number is the same for any rank.
  const axisOf = (label: string): number => input.indexOf(label) - (dots === "left" ? input.length : 0);
  const sizes = new Map<string, Dim>();
  for (const label of input) sizes.set(label, inputShape.at(axisOf(label))!);
  const given = typeof outputShape === "number" ? [outputShape] : outputShape;
  for (const [label, size] of labelSizes(output, given, dots)) {
    const known = sizes.get(label);
    if (size === null) continue;
    if (typeof known === "number" && known !== size) {
      fail(`axis ${label} is ${known} in input shape ${showShape(inputShape)} and ${size} in the output shape`);
    }
    sizes.set(label, size);
  }
  const sizeOf = (label: string): Dim => {
    if (sizes.has(label)) return sizes.get(label)!;
    return output.includes(label)
      ? fail(`the size of axis ${label} is neither in input shape ${showShape(inputShape)} nor in the output shape`)
      : fail(`axis ${label} of the kernel is neither in the input nor in the output`);
  };
  const axes = Object.fromEntries(
    [...kernel].filter((label) => input.includes(label)).map((label) => [axisOf(label), sizeOf(label)]),
  );
  return {
    kernel: [...kernel].map(sizeOf),
    bias: biasAxes === null ? null : biasShape(output, biasAxes, sizeOf, dots === "right" ? elided : 0, fail),
    inputSpec: { ...(dots === "none" ? { ndim: input.length } : { minNdim: input.length }), axes },
  };
}

/** The sizes that the output shape gives to labels: it leaves out the batch, and may leave out what dots stand for. */
function labelSizes(
  output: string,
  given: readonly (number | null)[],
  dots: ParsedEquation["dots"],
): [string, number | null][] {
  if (dots === "left") {
    const count = Math.min(output.length, given.length);
    return [...output.slice(output.length - count)].map((label, i) => [label, given[given.length - count + i]!]);
  }
  return [...output.slice(1)].map((label, i) => [label, given[i] ?? null]);
}

function biasShape(
  output: string,
  biasAxes: string,
  sizeOf: (label: string) => Dim,
  trailing: number,
  fail: (reason: string) => never,
): Shape {
  for (const label of biasAxes) if (!output.includes(label)) fail(`bias axis ${label} is not an axis of the output`);
  const first = Math.min(...[...biasAxes].map((label) => output.indexOf(label)));
  const dims = [...output.slice(first)].map((label) => biasAxes.includes(label) ? sizeOf(label) : 1);
  return [...dims, ...Array<number>(trailing).fill(1)];
}

type Letters<Text extends string> = Text extends `${infer Head}${infer Rest}` ? readonly [Head, ...Letters<Rest>]
  : readonly [];

type Zip<Labels extends readonly unknown[], S extends Shape> = {
  readonly [I in keyof Labels & `${number}` as Labels[I] & string]: I extends keyof S ? S[I] : null;
};

type SizeOf<Label, Sizes> = Label extends keyof Sizes ? Sizes[Label] : null;

// The first label is the batch; the others take the size given, or that of the input where null is given.
type OutputDims<Labels, Given extends readonly unknown[], Sizes> = Labels extends readonly [infer Label, ...infer Rest]
  ? Given extends readonly [infer Size, ...infer Sizes2]
    ? readonly [Size extends number ? Size : SizeOf<Label, Sizes>, ...OutputDims<Rest, Sizes2, Sizes>]
  : readonly [SizeOf<Label, Sizes>, ...OutputDims<Rest, readonly [], Sizes>]
  : readonly [];

type AsList<Out> = Out extends number ? readonly [Out] : Out extends readonly unknown[] ? Out : readonly [];

/**
 * The shape of the result; unknown where the equation has `...` or is not a literal.
 *
 * @internal
 */
export type EinsumOutput<Equation extends string, Out, S extends Shape> = number extends S["length"] ? Shape
  : Equation extends `${infer Input},${string}->${infer Output}` ? Equation extends `${string}...${string}` ? Shape
    : OutputDims<Letters<Output>, readonly [null, ...AsList<Out>], Zip<Letters<Input>, S>> extends infer R extends Shape
      ? R
    : Shape
  : Shape;

/**
 * The sentence where the input's rank is not that of the equation.
 *
 * @internal
 */
export type EinsumCheck<Equation extends string, Name extends string, S> = S extends Shape
  ? number extends S["length"] ? unknown
  : Equation extends `${string}...${string}` ? unknown
  : Equation extends `${infer Input},${string}` ? Letters<Input>["length"] extends S["length"] ? unknown
    : Mismatch<incompatible<Name, 0, rankSentence<"ndim", Letters<Input>["length"] & number, S>>>
  : unknown
  : unknown extends S ? unknown
  : NotOne<Name, S>;
