/**
 * The WebAssembly build of ONNX Runtime, as onnxruntime-web ships it. All that is private to that package stays in this
 * file: its functions have no types, no documentation and no promise to stay, which is why its version is pinned.
 *
 * @module
 */
import { EngineError } from "./engine.ts";

/** An address in the module's heap, or an object of its that lives there. 0 is none. */
export type Pointer = number;

/** The functions of the module that Strata uses. Functions that return a status return 0 when all went well. */
export interface OrtModule {
  /** The whole heap; replaced by a longer one when the heap grows. */
  readonly HEAPU8: Uint8Array<SharedArrayBuffer>;
  _malloc(bytes: number): Pointer;
  _free(pointer: Pointer): void;
  stackSave(): Pointer;
  stackAlloc(bytes: number): Pointer;
  stackRestore(pointer: Pointer): void;
  /** Also renews the views of the heap, should another thread have made it grow. */
  getValue(pointer: Pointer, type: "i8"): number;
  UTF8ToString(pointer: Pointer): string;
  _OrtInit(threads: number, logLevel: number): number;
  _OrtGetLastError(code: Pointer, message: Pointer): number;
  _OrtCreateSessionOptions(
    graphOptimizationLevel: number,
    enableCpuMemArena: boolean,
    enableMemPattern: boolean,
    executionMode: number,
    enableProfiling: boolean,
    profileFilePrefix: Pointer,
    logId: Pointer,
    logSeverityLevel: number,
    logVerbosityLevel: number,
    optimizedModelFilePath: Pointer,
  ): Pointer;
  _OrtAddSessionConfigEntry(options: Pointer, key: Pointer, value: Pointer): number;
  _OrtReleaseSessionOptions(options: Pointer): number;
  _OrtCreateSession(model: Pointer, bytes: number, options: Pointer): Pointer;
  /** Gives models that are loaded from now on a file beside them. */
  mountExternalData(path: string, data: Uint8Array): void;
  /** Takes all such files away. */
  unmountExternalData(): void;
  _OrtReleaseSession(session: Pointer): number;
  _OrtGetInputOutputCount(session: Pointer, inputCount: Pointer, outputCount: Pointer): number;
  /** Inputs come first, then outputs. Both results are freed by `_OrtFree`. */
  _OrtGetInputOutputMetadata(session: Pointer, index: number, name: Pointer, metadata: Pointer): number;
  _OrtFree(pointer: Pointer): number;
  /** `dims` are 32-bit; the tensor refers to `data` and does not own it. `location` 1 is the heap. */
  _OrtCreateTensor(
    elementType: number,
    data: Pointer,
    bytes: number,
    dims: Pointer,
    rank: number,
    location: 1,
  ): Pointer;
  _OrtGetTensorData(tensor: Pointer, elementType: Pointer, data: Pointer, dims: Pointer, rank: Pointer): number;
  _OrtReleaseTensor(tensor: Pointer): number;
  /** An output that is not 0 is written into, else made. */
  _OrtRun(
    session: Pointer,
    inputNames: Pointer,
    inputs: Pointer,
    inputCount: number,
    outputNames: Pointer,
    outputCount: number,
    outputs: Pointer,
    runOptions: Pointer,
  ): number;
  /** Options of runs; a run that has begun ends with an error when `terminate` is set in them. */
  _OrtCreateRunOptions(logSeverityLevel: number, logVerbosityLevel: number, terminate: boolean, tag: Pointer): Pointer;
  _OrtReleaseRunOptions(options: Pointer): number;
  /**
   * Writes the profile of a session to the standard output and gives the name of a file, which there is not, to be freed
   * by `_OrtFree`; 0 if it fails.
   */
  _OrtEndProfiling(session: Pointer): Pointer;
  /** The memory that the heap lies in, which threads that have it see grow. */
  readonly memory: WebAssembly.Memory;
  /** The number of times that the module has read the clock on this thread. */
  readonly clockReads: number;
  /** What the module writes to its standard output while `action` runs; otherwise that goes to the console. */
  captureOutput(action: () => void): string;
}

interface Options {
  numThreads: number;
  instantiateWasm(
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): void;
}

type Factory = (options: Options) => Promise<Omit<OrtModule, keyof Watch>>;

/** The functions that Strata adds to the module. */
type Watch = Pick<OrtModule, "captureOutput" | "clockReads" | "memory">;

/** Only fatal errors are printed: all others come back as an {@linkcode EngineError}. */
export const LOG_FATAL = 4;

/**
 * Compiles the WebAssembly module. The result can be posted to workers, which then need not compile it again.
 *
 * @throws {EngineError} If the file cannot be read.
 */
export async function compileModule(): Promise<WebAssembly.Module> {
  const url = new URL("ort-wasm-simd-threaded.wasm", glueUrl());
  if (url.protocol !== "file:") return await WebAssembly.compileStreaming(fetch(url));
  const { readFileSync } = await import("node:fs");
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = readFileSync(url);
  } catch (cause) {
    throw new EngineError(`Cannot read the WebAssembly of onnxruntime-web: ${messageOf(cause)}`, { cause });
  }
  // Measured: V8 takes twice as long for the asynchronous WebAssembly.compile, and nothing waits beside us yet.
  return new WebAssembly.Module(bytes);
}

