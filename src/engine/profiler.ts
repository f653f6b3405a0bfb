/**
 * ONNX Runtime's profiler of one session. It writes what it has measured to the module's standard output, once, when
 * it is ended or its session is released, and keeps it in the heap until the session is released.
 *
 * @module
 */
import type { Heap } from "./heap.ts";
import { parseProfile, type Profile } from "./profile.ts";
import type { Pointer } from "./wasm_module.ts";

/**
 * A profile that has as many events is full. Measured: an event takes 0.5 KB of the heap and 9 us to write at the end,
 * so that a full profile takes 10 MB and 0.2 s. The engine itself stops at a million, half a gigabyte.
 */
const MOST_EVENTS = 20_000;
/** The engine reads the clock at the beginning and at the end of each event. */
const CLOCK_READS_PER_EVENT = 2;

/** Ends the profile of a session when it is full, and keeps it. */
export class Profiler {
  readonly #heap: Heap;
  /** When the profile began, in microseconds since the beginning of 1970. */
  readonly #origin: number;
  #session: Pointer = 0;
  #isFull = false;
  #text = "";
  #clockReads = 0;
  #runs = 0;
  #omittedRuns = 0;
  #profile: Profile | undefined;

  constructor(heap: Heap) {
    this.#heap = heap;
    this.#origin = (performance.timeOrigin + performance.now()) * 1000;
  }

  /** Makes the session; one that fails would print its profile. */
  create(createSession: () => Pointer): Pointer {
    this.#heap.module.captureOutput(() => this.#session = createSession());
    return this.#session;
  }

  /** Runs the session and counts what that adds to the profile. */
  run(runSession: () => number): number {
    if (this.#isFull) {
      if (this.#profile === undefined) this.#omittedRuns++;
      return runSession();
    }
    const { module } = this.#heap;
    const before = module.clockReads;
    try {
      return runSession();
    } finally {
      this.#runs++;
      // The engine reads the clock a few times more a run: the profile may be full a little early.
      this.#clockReads += module.clockReads - before;
      if (this.#clockReads >= MOST_EVENTS * CLOCK_READS_PER_EVENT) this.end();
    }
  }

  /** Ends the profile, which must be done before the session is released; idempotent. */
  end(): void {
    if (this.#isFull) return;
    this.#isFull = true;
    const { module } = this.#heap;
    this.#text = module.captureOutput(() => {
      // The name of a file that there is not.
      const name = module._OrtEndProfiling(this.#session);
      if (name !== 0) module._OrtFree(name);
    });
  }

  /** Ends the profile and reads it. */
  profile(): Profile {
    this.end();
    this.#profile ??= {
      events: parseProfile(this.#text, this.#origin),
      runs: this.#runs,
      omittedRuns: this.#omittedRuns,
    };
    this.#text = "";
    return this.#profile;
  }
}
