// A call of attention without heads.
import type { Attention } from "../../../src/layers/attention/attention.ts";
import type { Eager, Expected } from "../first_use.ts";

declare const layer: Attention;
declare const query: Eager<readonly [10, 4, 5]>;
declare const value: Eager<readonly [10, 6, 5]>;
export const shape: Expected<readonly [10, 4, 5]> = layer([query, value]).shape;
