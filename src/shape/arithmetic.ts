/**
 * Arithmetic on dims, each operation once as a type and once as a function. The operations on integers give `null` where
 * an operand is unknown or named; {@linkcode multiplyDims}, {@linkcode addDims} and {@linkcode size} keep names.
 *
 * @module
 */
import type { Dim, IsUnknown, KnownDim, Shape } from "./dim.ts";
import type { Division, Exact, Less, Minus, Plus, Strip, Times, ToNumber } from "./numeral.ts";

/** The decimal numeral of a known size, else `null`. A sign is part of it. */
export type Numeral<D, Each = D> = Each extends number
  ? [D] extends [Each] ? number extends Each ? null : `${Each}` : null
  : null;

/** The decimal numeral of a known size that is not negative, else `null`. */
type Natural<D> = Numeral<D> extends infer N extends string ? N extends `-${string}` ? null : N : null;

function integer(dim: Dim): number | null {
  return typeof dim === "number" && Number.isSafeInteger(dim) ? dim : null;
}

function natural(dim: Dim): number | null {
  const value = integer(dim);
  return value === null || value < 0 ? null : value;
}

type Negative<N> = N extends 0 ? 0 : N extends number ? `-${N}` extends `${infer M extends number}` ? M : null : null;
type Sum<A extends string, B extends string> = ToNumber<Plus<A, B>>;
type Difference<A extends string, B extends string> = Minus<A, B> extends infer D extends string
  ? D extends "-" ? Negative<ToNumber<Strip<Minus<B, A>>>> : ToNumber<Strip<D>>
  : null;

/** `A + B`; either may be negative. */
export type add<A extends Dim, B extends Dim> = Numeral<A> extends infer X extends string
  ? Numeral<B> extends infer Y extends string
    ? X extends `-${infer P}` ? Y extends `-${infer Q}` ? Negative<Sum<P, Q>> : Difference<Y, P>
    : Y extends `-${infer Q}` ? Difference<X, Q>
    : Sum<X, Y>
  : null
  : null;

/** `a + b`; either may be negative. */
export function add(a: Dim, b: Dim): number | null {
  const x = integer(a);
  const y = integer(b);
  return x === null || y === null ? null : integer(x + y);
}

/** `A - B`; either may be negative. */
export type subtract<A extends Dim, B extends Dim> = Numeral<A> extends infer X extends string
  ? Numeral<B> extends infer Y extends string
    ? X extends `-${infer P}` ? Y extends `-${infer Q}` ? Difference<Q, P> : Negative<Sum<P, Y>>
    : Y extends `-${infer Q}` ? Sum<X, Q>
    : Difference<X, Y>
  : null
  : null;

/** `a - b`; either may be negative. */
export function subtract(a: Dim, b: Dim): number | null {
  const x = integer(a);
  const y = integer(b);
  return x === null || y === null ? null : integer(x - y);
}

/** `A * B`, neither negative. */
export type multiply<A extends Dim, B extends Dim> = Numeral<A> extends infer X extends string
  ? Numeral<B> extends infer Y extends string ? ToNumber<Times<X, Y>> : null
  : null;

/** `a * b`, neither negative. */
export function multiply(a: Dim, b: Dim): number | null {
  const x = natural(a);
  const y = natural(b);
  return x === null || y === null ? null : integer(x * y);
}

/**
 * `A / B`, neither negative, or `undefined` where `B` does not divide `A` or is zero.
 *
 * @internal
 */
export type divide<A extends Dim, B extends Dim> = Natural<A> extends infer X extends string
  ? Natural<B> extends infer Y extends string
    ? Y extends "0" ? undefined : Exact<X, Y> extends infer Q extends string ? ToNumber<Q> : undefined
  : null
  : null;

/** `a / b`, neither negative, or `undefined` where `b` does not divide `a` or is zero. */
export function divide(a: Dim, b: Dim): number | null | undefined {
  const x = natural(a);
  const y = natural(b);
  if (x === null || y === null) return null;
  return y !== 0 && x % y === 0 ? x / y : undefined;
}

/** The greatest integer of at most `A / B`, neither negative; by zero `null`. */
export type floorDivide<A extends Dim, B extends Dim> = Natural<A> extends infer X extends string
  ? Natural<B> extends infer Y extends string ? Y extends "0" ? null : ToNumber<Division<X, Y>[0]> : null
  : null;

/** The greatest integer of at most `a / b`, neither negative; by zero `null`. */
export function floorDivide(a: Dim, b: Dim): number | null {
  const x = natural(a);
  const y = natural(b);
  return x === null || y === null || y === 0 ? null : (x - x % y) / y;
}

/**
 * The remainder of `A` divided by `B`, neither negative; `null` for a division by zero.
 *
 * @internal
 */
