/**
 * Copies of long-lived tensors, such as weights, that stay on the graphics device from run to run.
 *
 * @module
 */
import type { Tensor } from "onnxruntime-web";
import { Cache, CacheEntry } from "./cache.ts";
import type { HostTensor, ResidentTensor } from "./engine.ts";
import type { OnnxRuntime } from "./session_program.ts";

class GpuResident extends CacheEntry {
  /** The version that was copied. */
  version = NaN;
  buffer: GPUBuffer | undefined = undefined;

  override free(): void {
    this.buffer?.destroy();
    this.buffer = undefined;
    this.version = NaN;
  }
}

/** ONNX Runtime reads and writes whole vectors of four 32-bit words. */
const ALIGNMENT = 16;

/** Finds the copy of a tensor by the tensor's identity. */
export class GpuResidents {
  readonly #runtime: OnnxRuntime;
  /** The copies. */
  readonly device: GPUDevice;
  readonly #cache: Cache;
  readonly #residents = new WeakMap<HostTensor, GpuResident>();
  /** Only a help: without it, the copies of tensors that are gone leave when the budget is used up. */
  readonly #registry: FinalizationRegistry<GpuResident>;

  constructor(runtime: OnnxRuntime, device: GPUDevice, budget: number) {
    this.#runtime = runtime;
    this.device = device;
    this.#cache = new Cache(budget);
    this.#registry = new FinalizationRegistry((resident) => this.#cache.remove(resident));
  }

  /** Bytes that the copies take on the device. */
  get bytes(): number {
    return this.#cache.bytes;
  }

  /** The tensor on the device that holds what `source` holds, copied anew if its version has changed. */
  tensor(source: ResidentTensor): Tensor {
    const { dtype, shape } = source;
    let resident = this.#residents.get(source);
    if (resident === undefined) {
      resident = new GpuResident();
      this.#residents.set(source, resident);
      this.#registry.register(source, resident);
    }
    const buffer = this.#renewed(resident, source);
    return this.#runtime.Tensor.fromGpuBuffer(buffer, { dataType: dtype as "float32", dims: shape });
  }

  /** To be called after each run: before that, none of its tensors is given up. */
  endRun(): void {
    this.#cache.endRun();
  }

  #renewed(resident: GpuResident, source: ResidentTensor): GPUBuffer {
    const bytes = new Uint8Array(source.data.buffer, source.data.byteOffset, source.data.byteLength);
    const size = Math.ceil(bytes.byteLength / ALIGNMENT) * ALIGNMENT;
    if (resident.buffer?.size === size) this.#cache.use(resident);
    else {
      this.#cache.remove(resident);
      const { STORAGE, COPY_SRC, COPY_DST } = usages();
      resident.buffer = this.device.createBuffer({ size, usage: STORAGE | COPY_SRC | COPY_DST });
      this.#cache.grow(resident, size);
    }
    const buffer = resident.buffer!;
    if (resident.version !== source.version) {
      // A length that is not a multiple of 4 cannot be written.
      const whole = bytes.byteLength % 4 === 0 ? bytes : padded(bytes);
      this.device.queue.writeBuffer(buffer, 0, whole);
      resident.version = source.version;
    }
    return buffer;
  }
}

function padded(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(Math.ceil(bytes.byteLength / 4) * 4);
  result.set(bytes);
  return result;
}

/** What a buffer may be used for; read late, since most runtimes have no such global. */
function usages(): { readonly STORAGE: number; readonly COPY_SRC: number; readonly COPY_DST: number } {
  return (globalThis as unknown as { readonly GPUBufferUsage: ReturnType<typeof usages> }).GPUBufferUsage;
}
