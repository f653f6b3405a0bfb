/**
 * The way inputs merge some of whose positions do not count.
 *
 * @module
 */
import { logicalOr } from "../../ops/elementwise/logical.ts";
import { where } from "../../ops/elementwise/selection.ts";
import { expandDims } from "../../ops/shaping/shaping.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { Masks } from "../base/masks.ts";

type Two = (a: Tensor, b: Tensor) => Tensor;

/**
 * The masks of inputs, with axes after their own so that they broadcast against what they belong to; `null` where no input
 * has one, or where the inputs are of several ranks: as in Keras, those merge as if all positions counted.
 */
export function masksFor(inputs: readonly Tensor[], mask: Masks | null | undefined): readonly (Tensor | null)[] | null {
  if (!Array.isArray(mask) || new Set(inputs.map(({ shape }) => shape.length)).size > 1) return null;
  const masks = inputs.map((x, index): Tensor | null => {
    const own: unknown = mask[index];
    if (!(own instanceof Tensor)) return null;
    const more = x.shape.length - own.shape.length;
    if (more <= 0) return own;
    return expandDims(own, Array.from({ length: more }, (_, axis) => own.shape.length + axis)) as Tensor;
  });
  return masks.every((each) => each === null) ? null : masks;
}

/**
 * Merges by an operation without an identity element: where only one of two inputs counts it is taken as it is. A mask of
 * what is merged so far is forgotten once an input has none.
 */
export function mergeCounted(two: Two, inputs: readonly Tensor[], masks: readonly (Tensor | null)[]): Tensor {
  let output = inputs[0]!;
  let counted: Tensor | null = masks[0]!;
  for (const [index, x] of inputs.entries()) {
    if (index === 0) continue;
    const mask = masks[index]!;
    const other: Tensor = mask === null ? x : where(mask, x, output);
    const before: Tensor = counted === null ? output : where(counted, output, other);
    counted = mask === null || counted === null ? null : logicalOr(counted, mask) as Tensor;
    output = two(before, other);
  }
  return output;
}

/**
 * Merges by an operation of which `identity` is the identity element, which stands for what does not count. Where every
 * input has a mask the result is 0 at the positions that count in none.
 */
export function mergeWithIdentity(
  two: Two,
  identity: number,
  inputs: readonly Tensor[],
  masks: readonly (Tensor | null)[],
): Tensor {
  const counting = inputs.map((x, index) => {
    const mask = masks[index]!;
    return mask === null ? x : where(mask, x, identity) as Tensor;
  });
  const output = counting.reduce(two);
  if (!masks.every((mask) => mask !== null)) return output;
  return where(masks.reduce((a, b) => logicalOr(a!, b!) as Tensor)!, output, 0) as Tensor;
}
