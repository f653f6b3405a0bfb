// A layer traced with one input.
import type { Dense, trace } from "../../../mod.ts";
import type { Expected, Symbolic } from "../first_use.ts";

declare const dense: Dense<3, { readonly inputDim: 5 }>;
declare const x: Symbolic<readonly ["batch", 5]>;
declare const traceLayer: typeof trace;
export const shape: Expected<readonly ["batch", 3]> = traceLayer(dense, x).outputs.shape;
