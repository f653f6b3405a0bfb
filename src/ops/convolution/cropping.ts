/**
 * Spatial axes with their ends cut off.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { crop as cropShape, type Ends } from "../../shape/crop.ts";
import { type DataFormat, spatialAxes } from "../../shape/spatial.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply } from "../define.ts";
import { rowsBeside } from "../rows.ts";

const END = Number.MAX_SAFE_INTEGER;

export const cropOperation: Operation<{ cropping: readonly Ends[]; dataFormat: DataFormat }> = {
  name: "crop",
  infer: ([x], { cropping, dataFormat }) => [{ shape: cropShape(x!.shape, cropping, dataFormat), dtype: x!.dtype }],
  rows: ([axis], [x], { dataFormat }) => [rowsBeside(axis!, spatialAxes(x!.shape.length, dataFormat))],
  emit(emitter, [x], { cropping, dataFormat }) {
    const cuts = spatialAxes(x!.shape.length, dataFormat)
      .map((axis, place) => ({ axis, before: cropping[place]![0], after: cropping[place]![1] }))
      .filter(({ before, after }) => before > 0 || after > 0);
    if (cuts.length === 0) return x!;
    return emitter.node("Slice", [
      x!,
      emitter.integers(cuts.map(({ before }) => before)),
      emitter.integers(cuts.map(({ after }) => after === 0 ? END : -after)),
      emitter.integers(cuts.map(({ axis }) => axis)),
    ]);
  },
};

/**
 * Cuts the ends of spatial axes off.
 *
 * @throws {ShapeError} If nothing is left of an axis.
 */
export function crop(x: Tensor, cropping: readonly Ends[], dataFormat: DataFormat): Tensor {
  return apply(cropOperation, [x], { cropping, dataFormat });
}
