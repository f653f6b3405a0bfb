/**
 * Axes by their names, as einops has them.
 *
 * @module
 */
import type { Shape } from "../../shape/dim.ts";
import { InputError } from "../../shape/error.ts";
import { type Like, type StrongDTypeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import { kindOf } from "../../tensor/options.ts";
import { arrange } from "./arrange.ts";

/** The groups of names of one side: `b (h w)` is `[["b"], ["h", "w"]]`. */
function groupsOf(pattern: string, side: string): readonly (readonly string[])[] {
  const groups = side.match(/\([^()]*\)|[^\s()]+/g) ?? [];
  const names = groups.map((group) => group.replaceAll(/[()]/g, " ").split(" ").filter((name) => name !== ""));
  const plain = side.replaceAll(/\([^()]*\)/g, " ");
  if (/[()]/.test(plain) || names.flat().some((name) => !/^[A-Za-z_]\w*$/.test(name))) {
    throw new InputError(`Cannot rearrange by ${JSON.stringify(pattern)}: expected names, and names in parentheses`);
  }
  if (new Set(names.flat()).size !== names.flat().length) {
    throw new InputError(`Cannot rearrange by ${JSON.stringify(pattern)}: expected each name once on a side`);
  }
  return names;
}

/**
 * Splits axes, puts them in another order and joins them, by their names: names in parentheses are one axis.
 *
 * @param x The tensor.
 * @param pattern The names of the axes before and after `->`.
 * @param axesLengths The sizes of names in parentheses; one of each may be left out.
 * @throws {InputError} If the pattern is none, its sides have other names, or not enough is known of an axis.
 * @throws {ShapeError} If a size is no multiple of what it is split into.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const x = ops.reshape([1, 2, 3, 4, 5, 6], [2, 3]);
 * assertEquals(ops.rearrange(x, "a b -> b a").array(), [[1, 4], [2, 5], [3, 6]]);
 * assertEquals(ops.rearrange(x, "a (b c) -> (a b) c", { c: 3 }).shape, [2, 3]);
 * ```
 */
export function rearrange<const X extends TensorLike>(
  x: X,
  pattern: string,
  axesLengths: { readonly [name: string]: number } = {},
): Like<X, Shape, StrongDTypeOf<X>> {
  const tensor = toTensor(x);
  if (typeof pattern !== "string") {
    throw new InputError(`Cannot rearrange a tensor: expected a text as the pattern, received ${kindOf(pattern)}`);
  }
  const attempt = `Cannot rearrange by ${JSON.stringify(pattern)}`;
  if (typeof axesLengths !== "object" || axesLengths === null) {
    throw new InputError(`${attempt}: expected a record of sizes, received ${kindOf(axesLengths)}`);
  }
  for (const [name, length] of Object.entries(axesLengths)) {
    if (Number.isSafeInteger(length) && length > 0) continue;
    throw new InputError(`${attempt}: expected the size of ${name} to be a positive integer, received ${length}`);
  }
  const sides = pattern.split("->");
  if (sides.length !== 2) throw new InputError(`${attempt}: expected names before and after "->"`);
  const [before, after] = sides.map((side) => groupsOf(pattern, side)) as [readonly string[][], readonly string[][]];
  const names = before.flat();
  if (names.toSorted().join() !== after.flat().toSorted().join()) {
    throw new InputError(`${attempt}: expected the same names on both sides`);
  }
  if (before.length !== tensor.shape.length) {
    throw new InputError(`${attempt}: expected a tensor of ${before.length} axes, received ${tensor.shape.length}`);
  }
  const unknown = Object.keys(axesLengths).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new InputError(`${attempt}: received the size of ${unknown}, which is no name of it`);
  }
  const splits = before.map((group) => {
    const sizes = group.map((name) => group.length === 1 ? -1 : axesLengths[name] ?? -1);
    if (sizes.filter((size) => size === -1).length > 1) {
      throw new InputError(`${attempt}: expected the sizes of all but one of ${group.join(", ")}`);
    }
    return group.length === 0 ? [] : sizes;
  });
  return arrange(tensor, { splits, groups: after.map((group) => group.map((name) => names.indexOf(name))) }) as never;
}