export type remainder<A extends Dim, B extends Dim> = Natural<A> extends infer X extends string
  ? Natural<B> extends infer Y extends string ? Y extends "0" ? null : ToNumber<Division<X, Y>[1]> : null
  : null;

/** The remainder of `a` divided by `b`, neither negative; `null` for a division by zero. */
export function remainder(a: Dim, b: Dim): number | null {
  const x = natural(a);
  const y = natural(b);
  return x === null || y === null || y === 0 ? null : x % y;
}

/**
 * Whether `A` is less than `B`, neither negative.
 *
 * @internal
 */
export type lessThan<A extends Dim, B extends Dim> = Natural<A> extends infer X extends string
  ? Natural<B> extends infer Y extends string ? Less<X, Y> : null
  : null;

/** Whether `a` is less than `b`, neither negative. */
export function lessThan(a: Dim, b: Dim): boolean | null {
  const x = natural(a);
  const y = natural(b);
  return x === null || y === null ? null : x < y;
}

/** How `A` compares with `B`, neither negative: `"less"`, `"equal"` or `"greater"`. */
export type compare<A extends Dim, B extends Dim> = Natural<A> extends infer X extends string
  ? Natural<B> extends infer Y extends string ? X extends Y ? "equal" : Less<X, Y> extends true ? "less" : "greater"
  : null
  : null;

/** How `a` compares with `b`, neither negative: `"less"`, `"equal"` or `"greater"`. */
export function compare(a: Dim, b: Dim): "less" | "equal" | "greater" | null {
  const x = natural(a);
  const y = natural(b);
  if (x === null || y === null) return null;
  return x < y ? "less" : x === y ? "equal" : "greater";
}

/** `A + B` as dims: exact for sizes, `A` itself plus 0, else `null`. */
export type addDims<A extends Dim, B extends Dim> = [B] extends [0] ? KnownDim<A>
  : [A] extends [0] ? KnownDim<B>
  : add<A, B>;

/** `a + b` as dims: exact for sizes, `a` itself plus 0, else `null`. */
export function addDims(a: Dim, b: Dim): Dim {
  return b === 0 ? a : a === 0 ? b : add(a, b);
}

/**
 * The product of the dims of a shape of known rank, from left to right, or `null` where one is unknown and none is 0.
 * It is the names, joined by `*`, and the numeral: `["time", "64"]` is the dim `"time*64"`, `["", "64"]` a size.
 *
 * @internal
 */
export type product<S extends Shape, Names extends string = "", N = "1"> = S extends
  readonly [infer D, ...infer Rest extends Shape]
  ? Numeral<D> extends infer X extends string ? product<Rest, Names, TimesNumerals<N, X>>
  : IsUnknown<D> extends true ? HasZero<Rest, N>
  : D extends `${infer First}*${infer More}` ? product<readonly [...Segments<First, More>, ...Rest], Names, N>
  : product<Rest, Join<Names, D & string>, N>
  : N extends "0" ? readonly ["", "0"]
  : readonly [Names, N];

type HasZero<S extends Shape, N> = N extends "0" ? readonly ["", "0"]
  : S extends readonly [infer D, ...infer Rest extends Shape] ? [D] extends [0] ? readonly ["", "0"] : HasZero<Rest, N>
  : null;

// The names of a product, and its number where it ends with one.
type Segments<First, Rest, Out extends Shape = []> = Rest extends `${infer Second}*${infer More}`
  ? Segments<Second, More, [...Out, First & string]>
  : Rest extends `${infer N extends number}` ? [...Out, First & string, N]
  : [...Out, First & string, Rest & string];

/** The names of both, each list of names joined by `*`. */
type Join<A extends string, B extends string> = A extends "" ? B : `${A}*${B}`;

type TimesNumerals<X, Y> = X extends "1" ? Y : Y extends "1" ? X : Strip<Times<X, Y>>;

/**
 * The dim that a product of names and a numeral is.
 *
 * @internal
 */
export type FromMonomial<M> = M extends readonly [infer Names, infer N]
  ? N extends "0" ? 0 : Names extends "" ? ToNumber<N> : N extends "1" ? Names : `${Names & string}*${N & string}`
  : null;

/**
 * `A * B` as dims: exact for sizes, a name with its factor (`"time*64"`) or several names (`"height*width"`) where one
 * is named; times 0 it is 0 and times 1 it is the other, whatever that is; else `null`.
 */
export type multiplyDims<A extends Dim, B extends Dim> = [A] extends [0] ? 0
  : [B] extends [0] ? 0
  : [A] extends [1] ? KnownDim<B>
  : [B] extends [1] ? KnownDim<A>
  : readonly [A, B] extends infer Pair extends Shape ? FromMonomial<product<Pair>>
  : never;

