/**
 * Greatest common divisors and least common multiples of integers.
 *
 * @module
 */
import type { Emitter, Value } from "../../emission/emitter.ts";
import type { OnnxGraph } from "../../onnx/model.ts";
import { elementTypeOf } from "../../onnx/element_type.ts";
import type { DType } from "../../tensor/dtype.ts";
import { isUnsigned } from "../../tensor/promote.ts";
import { type BinaryBits, binaryBits } from "./bits.ts";
import { Formula } from "../../emission/formula.ts";

/** Euclid's algorithm takes no more steps for any two integers of 64 bits. */
const MOST_STEPS = 92;

/** One step: of `a` and `b` it makes `b` and the remainder of `a` by `b`, until every `b` is 0. */
function euclidStep(emitter: Emitter, dtype: DType): OnnxGraph {
  const value = (name: string, type: DType = dtype) => ({ name: emitter.uniqueName(name), dtype: type });
  const scalar = (name: string, type: DType) => ({ ...value(name, type), shape: [] });
  const [step, going] = [scalar("step", "int64"), scalar("going", "bool")];
  const [a, b, divisor, remainder, goes] = [
    value("a"),
    value("b"),
    value("divisor"),
    value("remainder"),
    scalar("goes", "bool"),
  ];
  const nodes: OnnxGraph["nodes"][number][] = [];
  const node = (opType: string, inputs: readonly string[], output: string, to?: number): string => {
    const attributes = to === undefined ? {} : { to: { type: "int", value: to } as const };
    nodes.push({ opType, name: emitter.uniqueName(opType), inputs, outputs: [output], attributes });
    return output;
  };
  const fresh = (name: string): string => emitter.uniqueName(name);
  const left = node("Cast", [b.name], fresh("left"), elementTypeOf("bool"));
  const done = node("Not", [left], fresh("done"));
  // Where `b` is 0 already the remainder by 1 is taken, which is 0 as well.
  const one = node("Cast", [done], fresh("one"), elementTypeOf(dtype));
  const safe = node("Add", [b.name, one], fresh("safe"));
  node("Where", [left, b.name, a.name], divisor.name);
  node("Mod", [a.name, safe], remainder.name);
  const open = node("Cast", [remainder.name], fresh("open"), elementTypeOf("bool"));
  const marks = node("Cast", [open], fresh("marks"), elementTypeOf("int64"));
  const flags = node("ReduceSum", [marks], fresh("count"));
  nodes[nodes.length - 1] = { ...nodes.at(-1)!, attributes: { keepdims: { type: "int", value: 0 } } };
  node("Cast", [flags], goes.name, elementTypeOf("bool"));
  return {
    name: "euclid_step",
    inputs: [step, going, a, b],
    outputs: [goes, divisor, remainder],
    nodes,
    initializers: [],
  };
}

/** The greatest common divisor of what is not negative. */
function divisorOf(emitter: Emitter, a: Value, b: Value): Value {
  const f = new Formula(emitter, a.dtype);
  // A loop keeps the shapes of what goes round.
  const [first, second] = [f.add(a, f.sub(b, b)), f.add(b, f.sub(a, a))];
  const attributes = { body: { type: "graph", value: euclidStep(emitter, a.dtype) } } as const;
  const inputs = [emitter.scalar(MOST_STEPS, "int64"), emitter.scalar(1, "bool"), first, second];
  return emitter.nodeWithOutputs("Loop", inputs, [a.dtype, a.dtype], { attributes })[0]!;
}

/** Integers of a dtype that has a remainder, without signs. */
function sizes(emitter: Emitter, ...values: readonly Value[]): Value[] {
  return values.map((value) => emitter.node("Abs", [isUnsigned(value.dtype) ? emitter.cast(value, "int32") : value]));
}

/**
 * The greatest common divisor, elementwise with broadcasting, not negative; that with 0 is the size of the other.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 * @throws {DTypeError} If an operand holds floats.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.gcd([12, -18, 0], 8).array(), [4, 2, 8]);
 * ```
 */
export const gcd: BinaryBits = binaryBits(
  "gcd",
  (emitter, a, b) => {
    const [first, second] = sizes(emitter, a, b);
    return emitter.cast(divisorOf(emitter, first!, second!), a.dtype);
  },
  "int32",
);

/**
 * The least common multiple, elementwise with broadcasting, not negative; that with 0 is 0. Integers wrap around.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 * @throws {DTypeError} If an operand holds floats.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.lcm([12, -18, 0], 8).array(), [24, 72, 0]);
 * ```
 */
export const lcm: BinaryBits = binaryBits(
  "lcm",
  (emitter, a, b) => {
    const [first, second] = sizes(emitter, a, b);
    const f = new Formula(emitter, first!.dtype);
    const divisor = divisorOf(emitter, first!, second!);
    const part = f.div(first!, f.where(f.equal(divisor, 0), 1, divisor));
    return emitter.cast(f.mul(part, second!), a.dtype);
  },
  "int32",
);
