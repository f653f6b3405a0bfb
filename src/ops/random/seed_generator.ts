/**
 * The state of random numbers: a seed, and the number of draws that have been made from it.
 *
 * @module
 */
import { InputError } from "../../shape/error.ts";
import { EagerTensor } from "../../tensor/eager.ts";
import { checkOptions } from "../../tensor/options.ts";
import { executingEagerly } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { residentOf, Variable } from "../../tensor/variable.ts";
import { add } from "../elementwise/arithmetic.ts";
import { linear } from "../activation/smooth_activations.ts";

/** The result of a random op draws from: a seed and a counter. The same state the same numbers. */
export type SeedState = Tensor<readonly [2], "int64">;

const generators = new WeakMap<Tensor, SeedGenerator>();

/** The generator of which a variable is the state; undefined where it is none. */
export function generatorOf(state: Tensor): SeedGenerator | undefined {
  return generators.get(state);
}

/** The options of a {@linkcode SeedGenerator}. */
export interface SeedGeneratorOptions {
  /** The name, with which the path of the state begins. Default: `"seed_generator"`. */
  readonly name?: string;
}

/**
 * Gives each random op a state of its own: the seed, and a counter that goes up by one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const generator = new ops.SeedGenerator(1337);
 * assertEquals(generator.next().shape, [2]);
 * assertEquals(generator.state.array(), [1337n, 1n]);
 * ```
 */
export class SeedGenerator {
  /** The name, with which the path of the state begins. */
  readonly name: string;
  /** The seed with which it began. */
  readonly initialSeed: number;
  /** The seed and the counter. */
  readonly state: Variable<readonly [2], "int64">;

  /**
   * Begins at a seed.
   *
   * @param seed An integer, or nothing: then one from 1 to 1e9 is drawn.
   * @param options The name.
   * @throws {TypeError} If the seed is no integer.
   */
  constructor(seed?: number | null, options: SeedGeneratorOptions = {}) {
    checkOptions("Cannot make a seed generator", options, ["name"]);
    if (seed !== undefined && seed !== null && !Number.isSafeInteger(seed)) {
      throw new InputError(`Cannot make a seed generator: expected an integer as seed, received ${String(seed)}`);
    }
    this.name = options.name ?? "seed_generator";
    this.initialSeed = seed ?? makeSeed();
    this.state = new Variable(seedState(this.initialSeed), {
      name: "seed_generator_state",
      path: `${this.name}/seed_generator_state`,
      trainable: false,
    });
    generators.set(this.state, this);
  }

  /** The state now; the counter then goes up by one. In a trace both are part of the graph, so that each run draws anew. */
  next(): Tensor<readonly [2], "int64"> {
    if (!executingEagerly()) {
      // A name of its own for the state as it is now: the variable is its next state from here on.
      const state = linear(this.state);
      this.state.assign(add(state, STEP));
      return state;
    }
    const { data } = residentOf(this.state as Variable);
    const [seed, counter] = data as BigInt64Array;
    this.state.assign(new BigInt64Array([seed!, counter! + 1n]));
    return new EagerTensor([2], "int64", data as BigInt64Array<ArrayBuffer>);
  }

  /** The name and the seed. */
  getConfig(): { name: string; seed: number } {
    return { name: this.name, seed: this.initialSeed };
  }
}

/** The state of a seed from which nothing has been drawn. */
export function seedState(seed: number): EagerTensor<readonly [2], "int64"> {
  return new EagerTensor([2], "int64", new BigInt64Array([BigInt(seed), 0n]));
}

const STEP = new EagerTensor([2], "int64", new BigInt64Array([0n, 1n]));

const SEEDS = 1_000_000_000;
let makeSeed = entropicSeed;
let global: SeedGenerator | undefined;

function entropicSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! % SEEDS + 1;
}

/** Draws a seed for what is given none: at random, or as {@linkcode setRandomSeed} determines. */
export function drawSeed(): number {
  return makeSeed();
}

/** The generator that ops draw from where they are given none. */
export function globalSeedGenerator(): SeedGenerator {
  return global ??= new SeedGenerator(undefined, { name: "global_seed_generator" });
}

/**
 * Makes all that is random from here on the same in each run of the program: ops without a seed of their own, and the
 * seeds of generators that are made without one.
 *
 * @throws {TypeError} If the seed is no integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * ops.setRandomSeed(1);
 * const first = ops.randomUniform([2]).array();
 * ops.setRandomSeed(1);
 * assertEquals(ops.randomUniform([2]).array(), first);
 * ```
 */
export function setRandomSeed(seed: number): void {
  const generator = new SeedGenerator(seed, { name: "global_seed_generator" });
  // The finaliser of MurmurHash3 (Appleby, 2011) over a counter: integers only, so that all runtimes agree.
  let made = 0;
  makeSeed = () => {
    let bits = Math.imul(seed | 0, 0x9e3779b1) + ++made | 0;
    bits = Math.imul(bits ^ bits >>> 16, 0x85ebca6b);
    bits = Math.imul(bits ^ bits >>> 13, 0xc2b2ae35);
    return ((bits ^ bits >>> 16) >>> 0) % SEEDS + 1;
  };
  global = generator;
}
