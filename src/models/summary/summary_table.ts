/**
 * Summaries of models as tables of characters.
 *
 * @module
 */
import { showShape } from "../../shape/dim.ts";
import { InputRangeError } from "../../shape/error.ts";
import { checkOptions } from "../../tensor/options.ts";
import { flatShapes, type InboundLayer, type ModelSummary, type SummaryRow, type WeightCount } from "./summary.ts";

/** How {@linkcode Model.summary} writes. */
export interface SummaryOptions {
  /** The length of lines in characters. Default: 80. */
  readonly lineLength?: number;
  /** Whether the layers inside layers have rows of their own. Default: `false`. */
  readonly expandNested?: boolean;
  /** Whether a column says if training may change a layer. Default: `false`. */
  readonly showTrainable?: boolean;
  /** The first and the last layer that have rows: names, or patterns that names fit from their start. Default: all. */
  readonly layerRange?: readonly [first: string | RegExp, last: string | RegExp] | null;
  /** What is called with the text. Default: `console.log`, to the standard output. */
  readonly printFn?: ((text: string) => void) | null;
}

/** The width of a table. */
const LINE_LENGTH = 80;
/** No column is narrower, unless all its texts are. */
const NARROWEST = 8;

/** A column: its title, what stands in a row, and how it is laid out. */
interface Column {
  readonly title: string;
  readonly align: "left" | "right" | "center";
  /** Whether texts may go over several lines; numbers may not. */
  readonly wraps: boolean;
  cell(row: SummaryRow): string;
}

const COLUMNS = {
  name: { title: "Layer (type)", align: "left", wraps: true, cell: ({ name, className }) => `${name} (${className})` },
  shape: { title: "Output shape", align: "left", wraps: true, cell: showShapes },
  params: {
    title: "Params",
    align: "right",
    wraps: false,
    cell: ({ params, built }) => built ? grouped(params) : `${grouped(params)} (unbuilt)`,
  },
  size: { title: "Size", align: "right", wraps: false, cell: ({ bytes }) => readableSize(bytes) },
  inbound: { title: "Connected to", align: "left", wraps: true, cell: showInbound },
  trainable: {
    title: "Trainable",
    align: "center",
    wraps: false,
    cell: ({ trainable }) => trainable === null ? "-" : trainable ? "Y" : "N",
  },
} as const satisfies { readonly [name: string]: Column };

const SUMMARY_OPTIONS: readonly (keyof SummaryOptions)[] = [
  "expandNested",
  "layerRange",
  "lineLength",
  "printFn",
  "showTrainable",
];

/**
 * The table of a model's layers, and below it how many parameters there are.
 *
 * @throws {RangeError} If a line is too short for the columns, or no layer is in the range.
 */
export function summaryTable(summary: ModelSummary, options: SummaryOptions = {}): string {
  checkOptions(`Cannot summarize model ${summary.name}`, options, SUMMARY_OPTIONS);
  const { lineLength = LINE_LENGTH, showTrainable = false, expandNested = false, layerRange } = options;
  const columns: Column[] = [COLUMNS.name, COLUMNS.shape, COLUMNS.params, COLUMNS.size];
  if (!summary.isChain) columns.push(COLUMNS.inbound);
  if (showTrainable) columns.push(COLUMNS.trainable);
  const rows = inRange(summary, layerRange).flatMap((row) => withNested(row, expandNested, 0));
  const cells = rows.map(({ row, prefix }) =>
    columns.map((column, index) => index === 0 ? prefix + column.cell(row) : column.cell(row))
  );
  const widths = widthsOf(columns, cells, lineLength);
  const lines = [
    `Model: ${JSON.stringify(summary.name)}`,
    rule("┏━┳┓", widths),
    ...linesOf(columns.map(({ title }) => title), columns, widths, "┃"),
    rule("┡━╇┩", widths),
    ...cells.flatMap((row) => linesOf(row, columns, widths, "│")),
    rule("└─┴┘", widths),
    ` Total params: ${showCount(summary.total)}`,
    ` Trainable params: ${showCount(summary.trainable)}`,
    ` Non-trainable params: ${showCount(summary.nonTrainable)}`,
  ];
  return lines.map((line) => line.trimEnd()).join("\n");
}

function inRange({ name, rows }: ModelSummary, range: SummaryOptions["layerRange"]): readonly SummaryRow[] {
  if (range === undefined || range === null) return rows;
  const [first, last] = range.map((pattern) => {
    // As in Keras a name is a pattern that must fit from the start.
    const regex = pattern instanceof RegExp ? pattern : new RegExp(`^(?:${pattern})`);
    return rows.flatMap((row, index) => row.name.search(regex) >= 0 ? [index] : []);
  });
  if (first?.[0] === undefined || last?.[0] === undefined) {
    throw new InputRangeError(
      `Cannot summarize model ${name}: expected layerRange to be names of its layers, received ${range.join(" to ")}`,
    );
  }
  const [start, end] = first[0] <= last.at(-1)! ? [first[0], last.at(-1)!] : [last[0], first.at(-1)!];
  return rows.slice(start, end + 1);
}

