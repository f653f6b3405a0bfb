/**
 * Stands in for the part of `Deno` that the tests use, in Bun and Node: the hooks of each put it before every test
 * file, as an import and not as a global, so that the source does not take the runtime for Deno.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { inspect } from "node:util";

interface Context {
  step(name: string, fn: Body): Promise<void>;
}

type Body = (context: Context) => void | Promise<void>;

interface Definition {
  readonly name: string;
  readonly fn?: Body;
  readonly ignore?: boolean;
}

/** Steps run one after the other inside their test, which fails as soon as one of them does. */
const context: Context = {
  async step(name, fn) {
    try {
      await fn(context);
    } catch (cause) {
      throw new Error(`Step "${name}" failed: ${cause instanceof Error ? cause.stack : cause}`, { cause });
    }
  },
};

function define(definition: string | Definition, body?: Body): void {
  const { name, fn = body, ignore = false } = typeof definition === "string" ? { name: definition } : definition;
  if (fn === undefined) throw new TypeError(`Test "${name}" has no body`);
  test(name, { skip: ignore, timeout: 300_000 }, () => fn(context));
}

interface InspectOptions {
  readonly depth?: number;
  readonly colors?: boolean;
}

/** What the tests use of `Deno`. */
export const Deno: {
  readonly test: (test: string | Definition, body?: Body) => void;
  readonly inspect: (value: unknown, options?: InspectOptions) => string;
  readonly readFile: (path: string | URL) => Promise<Uint8Array<ArrayBuffer>>;
  readonly readFileSync: (path: string | URL) => Uint8Array<ArrayBuffer>;
  readonly readTextFile: (path: string | URL) => Promise<string>;
  readonly readTextFileSync: (path: string | URL) => string;
} = {
  test: define,
  inspect: (value, options) => inspect(value, { colors: false, ...options }),
  // Copies, because the small buffers of Node share one pool.
  readFile: async (path) => new Uint8Array(await readFile(path)),
  readFileSync: (path) => new Uint8Array(readFileSync(path)),
  readTextFile: (path) => readFile(path, "utf8"),
  readTextFileSync: (path) => readFileSync(path, "utf8"),
};
