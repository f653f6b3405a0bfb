/**
 * Results that stay in the heap until somebody reads them.
 *
 * @module
 */
import type { DType, TypedArrayOf } from "../tensor/dtype.ts";
import type { CacheEntry } from "./cache.ts";
import type { HostSpec, HostTensor } from "./engine.ts";
import type { Heap, HeapTensor } from "./heap.ts";

/** Where a result lies: a tensor in a heap, and what may be freed with it. */
export interface Place {
  readonly heap: Heap;
  readonly tensor: HeapTensor;
  readonly owner: CacheEntry;
}

/**
 * A result of a run, copied out when its data is first read, or when its place is needed for the next result. A run that
 * takes it as an input before that reads it where it lies: nothing is copied between the two.
 */
export class HeapResult implements HostTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  #place: Place | undefined;
  #data: TypedArrayOf<DType> | undefined;

  constructor({ dtype, shape }: HostSpec, place: Place) {
    this.dtype = dtype;
    this.shape = shape;
    this.#place = place;
  }

  get data(): TypedArrayOf<DType> {
    return this.#data ??= this.#place!.tensor.read();
  }

  /** Where it lies in `heap`; undefined where it lies elsewhere, or no more. */
  placeIn(heap: Heap): Place | undefined {
    return this.#place?.heap === heap ? this.#place : undefined;
  }

  /** Leaves its place, which may be overwritten then. */
  leave(): void {
    this.#data ??= this.#place?.tensor.read();
    this.#place = undefined;
  }
}
