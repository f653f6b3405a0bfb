/**
 * Means of large windows that adjoin: as many values are not left to the engine's pools, which add them one by one.
 *
 * @module
 */
import { type Emitter, int, type Value } from "../../emission/emitter.ts";
import { spatialAxes } from "../../shape/spatial.ts";
import type { Windows } from "./pool_windows.ts";
import { countedFrom } from "../rows.ts";
import { MANY, writeMean } from "../reduction/sums.ts";

/** Whether windows are large and adjoin. */
export function areLong({ poolSize, strides, padding }: Windows): boolean {
  return padding === "valid" && poolSize.reduce((a, b) => a * b, 1) >= MANY &&
    poolSize.every((size, place) => size === strides[place]);
}

/** The mean of each window: each spatial axis becomes one of windows and one of places in them, which is reduced. */
export function writeLongMean(emitter: Emitter, x: Value, { poolSize, dataFormat }: Windows): Value {
  const rank = x.shape.length;
  const spatial = spatialAxes(rank, dataFormat);
  const sizes = emitter.node("Shape", [x], { dtype: "int64" });
  const node = (opType: string, a: Value, b: Value): Value => emitter.node(opType, [a, b]);
  const lengths = emitter.integers(poolSize);
  const counts = node("Div", node("Gather", sizes, emitter.integers(spatial)), lengths);
  const whole = emitter.node("Slice", [
    x,
    emitter.integers(spatial.map(() => 0)),
    node("Mul", counts, lengths),
    emitter.integers(spatial),
  ]);
  const part = (value: Value, at: number): Value => node("Gather", value, emitter.integers([at]));
  const shape = countedFrom(0, rank).flatMap((axis) => {
    const place = spatial.indexOf(axis);
    return place < 0 ? [part(sizes, axis)] : [part(counts, place), emitter.integers([poolSize[place]!])];
  });
  const apart = emitter.node("Reshape", [whole, emitter.node("Concat", shape, { attributes: { axis: int(0) } })], {
    attributes: { allowzero: int(1) },
  });
  return writeMean(emitter, apart, spatial.map((axis, place) => axis + place + 1), false, "many");
}
