/**
 * Tensors of texts in the heap.
 *
 * @module
 */
import { encodeStrings } from "../onnx/strings.ts";
import { EngineError } from "./engine.ts";
import type { Heap } from "./heap.ts";
import type { Pointer } from "./wasm_module.ts";

/** A tensor of texts, which the engine copies: it is made anew for each value. */
export class StringTensor {
  handle: Pointer = 0;
  readonly #heap: Heap;
  readonly #shape: readonly number[];

  constructor(heap: Heap, shape: readonly number[]) {
    this.#heap = heap;
    this.#shape = shape;
  }

  /** Copies texts in; they are as many as the shape says. */
  write(texts: readonly string[]): void {
    const expected = this.#shape.reduce((size, dim) => size * dim, 1);
    if (texts.length !== expected) {
      throw new EngineError(
        `Cannot copy a tensor into the engine: expected ${expected} elements of string, received ${texts.length}`,
      );
    }
    this.free();
    const encoded = this.#heap.copy(encodeStrings(texts));
    try {
      this.handle = this.#heap.createStringTensor(encoded, this.#shape);
    } finally {
      this.#heap.module._free(encoded);
    }
  }

  /** Gives the tensor back. */
  free(): void {
    if (this.handle !== 0) this.#heap.module._OrtReleaseTensor(this.handle);
    this.handle = 0;
  }
}