function withNested(row: SummaryRow, expand: boolean, depth: number): { row: SummaryRow; prefix: string }[] {
  const prefix = depth === 0 ? "" : `${"   ".repeat(depth)}└ `;
  const nested = expand ? row.layers.flatMap((inner) => withNested(inner, expand, depth + 1)) : [];
  return [{ row, prefix }, ...nested];
}

function showShapes({ outputShape }: SummaryRow): string {
  if (outputShape === undefined) return "?";
  return flatShapes(outputShape).map(showShape).join(", ");
}

function showInbound({ inbound }: SummaryRow): string {
  return inbound.length === 0 ? "-" : inbound.map(showReading).join(", ");
}

function showReading({ name, call, index }: InboundLayer): string {
  return call === 0 && index === 0 ? name : `${name}[${call}][${index}]`;
}

/** Widths that fill the line: numbers get what they need, the others share the rest by what they need. */
function widthsOf(columns: readonly Column[], cells: readonly (readonly string[])[], lineLength: number): number[] {
  const needed = columns.map(({ title }, index) => Math.max(title.length, ...cells.map((row) => row[index]!.length)));
  const frame = 3 * columns.length + 1;
  const fixed = needed.reduce((sum, width, index) => columns[index]!.wraps ? sum : sum + width, 0);
  let rest = lineLength - frame - fixed;
  const open = columns.flatMap(({ wraps }, index) => wraps ? [index] : []);
  if (rest < NARROWEST * open.length) {
    throw new InputRangeError(
      `Cannot print a summary in lines of ${lineLength} characters: expected at least ${
        frame + fixed + NARROWEST * open.length
      }`,
    );
  }
  const widths = [...needed];
  // Those that need the least get it, and the longest texts are those that are broken.
  open.sort((a, b) => needed[a]! - needed[b]!);
  open.forEach((column, position) => {
    const share = Math.floor(rest / (open.length - position));
    widths[column] = Math.min(Math.max(needed[column]!, NARROWEST), share);
    rest -= widths[column]!;
  });
  // What is left over goes to the names, so that tables of one model after the other look alike.
  widths[0]! += rest;
  return widths;
}

function rule([left, line, middle, right]: string, widths: readonly number[]): string {
  return left + widths.map((width) => line!.repeat(width + 2)).join(middle) + right;
}

function linesOf(
  cells: readonly string[],
  columns: readonly Column[],
  widths: readonly number[],
  bar: string,
): string[] {
  const wrapped = cells.map((text, index) => wrap(text, widths[index]!));
  const height = Math.max(...wrapped.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) => {
    const parts = wrapped.map((lines, index) => aligned(lines[line] ?? "", widths[index]!, columns[index]!.align));
    return `${bar} ${parts.join(` ${bar} `)} ${bar}`;
  });
}

function aligned(text: string, width: number, align: Column["align"]): string {
  if (align === "left") return text.padEnd(width);
  if (align === "right") return text.padStart(width);
  return text.padStart(Math.floor((width + text.length) / 2)).padEnd(width);
}

/** The lines of a text: broken after spaces where there are any, then between words, else anywhere. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  const indent = /^ *(?:└ )?/.exec(text)![0].length;
  let rest = text;
  while (rest.length > width) {
    const head = rest.slice(0, width + 1);
    const least = lines.length === 0 ? indent : Math.min(indent, width >> 1);
    const space = head.lastIndexOf(" ");
    // Behind the last `_`, or before the last capital letter.
    const word = head.slice(0, width).search(/(?<=_|[a-z](?=[A-Z]))[^_]*$/);
    const at = space > least ? space : word > least ? word : width;
    lines.push(rest.slice(0, at));
    // What is broken stays indented below its layer.
    rest = " ".repeat(Math.min(indent, width >> 1)) + rest.slice(at).trimStart();
  }
  return [...lines, rest];
}

function showCount({ params, bytes }: WeightCount): string {
  return `${grouped(params)} (${readableSize(bytes)})`;
}

/** A number with a comma between thousands. */
function grouped(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ",");
}

const UNITS = ["B", "KB", "MB", "GB", "TB", "PB"];

/** A number of bytes in the largest unit of which there is one, as Keras writes it: `"27.08 KB"`. */
export function readableSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  for (; value >= 1024 && unit < UNITS.length - 1; unit++) value /= 1024;
  return `${value.toFixed(2)} ${UNITS[unit]}`;
}
