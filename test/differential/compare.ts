/**
 * How results are compared: shapes and dtypes exactly, values within what rounding explains.
 *
 * @module
 */
import { EagerTensor, type Tensor, Variable } from "@strata/nn";
import type { JsonTensor } from "./case.ts";

/** How far values may be apart: `absolute + relative * |value|`. */
interface Tolerance {
  readonly relative: number;
  readonly absolute: number;
}

const TOLERANCE: Tolerance = { relative: 1e-4, absolute: 1e-5 };
/** Float16 is rounded at other places where operations are fused. */
const HALF: Tolerance = { relative: 1e-2, absolute: 1e-2 };

/** What is compared besides values, and how exactly. */
export interface Comparison {
  /** Whether some of the computation is in float16. */
  readonly isHalf: boolean;
  /** Whether dtypes are compared. Default: `true`. */
  readonly dtypes?: boolean;
}

/** How tensors differ from Keras's, or `null` where they do not. */
export function differenceOf(
  results: readonly (Tensor | Variable | null)[],
  wanted: readonly (JsonTensor | null)[],
  { isHalf, dtypes = true }: Comparison,
): string | null {
  if (results.length !== wanted.length) return `expected ${wanted.length} tensors, received ${results.length}`;
  for (const [index, want] of wanted.entries()) {
    const result = results[index] ?? null;
    if (want === null && result === null) continue;
    if (want === null) return `${index}: expected null, received a tensor`;
    if (result === null) return `${index}: expected a tensor, received null`;
    if (!(result instanceof EagerTensor || result instanceof Variable)) {
      return `${index}: expected values, received none`;
    }
    const [shape, wantedShape] = [`[${result.shape}]`, `[${want.shape}]`];
    if (shape !== wantedShape) return `${index}: expected shape ${wantedShape}, received ${shape}`;
    if (dtypes && result.dtype !== want.dtype) {
      return `${index}: expected dtype ${want.dtype}, received ${result.dtype}`;
    }
    const isRough = isHalf || result.dtype === "float16" || want.dtype === "float16";
    const apart = valuesApart(result.dataSync(), want.data, isRough ? HALF : TOLERANCE);
    if (apart !== null) return `${index}: ${apart}`;
  }
  return null;
}

function valuesApart(
  values: ArrayLike<number | bigint | boolean>,
  wanted: JsonTensor["data"],
  { relative, absolute }: Tolerance,
): string | null {
  for (const [index, each] of wanted.entries()) {
    const value = Number(values[index]);
    const want = Number(each);
    if (Object.is(value, want) || value === want) continue;
    if (!(Math.abs(value - want) <= absolute + relative * Math.abs(want))) {
      return `at ${index} expected ${want}, received ${value}`;
    }
  }
  return null;
}