/** The address of the JavaScript that belongs to the WebAssembly. */
function glueUrl(): string {
  try {
    // Publishing makes an npm: specifier of this, which JSR's modules need in Deno.
    const url = import.meta.resolve("onnxruntime-web/ort-wasm-simd-threaded.mjs");
    if (!url.startsWith("npm:")) return url;
  } catch {
    // JSR's packages for npm keep that specifier. There Deno and Bun refuse it, and Node gives it back as it is.
  }
  // Not called on import.meta itself, so that publishing leaves the name of the installed package alone.
  const meta = import.meta;
  return meta.resolve("onnxruntime-web/ort-wasm-simd-threaded.mjs");
}

/**
 * Makes an instance of the compiled module, with a heap of its own. `_OrtInit` is left to the caller.
 *
 * @throws {EngineError} If the module does not start.
 */
export async function instantiateModule(compiled: WebAssembly.Module, threads = 1): Promise<OrtModule> {
  try {
    return await keepGlobals(async () => {
      const { default: factory } = await import("onnxruntime-web/ort-wasm-simd-threaded.mjs") as { default: Factory };
      let watch: Watch | undefined;
      const module = await factory({
        numThreads: threads,
        instantiateWasm(imports, done) {
          watch = watchImports(imports);
          done(new WebAssembly.Instance(compiled, imports), compiled);
        },
      });
      return Object.defineProperties(module, Object.getOwnPropertyDescriptors(watch!)) as OrtModule;
    });
  } catch (cause) {
    throw new EngineError(`Cannot start the WebAssembly of onnxruntime-web: ${messageOf(cause)}`, { cause });
  }
}

/**
 * Names in the pinned version, shortened by its minifier: its memory, fd_write and clock_gettime. It has no other way to
 * hear what is written: the hooks for that are compiled out, and files are too.
 */
const [IMPORTS, MEMORY, WRITE, READ_CLOCK] = ["a", "a", "X", "Qa"] as const;

type ImportedFunction = (...args: (number | bigint)[]) => number;

/** Puts functions that watch in the place of two that the module imports. */
function watchImports(imports: WebAssembly.Imports): Watch {
  const imported = imports[IMPORTS]!;
  const memory = imported[MEMORY] as WebAssembly.Memory;
  const [write, readClock] = [imported[WRITE] as ImportedFunction, imported[READ_CLOCK] as ImportedFunction];
  let clockReads = 0;
  let output: Uint8Array<ArrayBuffer>[] | undefined;

  imported[READ_CLOCK] = (clock: number, precision: bigint, result: Pointer) => {
    clockReads++;
    return readClock(clock, precision, result);
  };
  // As POSIX's writev: `count` pairs of an address and a length, and where the number of bytes written goes.
  imported[WRITE] = (file: number, parts: Pointer, count: number, written: Pointer) => {
    if (output === undefined || file !== 1) return write(file, parts, count, written);
    const heap = new Uint8Array(memory.buffer);
    const words = new Uint32Array(memory.buffer);
    let bytes = 0;
    for (let part = parts >>> 2; count > 0; count--, part += 2) {
      const [start, length] = [words[part]!, words[part + 1]!];
      // Copied, since a decoder takes no shared memory.
      output.push(new Uint8Array(heap.subarray(start, start + length)));
      bytes += length;
    }
    words[written >>> 2] = bytes;
    return 0;
  };

  return {
    memory,
    get clockReads() {
      return clockReads;
    },
    captureOutput(action) {
      const outer = output;
      const own = output = [];
      try {
        action();
      } finally {
        output = outer;
      }
      return decode(own);
    },
  };
}

function decode(parts: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  return parts.map((part) => decoder.decode(part, { stream: true })).join("") + decoder.decode();
}

/**
 * Does something and puts back the properties of `globalThis` that it changed. Wherever there is a
 * `process.versions.node`, onnxruntime-web assigns the class of node:worker_threads to `Worker`; and Deno itself, when
 * the package first imports node:module, replaces the channel classes by node's and leaves its bootstrap function in place.
 */
export async function keepGlobals<Result>(action: () => Promise<Result>): Promise<Result> {
  // Actions may overlap: the first to begin has seen the right properties, the last to end puts them back.
  if (actionsUnderWay++ === 0) {
    for (const name of CHANGED_GLOBALS) globals.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
  }
  try {
    return await action();
  } finally {
    if (--actionsUnderWay === 0) {
      for (const [name, descriptor] of globals) {
        if (descriptor) Object.defineProperty(globalThis, name, descriptor);
        else Reflect.deleteProperty(globalThis, name);
      }
    }
  }
}

const CHANGED_GLOBALS = ["Worker", "MessageChannel", "MessagePort", "nodeBootstrap"];
const globals = new Map<string, PropertyDescriptor | undefined>();
let actionsUnderWay = 0;

/** The message of an error, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
