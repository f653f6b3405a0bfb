/**
 * Shapes that are equal, one after the other along a new axis.
 *
 * @module
 */
import { insertAt } from "./axis.ts";
import { join, noInputs } from "./concatenate.ts";
import type { Shape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/**
 * The shape of several tensors of one shape along a new axis, which is at `Axis` of the result, or the
 * {@linkcode Mismatch}. `Shape` where the number of inputs or all ranks are unknown.
 */
export type stack<Shapes extends readonly Shape[], Axis extends number> = number extends Shapes["length"] ? Shape
  : Shapes extends readonly [] ? Mismatch<noInputs<`Cannot stack along axis ${Axis}`>>
  : join<Shapes, never, `Cannot stack along axis ${Axis}`> extends infer All
    ? All extends Shape ? insertAt<All, Axis, Shapes["length"]> : All
  : never;

/**
 * The shape of several tensors of one shape along a new axis, which is at `axis` of the result.
 *
 * @throws {ShapeError} If there is no input, the shapes are known to differ, or the axis is out of the result's range.
 */
export function stack(shapes: readonly Shape[], axis: number): Shape {
  const attempt = `Cannot stack along axis ${axis}`;
  if (shapes.length === 0) throw new ShapeError(noInputs(attempt));
  return insertAt(join(shapes, -1, attempt), axis, shapes.length);
}
