/**
 * Workers that run graphs.
 *
 * @module
 */
import { entryOf, structured } from "../compile/entry.ts";
import type { Plain, Symbols, WithSignature } from "../compile/types.ts";
import { compiledModule } from "../engine/default_engine.ts";
import type { HostSpec, HostTensor } from "../engine/engine.ts";
import { type ChromeTrace, chromeTrace, renderProfile, summarize, type TraceThread } from "../engine/profile.ts";
import type { Graph } from "../graph/graph.ts";
import type { Provider } from "../graph/provider.ts";
import { mixedBy } from "../graph/rows.ts";
import { symbolsIn, tensorsIn } from "../graph/parts.ts";
import type { Signature } from "../layers/signature.ts";
import type { SymbolicStructure } from "../models/signature.ts";
import { Batcher } from "./batcher.ts";
import { PoolError } from "./errors.ts";
import { type CallControl, Job } from "./job.ts";
import { ModelEntry } from "./model_entry.ts";
import { checkOptions, type WorkerPoolOptions } from "./options.ts";
import { type Generation, GraphProgram, type LoadedModel, ModelProgram, type Program } from "./program.ts";
import { Crew } from "./crew.ts";
import type { PoolStats } from "./statistics.ts";
import type { PooledFunction, PooledGraph, PooledLayer, PooledModel } from "./types.ts";

/** What the engine has measured, operation by operation. */
export interface PoolProfile {
  /** The operations with their times, those that took longest first, as a table for a terminal. */
  table(by?: "operator" | "name"): string;
  /** All that was measured, in the format that `about:tracing` and Perfetto read. */
  chromeTrace(): ChromeTrace;
}

/**
 * Workers that run traced graphs: many calls at once, while the main thread is free for other things.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dense, input, Sequential, WorkerPool, zeros } from "@strata/nn";
 *
 * const model = new Sequential(input(["batch", 4]), new Dense(3, { biasInitializer: "ones" }));
 * await using pool = new WorkerPool({ workers: 1 });
 * const predict = await pool.compile(model);
 * const result = await predict(zeros([2, 4]));
 * assertEquals(result.array(), [[1, 1, 1], [1, 1, 1]]);
 * ```
 */
export class WorkerPool implements AsyncDisposable {
  readonly #provider: Provider;
  readonly #control: CallControl;
  readonly #crew: Crew;
  readonly #batcher: Batcher | undefined;
  readonly #batches = { runs: 0, calls: 0 };
  readonly #programs = new Set<Program>();
  /** How many calls need a model. */
  readonly #uses = new Map<LoadedModel, number>();
  /** Programs whose runs may be joined. */
  readonly #joinable = new WeakSet<Program>();
  /** Why those of others may not. */
  readonly #unbatched = new Map<Program, string>();

