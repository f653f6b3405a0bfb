/**
 * Running combinations along an axis, computed in a logarithmic number of steps.
 *
 * @module
 */
import { normalizeAxis } from "../../shape/axis.ts";
import { showShape } from "../../shape/dim.ts";
import { InputError, ShapeError } from "../../shape/error.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkFunction, checkOpOptions } from "../arguments.ts";
import { concatenate, stack } from "../shaping/joining.ts";
import { pad } from "../shaping/repetition.ts";
import { reshape } from "../shaping/shaping.ts";
import { takeSlice } from "../shaping/take_slice.ts";
import { type Flat, flatten } from "./bodies.ts";
import type { Carried, Chosen, Tensors } from "./control_types.ts";
import type { Scannable } from "./scan.ts";

/** The options of {@linkcode associativeScan}. */
export interface AssociativeScanOptions {
  /** The axis of every tensor. Default: 0. */
  readonly axis?: number | undefined;
  /** Whether to combine from the end. Default: `false`. */
  readonly reverse?: boolean | undefined;
}

const ATTEMPT = "Cannot scan associatively";

/**
 * Combines elements along an axis with all that come before them: `[x_0, f(x_0, x_1), f(f(x_0, x_1), x_2), ...]`. Since
 * `f` is associative, pairs are combined at once, which takes about `2 log2(n)` steps for `n` elements.
 *
 * @param f Combines two elements, elementwise along the axis; associative: `f(f(a, b), c)` is `f(a, f(b, c))`.
 * @param elements The elements, in any structure; all tensors have the same known size of the axis.
 * @param options The axis and the direction.
 * @returns The combinations, in the structure, dtypes and shapes of `elements`.
 * @throws {ShapeError} If sizes of the axis differ or are not known, or `f` changes a shape.
 * @throws {InputError} If there are no tensors, or `f` gives another structure.
 * @see Blelloch, "Prefix sums and their applications", 1990.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops, tensor } from "@strata/nn";
 *
 * assertEquals(ops.associativeScan((a, b) => ops.multiply(a, b), tensor([1, 2, 3, 4])).array(), [1, 2, 6, 24]);
 * ```
 */
export function associativeScan<const X extends Scannable>(
  f: (a: Carried<X>, b: Carried<X>) => unknown,
  elements: X,
  options: AssociativeScanOptions = {},
): Chosen<Tensors<X>, X> {
  checkFunction("associativeScan", "function", f);
  checkOpOptions("associativeScan", options, ["axis", "reverse"]);
  const given = flatten(ATTEMPT, elements);
  const [first] = given.tensors;
  if (first === undefined) throw new InputError(`${ATTEMPT}: expected tensors, received none`);
  const axes = given.tensors.map(({ shape }) => normalizeAxis(options.axis ?? 0, shape));
  const size = first.shape[axes[0]!]!;
  for (const [index, { shape }] of given.tensors.entries()) {
    if (typeof size === "number" && shape[axes[index]!] === size) continue;
    throw new ShapeError(
      `${ATTEMPT}: expected one known size of axis ${options.axis ?? 0}, received shape ${showShape(shape)}`,
    );
  }
  const combine: Combine = (a, b) => combined(given, f(given.rebuild(a) as never, given.rebuild(b) as never), a);
  const turned = (tensors: readonly Tensor[]): readonly Tensor[] =>
    options.reverse === true ? tensors.map((x, index) => takeSlice(x, axes[index]!, null, null, -1)) : tensors;
  return given.rebuild(turned(scanned(turned(given.tensors), axes, size as number, combine))) as never;
}

/** The result of a combination, as a list of tensors of the structure that the elements have. */
function combined(given: Flat, result: unknown, like: readonly Tensor[]): readonly Tensor[] {
  const { tensors, form } = flatten(ATTEMPT, result);
  if (form !== given.form) {
    throw new InputError(`${ATTEMPT}: expected the function to give ${given.form}, received ${form}`);
  }
  const wrong = tensors.findIndex(({ shape }, index) => `${shape}` !== `${like[index]!.shape}`);
  if (wrong < 0) return tensors;
  throw new ShapeError(
    `${ATTEMPT}: expected the function to give shape ${showShape(like[wrong]!.shape)}, received ` +
      showShape(tensors[wrong]!.shape),
  );
}

type Combine = (a: readonly Tensor[], b: readonly Tensor[]) => readonly Tensor[];

/** Combines pairs, scans what they give, and combines that with the elements between. */
function scanned(xs: readonly Tensor[], axes: readonly number[], size: number, combine: Combine): readonly Tensor[] {
  if (size < 2) return xs;
  const part = (tensors: readonly Tensor[], start: number, stop: number | null, step = 1): readonly Tensor[] =>
    tensors.map((x, index) => takeSlice(x, axes[index]!, start, stop, step));
  const pairs = combine(part(xs, 0, size - size % 2, 2), part(xs, 1, null, 2));
  const odd = scanned(pairs, axes, Math.floor(size / 2), combine);
  const before = size % 2 === 0 ? part(odd, 0, -1) : odd;
  const rest = size < 3 ? [] : combine(before, part(xs, 2, null, 2));
  return part(xs, 0, 1).map((first, index) => {
    const axis = axes[index]!;
    const even = rest.length === 0 ? first : concatenate([first, rest[index]!], { axis }) as Tensor;
    return interleaved(even, odd[index]!, axis, size);
  });
}

/** Elements of two tensors by turns. */
function interleaved(even: Tensor, odd: Tensor, axis: number, size: number): Tensor {
  const missing = size % 2;
  const widths = odd.shape.map((_, place): readonly [number, number] => [0, place === axis ? missing : 0]);
  const both: Tensor = stack([even, missing === 0 ? odd : pad(odd, widths) as Tensor], { axis: axis + 1 });
  const target = [...even.shape.slice(0, axis), size + missing, ...even.shape.slice(axis + 1)];
  return takeSlice(reshape(both, target as number[]) as Tensor, axis, 0, size);
}
