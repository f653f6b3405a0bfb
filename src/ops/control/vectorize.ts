/**
 * Functions of single elements, applied to whole tensors.
 *
 * @module
 */
import { broadcastAll } from "../../shape/broadcast.ts";
import { type Shape, showShape } from "../../shape/dim.ts";
import { InputError, ShapeError } from "../../shape/error.ts";
import { type Like, type TensorLike, toTensor } from "../../tensor/like.ts";
import { mapStructure, type Structure } from "../../tensor/structure.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkFunction, checkOpOptions } from "../arguments.ts";
import { broadcastTo, reshape } from "../shaping/shaping.ts";
import { vectorizedMap } from "./scan.ts";

/** The options of {@linkcode vectorize}. */
export interface VectorizeOptions {
  /** Places of arguments that go to the function as they are. Default: none. */
  readonly excluded?: readonly number[] | undefined;
  /**
   * The axes that one call of the function takes of each argument and gives, as in `"(n),(n)->()"`. Default: none, so that
   * the function takes and gives single elements.
   */
  readonly signature?: string | undefined;
}

/** A function that {@linkcode vectorize} made. */
export type Vectorized<R> = <const I extends readonly TensorLike[]>(
  ...inputs: I
) => R extends Tensor<Shape, infer D> ? Like<I[number], Shape, D> : R;

const ATTEMPT = "Cannot vectorize a function";

/** The numbers of axes that a signature names, of each argument. */
function ranksOf(signature: string): readonly number[] {
  const list = String.raw`\(\s*(?:\w+(?:\s*,\s*\w+)*)?\s*\)(?:\s*,\s*\(\s*(?:\w+(?:\s*,\s*\w+)*)?\s*\))*`;
  if (typeof signature !== "string" || !new RegExp(`^\\s*${list}\\s*->\\s*${list}\\s*$`).test(signature)) {
    throw new InputError(
      `${ATTEMPT}: expected a signature such as "(n),(n)->()", received ${JSON.stringify(signature)}`,
    );
  }
  const [inputs] = signature.split("->");
  return (inputs!.match(/\([^)]*\)/g) ?? []).map((axes) => axes.match(/\w+/g)?.length ?? 0);
}

/**
 * A function of tensors that calls `f` with their single elements, after they have been broadcast to one shape; in a graph
 * this is one loop. With a signature `f` takes the last axes of its arguments instead.
 *
 * @param f From elements to a tensor, or an array or a record of them.
 * @param options The signature, and arguments that are not taken apart.
 * @throws {InputError} If the signature is malformed or has other than as many arguments as a call.
 * @throws {ShapeError} If the arguments of a call do not broadcast, have too few axes, or more than one unknown size.
 * @see https://keras.io/api/ops/core/
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops, tensor } from "@strata/nn";
 *
 * const larger = ops.vectorize((a, b) => ops.cond(ops.greater(a, b), () => a, () => b));
 * assertEquals(larger(tensor([1, 5]), 3).array(), [3, 5]);
 * const product = ops.vectorize((a, b) => ops.dot(a, b), { signature: "(n),(n)->()" });
 * assertEquals(product(tensor([[1, 2], [3, 4]]), tensor([1, 1])).array(), [3, 7]);
 * ```
 */
export function vectorize<R>(
  f: (...elements: readonly Tensor[]) => R,
  options: VectorizeOptions = {},
): Vectorized<R> {
  checkFunction("vectorize", "function", f);
  checkOpOptions("vectorize", options, ["excluded", "signature"]);
  const { excluded = [], signature } = options;
  const ranks = signature === undefined ? undefined : ranksOf(signature);
  const vectorized = (...inputs: readonly TensorLike[]): unknown => {
    const places = inputs.map((_, place) => place).filter((place) => !excluded.includes(place));
    if (ranks !== undefined && ranks.length !== places.length) {
      throw new InputError(`${ATTEMPT}: expected ${ranks.length} arguments, received ${places.length}`);
    }
    const tensors = places.map((place) => toTensor(inputs[place]!));
    const cores = tensors.map(({ shape }, index) => coreOf(shape, ranks?.[index] ?? 0));
    const loop = broadcastAll(tensors.map(({ shape }, index) => shape.slice(0, shape.length - cores[index]!.length)));
    const call = (elements: readonly Tensor[]): R => {
      const given = [...inputs] as Tensor[];
      places.forEach((place, index) => given[place] = elements[index]!);
      return f(...given);
    };
    if (loop.length === 0) return call(tensors);
    if (loop.filter((dim) => typeof dim !== "number").length > (loop.length === 1 ? 1 : 0)) {
      throw new ShapeError(`${ATTEMPT} over shape ${showShape(loop)}: expected known sizes`);
    }
    // What is the same for all calls is read by each; the rest is taken apart.
    const own = tensors.map((_, index) => index).filter((index) => tensors[index]!.shape.length > cores[index]!.length);
    const rows = own.map((index) => rowsOf(tensors[index]!, loop, cores[index]!));
    const results = vectorizedMap((elements: readonly Tensor[]) => {
      const given = [...tensors];
      own.forEach((index, place) => given[index] = elements[place]!);
      return call(given);
    }, rows) as Structure<Tensor>;
    if (loop.length === 1) return results;
    return mapStructure(results, (result) => {
      return reshape(result, [...loop as number[], ...result.shape.slice(1) as number[]]) as Tensor;
    });
  };
  return vectorized as Vectorized<R>;
}

/** The last axes, which one call of the function takes. */
function coreOf(shape: Shape, rank: number): Shape {
  if (shape.length >= rank) return shape.slice(shape.length - rank);
  throw new ShapeError(`${ATTEMPT}: expected a tensor of at least ${rank} axes, received shape ${showShape(shape)}`);
}

/** An argument with one axis for all calls. */
function rowsOf(tensor: Tensor, loop: Shape, core: Shape): Tensor {
  const own = tensor.shape.length - core.length;
  const isWhole = own === loop.length && loop.every((dim, axis) => tensor.shape[axis] === dim);
  const whole: Tensor = isWhole ? tensor : broadcastTo(tensor, [...loop, ...core] as never) as Tensor;
  if (loop.length === 1) return whole;
  return reshape(whole, [loop.reduce<number>((size, dim) => size * (dim as number), 1), ...core] as never) as Tensor;
}
