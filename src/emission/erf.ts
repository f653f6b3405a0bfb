/**
 * The complement and the inverse of the error function, as formulas.
 *
 * @module
 */
import type { Value } from "./emitter.ts";
import { erfinv as estimate } from "./erfinv.ts";
import type { Formula } from "./formula.ts";
import { erf } from "./special_functions.ts";

// S. L. Moshier, "Methods and Programs for Mathematical Functions" (1989): from 1 to 8, and from 8 on, `e^(x²) erfc(x)` is
// a quotient of polynomials. The first coefficient is that of the highest power.
const MIDDLE = [
  [
    2.46196981473530512524e-10,
    5.64189564831068821977e-1,
    7.46321056442269912687,
    4.86371970985681366614e1,
    1.96520832956077098242e2,
    5.26445194995477358631e2,
    9.34528527171957607540e2,
    1.02755188689515710272e3,
    5.57535335369399327526e2,
  ],
  [
    1,
    1.32281951154744992508e1,
    8.67072140885989742329e1,
    3.54937778887819891062e2,
    9.75708501743205489753e2,
    1.82390916687909736289e3,
    2.24633760818710981792e3,
    1.65666309194161350182e3,
    5.57535340817727675546e2,
  ],
] as const;
const FAR = [
  [
    5.64189583547755073984e-1,
    1.27536670759978104416,
    5.01905042251180477414,
    6.16021097993053585195,
    7.40974269950448939160,
    2.97886665372100240670,
  ],
  [
    1,
    2.26052863220117276590,
    9.39603524938001434673,
    1.20489539808096656605e1,
    1.70814450747565897222e1,
    9.60896809063285878198,
    3.36907645100081516050,
  ],
] as const;

function polynomial(f: Formula, x: Value, [first, ...others]: readonly number[]): Value {
  return others.reduce((sum, coefficient) => f.add(f.mul(sum, x), coefficient), f.value(first!));
}

/** `1 - erf(x)` with the digits of its tail: near 0 the difference, from 1 on `e^(-x²)` times a quotient. */
export function erfc(f: Formula, x: Value): Value {
  const size = f.abs(x);
  const quotient = (at: Value, [above, below]: readonly (readonly number[])[]): Value =>
    f.div(polynomial(f, at, above!), polynomial(f, at, below!));
  // Bounds keep the powers of each quotient finite where the other one holds; beyond 30 all is 0.
  const middle = quotient(f.clip(size, 1, 8), MIDDLE);
  const far = quotient(f.clip(size, 8, 30), FAR);
  const tail = f.mul(f.exp(f.neg(f.mul(size, size))), f.where(f.less(size, 8), middle, far));
  const mirrored = f.where(f.less(x, 0), f.sub(2, tail), tail);
  return f.where(f.less(size, 1), f.sub(1, erf(f, x)), mirrored);
}

/** The inverse of the error function; in float64 two of Newton's steps follow the estimate. */
export function erfinv(f: Formula, x: Value): Value {
  const size = f.abs(x);
  const inside = f.where(f.less(size, 1), x, 0);
  let y = estimate(f.emitter, inside, false);
  for (let step = 0; f.dtype === "float64" && step < 2; step++) {
    // Where the slope is flat the tail tells more digits than what is near 1; near 0 the function itself does.
    const tail = f.where(
      f.less(inside, 0),
      f.sub(erfc(f, f.neg(y)), f.add(inside, 1)),
      f.sub(f.sub(1, inside), erfc(f, y)),
    );
    const excess = f.where(f.less(size, 0.5), f.sub(erf(f, y), inside), tail);
    const slope = f.mul(f.exp(f.neg(f.mul(y, y))), 2 / Math.sqrt(Math.PI));
    y = f.sub(y, f.div(excess, slope));
  }
  const end = f.mul(f.node("Sign", x), Infinity);
  return f.where(f.less(size, 1), y, f.where(f.equal(size, 1), end, NaN));
}
