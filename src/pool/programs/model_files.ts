/**
 * A model and the files beside it, on their way to a worker.
 *
 * @module
 */
import type { ModelFile } from "../../engine/engine.ts";
import { decodeText, encodeText } from "../transport/slots.ts";

/** A file in parts, which lie one after the other. */
export interface FileParts {
  readonly path: string;
  readonly parts: readonly Uint8Array[];
}

/** A model, and the files in which elements of its constants lie. */
export interface ModelFiles {
  readonly model: Uint8Array;
  readonly files: readonly FileParts[];
}

/** A place in an arena for something to be written. */
export interface Placed {
  readonly offset: number;
  readonly parts: readonly Uint8Array[];
}

/** What is to be written for a model: a header of `header` bytes, then the model and the files. */
export interface ModelLayout {
  readonly header: number;
  readonly places: readonly Placed[];
  readonly bytes: number;
}

/** The number of bytes that the model takes, and each file. */
interface Header {
  readonly model: number;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

/** All begin at multiples of this, which suits elements of every type. */
const ALIGNMENT = 64;

/** Lays out a model and its files. */
export function layOutModel({ model, files }: ModelFiles): ModelLayout {
  const sizes = files.map(({ path, parts }) => ({ path, bytes: bytesIn(parts) }));
  const header = encodeText(JSON.stringify({ model: model.length, files: sizes } satisfies Header));
  const places: Placed[] = [{ offset: 0, parts: [header] }];
  let offset = align(header.length);
  for (const parts of [[model], ...files.map(({ parts }) => parts)]) {
    places.push({ offset, parts });
    offset = align(offset + bytesIn(parts));
  }
  return { header: header.length, places, bytes: offset };
}

/** Reads what was laid out, without a copy. `view` gives bytes of the arena. */
export function readModel(
  header: number,
  view: (offset: number, bytes: number) => Uint8Array,
): { readonly model: Uint8Array; readonly files: readonly ModelFile[] } {
  const { model, files } = JSON.parse(decodeText(view(0, header))) as Header;
  let offset = align(header);
  const next = (bytes: number): Uint8Array => {
    const part = view(offset, bytes);
    offset = align(offset + bytes);
    return part;
  };
  return { model: next(model), files: files.map(({ path, bytes }) => ({ path, data: next(bytes) })) };
}

/** The number of bytes that parts have in all. */
export function bytesIn(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

function align(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
