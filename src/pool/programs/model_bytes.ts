/**
 * The bytes of ONNX models, in whatever they are given.
 *
 * @module
 */
import { InputError } from "../../shape/error.ts";
import { kindOf } from "../../tensor/options.ts";

/**
 * A model's bytes as a `Uint8Array` on the same memory; what is no bytes comes back as it is.
 *
 * @throws {InputError} If it is a path, a URL, or something else that holds bytes which have to be read first.
 */
export function modelBytes(given: unknown): unknown {
  if (given instanceof Uint8Array || typeof given === "function") return given;
  if (given instanceof ArrayBuffer) return new Uint8Array(given);
  if (ArrayBuffer.isView(given)) return new Uint8Array(given.buffer as ArrayBuffer, given.byteOffset, given.byteLength);
  const advice = adviceFor(given);
  if (advice === undefined) return given;
  throw new InputError(
    `Cannot compile ${kindOf(given)}: expected a layer, a function, a graph, or the bytes of an ONNX model, such as ` +
      advice,
  );
}

function adviceFor(given: unknown): string | undefined {
  const { Blob, Request, Response } = globalThis;
  if (given instanceof Blob || given instanceof Response || given instanceof Request) {
    return "await given.arrayBuffer()";
  }
  if (typeof given === "string" || given instanceof URL) {
    return "await Deno.readFile(path), await readFile(path) of node:fs/promises, or (await fetch(url)).arrayBuffer()";
  }
  return undefined;
}
