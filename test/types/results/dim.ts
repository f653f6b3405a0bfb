// How dims and shapes are printed.
import type { ShowDim, ShowShape } from "../../../src/shape/dim.ts";
import { type Eq, is } from "../exact.ts";

is<Eq<ShowDim<10>, "10">>();
is<Eq<ShowDim<"batch">, "batch">>();
is<Eq<ShowDim<null>, "?">>();
is<Eq<ShowDim<number>, "?">>();
is<Eq<ShowShape<readonly [10, "batch", null, number]>, "[10, batch, ?, ?]">>();
is<Eq<ShowShape<readonly []>, "[]">>();
is<Eq<ShowShape<readonly number[]>, "[...]">>();
