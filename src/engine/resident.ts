/**
 * Copies of long-lived tensors, such as weights, that stay in the engine's heap from run to run.
 *
 * @module
 */
import { type Cache, CacheEntry } from "./cache.ts";
import type { ResidentTensor } from "./engine.ts";
import { type Heap, HeapTensor } from "./heap.ts";
import type { Pointer } from "./wasm_module.ts";

class Resident extends CacheEntry {
  /** The version that was copied; NaN, which equals nothing, while there is no copy. */
  version = NaN;
  tensor: HeapTensor | undefined = undefined;

  override free(): void {
    this.tensor?.free();
    this.tensor = undefined;
    this.version = NaN;
  }
}

/** Finds the copy of a tensor by the tensor's identity. */
export class Residents {
  readonly #heap: Heap;
  readonly #cache: Cache;
  readonly #residents = new WeakMap<ResidentTensor, Resident>();
  /** Only a help: without it, the copies of tensors that are gone leave when the budget is used up. */
  readonly #registry: FinalizationRegistry<Resident>;

  constructor(heap: Heap, cache: Cache) {
    this.#heap = heap;
    this.#cache = cache;
    this.#registry = new FinalizationRegistry((resident) => cache.remove(resident));
  }

  /** The tensor in the heap that holds what `source` holds, copied anew if its version has changed. */
  handle(source: ResidentTensor): Pointer {
    const resident = this.#residents.get(source) ?? this.#add(source);
    const { tensor } = resident;
    if (tensor && resident.version === source.version) {
      this.#cache.use(resident);
      return tensor.handle;
    }
    return this.#renew(resident, source);
  }

  #add(source: ResidentTensor): Resident {
    const resident = new Resident();
    this.#residents.set(source, resident);
    this.#registry.register(source, resident);
    return resident;
  }

  #renew(resident: Resident, source: ResidentTensor): Pointer {
    if (resident.tensor?.matches(source)) this.#cache.use(resident);
    else {
      this.#cache.remove(resident);
      this.#cache.grow(resident, HeapTensor.bytes(source));
    }
    try {
      resident.tensor ??= new HeapTensor(this.#heap, source);
      resident.tensor.write(source.data);
    } catch (error) {
      this.#cache.remove(resident);
      throw error;
    }
    resident.version = source.version;
    return resident.tensor.handle;
  }
}
