// A call of attention that adds queries and keys.
import type { AdditiveAttention } from "../../../mod.ts";
import type { Eager, Expected } from "../first_use.ts";

declare const layer: AdditiveAttention;
declare const query: Eager<readonly [10, 4, 5]>;
declare const value: Eager<readonly [10, 6, 5]>;
export const shape: Expected<readonly [10, 4, 5]> = layer([query, value]).shape;
