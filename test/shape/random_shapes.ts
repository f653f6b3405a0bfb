/**
 * Random shapes from a seed, and how shapes are written as types.
 *
 * @module
 */
import type { Dim, Shape } from "../../src/shape/dim.ts";
import { ShapeError } from "../../src/shape/error.ts";

/** A source of random choices that are the same in every run. */
export interface Random {
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** One of `choices`. */
  pick<T>(choices: readonly T[]): T;
  /** A shape of `rank` axes with dims from `choices`. */
  shape(rank: number, choices: readonly Dim[]): Dim[];
  /** The same things in another order. */
  shuffle<T>(items: readonly T[]): T[];
}

/** Random choices from a seed, by the mulberry32 generator. */
export function seeded(seed: number): Random {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(choices: readonly T[]) => choices[integer(0, choices.length - 1)]!;
  const shape = (rank: number, choices: readonly Dim[]) => Array.from({ length: rank }, () => pick(choices));
  const shuffle = <T>(items: readonly T[]) => {
    const left = [...items];
    return items.map(() => left.splice(integer(0, left.length - 1), 1)[0]!);
  };
  return { integer, pick, shape, shuffle };
}

/** A value as the type of that value: `readonly [2, "batch", null]`. */
export function typeOf(value: unknown): string {
  return Array.isArray(value) ? `readonly [${value.map(typeOf).join(", ")}]` : JSON.stringify(value) ?? "undefined";
}

/** The shape that `relation` returns, or the message of the {@linkcode ShapeError} that it throws. */
export function outcomeOf(relation: () => Shape): Shape | string {
  try {
    return relation();
  } catch (error) {
    if (error instanceof ShapeError) return error.message;
    throw error;
  }
}

/** A line that compiles only if `type` is what `relation` returns, or carries the sentence that it throws. */
export function caseOf(type: string, relation: () => Shape): string {
  const outcome = outcomeOf(relation);
  return `is<Eq<${type}, ${typeof outcome === "string" ? `Mismatch<${typeOf(outcome)}>` : typeOf(outcome)}>>();`;
}
