/**
 * Compares what a compiler said with the lines that were marked to fail. A mark stands above the statement:
 *
 *     // error: Input 0 of layer dense is incompatible with the layer: expected ...
 *     dense(zeros([10, 4]));
 *
 * A second line says what is underlined, where that is not the first argument:
 *
 *     // error: Input 0 of layer head is incompatible with the layer: expected ...
 *     // at: new Dense(3, { inputDim: 5 })
 *     new Sequential(input([10, 4]), new Dense(3, { inputDim: 5 }));
 *
 * @module
 */
import { type Diagnostic, show } from "./compiler.ts";

/** Where one diagnostic is expected, and the sentence it must carry. */
interface Mark {
  readonly sentence: string;
  /** What the text begins with at which the error is; undefined for any argument. */
  readonly at: string | undefined;
  /** The first and the last line of the statement, counted from 1. */
  readonly first: number;
  readonly last: number;
}

function marksOf(lines: readonly string[]): Mark[] {
  return lines.flatMap((line, index) => {
    const sentence = /^\s*\/\/ error: (.+)$/.exec(line)?.[1];
    if (sentence === undefined) return [];
    const at = /^\s*\/\/ at: (.+)$/.exec(lines[index + 1] ?? "")?.[1];
    const end = lines.findIndex((text, at) => at > index && text.trimEnd().endsWith(";"));
    return [{ sentence, at, first: index + (at === undefined ? 2 : 3), last: (end < 0 ? lines.length : end) + 1 }];
  });
}

/** The sentences that a diagnostic carries in `Mismatch<"...">`. */
function sentencesOf(text: string): string[] {
  const found = text.matchAll(/\bMismatch<("(?:[^"\\]|\\.)*")>/g);
  return [...new Set(Array.from(found, ([, literal]) => JSON.parse(literal ?? '""') as string))];
}

/** Whether a diagnostic starts where an argument starts: after the opening bracket or a comma, on its line or before. */
function isAtArgument(lines: readonly string[], { line, column }: Diagnostic): boolean {
  const before = [...lines.slice(0, line - 1), lines[line - 1]?.slice(0, column - 1)].join("\n").trimEnd();
  return /[(,[{:]$/.test(before);
}

/**
 * What is wrong between the marks in `source` and the diagnostics of its file, in words; empty when each marked
 * statement has one diagnostic, at an argument, that carries the sentence of the mark, and there is no other.
 */
export function problemsOf(source: string, diagnostics: readonly Diagnostic[]): string[] {
  const lines = source.split("\n");
  const marks = marksOf(lines);
  const isIn = (mark: Mark, { line }: Diagnostic) => mark.first <= line && line <= mark.last;
  const stray = diagnostics.filter((diagnostic) => !marks.some((mark) => isIn(mark, diagnostic)));
  return [
    ...(marks.length === 0 ? ["No line is marked"] : []),
    ...stray.map((diagnostic) => `Not marked: ${show(diagnostic)}`),
    ...marks.flatMap((mark) => problemsAt(mark, lines, diagnostics.filter((diagnostic) => isIn(mark, diagnostic)))),
  ];
}

function problemsAt(mark: Mark, lines: readonly string[], diagnostics: readonly Diagnostic[]): string[] {
  const [diagnostic] = diagnostics;
  const expected = `Line ${mark.first}: expected the error\n  ${mark.sentence}\n`;
  if (diagnostic === undefined) return [`${expected}received none`];
  if (diagnostics.length > 1) return [`${expected}received ${diagnostics.map(show).join("\n")}`];
  const sentences = sentencesOf(diagnostic.text);
  if (sentences.length !== 1 || sentences[0] !== mark.sentence) {
    return [`${expected}received\n  ${sentences.join("\n  ") || show(diagnostic)}`];
  }
  if (!isAtArgument(lines, diagnostic)) {
    return [`${expected}at an argument, received it at column ${diagnostic.column}`];
  }
  const found = lines[diagnostic.line - 1]?.slice(diagnostic.column - 1) ?? "";
  return found.startsWith(mark.at ?? "") ? [] : [`${expected}at ${mark.at}, received it at ${found}`];
}
