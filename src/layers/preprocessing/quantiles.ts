/**
 * Quantiles of values that come in parts, kept as a summary of a bounded number of points.
 *
 * @module
 */

/** Points of a distribution: values in ascending order, and how much each stands for. */
export interface Summary {
  /** The values. */
  readonly values: readonly number[];
  /** The weights. */
  readonly weights: readonly number[];
}

function runningSums(weights: readonly number[]): number[] {
  let sum = 0;
  return weights.map((weight) => sum += weight);
}

/** The value at `x` of the line through points of ascending `xs`; the ends go on level. */
function interpolate(x: number, xs: readonly number[], ys: readonly number[]): number {
  const left = xs.findLastIndex((each) => each <= x);
  if (left < 0) return ys[0]!;
  if (left === xs.length - 1) return ys[left]!;
  const slope = (ys[left + 1]! - ys[left]!) / (xs[left + 1]! - xs[left]!);
  return slope * (x - xs[left]!) + ys[left]!;
}

/** The summary with one point for each `step` of the whole weight. */
function compress(summary: Summary, step: number): Summary {
  const { values, weights } = summary;
  // Fewer points than asked for stay as they are.
  if (values.length * step < 1) return summary;
  const sums = runningSums(weights);
  const parts = sums.map((sum) => sum / sums.at(-1)!);
  const at = Array.from({ length: Math.ceil(1 / step - 1e-9) }, (_, index) => step + index * step);
  const kept = at.map((part) => interpolate(part, parts, sums));
  return {
    values: at.map((part) => interpolate(part, parts, values)),
    weights: kept.map((sum, index) => sum - (kept[index - 1] ?? 0)),
  };
}

/** The summary of values, with about one point for each `epsilon` of them, added to another one. */
export function summarize(values: readonly number[], epsilon: number, before: Summary | null): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  const weight = Math.max(1, sorted.length * epsilon);
  const step = Math.floor(weight);
  const points = sorted.filter((_, index) => index % step === step - 1);
  const added = points.map((value) => ({ value, weight }));
  const old = before === null ? [] : before.values.map((value, index) => ({ value, weight: before.weights[index]! }));
  const all = [...old, ...added].sort((a, b) => a.value - b.value);
  return compress({ values: all.map(({ value }) => value), weights: all.map((point) => point.weight) }, epsilon);
}

/** The values between `count` bins that hold about as many each. */
export function boundariesOf(summary: Summary, count: number): number[] {
  return compress(summary, 1 / count).values.slice(0, -1).map(Math.fround);
}
