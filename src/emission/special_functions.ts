/**
 * Functions that the engine lacks, wholly or in float64, composed of what it has so that they stay accurate near zero
 * and right at infinity.
 *
 * @module
 */
import type { Value } from "./emitter.ts";
import type { Formula, Operand } from "./formula.ts";

/** `e^x - 1`, accurate near zero: `tanh(x / 2) (e^x + 1)`. */
export function expm1(f: Formula, x: Operand): Value {
  return f.mul(f.tanh(f.mul(x, 0.5)), f.add(f.exp(x), 1));
}

/**
 * `ln(1 + x)`, accurate near zero: the logarithm of the rounded sum plus what the rounding lost. Bounds keep 0 / 0 and
 * infinity - infinity out of the correction, which is nothing there.
 */
export function log1p(f: Formula, x: Operand): Value {
  const sum = f.add(x, 1);
  const bounded = f.min(x, f.dtype === "float64" ? 2 ** 53 : 2 ** 24);
  const lost = f.sub(bounded, f.sub(f.add(bounded, 1), 1));
  return f.add(f.log(sum), f.div(lost, f.max(sum, 1e-30)));
}

/** `ln(1 + e^x)`, without overflow and with the tail of negative `x`. */
export function softplus(f: Formula, x: Operand): Value {
  return f.add(f.max(x, 0), log1p(f, f.exp(f.neg(f.abs(x)))));
}

/**
 * The logistic function. In float64 it is written out, because the engine fuses its own with a product to an operator
 * that has no kernel in float64.
 */
export function sigmoid(f: Formula, x: Value): Value {
  return f.dtype === "float64" ? f.node("Reciprocal", f.add(f.exp(f.neg(x)), 1)) : f.node("Sigmoid", x);
}

/** The tangent. */
export function tan(f: Formula, x: Value): Value {
  return f.dtype === "float64" ? f.div(f.node("Sin", x), f.node("Cos", x)) : f.node("Tan", x);
}

/** An inverse function in float32, as a first guess in float64. */
function guess(f: Formula, opType: string, x: Value): Value {
  return f.emitter.cast(f.emitter.node(opType, [f.emitter.cast(x, "float32")]), "float64");
}

/** The arcsine of what is small: beside a guess in float32 it is at most 2e-4, and two terms of the series are exact. */
function arcsinOfSmall(f: Formula, x: Value): Value {
  return f.mul(x, f.add(f.div(f.mul(x, x), 6), 1));
}

/** The inverse of the sine, from -π/2 to π/2. In float64 the guess `y` lacks `asin(x cos y - √(1 - x²) sin y)`. */
export function arcsin(f: Formula, x: Value): Value {
  if (f.dtype !== "float64") return f.node("Asin", x);
  const y = guess(f, "Asin", x);
  const cosine = f.sqrt(f.mul(f.sub(1, x), f.add(1, x)));
  return f.add(y, arcsinOfSmall(f, f.sub(f.mul(x, f.node("Cos", y)), f.mul(cosine, f.node("Sin", y)))));
}

/** The inverse of the cosine, from 0 to π. In float64 the guess `y` exceeds it by `asin(x sin y - √(1 - x²) cos y)`. */
export function arccos(f: Formula, x: Value): Value {
  if (f.dtype !== "float64") return f.node("Acos", x);
  const y = guess(f, "Acos", x);
  const sine = f.sqrt(f.mul(f.sub(1, x), f.add(1, x)));
  return f.sub(y, arcsinOfSmall(f, f.sub(f.mul(x, f.node("Sin", y)), f.mul(sine, f.node("Cos", y)))));
}

/**
 * The inverse of the tangent, from -π/2 to π/2. In float64 the guess `y` lacks `atan(t)` with
 * `t = (x cos y - sin y) / (cos y + x sin y)`; beyond 1e18 it is ±π/2, and products of `x` could overflow.
 */
export function arctan(f: Formula, x: Value): Value {
  if (f.dtype !== "float64") return f.node("Atan", x);
  const bounded = f.clip(x, -1e18, 1e18);
  const y = guess(f, "Atan", bounded);
  const [sine, cosine] = [f.node("Sin", y), f.node("Cos", y)];
  const lacking = f.sub(f.mul(bounded, cosine), sine);
  return f.add(y, f.div(lacking, f.add(cosine, f.mul(bounded, sine))));
}

/** Whether `x` is below zero or -0. */
export function isNegative(f: Formula, x: Value): Value {
  return f.less(f.where(f.equal(x, 0), f.node("Reciprocal", x), x), 0);
}

