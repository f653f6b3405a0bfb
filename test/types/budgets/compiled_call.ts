// A call of a compiled graph.
import type { CompiledGraph } from "../../../mod.ts";
import type { Eager, Expected, Symbolic } from "../first_use.ts";

declare const predict: CompiledGraph<readonly [Symbolic<readonly ["batch", 5]>], Symbolic<readonly ["batch", 3]>>;
declare const x: Eager<readonly [10, 5]>;
export const shape: Expected<readonly [10, 3]> = predict(x).shape;
