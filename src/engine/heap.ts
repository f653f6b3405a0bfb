/**
 * The heap of a WebAssembly instance of ONNX Runtime: memory, strings, and tensors that lie in it.
 *
 * @module
 */
import { elementTypeName, elementTypeOf, elementTypeOfCode } from "../onnx/element_type.ts";
import type { ElementArrays } from "../tensor/dtype.ts";
import { bytesPerElement, type CarriedType, ELEMENTS } from "../tensor/element_type.ts";
import { elementsIn, typedArrayOf } from "../tensor/typed_array.ts";
import { EngineError, type ValueSpec, type ValueTensor } from "./engine.ts";
import { reasonOf } from "./messages.ts";
import type { OrtModule, Pointer } from "./wasm_module.ts";

/** An element type of a fixed size. */
type NumericType = Exclude<CarriedType, "string">;
type NumericSpec = ValueSpec & { readonly dtype: NumericType };
type NumericData = Exclude<ValueTensor["data"], readonly string[]>;

/** A view of elements in the heap. */
type HeapView =
  | Float32Array<SharedArrayBuffer>
  | Float64Array<SharedArrayBuffer>
  | Int8Array<SharedArrayBuffer>
  | Int16Array<SharedArrayBuffer>
  | Int32Array<SharedArrayBuffer>
  | BigInt64Array<SharedArrayBuffer>
  | Uint8Array<SharedArrayBuffer>
  | Uint16Array<SharedArrayBuffer>
  | Uint32Array<SharedArrayBuffer>
  | BigUint64Array<SharedArrayBuffer>;

/** The views by class. Halves are seen as bits, since not every runtime has a view of them. */
const VIEWS: {
  readonly [Name in keyof ElementArrays]: new (buffer: SharedArrayBuffer, offset: number, length: number) => HeapView;
} = {
  Float32Array,
  Float64Array,
  Float16Array: Uint16Array,
  Int8Array,
  Int16Array,
  Int32Array,
  BigInt64Array,
  Uint8Array,
  Uint16Array,
  Uint32Array,
  BigUint64Array,
};

/** What ONNX Runtime and the allocator take for a tensor besides its elements, about. */
const TENSOR_OVERHEAD = 256;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** A tensor in the heap whose elements JavaScript can write and read. */
export class HeapTensor {
  readonly handle: Pointer;
  /** Stays good when the heap grows: a longer buffer then shows the same memory. */
  readonly view: HeapView;
  readonly #heap: Heap;
  readonly #dtype: NumericType;
  readonly #shape: readonly number[];
  readonly #data: Pointer;

