/**
 * The inverse of the error function, as nodes.
 *
 * @module
 */
import type { Emitter, Value } from "./emitter.ts";

// Giles, "Approximating the erfinv function", GPU Computing Gems 2, 2011, table 5: where w = -log(1 - x^2) is below 5,
// a polynomial in w - 2.5; else one in sqrt(w) - 3. The first coefficient is that of the highest power.
const CENTRE = [
  2.81022636e-08,
  3.43273939e-07,
  -3.5233877e-06,
  -4.39150654e-06,
  0.00021858087,
  -0.00125372503,
  -0.00417768164,
  0.246640727,
  1.50140941,
];
const TAIL = [
  -0.000200214257,
  0.000100950558,
  0.00134934322,
  -0.00367342844,
  0.00573950773,
  -0.0076224613,
  0.00943887047,
  1.00167406,
  2.83297682,
];

function polynomial(emitter: Emitter, x: Value, coefficients: readonly number[]): Value {
  return coefficients.slice(1).reduce(
    (sum, coefficient) => emitter.node("Add", [emitter.node("Mul", [sum, x]), emitter.scalar(coefficient, x.dtype)]),
    emitter.scalar(coefficients[0]!, x.dtype),
  );
}

/** The inverse of the error function, to a relative error of about 4e-7; `centre` where `|x|` is surely at most 0.99. */
export function erfinv(emitter: Emitter, x: Value, centre: boolean): Value {
  const constant = (value: number) => emitter.scalar(value, x.dtype);
  const one = constant(1);
  // As a product, for 1 - x^2 would lose what tells values near the ends apart.
  const product = emitter.node("Mul", [emitter.node("Sub", [one, x]), emitter.node("Add", [one, x])]);
  const w = emitter.node("Neg", [emitter.node("Log", [product])]);
  const inner = polynomial(emitter, emitter.node("Sub", [w, constant(2.5)]), CENTRE);
  if (centre) return emitter.node("Mul", [inner, x]);
  const outer = polynomial(emitter, emitter.node("Sub", [emitter.node("Sqrt", [w]), constant(3)]), TAIL);
  const isInner = emitter.node("Less", [w, constant(5)], { dtype: "bool" });
  return emitter.node("Mul", [emitter.node("Where", [isInner, inner, outer], { dtype: x.dtype }), x]);
}
