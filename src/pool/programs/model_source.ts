/**
 * ONNX models as users give them.
 *
 * @module
 */
import { externalLocations } from "../../onnx/locations.ts";
import { InputError } from "../../shape/error.ts";
import { isRecord } from "../../tensor/structure.ts";
import type { FileParts, ModelFiles } from "./model_files.ts";

/** The bytes of a file, whole or in parts that lie one after the other. */
export type FileData = Uint8Array | readonly Uint8Array[];

/**
 * An ONNX model whose weights lie in files of their own, such as `graph.toONNX({ externalData })` gives.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dense, type EagerTensor, input, trace, WorkerPool, zeros } from "@strata/nn";
 *
 * const dense = new Dense(64, { biasInitializer: "ones" });
 * const { model, data } = trace(dense, input(["batch", 32])).toONNX({ externalData: "dense.weights" });
 * await using pool = new WorkerPool({ workers: 1 });
 * const run = await pool.compile({ model, data });
 * const y = await run(zeros([2, 32])) as EagerTensor;
 * assertEquals(y.dataSync()[0], 1);
 * ```
 */
export interface ModelSource {
  /** The bytes of the model. */
  readonly model: Uint8Array;
  /** The file that the model names for its weights; where it names several, a record of files by their paths. */
  readonly data: FileData | { readonly [path: string]: FileData };
}

/** Whether something is a model with files beside it. */
export function isModelSource(value: unknown): value is ModelSource {
  return isRecord(value) && value.model instanceof Uint8Array;
}

/**
 * The model with the files that it names.
 *
 * @throws {InputError} If a file is missing.
 */
export function filesOf(source: Uint8Array | ModelSource): ModelFiles {
  const { model, data } = source instanceof Uint8Array ? { model: source, data: undefined } : source;
  const locations = locationsIn(model);
  if (locations.length === 0) return { model, files: [] };
  const names = locations.map((path) => `"${path}"`).join(", ");
  if (data === undefined) {
    throw new InputError(`Cannot compile the model: expected { model, data }, since its weights lie in ${names}`);
  }
  const records = isFile(data) ? ofOne(locations, data, names) : data;
  const files = locations.map((path): FileParts => {
    const file = records[path] ?? records[withoutDot(path)];
    if (!isFile(file)) {
      const received = Object.keys(records).map((name) => `"${name}"`).join(", ") || "none";
      throw new InputError(`Cannot compile the model: expected the bytes of "${path}", received ${received}`);
    }
    return { path: withoutDot(path), parts: file instanceof Uint8Array ? [file] : file };
  });
  return { model, files };
}

function ofOne(locations: readonly string[], file: FileData, names: string): { readonly [path: string]: FileData } {
  if (locations.length === 1) return { [locations[0]!]: file };
  throw new InputError(`Cannot compile the model: expected a record with the bytes of ${names}, received one file`);
}

function isFile(value: unknown): value is FileData {
  return value instanceof Uint8Array || Array.isArray(value) && value.every((part) => part instanceof Uint8Array);
}

/** As the engine looks files up. */
function withoutDot(path: string): string {
  return path.startsWith("./") ? path.slice(2) : path;
}

function locationsIn(model: Uint8Array): string[] {
  try {
    return externalLocations(model);
  } catch (error) {
    // The engine says what is wrong with the model.
    if (error instanceof RangeError) return [];
    throw error;
  }
}
