import { assertEquals } from "@std/assert";
import { Cache, CacheEntry } from "../../src/engine/cache.ts";

const freed: string[] = [];

class Named extends CacheEntry {
  readonly id: string;
  constructor(id: string) {
    super();
    this.id = id;
  }
  override free(): void {
    freed.push(this.id);
  }
}

function entries(cache: Cache, ids: string, bytes: number): Named[] {
  freed.length = 0;
  return Array.from(ids, (id) => {
    const entry = new Named(id);
    cache.grow(entry, bytes);
    cache.endRun();
    return entry;
  });
}

Deno.test("the entry used least recently is freed first", () => {
  const cache = new Cache(30);
  const [a, , c] = entries(cache, "abc", 10);
  cache.use(a!);
  cache.use(c!);
  cache.endRun();
  cache.grow(new Named("d"), 10);
  assertEquals(freed, ["b"]);
  cache.endRun();
  cache.grow(new Named("e"), 20);
  assertEquals(freed, ["b", "a", "c"]);
  assertEquals(cache.bytes, 30);
});

Deno.test("what a run uses stays until its end, budget or not", () => {
  const cache = new Cache(25);
  const [a, b] = entries(cache, "ab", 10);
  cache.use(a!);
  cache.use(b!);
  cache.grow(new Named("c"), 20);
  assertEquals([freed, cache.bytes], [[], 40]);
  cache.endRun();
  assertEquals([freed, cache.bytes], [["a", "b"], 20]);
});

Deno.test("an entry that grows counts with its new size and is freed once", () => {
  const cache = new Cache(30);
  const [a, b] = entries(cache, "ab", 10);
  cache.grow(a!, 10);
  assertEquals([freed, cache.bytes], [[], 30]);
  cache.grow(a!, 5);
  assertEquals([freed, cache.bytes], [["b"], 25]);
  cache.remove(b!);
  cache.remove(a!);
  cache.remove(a!);
  assertEquals([freed, cache.bytes], [["b", "a"], 0]);
  cache.grow(a!, 7);
  assertEquals(cache.bytes, 7);
});

Deno.test("a single entry over the budget is freed at the end of the run", () => {
  const cache = new Cache(5);
  freed.length = 0;
  cache.grow(new Named("a"), 10);
  assertEquals([freed, cache.bytes], [[], 10]);
  cache.endRun();
  assertEquals([freed, cache.bytes], [["a"], 0]);
});

Deno.test("clearing frees all but what the run uses, and tells whether it freed anything", () => {
  const cache = new Cache(100);
  const [, b] = entries(cache, "abc", 10);
  cache.use(b!);
  assertEquals(cache.clear(), true);
  assertEquals(freed, ["a", "c"]);
  assertEquals(cache.clear(), false);
});
