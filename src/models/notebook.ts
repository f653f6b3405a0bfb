/**
 * The way models and tensors show themselves in notebooks: Deno asks them by a symbol for pictures and tables, and a text for
 * where there are none.
 *
 * @module
 */
import { type AnyLayer, Layer } from "../layers/base/layer.ts";
import { requireLayer } from "../layers/base/validate.ts";
import { showShape } from "../shape/dim.ts";
import { InputError } from "../shape/error.ts";
import type { DType, TypedArrayOf } from "../tensor/dtype.ts";
import { EagerTensor, valuesOf } from "../tensor/eager.ts";
import { kindOf } from "../tensor/options.ts";
import { SymbolicTensor } from "../tensor/symbolic.ts";
import { Tensor } from "../tensor/tensor.ts";
import { residentOf, Variable } from "../tensor/variable.ts";
import { plotModel } from "./plot.ts";
import { summaryOf } from "./summary/summary.ts";
import { summaryTable } from "./summary/summary_table.ts";
import { escapeXml } from "./svg.ts";

/** One thing in several forms, of which a notebook shows the best that it can. */
export interface MimeBundle {
  /** The thing as plain text. */
  readonly "text/plain": string;
  /** The thing as HTML. */
  readonly "text/html"?: string;
  /** The thing as a picture. */
  readonly "image/svg+xml"?: string;
}

/** More rows or columns than these are left out in the middle. */
const MOST_ROWS = 20;
const MOST_COLUMNS = 12;
/** More layers than these are no picture that anyone can read. */
const MOST_LAYERS = 300;

/** A model as a picture with the shapes, a layer as text. */
export async function displayLayer(layer: AnyLayer): Promise<MimeBundle> {
  requireLayer("Cannot display a model", layer);
  const { layers } = layer;
  if (layers.length === 0) return { "text/plain": String(layer) };
  const text = summaryTable(summaryOf(layer));
  if (layers.length > MOST_LAYERS) return { "text/plain": text };
  return { "text/plain": text, "image/svg+xml": await plotModel(layer, { showShapes: true }) };
}

/** A tensor as a table if it has at most two axes, else as text. */
export function displayTensor(tensor: Tensor): MimeBundle {
  // The prototype of a class of tensors is no tensor: it has no shape.
  if (!(tensor instanceof Tensor) || !Object.hasOwn(tensor, "shape")) {
    const received = tensor instanceof Tensor ? "an object without a shape" : kindOf(tensor);
    throw new InputError(`Cannot display a tensor: expected a tensor, received ${received}`);
  }
  const text = String(tensor);
  const { shape, rank, dtype } = tensor;
  if (tensor.kind === "symbolic" || rank > 2) return { "text/plain": text };
  const values = tensor instanceof Variable ? residentOf(tensor).data : valuesOf(tensor as EagerTensor);
  const [rows, columns] = [rank === 2 ? shape[0] as number : 1, rank === 0 ? 1 : shape[rank - 1] as number];
  const lines = visible(rows, MOST_ROWS).map((row) => {
    const cells = visible(columns, MOST_COLUMNS).map((column) => {
      const value = row < 0 || column < 0 ? (row < 0 ? "⋮" : "⋯") : showValue(values, row * columns + column, dtype);
      return `<td style="text-align:right;font-family:monospace">${escapeXml(value)}</td>`;
    });
    return `<tr>${rank < 2 ? "" : header(row < 0 ? "⋮" : String(row))}${cells.join("")}</tr>`;
  });
  const head = rank === 0
    ? ""
    : `<tr>${rank < 2 ? "" : header("")}${
      visible(columns, MOST_COLUMNS).map((column) => header(column < 0 ? "⋯" : String(column))).join("")
    }</tr>`;
  const name = tensor instanceof Variable ? `Variable ${tensor.path}` : tensor.constructor.name;
  const caption = `<caption>${escapeXml(`${name} ${showShape(shape)} ${dtype}`)}</caption>`;
  return { "text/plain": text, "text/html": `<table>${caption}${head}${lines.join("")}</table>` };
}

function header(text: string): string {
  return `<th style="opacity:0.6">${text}</th>`;
}

/** The places that are shown; -1 stands for those left out. */
function visible(size: number, most: number): number[] {
  if (size <= most) return Array.from({ length: size }, (_, place) => place);
  const half = most >> 1;
  return [...Array(half).keys(), -1, ...Array.from({ length: half }, (_, place) => size - half + place)];
}

function showValue(values: TypedArrayOf<DType>, place: number, dtype: DType): string {
  const value = values[place]!;
  if (dtype === "bool") return value ? "true" : "false";
  return typeof value === "bigint" || Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
}

/** The symbol by which Deno finds the method. */
const DISPLAY: unique symbol = Symbol.for("Jupyter.display") as never;

function install(constructor: { readonly prototype: object }, display: (value: never) => unknown): void {
  Object.defineProperty(constructor.prototype, DISPLAY, {
    value(this: never): unknown {
      return display(this);
    },
    configurable: true,
  });
}

install(Layer, displayLayer);
for (const constructor of [EagerTensor, Variable, SymbolicTensor]) install(constructor, displayTensor);
