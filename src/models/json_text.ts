/**
 * JSON with infinities and NaN, which Python writes and reads as `Infinity`, `-Infinity` and `NaN`. JSON has no such
 * numbers, so infinities are written as numbers that are too large, and NaN as `null` among the values of arrays: both are
 * JSON, and Keras 3.15.1 reads them as what they stand for.
 *
 * @module
 */

/** Stands for a number until the text is there. */
const MARK = "@@strata:";

const WRITTEN: { readonly [number: string]: string } = { Infinity: "1e999", "-Infinity": "-1e999", NaN: "null" };

/** Plain data as JSON; infinities are numbers too large for a float. */
export function writeJson(value: unknown, indent?: number): string {
  const marked = JSON.stringify(value, (_, part) => {
    return typeof part === "number" && !Number.isFinite(part) ? `${MARK}${part}` : part as unknown;
  }, indent);
  return marked.replaceAll(/"@@strata:(-?Infinity|NaN)"/g, (_, number: string) => WRITTEN[number]!);
}

/**
 * Parses JSON, in which numbers may also be Python's `Infinity`, `-Infinity` and `NaN`.
 *
 * @throws {SyntaxError} If the text is neither.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Texts in quotes are passed over, whatever is in them.
    const marked = text.replaceAll(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (token) => {
      if (token.startsWith('"')) return token;
      return token === "NaN" ? `"${MARK}NaN"` : WRITTEN[token]!;
    });
    if (marked === text) throw error;
    return JSON.parse(marked, (_, part) => part === `${MARK}NaN` ? NaN : part as unknown);
  }
}
