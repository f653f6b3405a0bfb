/**
 * Patterns against shapes. In a pattern a number is a required size, `null` any size, a name (`"features"`) binds to the
 * size that it meets and must meet the same one everywhere, and `"..."` stands for any dims, at most once.
 *
 * @module
 */
import type { Dim, IsRankUnknown, IsUnknown, Shape, ShowDim, ShowShape } from "./dim.ts";
import { sizesDiffer } from "./broadcast.ts";
import { showDim, showShape } from "./dim.ts";
import type { Mismatch } from "./error.ts";

/** The dims that the names of a pattern met, with the number or key of the input. `"..."` met a list of dims. */
export interface Bindings {
  readonly [name: string]: readonly [Dim | Shape, number | string];
}

/** The sentence for a size other than the required one. */
export type axisSentence<Axis extends number | string, Expected extends Dim, S extends Shape> =
  `expected axis ${Axis} of input shape to have value ${ShowDim<Expected>} but received input with shape ${ShowShape<
    S
  >}`;
/** The sentence for a size other than the required one. */
export function axisSentence(axis: number | string, expected: Dim, shape: Shape): string {
  return `expected axis ${axis} of input shape to have value ${showDim(expected)} but received input with shape ${
    showShape(shape)
  }`;
}

/** The sentence for a rank other than the required one, or too small. */
export type rankSentence<Bound extends "ndim" | "min_ndim", Expected extends number, S extends Shape> =
  `expected ${Bound}=${Expected}, found ndim=${S["length"]}. Full shape received: ${ShowShape<S>}`;
/** The sentence for a rank other than the required one, or too small. */
export function rankSentence(bound: "ndim" | "min_ndim", expected: number, shape: Shape): string {
  return `expected ${bound}=${expected}, found ndim=${shape.length}. Full shape received: ${showShape(shape)}`;
}

/** The sentence for a name that met two sizes. */
export type nameSentence<
  Name extends string,
  First extends string,
  I extends number | string,
  Second extends string,
  J extends number | string,
> = `${Name} is ${First} in input ${I} and ${Second} in input ${J}`;
/** The sentence for a name that met two sizes. */
export function nameSentence(
  name: string,
  first: string,
  i: number | string,
  second: string,
  j: number | string,
): string {
  return `${name} is ${first} in input ${i} and ${second} in input ${j}`;
}

// A known size says more than a name, a name more than nothing.
type Better<A extends Dim, B extends Dim> = IsUnknown<A> extends true ? B : [A] extends [number] ? A
: [B] extends [number] ? (IsUnknown<B> extends true ? A : B)
: A;
function better(a: Dim, b: Dim): Dim {
  return a === null ? b : typeof a === "number" ? a : typeof b === "number" ? b : a;
}

type BindDim<
  P extends Dim,
  D extends Dim,
  Env extends Bindings,
  Axis extends number | string,
  S extends Shape,
  I extends number | string,
> = P extends number ? (sizesDiffer<P, D> extends true ? Mismatch<axisSentence<Axis, P, S>> : Env)
  : P extends string ? P extends keyof Env ? BindAgain<P, Env[P][0] & Dim, Env[P][1], D, Env, I>
    : Env & { readonly [K in P]: readonly [D, I] }
  : Env;

type BindAgain<
  P extends string,
  Old extends Dim,
  OldInput extends number | string,
  D extends Dim,
  Env extends Bindings,
  I extends number | string,
> = sizesDiffer<Old, D> extends true ? Mismatch<nameSentence<P, ShowDim<Old>, OldInput, ShowDim<D>, I>>
  : Omit<Env, P> & { readonly [K in P]: readonly [Better<Old, D>, OldInput] };

// From the left, axis numbers count up.
type BindLeft<
  P extends Shape,
  A extends Shape,
  Env,
  S extends Shape,
  I extends number | string,
  Done extends readonly unknown[],
> = Env extends Bindings
  ? P extends readonly [infer Head extends Dim, ...infer Rest extends Shape]
    ? Head extends "..." ? BindRight<Rest, A, Env, S, I, []>
    : A extends readonly [infer D extends Dim, ...infer Dims extends Shape]
      ? BindLeft<Rest, Dims, BindDim<Head, D, Env, Done["length"], S, I>, S, I, [...Done, unknown]>
    : Env
  : Env
  : Env;

// From the right, axis numbers count down from -1; what is left over is bound to "...".
type BindRight<
  P extends Shape,
  A extends Shape,
  Env,
  S extends Shape,
  I extends number | string,
  Done extends readonly unknown[],
> = Env extends Bindings
  ? P extends readonly [...infer Rest extends Shape, infer Last extends Dim]
    ? A extends readonly [...infer Dims extends Shape, infer D extends Dim]
      ? BindRight<Rest, Dims, BindDim<Last, D, Env, `-${[...Done, unknown]["length"]}`, S, I>, S, I, [...Done, unknown]>
    : Env
  : BindRest<A, Env, I>
  : Env;

type BindRest<A extends Shape, Env extends Bindings, I extends number | string> = "..." extends keyof Env
  ? Env["..."] extends readonly [infer First extends Shape, infer J extends number | string]
    ? SameDims<First, A> extends true ? Env : Mismatch<nameSentence<"...", ShowShape<First>, J, ShowShape<A>, I>>
  : Env
  : Env & { readonly "...": readonly [A, I] };

