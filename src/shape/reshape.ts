/**
 * The same elements in another shape, by NumPy's rules: one dim may be -1, which is what the others leave.
 *
 * @module
 */
import { type FromMonomial, fromMonomial, product, productsDiffer, quotient, size } from "./arithmetic.ts";
import { type Dim, type IsUnknown, type Shape, type ShowDim, showDim, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";
import type { ToNumber } from "./numeral.ts";

/** The sentence for a target of which the dims cannot be. */
export type cannotReshape<S extends Shape, Target extends Shape, Reason extends string> = `Cannot reshape ${ShowShape<
  S
>} into ${ShowShape<Target>}: ${Reason}`;

/** The sentence for a target of which the dims cannot be. */
export function cannotReshape(shape: Shape, target: Shape, reason: string): string {
  return `Cannot reshape ${showShape(shape)} into ${showShape(target)}: ${reason}`;
}

type ExpectedSizes<D extends number> = `expected sizes and at most one -1, received ${D}`;
const expectedSizes = (dim: number): string => `expected sizes and at most one -1, received ${dim}`;

const secondPlaceholder = "at most one dim can be -1";
const emptyRest = "-1 can be any size where the other dims have size 0";

/** The sentence for a target of another size. */
export type reshapeSizesDiffer<S extends Shape, Target extends Shape> = `Cannot reshape ${ShowShape<
  S
>} of size ${ShowDim<
  size<S>
>} into ${ShowShape<Target>} of size ${ShowDim<size<Target>>}`;

/** The sentence for a target of another size. */
export function reshapeSizesDiffer(shape: Shape, target: Shape): string {
  return `Cannot reshape ${showShape(shape)} of size ${showDim(size(shape))} into ${showShape(target)} of size ${
    showDim(size(target))
  }`;
}

/** The sentence for a size that the dims of the target other than -1 do not divide. */
export type reshapeNotDivisible<S extends Shape, Target extends Shape> = `Cannot reshape ${ShowShape<
  S
>} of size ${ShowDim<
  size<S>
>} into ${ShowShape<Target>}: the size is no multiple of ${ShowDim<size<Others<Target>>>}`;

/** The sentence for a size that the dims of the target other than -1 do not divide. */
export function reshapeNotDivisible(shape: Shape, target: Shape): string {
  return `Cannot reshape ${showShape(shape)} of size ${showDim(size(shape))} into ${
    showShape(target)
  }: the size is no multiple of ${showDim(size(target.filter((dim) => dim !== -1)))}`;
}

type Others<Target extends Shape, Out extends Shape = []> = Target extends
  readonly [infer D extends Dim, ...infer More extends Shape] ? Others<More, D extends -1 ? Out : [...Out, D]>
  : Out;

// Reads the target from left to right. Equal dims at an end of both shapes are cancelled, so that little is left to
// multiply. `Left` and `Rest` are the dims of the shape and the target that are not cancelled, `Out` is the result so
// far, and `Before` is the part of it that is before the -1.
/** @internal */
type Read<
  S extends Shape,
  Target extends Shape,
  Left extends Shape,
  Todo extends Shape,
  Rest extends Shape = [],
  Out extends Shape = [],
  Before = undefined,
> = Todo extends readonly [infer D extends Dim, ...infer More extends Shape]
  ? IsUnknown<D> extends true ? Read<S, Target, Left, More, [...Rest, null], [...Out, null], Before>
  : D extends 1 ? Read<S, Target, Left, More, Rest, [...Out, D], Before>
  : D extends -1 ? Before extends undefined ? Read<S, Target, Left, More, Rest, [], Out>
    : Mismatch<cannotReshape<S, Target, typeof secondPlaceholder>>
  : Cancel<Left, D> extends infer Fewer extends Shape ? Read<S, Target, Fewer, More, Rest, [...Out, D], Before>
  : IsNegative<D> extends true ? Mismatch<cannotReshape<S, Target, ExpectedSizes<D & number>>>
  : Read<S, Target, Left, More, [...Rest, D], [...Out, D], Before>
  : Before extends Shape ? Fill<S, Target, Left, Rest, Before, Out>
  : Check<S, Target, Left, Rest, Out>;

type IsNegative<D> = D extends number ? `${D}` extends `-${string}` ? true : false : false;

// A dim of 0 is not cancelled: it makes the size 0 whatever the other dims are.
type Cancel<S extends Shape, D> = S extends readonly [D, ...infer Fewer extends Shape] ? D extends 0 ? undefined : Fewer
  : S extends readonly [...infer Fewer extends Shape, D] ? D extends 0 ? undefined : Fewer
  : undefined;

type Check<S extends Shape, Target extends Shape, Left extends Shape, Rest extends Shape, Out extends Shape> =
  [...Left, ...Rest] extends [] ? readonly [...Out]
    : number extends S["length"] ? readonly [...Out]
    : SizesDiffer<S, Target, product<Left>, product<Rest>> extends true ? Mismatch<reshapeSizesDiffer<S, Target>>
    : readonly [...Out];

// Where one side is empty, the names that were cancelled count again: any of them may stand for 0.
type SizesDiffer<S extends Shape, Target extends Shape, A, B> = A extends Empty ? productsDiffer<A, product<Target>>
  : B extends Empty ? productsDiffer<product<S>, B>
  : productsDiffer<A, B>;
type Empty = readonly ["", "0"];

type Fill<
  S extends Shape,
  Target extends Shape,
  Left extends Shape,
  Rest extends Shape,
  Before extends Shape,
  After extends Shape,
> = number extends S["length"] ? readonly [...Before, null, ...After]
  : Rest extends [] ? readonly [...Before, FromMonomial<product<Left>>, ...After]
  : product<Rest> extends infer Divisor ? Divisor extends Empty ? Mismatch<cannotReshape<S, Target, typeof emptyRest>>
    : Divide<Left, Divisor> extends infer Q
      ? Q extends undefined ? Mismatch<reshapeNotDivisible<S, Target>> : readonly [...Before, FromMonomial<Q>, ...After]
    : never
  : never;

// What is left of the target is often one dim of the shape, which spares a division.
type Divide<Left extends Shape, Divisor> = Divisor extends readonly ["", infer N]
  ? Without<Left, ToNumber<N>> extends infer Fewer extends Shape ? product<Fewer> : quotient<product<Left>, Divisor>
  : quotient<product<Left>, Divisor>;

type Without<S extends Shape, D, Out extends Shape = []> = S extends
  readonly [infer Head extends Dim, ...infer More extends Shape]
  ? [Head] extends [D] ? [...Out, ...More] : Without<More, D, [...Out, Head]>
  : undefined;

/**
 * The shape of a reshape of `S` into `Target`, or the {@linkcode Mismatch}. Dims that are unknown may be anything, and
 * so may names, but 0 only where the other side has a dim of 0; a -1 that cannot be calculated is `null`.
 */
export type reshape<S extends Shape, Target extends Shape> = number extends Target["length"] ? Shape
  : Read<S, Target, S, Target>;

/**
 * The shape of a reshape of `shape` into `target`. Dims that are unknown may be anything, and so may names, but 0 only
 * where the other side has a dim of 0; a -1 that cannot be calculated is `null`.
 *
 * @throws {ShapeError} If the target has a negative dim that is not -1, or two of -1; if the sizes are known and differ
 * or the rest of the target does not divide the size; or if the rest of the target has size 0, so that -1 may be
 * anything.
 */
export function reshape(shape: Shape, target: Shape): Shape {
  const left = [...shape];
  const rest: Dim[] = [];
  let placeholder = -1;
  for (const [index, dim] of target.entries()) {
    if (dim === -1) {
      if (placeholder >= 0) throw new ShapeError(cannotReshape(shape, target, secondPlaceholder));
      placeholder = index;
    } else if (typeof dim === "number" && !(Number.isInteger(dim) && dim >= 0)) {
      throw new ShapeError(cannotReshape(shape, target, expectedSizes(dim)));
    } else if (!cancel(left, dim)) {
      rest.push(dim);
    }
  }
  const dividend = product(left);
  const divisor = product(rest);
  if (placeholder < 0) {
    // Where one side is empty, the names that were cancelled count again: any of them may stand for 0.
    const differ = dividend?.[1] === 0 || divisor?.[1] === 0
      ? productsDiffer(product(shape), product(target))
      : productsDiffer(dividend, divisor);
    if (differ) throw new ShapeError(reshapeSizesDiffer(shape, target));
    return target;
  }
  if (divisor?.[1] === 0) throw new ShapeError(cannotReshape(shape, target, emptyRest));
  const dim = dividend === null || divisor === null ? null : quotient(dividend, divisor);
  if (dim === undefined) throw new ShapeError(reshapeNotDivisible(shape, target));
  return target.with(placeholder, fromMonomial(dim));
}

// Nothing needs this here, except the order in which the names of a product come out, which is then that of the type.
function cancel(left: Dim[], dim: Dim): boolean {
  if (dim === null || dim === 0) return false;
  if (dim === 1) return true;
  if (left[0] === dim) left.shift();
  else if (left.at(-1) === dim) left.pop();
  else return false;
  return true;
}