/** `a * b` as dims, as {@linkcode multiplyDims} of the types says. */
export function multiplyDims(a: Dim, b: Dim): Dim {
  if (a === 0 || b === 0) return 0;
  if (a === 1) return b;
  return b === 1 ? a : fromMonomial(product([a, b]));
}

/** The product of the dims of a shape, from left to right, or `null` where one is unknown and none is 0. */
export function product(shape: Shape): RunTimeMonomial | null {
  if (shape.includes(0)) return [[], 0];
  const names: string[] = [];
  let factor = 1;
  for (const dim of shape) {
    if (dim === null) return null;
    if (typeof dim === "number") {
      factor *= dim;
      continue;
    }
    const segments = dim.split("*");
    const last = Number(segments.at(-1));
    if (segments.length > 1 && String(last) === segments.at(-1)) {
      factor *= last;
      segments.pop();
    }
    names.push(...segments);
  }
  return natural(factor) === null ? null : [names, factor];
}

/** A product of names and a number at run time. */
export type RunTimeMonomial = readonly [names: readonly string[], factor: number];

/** The dim that a product of names and a number is. */
export function fromMonomial(monomial: RunTimeMonomial | null): Dim {
  if (monomial === null) return null;
  const [names, factor] = monomial;
  if (factor === 0 || names.length === 0) return factor;
  return factor === 1 ? names.join("*") : `${names.join("*")}*${factor}`;
}

/** Whether two products differ whatever their names stand for, be it 0 only where the other product is 0. */
export type productsDiffer<M, L> = [M, L] extends
  [readonly [infer Names extends string, infer X], readonly [infer Others extends string, infer Y]]
  ? X extends Y ? false
  : X extends "0" ? Others extends "" ? true : false
  : Y extends "0" ? Names extends "" ? true : false
  : WithoutNames<Names, Others> extends "" ? true
  : false
  : false;

/** Whether two products differ whatever their names stand for, be it 0 only where the other product is 0. */
export function productsDiffer(a: RunTimeMonomial | null, b: RunTimeMonomial | null): boolean {
  if (a === null || b === null || a[1] === b[1]) return false;
  if (a[1] === 0) return b[0].length === 0;
  if (b[1] === 0) return a[0].length === 0;
  return withoutNames(a[0], b[0])?.length === 0;
}

/**
 * The quotient of two products, `null` where it is unknown, as some name of the divisor is not in the dividend, or
 * `undefined` where the divisor does not divide the dividend, whatever the names stand for. The divisor is not 0.
 */
export type quotient<M, L> = M extends readonly [infer Names extends string, infer N]
  ? L extends readonly [infer Others extends string, infer D] ? N extends "0" ? M
    : WithoutNames<Names, Others> extends infer Left extends string
      ? Exact<N, D> extends infer Q extends string ? readonly [Left, Q] : Left extends "" ? undefined : null
    : null
  : null
  : null;

type WithoutNames<Names extends string, Others extends string> = Others extends "" ? Names
  : Others extends `${infer First}*${infer More}`
    ? WithoutName<Names, First> extends infer Left extends string ? WithoutNames<Left, More> : null
  : WithoutName<Names, Others>;

type WithoutName<Names extends string, Name extends string> = `*${Names}*` extends
  `${infer Before}*${Name}*${infer After}`
  ? Before extends `*${infer First}` ? After extends `${infer Last}*` ? `${First}*${Last}` : First
  : After extends `${infer Last}*` ? Last
  : ""
  : null;

/**
 * The quotient of two products, `null` where it is unknown, as some name of the divisor is not in the dividend, or
 * `undefined` where the divisor does not divide the dividend, whatever the names stand for. The divisor is not 0.
 */
export function quotient(dividend: RunTimeMonomial, divisor: RunTimeMonomial): RunTimeMonomial | null | undefined {
  if (dividend[1] === 0) return dividend;
  const names = withoutNames(dividend[0], divisor[0]);
  if (names === null) return null;
  if (dividend[1] % divisor[1] === 0) return [names, dividend[1] / divisor[1]];
  return names.length === 0 ? undefined : null;
}

/** The names without others, each as often as it comes, or `null` where it does not. */
function withoutNames(names: readonly string[], others: readonly string[]): string[] | null {
  const left = [...names];
  for (const name of others) {
    const index = left.indexOf(name);
    if (index < 0) return null;
    left.splice(index, 1);
  }
  return left;
}

/** The number of elements of a shape: the product of its dims as {@linkcode multiplyDims} makes it. */
export type size<S extends Shape> = number extends S["length"] ? null : FromMonomial<product<S>>;

/** The number of elements of a shape: the product of its dims as {@linkcode multiplyDims} makes it. */
export function size(shape: Shape): Dim {
  return fromMonomial(product(shape));
}
