/**
 * Reductions of the rows of a tensor that belong to the same segment.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { int, type Value } from "../../emission/emitter.ts";
import { type Dim, type Shape, showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import { greatestOf, leastOf } from "../../tensor/limits.ts";
import { type Like, type ShapeOf, type StrongDTypeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import { checkOpOptions } from "../arguments.ts";
import { apply, callable } from "../define.ts";
import { type checkIndices, toIndices } from "../shaping/indexing.ts";
import type { NoOptions, OptionOf } from "../options.ts";
import { scatterNode } from "../shaping/scatter.ts";
import { valuesFor } from "../values.ts";

/** The options of segment reductions. */
export interface SegmentOptions {
  /** The number of segments. Default: up to the greatest id, which needs values. */
  readonly numSegments?: number | undefined;
  /** Whether the ids ascend, which makes no difference here. Default: `false`. */
  readonly sorted?: boolean | undefined;
}

/** @internal */
type Segments<S extends Shape, O> = S extends readonly [unknown, ...infer Rest extends Shape]
  ? readonly [OptionOf<O, "numSegments"> extends infer N extends number ? N : null, ...Rest]
  : Shape;

/** A reduction of rows that belong to the same segment. */
export interface SegmentReduction {
  /** Reduces the rows along the first axis that have the same id. */
  <const X extends TensorLike, const I extends TensorLike, const O extends SegmentOptions = NoOptions>(
    x: X,
    ids: I & checkIndices<I>,
    options?: O,
  ): Like<X | I, Segments<ShapeOf<X>, O>, StrongDTypeOf<X>>;
}

function segmentReduction(name: string, reduction: string, emptyOf: (dtype: DType) => number): SegmentReduction {
  const op: Operation<{ readonly numSegments: number }> = {
    name,
    infer([x, ids], { numSegments }) {
      const [first, ...rest] = x!.shape;
      const [length] = ids!.shape;
      const differ = typeof first === "number" && typeof length === "number" && first !== length;
      if (ids!.shape.length !== 1 || first === undefined || differ) {
        throw new ShapeError(
          `Cannot take ${name} of shape ${showShape(x!.shape)}: expected one id for each row, received ` +
            showShape(ids!.shape),
        );
      }
      return [{ shape: [numSegments, ...rest], dtype: x!.dtype }];
    },
    emit(emitter, [x, ids], { numSegments: count }) {
      // Rows that belong to no segment go to one more, which is cut off.
      const [zero, end] = [emitter.scalar(0, "int64"), emitter.scalar(count, "int64")];
      const id = emitter.cast(ids!, "int64");
      const isOut = emitter.node("Or", [
        emitter.node("Less", [id, zero], { dtype: "bool" }),
        emitter.node("GreaterOrEqual", [id, end], { dtype: "bool" }),
      ]);
      const segment = emitter.node("Where", [isOut, end, id], { dtype: "int64" });
      const rest = emitter.node("Shape", [x!], { dtype: "int64", attributes: { start: int(1) } });
      const shape: Value = emitter.node("Concat", [emitter.integers([count + 1]), rest], {
        attributes: { axis: int(0) },
      });
      const empty = emitter.scalar(emptyOf(x!.dtype), x!.dtype);
      // No number of JavaScript is the greatest integer of 64 bits, which is all bits of the least one turned around.
      const isGreatest = x!.dtype === "int64" && reduction === "min";
      const start = isGreatest ? emitter.node("Sub", [emitter.scalar(-1, "int64"), empty]) : empty;
      const places = emitter.node("Unsqueeze", [segment, emitter.integers([1])]);
      const all = scatterNode(emitter, emitter.node("Expand", [start, shape]), places, x!, reduction);
      return emitter.node("Slice", [all, emitter.integers([0]), emitter.integers([count]), emitter.integers([0])]);
    },
  };
  const call = (x: TensorLike, ids: TensorLike, options: SegmentOptions = {}) => {
    checkOpOptions(name, options, ["numSegments", "sorted"]);
    const { numSegments } = options;
    const segments = toIndices(ids);
    const count = numSegments ?? countOf(name, segments);
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new InputRangeError(`Cannot take ${name} of ${count} segments: expected a non-negative integer`);
    }
    return apply(op, [toTensor(x), segments], { numSegments: count });
  };
  return callable(call as SegmentReduction, op);
}

/** One more than the greatest id. */
function countOf(name: string, ids: ReturnType<typeof toIndices>): Dim & number {
  const values = valuesFor(ids, `${name} without numSegments`);
  let greatest = -1;
  for (const id of values) greatest = Math.max(greatest, Number(id));
  return greatest + 1;
}

/**
 * Adds up the rows that belong to the same segment; a segment without rows gives 0.
 *
 * @param x The tensor.
 * @param ids For each row along the first axis its segment; rows of others than there are do not count.
 * @param options The number of segments.
 * @throws {ShapeError} If there is not one id for each row.
 * @throws {DTypeError} If the ids are no integers.
 * @throws {RangeError} If the number of segments is negative or no integer.
 * @throws {TypeError} If the number of segments is not given and the ids have no values yet.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.segmentSum([[1], [2], [3]], [0, 1, 0], { numSegments: 2 }).array(), [[4], [2]]);
 * ```
 */
export const segmentSum: SegmentReduction = segmentReduction("segmentSum", "add", () => 0);

/**
 * Multiplies the rows that belong to the same segment; a segment without rows gives 1.
 *
 * @param x The tensor.
 * @param ids For each row along the first axis its segment; rows of others than there are do not count.
 * @param options The number of segments.
 * @throws {ShapeError} If there is not one id for each row.
 * @throws {DTypeError} If the ids are no integers.
 * @throws {RangeError} If the number of segments is negative or no integer.
 * @throws {TypeError} If the number of segments is not given and the ids have no values yet.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.segmentProd([[1], [2], [3]], [0, 1, 0], { numSegments: 2 }).array(), [[3], [2]]);
 * ```
 */
export const segmentProd: SegmentReduction = segmentReduction("segmentProd", "mul", () => 1);

/**
 * Takes the greatest of the rows that belong to the same segment; a segment without rows gives the least number of the dtype.
 *
 * @param x The tensor.
 * @param ids For each row along the first axis its segment; rows of others than there are do not count.
 * @param options The number of segments.
 * @throws {ShapeError} If there is not one id for each row.
 * @throws {DTypeError} If the ids are no integers.
 * @throws {RangeError} If the number of segments is negative or no integer.
 * @throws {TypeError} If the number of segments is not given and the ids have no values yet.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.segmentMax([[1], [2], [3]], [0, 1, 0], { numSegments: 2 }).array(), [[3], [2]]);
 * ```
 */
export const segmentMax: SegmentReduction = segmentReduction("segmentMax", "max", leastOf);

/**
 * Takes the least of the rows that belong to the same segment; a segment without rows gives the greatest number of the dtype.
 *
 * @param x The tensor.
 * @param ids For each row along the first axis its segment; rows of others than there are do not count.
 * @param options The number of segments.
 * @throws {ShapeError} If there is not one id for each row.
 * @throws {DTypeError} If the ids are no integers.
 * @throws {RangeError} If the number of segments is negative or no integer.
 * @throws {TypeError} If the number of segments is not given and the ids have no values yet.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.segmentMin([[1], [2], [3]], [0, 1, 0], { numSegments: 2 }).array(), [[1], [2]]);
 * ```
 */
export const segmentMin: SegmentReduction = segmentReduction("segmentMin", "min", greatestOf);
