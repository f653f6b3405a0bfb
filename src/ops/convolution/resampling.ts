/**
 * Interpolation along the last two axes as two matrix products: each new value is a weighted mean of the old ones, with
 * weights that depend on the distance.
 *
 * @module
 */
import { type Emitter, ints, type Value } from "../../emission/emitter.ts";
import { sizeOf } from "./pool_windows.ts";

/** The weight of a value by its distance, in old values. */
export type Kernel = "triangle" | "cubic" | "lanczos3" | "lanczos5";

/** Arithmetic on values of one dtype. */
class Calculator {
  readonly emitter: Emitter;
  readonly #example: Value;

  constructor(emitter: Emitter, example: Value) {
    this.emitter = emitter;
    this.#example = example;
  }

  number(value: number): Value {
    return this.emitter.scalar(value, this.#example.dtype);
  }

  node(opType: string, ...operands: (Value | number)[]): Value {
    const values = operands.map((operand) => typeof operand === "number" ? this.number(operand) : operand);
    return this.emitter.node(opType, values);
  }

  /** `inside` where the distance is less than the limit, else `outside`. */
  below(distance: Value, limit: number, inside: Value | number, outside: Value | number): Value {
    const condition = this.emitter.node("Less", [distance, this.number(limit)], { dtype: "bool" });
    const [a, b] = [inside, outside].map((operand) => typeof operand === "number" ? this.number(operand) : operand);
    return this.emitter.node("Where", [condition, a!, b!], { dtype: this.#example.dtype });
  }

  /** A polynomial, highest power first. */
  polynomial(x: Value, [first, ...rest]: readonly number[]): Value {
    return rest.reduce<Value>(
      (sum, coefficient) => this.node("Add", this.node("Mul", sum, x), coefficient),
      this.number(first!),
    );
  }
}

const weights: { readonly [K in Kernel]: (c: Calculator, distance: Value) => Value } = {
  triangle: (c, distance) => c.node("Max", c.node("Sub", 1, distance), 0),
  // Keys, "Cubic convolution interpolation for digital image processing" (1981), with a = -0.5.
  cubic: (c, distance) =>
    c.below(
      distance,
      1,
      c.polynomial(distance, [1.5, -2.5, 0, 1]),
      c.below(distance, 2, c.polynomial(distance, [-0.5, 2.5, -4, 2]), 0),
    ),
  lanczos3: (c, distance) => lanczos(c, distance, 3),
  lanczos5: (c, distance) => lanczos(c, distance, 5),
};

/** `sinc(x) sinc(x / radius)` inside the radius. */
function lanczos(c: Calculator, distance: Value, radius: number): Value {
  const angle = c.node("Mul", distance, Math.PI);
  const sines = c.node("Mul", c.node("Sin", angle), c.node("Sin", c.node("Div", angle, radius)));
  // Where the quotient would be that of zeros, the limit.
  const square = c.below(distance, 1e-3, 1, c.node("Mul", angle, angle));
  const quotient = c.node("Div", c.node("Mul", sines, radius), square);
  return c.below(distance, radius, c.below(distance, 1e-3, 1, quotient), 0);
}

/** The number of values that an axis gets: so many, or so often as many as it has. */
export type Target = { readonly size: number } | { readonly factor: number };

/** The weights of all old values, one row a new one: those of a row add up to 1. */
function weightsOf(
  emitter: Emitter,
  x: Value,
  axis: number,
  target: Target,
  kernel: Kernel,
  antialias: boolean,
): Value {
  const c = new Calculator(emitter, x);
  const size = emitter.node("Squeeze", [sizeOf(emitter, x, axis)]);
  const whole = (number: number): Value => emitter.scalar(number, "int64");
  const range = (limit: Value): Value => emitter.cast(emitter.node("Range", [whole(0), limit, whole(1)]), x.dtype);
  const isFactor = "factor" in target;
  const count = isFactor ? emitter.node("Mul", [size, whole(target.factor)]) : whole(target.size);
  const centers = c.node("Add", range(count), 0.5);
  // How many old values a new one stands for.
  const step = isFactor ? c.number(1 / target.factor) : c.node("Div", emitter.cast(size, x.dtype), target.size);
  const middles = isFactor ? c.node("Div", centers, target.factor) : c.node("Mul", centers, step);
  const column = emitter.node("Unsqueeze", [c.node("Sub", middles, 0.5), emitter.integers([1])]);
  const distance = c.node("Abs", c.node("Sub", column, range(size)));
  // Where values become fewer, a wider kernel takes in all of them.
  const scaled = antialias ? c.node("Div", distance, c.node("Max", step, 1)) : distance;
  const all = weights[kernel](c, scaled);
  return c.node("Div", all, emitter.node("ReduceSum", [all, emitter.integers([1])]));
}

/** Gives the last two axes of four other sizes. */
export function resampled(
  emitter: Emitter,
  x: Value,
  [height, width]: readonly [Target, Target],
  kernel: Kernel,
  antialias = false,
): Value {
  const turned = (value: Value, ...perm: number[]): Value =>
    emitter.node("Transpose", [value], { attributes: { perm: ints(perm) } });
  // Of batches without rows the engine takes products with a matrix on the right, and those where the axes are turned in
  // a way that it does not make part of the product.
  const across = (value: Value, axis: number, target: Target): Value =>
    emitter.node("MatMul", [value, turned(weightsOf(emitter, x, axis, target, kernel, antialias), 1, 0)]);
  const stays = (target: Target): boolean => "factor" in target && target.factor === 1;
  const wide = stays(width) ? x : across(x, 3, width);
  return stays(height) ? wide : turned(across(turned(wide, 0, 3, 1, 2), 2, height), 0, 2, 3, 1);
}
