/**
 * One budget of bytes for all that the engine keeps in its heap between runs: what was used least recently goes first.
 *
 * @module
 */

/** Something of known size that can be given up and made again. */
export abstract class CacheEntry {
  /** Heap bytes that the entry holds; changed by the {@linkcode Cache} only. */
  bytes = 0;
  /** The run that used the entry last. */
  usedIn = 0;
  newer: CacheEntry | undefined = undefined;
  older: CacheEntry | undefined = undefined;
  cached = false;

  /** Gives the heap bytes back. */
  abstract free(): void;
}

/** A doubly linked list of entries, most recently used first. */
export class Cache {
  readonly budget: number;
  #bytes = 0;
  #run = 1;
  #newest: CacheEntry | undefined;
  #oldest: CacheEntry | undefined;

  constructor(budget: number) {
    this.budget = budget;
  }

  /** Bytes of all entries. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds an entry of `bytes`, or adds `bytes` to an entry that is there; others may be freed for it. */
  grow(entry: CacheEntry, bytes: number): void {
    this.use(entry);
    entry.bytes += bytes;
    this.#bytes += bytes;
    if (this.#bytes > this.budget) this.#trim();
  }

  /** Marks an entry as used by this run: it is not freed before {@linkcode endRun}. */
  use(entry: CacheEntry): void {
    entry.usedIn = this.#run;
    if (entry === this.#newest) return;
    if (entry.cached) this.#unlink(entry);
    entry.cached = true;
    entry.newer = undefined;
    entry.older = this.#newest;
    if (this.#newest) this.#newest.newer = entry;
    else this.#oldest = entry;
    this.#newest = entry;
  }

  /** From here on everything may be freed, and what is over the budget is. */
  endRun(): void {
    this.#run++;
    if (this.#bytes > this.budget) this.#trim();
  }

  /** Frees an entry, if it is there. */
  remove(entry: CacheEntry): void {
    if (!entry.cached) return;
    this.#unlink(entry);
    entry.cached = false;
    this.#bytes -= entry.bytes;
    entry.bytes = 0;
    entry.free();
  }

  /** Frees every entry that this run has not used; tells whether there was one. */
  clear(): boolean {
    const before = this.#bytes;
    while (this.#oldest && this.#oldest.usedIn !== this.#run) this.remove(this.#oldest);
    return this.#bytes < before;
  }

  #trim(): void {
    // Entries of this run are all at the other end, so the first of them ends the search.
    while (this.#bytes > this.budget && this.#oldest && this.#oldest.usedIn !== this.#run) this.remove(this.#oldest);
  }

  #unlink(entry: CacheEntry): void {
    if (entry.newer) entry.newer.older = entry.older;
    else this.#newest = entry.older;
    if (entry.older) entry.older.newer = entry.newer;
    else this.#oldest = entry.newer;
    entry.newer = entry.older = undefined;
  }
}
