// A mismatch carries its sentence to the argument that does not fit.
import type { ShowShape } from "../../../src/shape/dim.ts";
import type { Mismatch } from "../../../src/shape/error.ts";

declare function pair<const A extends readonly number[]>(
  shape: A & (A extends readonly [number, number] ? unknown : Mismatch<`Pair "p": expected rank 2, received ${ShowShape<A>}`>),
): A;

pair([1, 2]);
// error: Pair "p": expected rank 2, received [1, 2, 3]
pair([1, 2, 3]);