  constructor(heap: Heap, { dtype, shape }: NumericSpec) {
    const length = sizeOf(shape);
    const bytes = length * bytesPerElement(dtype);
    this.#heap = heap;
    this.#dtype = dtype;
    this.#shape = [...shape];
    this.#data = heap.allocate(bytes);
    try {
      this.view = new VIEWS[ELEMENTS[dtype].array](heap.buffer, this.#data, length);
      this.handle = heap.createTensor(dtype, this.#data, bytes, shape);
    } catch (error) {
      heap.module._free(this.#data);
      throw error;
    }
  }

  /** Heap bytes of a tensor of this dtype and shape. */
  static bytes({ dtype, shape }: NumericSpec): number {
    return sizeOf(shape) * bytesPerElement(dtype) + TENSOR_OVERHEAD;
  }

  /** Whether this is a tensor of just that dtype and shape. */
  matches(spec: ValueSpec): boolean {
    const shape = this.#shape;
    const rank = shape.length;
    if (spec.dtype !== this.#dtype || spec.shape.length !== rank) return false;
    for (let axis = 0; axis < rank; axis++) if (spec.shape[axis] !== shape[axis]) return false;
    return true;
  }

  /** Copies elements in; `data` is as long as the shape says. */
  write(data: NumericData): void {
    if (data.length !== this.view.length) {
      throw new EngineError(
        `Cannot copy a tensor into the engine: expected ${this.view.length} elements of ${this.#dtype}, ` +
          `received ${data.length}`,
      );
    }
    const source = this.#dtype === "float16" ? new Uint16Array(data.buffer, data.byteOffset, data.length) : data;
    (this.view as Uint8Array).set(source as Uint8Array);
  }

  /** Copies bytes in: as many as the tensor has. */
  writeBytes(bytes: Uint8Array): void {
    new Uint8Array(this.view.buffer, this.view.byteOffset, this.view.byteLength).set(bytes);
  }

  /** The elements, copied. */
  read(): NumericData {
    // Measured: for a few elements a copy by the constructor takes a third of the time of slice.
    const { view } = this;
    const Class = view.constructor as new (values: typeof view) => typeof view;
    const copy = (view.length <= 64 ? new Class(view) : view.slice()) as unknown as NumericData;
    return this.#dtype === "float16" ? new (typedArrayOf("float16"))(copy.buffer) : copy;
  }

  free(): void {
    this.#heap.module._OrtReleaseTensor(this.handle);
    this.#heap.module._free(this.#data);
  }
}

/** A heap, with what to do when it is full. */
export class Heap {
  readonly module: OrtModule;
  /** Frees what can be freed; tells whether there was anything. */
  readonly #reclaim: () => boolean;

  constructor(module: OrtModule, reclaim: () => boolean) {
    this.module = module;
    this.#reclaim = reclaim;
  }

  /** The heap as it is now; a later one may be longer. */
  get buffer(): SharedArrayBuffer {
    this.module.getValue(0, "i8");
    return this.module.HEAPU8.buffer;
  }

  /**
   * Memory for `bytes`, aligned for any dtype.
   *
   * @throws {EngineError} If the heap is full.
   */
  allocate(bytes: number): Pointer {
    // An empty tensor has an address too.
    const size = Math.max(bytes, 8);
    let pointer = this.module._malloc(size);
    if (pointer === 0 && this.#reclaim()) pointer = this.module._malloc(size);
    if (pointer === 0) {
      throw new EngineError(
        `Cannot allocate ${bytes} bytes: the engine's heap is ${this.buffer.byteLength} bytes large`,
      );
    }
    return pointer;
  }

  /** A copy of `data` in the heap, to be given back with `_free`. */
  copy(data: Uint8Array): Pointer {
    const pointer = this.allocate(data.length);
    new Uint8Array(this.buffer, pointer, data.length).set(data);
    return pointer;
  }

  /** A zero-terminated string in the heap, to be given back with `_free`. */
  string(text: string): Pointer {
    return this.copy(encoder.encode(`${text}\0`));
  }

  /** Lends `bytes` of the module's stack for the time of `action`. */
  onStack<Result>(bytes: number, action: (pointer: Pointer) => Result): Result {
    const { module } = this;
    const stack = module.stackSave();
    try {
      return action(module.stackAlloc(bytes));
    } finally {
      module.stackRestore(stack);
    }
  }

  /** Reads `count` 32-bit numbers. */
  words(pointer: Pointer, count: number): number[] {
    return Array.from(new Uint32Array(this.buffer, pointer, count));
  }

  /** A tensor over memory that is there already. */
  createTensor(dtype: CarriedType, data: Pointer, bytes: number, shape: readonly number[]): Pointer {
    return this.onStack(shape.length * 4, (dims) => {
      new Uint32Array(this.buffer, dims, shape.length).set(shape);
      const handle = this.module._OrtCreateTensor(elementTypeOf(dtype), data, bytes, dims, shape.length, 1);
      if (handle === 0) this.fail(`Cannot make a tensor of ${dtype} and shape [${shape.join(", ")}]`);
      return handle;
    });
  }

  /** Copies a tensor that ONNX Runtime made out of the heap, whatever its dtype and shape. */
  readTensor(handle: Pointer): ValueTensor {
    const { dtype, shape, offset, bytes } = this.placeOf(handle);
    if (dtype === "string") return { dtype, shape, data: this.takeStrings(offset, sizeOf(shape)) };
    const copy = new Uint8Array(bytes);
    copy.set(new Uint8Array(this.buffer, offset, bytes));
    return { dtype, shape, data: elementsIn(dtype, copy.buffer) } as ValueTensor;
  }

  /** A tensor of texts, which are copied from where {@linkcode encodeStrings} has put them. */
  createStringTensor(texts: Pointer, shape: readonly number[]): Pointer {
    const count = sizeOf(shape);
    const table = this.allocate(count * 4);
    const offsets = new Uint32Array(this.buffer, texts, count);
    new Uint32Array(this.buffer, table, count).set(offsets.map((offset) => texts + offset));
    try {
      return this.createTensor("string", table, count * 4, shape);
    } finally {
      this.module._free(table);
    }
  }

  /** Reads the texts to which a table points that the engine has made, and frees it. */
  takeStrings(table: Pointer, count: number): string[] {
    const starts = this.words(table, count);
    const heap = new Uint8Array(this.buffer);
    // Each text ends where the next begins, and the last at a zero.
    const texts = starts.map((start, index) => {
      const end = starts[index + 1] ?? heap.indexOf(0, start);
      return decoder.decode(heap.slice(start, end));
    });
    this.module._free(table);
    return texts;
  }

  /**
   * Where the elements of a tensor are, and how many bytes they take. Of texts it is where a table of them is, of which the
   * bytes are not known; it is to be given to {@linkcode takeStrings}.
   */
  placeOf(handle: Pointer): ValueSpec & { readonly offset: Pointer; readonly bytes: number } {
    const { module } = this;
    const [elementType, data, dims, rank] = this.onStack(16, (results) => {
      if (module._OrtGetTensorData(handle, results, results + 4, results + 8, results + 12) !== 0) {
        this.fail("Cannot read a tensor");
      }
      return this.words(results, 4) as [number, Pointer, Pointer, number];
    });
    const shape = this.words(dims, rank);
    module._OrtFree(dims);
    const dtype = elementTypeOfCode(elementType);
    if (dtype === undefined) {
      throw new EngineError(`Cannot read a tensor of ONNX's element type ${elementTypeName(elementType)}`);
    }
    return { dtype, shape, offset: data, bytes: sizeOf(shape) * bytesPerElement(dtype) };
  }

  /** @throws {EngineError} Always, with what ONNX Runtime said last. */
  fail(attempt: string): never {
    const text = this.onStack(8, (results) => {
      this.module._OrtGetLastError(results, results + 4);
      const [, message] = this.words(results, 2) as [number, Pointer];
      return message === 0 ? "no reason given" : this.module.UTF8ToString(message);
    });
    throw new EngineError(`${attempt}: ${reasonOf(text)}`);
  }
}

function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const dim of shape) size *= dim;
  return size;
}