/** The angle of the point `(x, y)`, from -π to π: the arctangent of the lesser coordinate over the greater, mirrored. */
export function arctan2(f: Formula, y: Value, x: Value): Value {
  const [height, width] = [f.abs(y), f.abs(x)];
  const greater = f.max(height, width);
  const ratio = f.div(f.min(height, width), f.where(f.equal(greater, 0), 1, greater));
  const diagonal = f.and(f.equal(height, width), f.equal(height, Infinity));
  const low = arctan(f, f.where(diagonal, 1, ratio));
  const steep = f.where(f.greater(height, width), f.sub(Math.PI / 2, low), low);
  const angle = f.where(isNegative(f, x), f.sub(Math.PI, steep), steep);
  // The engine's selection would lose the sign of -0.
  return f.mul(angle, f.where(isNegative(f, y), -1, 1));
}

/** The hyperbolic sine. */
export function sinh(f: Formula, x: Value): Value {
  if (f.dtype !== "float64") return f.node("Sinh", x);
  return f.mul(f.sub(expm1(f, x), expm1(f, f.neg(x))), 0.5);
}

/** The hyperbolic cosine. */
export function cosh(f: Formula, x: Value): Value {
  if (f.dtype !== "float64") return f.node("Cosh", x);
  return f.mul(f.add(f.exp(x), f.exp(f.neg(x))), 0.5);
}

/** The inverse of the hyperbolic sine; in float64 `ln(1 + |x| + |x| / (1 / |x| + √(1 + 1 / x²)))` with the sign of `x`. */
export function arcsinh(f: Formula, x: Value): Value {
  if (f.dtype !== "float64") return f.node("Asinh", x);
  const size = f.abs(x);
  const inverse = f.node("Reciprocal", size);
  const rest = f.div(size, f.add(inverse, f.sqrt(f.add(f.mul(inverse, inverse), 1))));
  return f.mul(f.node("Sign", x), log1p(f, f.add(size, rest)));
}

/** The inverse of the hyperbolic cosine, not negative; in float64 `ln(1 + t + √t √(t + 2))` with `t = x - 1`. */
export function arccosh(f: Formula, x: Value): Value {
  if (f.dtype !== "float64") return f.node("Acosh", x);
  const t = f.sub(x, 1);
  return log1p(f, f.add(t, f.mul(f.sqrt(t), f.sqrt(f.add(t, 2)))));
}

/** The inverse of the hyperbolic tangent; in float64 `ln(1 + 2 x / (1 - x)) / 2`. */
export function arctanh(f: Formula, x: Value): Value {
  if (f.dtype !== "float64") return f.node("Atanh", x);
  return f.mul(log1p(f, f.div(f.mul(x, 2), f.sub(1, x))), 0.5);
}

/** The points of Gauss-Legendre quadrature from 0 to 1 and their weights. */
function quadrature(count: number): { readonly points: number[]; readonly weights: number[] } {
  const points: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < count; i++) {
    let x = Math.cos(Math.PI * (i + 0.75) / (count + 0.5));
    let slope = 1;
    // Newton's method on the Legendre polynomial: five steps from this start are exact to the last digit or two.
    for (let step = 0; step < 5; step++) {
      let [before, value] = [1, x];
      for (let k = 2; k <= count; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
      slope = count * (x * value - before) / (x * x - 1);
      x -= value / slope;
    }
    points.push((1 + x) / 2);
    weights.push(1 / ((1 - x * x) * slope * slope));
  }
  return { points, weights };
}

/** With 24 points the integral of `e^(-t²)` from 0 to 6 is exact to 2e-15. */
const POINTS = 24;

/** The error function. In float64 it is the integral of `2 / √π e^(-t²)` from 0 to `x`, which is 1 from 6 on. */
export function erf(f: Formula, x: Value): Value {
  if (f.dtype !== "float64") return f.node("Erf", x);
  const { emitter } = f;
  const { points, weights } = quadrature(POINTS);
  const bounded = f.clip(x, -6, 6);
  const column = emitter.node("Unsqueeze", [bounded, emitter.integers([-1])]);
  const places = f.mul(column, emitter.constant(points, "float64", [POINTS]));
  const heights = f.exp(f.neg(f.mul(places, places)));
  // The engine multiplies a tensor without rows by a matrix, but not by a vector.
  const mean = f.node("MatMul", heights, emitter.constant(weights, "float64", [POINTS, 1]));
  return f.mul(f.mul(bounded, 2 / Math.sqrt(Math.PI)), emitter.node("Squeeze", [mean, emitter.integers([-1])]));
}

/** The remainder by truncation, which has the sign of the dividend. */
export function truncatedRemainder(f: Formula, a: Value, b: Value): Value {
  return f.emitter.node("Mod", [a, b], { attributes: { fmod: { type: "int", value: 1 } } });
}