type SameDims<A extends Shape, B extends Shape> = IsRankUnknown<A> extends true ? true
  : IsRankUnknown<B> extends true ? true
  : A extends readonly [infer Head, ...infer Rest extends Shape]
    ? B extends readonly [infer Other, ...infer Others extends Shape]
      ? sizesDiffer<Head, Other> extends true ? false : SameDims<Rest, Others>
    : false
  : B extends readonly [] ? true
  : false;

type WithoutDots<P extends Shape> = P extends readonly [infer Head, ...infer Rest extends Shape]
  ? Head extends "..." ? Rest : readonly [Head, ...WithoutDots<Rest>]
  : readonly [];

type AtLeast<A extends Shape, P extends readonly unknown[]> = P extends readonly [unknown, ...infer Rest]
  ? A extends readonly [Dim, ...infer Dims extends Shape] ? AtLeast<Dims, Rest> : false
  : true;

/**
 * Binds the names of `Pattern` to the dims of `S`, the shape of input `I`; gives the bindings, or what does not fit.
 */
export type bind<
  Pattern extends Shape,
  S extends Shape,
  Env extends Bindings = Record<never, never>,
  I extends number | string = 0,
> = IsRankUnknown<S> extends true ? Env
  : IsRankUnknown<Pattern> extends true ? Env
  : Pattern extends readonly ["...", ...infer Suffix extends Shape]
    ? AtLeast<S, Suffix> extends true ? BindRight<Suffix, S, Env, S, I, []>
    : Mismatch<rankSentence<"min_ndim", Suffix["length"], S>>
  : "..." extends Pattern[number] ? AtLeast<S, WithoutDots<Pattern>> extends true ? BindLeft<Pattern, S, Env, S, I, []>
    : Mismatch<rankSentence<"min_ndim", WithoutDots<Pattern>["length"], S>>
  : Pattern["length"] extends S["length"] ? BindLeft<Pattern, S, Env, S, I, []>
  : Mismatch<rankSentence<"ndim", Pattern["length"], S>>;

/**
 * Binds the names of `pattern` to the dims of `shape`, the shape of input `input`; gives the bindings, or a sentence.
 */
export function bind(
  pattern: Shape,
  shape: Shape,
  bindings: Bindings = {},
  input: number | string = 0,
): Bindings | string {
  const dots = pattern.indexOf("...");
  const required = dots < 0 ? pattern.length : pattern.length - 1;
  if (dots < 0 ? shape.length !== required : shape.length < required) {
    return rankSentence(dots < 0 ? "ndim" : "min_ndim", required, shape);
  }
  const bound = new Map(Object.entries(bindings));
  const prefix = dots < 0 ? required : dots;
  const suffix = required - prefix;
  for (let i = 0; i < required; i++) {
    const fromRight = i >= prefix;
    // The right side is bound from its end, as the type does.
    const axis = fromRight ? -1 - (i - prefix) : i;
    const expected = pattern.at(axis)!;
    const dim = shape.at(axis)!;
    if (typeof expected === "number") {
      if (sizesDiffer(expected, dim)) return axisSentence(axis, expected, shape);
    } else if (expected !== null) {
      const old = bound.get(expected);
      if (old === undefined) bound.set(expected, [dim, input]);
      else {
        const first = old[0] as Dim;
        if (sizesDiffer(first, dim)) return nameSentence(expected, showDim(first), old[1], showDim(dim), input);
        bound.set(expected, [better(first, dim), old[1]]);
      }
    }
  }
  if (dots >= 0) {
    const rest = shape.slice(prefix, shape.length - suffix);
    const old = bound.get("...");
    if (old === undefined) bound.set("...", [rest, input]);
    else {
      const first = old[0] as Shape;
      if (first.length !== rest.length || first.some((dim, axis) => sizesDiffer(dim, rest[axis]!))) {
        return nameSentence("...", showShape(first), old[1], showShape(rest), input);
      }
    }
  }
  return Object.fromEntries(bound);
}

/** `Pattern` with each name replaced by what it is bound to; names that are not bound stay. */
export type fill<Pattern extends Shape, Env, Out extends Shape = readonly []> = IsRankUnknown<Pattern> extends true
  ? Shape
  : Pattern extends readonly [infer Head extends Dim, ...infer Rest extends Shape]
    ? Head extends "..."
      ? Env extends { readonly "...": readonly [infer Dims extends Shape, number | string] }
        ? fill<Rest, Env, readonly [...Out, ...Dims]>
      : Shape
    : fill<Rest, Env, readonly [...Out, FillDim<Head, Env>]>
  : Out;

type FillDim<D extends Dim, Env> = D extends keyof Env
  ? Env[D] extends readonly [infer Bound extends Dim, number | string] ? Bound : D
  : D;

/** `pattern` with each name replaced by what it is bound to; names that are not bound stay. */
export function fill(pattern: Shape, bindings: Bindings): Shape {
  return pattern.flatMap((dim) => {
    const bound = typeof dim === "string" ? bindings[dim] : undefined;
    return bound === undefined ? [dim] : bound[0] as Dim | Dim[];
  });
}
