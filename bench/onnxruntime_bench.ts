/**
 * Strata against the public API of onnxruntime-web, on the same weights: `deno bench -P`. The method and results of the
 * longer comparisons, with other libraries too, are in README.md beside this file.
 *
 * @module
 */
import { type EagerTensor, jit, type Shape, tensor } from "../mod.ts";
import { poolOf, sequential } from "./pool_model.ts";
import { answer, checkAnswer, denseProblem, MLP, type Network, network } from "./problem.ts";
import { rawCall } from "./raw.ts";

/** Calls that are made at once, of which a pool runs two at a time. */
const CALLS = 16;

/** A network eagerly and compiled, the first answers checked. */
async function benchNetwork(group: string, problem: Network): Promise<void> {
  const raw = await rawCall(problem);
  const x: EagerTensor<Shape, "float32"> = tensor(problem.input, [problem.batch, problem.layers[0]!.inputs]);
  const model = sequential(problem);
  const eager = (): ArrayLike<number> => (model(x) as typeof x).dataSync();
  const compiled = jit((input: typeof x) => model(input));
  checkAnswer("Strata", eager(), answer(problem));
  Deno.bench({ group, name: "onnxruntime-web", baseline: true, fn: async () => void await raw() });
  Deno.bench({ group, name: "Strata", fn: () => void eager() });
  Deno.bench({ group, name: "Strata, compiled", fn: () => void (compiled(x) as EagerTensor).dataSync() });
}

/** Calls of a network at once in a pool, and as many one after the other on the main thread. */
async function benchPool(group: string, problem: Network): Promise<void> {
  const raw = await rawCall(problem);
  // Its threads do not keep the program alive.
  const { call } = await poolOf(problem, { workers: 2 });
  Deno.bench({
    group,
    name: `onnxruntime-web, ${CALLS} calls one after the other`,
    baseline: true,
    fn: async () => {
      for (let index = 0; index < CALLS; index++) await raw();
    },
  });
  Deno.bench({
    group,
    name: `Strata, ${CALLS} calls at once, two workers`,
    fn: async () => void await Promise.all(Array.from({ length: CALLS }, call)),
  });
}

await benchNetwork("Dense, [32, 64] to 32", denseProblem());
await benchNetwork(`MLP ${MLP.join("-")}, batch 32`, network(32, ...MLP));
await benchPool(`pool, MLP ${MLP.join("-")}, batch 32`, network(32, ...MLP));