  /**
   * Starts the workers; they are waited for where they are needed.
   *
   * @throws {RangeError} If a number is not in its range.
   */
  constructor(options: WorkerPoolOptions = {}) {
    checkOptions(options);
    this.#provider = options.provider ?? "wasm";
    this.#control = options.timeout === undefined ? {} : { timeout: options.timeout };
    this.#crew = new Crew(options, this.#provider === "wasm" ? compiledModule : undefined);
    if (options.batch === undefined || options.batch === false) return;
    this.#batcher = new Batcher(
      options.batch === true ? {} : options.batch,
      (job) => this.#crew.run(job),
      (calls) => this.#count(calls),
    );
  }

  /**
   * Compiles a graph.
   *
   * @throws {EngineError} If the workers cannot load it.
   * @throws {PoolError} If the pool is closed, or its workers cannot be started.
   */
  compile<const In extends readonly unknown[], Out>(graph: Graph<In, Out>): Promise<PooledGraph<In, Out>>;
  /** Compiles an ONNX model. */
  compile(model: Uint8Array): Promise<PooledModel>;
  /** Compiles a layer or a model; its own signature says what the result takes and gives. */
  compile<F extends Signature>(
    layer: WithSignature<F>,
    inputs?: SymbolicStructure,
    options?: unknown,
  ): Promise<PooledLayer<F>>;
  /** Compiles a function, traced with `inputs`. */
  compile<const In extends readonly [unknown, ...unknown[]], Out>(
    target: Plain<(...inputs: Symbols<In>) => Out>,
    ...inputs: In
  ): Promise<PooledGraph<Symbols<In>, Symbols<Out>>>;
  /** Compiles a function, traced at its first call with each signature. */
  compile<F extends (...inputs: never) => unknown>(target: Plain<F>): Promise<PooledFunction<F>>;
  async compile(target: unknown, ...inputs: readonly unknown[]): Promise<unknown> {
    this.#crew.checkOpen();
    if (target instanceof Uint8Array) return await this.#compileModel(target);
    let program: GraphProgram | undefined;
    const entry = entryOf(target, inputs, {
      compile: (graph) => program = this.#programOf(graph),
      release: (program: GraphProgram) => void this.#release(program),
    });
    // Where the graph is known it is loaded now, so that errors are told now and the first call need not wait.
    if (program !== undefined) await this.#load(program);
    return pooled(
      async (control, args) => {
        const { graph, program, inputs, outputs } = entry.prepare(args);
        return structured(graph, await this.#call(program, inputs, outputs, control));
      },
      () => entry.release(),
    );
  }

  /** What the pool has done until now. */
  stats(): PoolStats {
    return this.#crew.stats(this.#batcher?.size ?? 0, this.#batches, [...this.#unbatched.values()]);
  }

  /**
   * What the engine has measured, of a pool that was made with `trace: true`; measuring ends with it.
   *
   * @throws {TypeError} If the pool was made without.
   */
  async profile(): Promise<PoolProfile> {
    const generations = Array.from(this.#programs, (program) => program.generation());
    const profiles = await this.#crew.profiles(generations.map(({ model }) => model));
    const threads = profiles.map(({ worker, profiles }): TraceThread => {
      return { name: `worker ${worker}`, events: profiles.flatMap(({ events }) => events) };
    });
    return {
      table: (by = "operator") => renderProfile(summarize(threads.flatMap(({ events }) => events), by), by),
      chromeTrace: () => chromeTrace(threads),
    };
  }

  /** Rejects every call that has no result yet, and ends the workers. */
  close(): void {
    for (const job of this.#batcher?.clear() ?? []) job.reject(closed());
    this.#crew.close();
  }

  /** Closes the pool at the end of a scope: `await using`. */
  // deno-lint-ignore require-await -- it is what `await using` asks for
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  #programOf(graph: Graph): GraphProgram {
    const program = new GraphProgram(graph, this.#provider);
    this.#programs.add(program);
    if (this.#batcher === undefined) return program;
    const reason = unjoinable(graph);
    if (reason === undefined) this.#joinable.add(program);
    else this.#unbatched.set(program, `${graph.name}: ${reason}`);
    return program;
  }

  async #compileModel(bytes: Uint8Array): Promise<unknown> {
    const program = new ModelProgram(bytes);
    this.#programs.add(program);
    const info = await this.#load(program);
    const entry = new ModelEntry(program, info);
    return pooled(
      async (control, args) => {
        const { program, inputs, outputs } = entry.prepare(args);
        return entry.results(await this.#call(program, inputs, outputs, control));
      },
      () => this.#release(program),
    );
  }

  async #load(program: Program): ReturnType<Crew["load"]> {
    try {
      return await this.#crew.load(program.generation().model);
    } catch (error) {
      await this.#release(program);
      throw error;
    }
  }

  async #release(program: Program): Promise<void> {
    this.#programs.delete(program);
    this.#unbatched.delete(program);
    await this.#crew.release(program);
  }

  async #call(
    program: Program,
    inputs: readonly HostTensor[],
    outputs: readonly HostSpec[] | undefined,
    control: CallControl,
  ): Promise<readonly HostTensor[]> {
    // What was assigned before this line is seen by this call, and nothing that is assigned after it.
    const models = program.models();
    const generation = program.generation();
    this.#retire(program, models);
    const settled = program.settle();
    if (settled !== undefined) this.#adopt(program, settled);
    const job = new Job({ program, generation, inputs, outputs }, { ...this.#control, ...control });
    this.#use(job);
    this.#crew.count(job);
    await this.#crew.admit(job, this.#batcher?.size ?? 0);
    if (this.#batcher !== undefined && this.#joinable.has(program)) this.#batcher.add(job);
    else {
      this.#count(1);
      this.#crew.run(job);
    }
    return await job.result;
  }

  /** Loads a model with the latest weights as constants beside the one in use, then changes over. */
  async #adopt(program: Program, settled: Generation): Promise<void> {
    try {
      await this.#crew.load(settled.model);
    } catch {
      // There is a model that serves; the next to be made may have more luck.
      return;
    }
    program.adopt(settled);
    this.#retire(program, [settled.model]);
  }

  /** Keeps a model while a call needs it. */
  #use(job: Job): void {
    const { model } = job.generation;
    this.#uses.set(model, (this.#uses.get(model) ?? 0) + 1);
    const done = (): void => {
      const uses = this.#uses.get(model)! - 1;
      if (uses > 0) this.#uses.set(model, uses);
      else {
        this.#uses.delete(model);
        this.#retire(job.program, [model]);
      }
    };
    job.result.then(done, done);
  }

  /** Gives up those of a program's models that neither it nor a call needs. */
  #retire(program: Program, models: readonly LoadedModel[]): void {
    for (const model of models) {
      if (!this.#uses.has(model) && !program.models().includes(model)) this.#crew.releaseModel(model);
    }
  }

  #count(calls: number): void {
    this.#batches.runs++;
    this.#batches.calls += calls;
  }
}

/** A function with what can be done with it beside calling it. */
function pooled(
  call: (control: CallControl, args: readonly unknown[]) => Promise<unknown>,
  release: () => void | Promise<void>,
): unknown {
  let isReleased = false;
  const bound = (control: CallControl) => async (...args: readonly unknown[]): Promise<unknown> => {
    if (isReleased) throw new PoolError("closed", "Cannot call the compiled function: it was released");
    return await call(control, args);
  };
  const releaseOnce = async (): Promise<void> => {
    if (isReleased) return;
    isReleased = true;
    await release();
  };
  return Object.assign(bound({}), { with: bound, release: releaseOnce, [Symbol.asyncDispose]: releaseOnce });
}

/** The error of calls that a closed pool has no result for. */
function closed(): PoolError {
  return new PoolError("closed", "Cannot run a call: the pool is closed");
}

/** Why runs of a graph may not be joined; undefined if they may. */
function unjoinable({ nodes, inputs, outputs, updates }: Graph): string | undefined {
  if (updates.size > 0) return "each run needs the state that the run before it gave";
  const symbols = symbolsIn(outputs);
  if (symbols.length < tensorsIn(outputs).length) return "an output depends on no input, and has no rows";
  return mixedBy(nodes, symbolsIn(inputs), symbols);
}
