// A call of attention whose heads share keys.
import type { GroupQueryAttention } from "../../../mod.ts";
import type { Eager, Expected } from "../first_use.ts";

declare const layer: GroupQueryAttention<8>;
declare const query: Eager<readonly [10, 4, 5]>;
declare const value: Eager<readonly [10, 6, 5]>;
export const shape: Expected<readonly [10, 4, 5]> = layer([query, value]).shape;
