/**
 * The values accepted as seeds.
 *
 * @module
 */
import { type Shape, showShape } from "../../shape/dim.ts";
import { InputError } from "../../shape/error.ts";
import { executingEagerly } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { globalSeedGenerator, SeedGenerator, type SeedState, seedState } from "./seed_generator.ts";

/**
 * The source of random ops: a number, which gives the same values each time; a {@linkcode SeedGenerator}, which moves
 * on; or a state, that is a seed and a counter. Default: a generator for the whole program.
 */
export type Seed = number | SeedGenerator | SeedState;

/**
 * The state to draw from. Where `x` has no values yet and no trace is under way, which could move the generator on, it is
 * the generator's variable, which each run reads anew.
 */
export function stateOf(seed: Seed | undefined, x?: Tensor): Tensor {
  if (typeof seed === "number") {
    if (!Number.isSafeInteger(seed)) {
      throw new InputError(`Cannot draw: expected an integer as seed, received ${seed}`);
    }
    return seedState(seed);
  }
  if (seed !== undefined && !(seed instanceof SeedGenerator)) {
    if (seed.dtype === "int64" && seed.shape.length === 1 && (seed.shape as Shape)[0] === 2) return seed;
    throw new InputError(
      `Cannot draw: expected a state of dtype int64 and shape [2] as seed, received ${seed.dtype} ${
        showShape(seed.shape)
      }`,
    );
  }
  const generator = seed ?? globalSeedGenerator();
  return x?.kind === "symbolic" && executingEagerly() ? generator.state : generator.next();
}
