// A call of a dense layer.
import type { Dense } from "../../../mod.ts";
import type { Eager, Expected } from "../first_use.ts";

declare const dense: Dense<3, { readonly inputDim: 5 }>;
declare const x: Eager<readonly [10, 5]>;
export const shape: Expected<readonly [10, 3]> = dense(x).shape;
