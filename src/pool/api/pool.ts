/**
 * Workers that run graphs.
 *
 * @module
 */
import { entryOf, structured } from "../../jit/entry.ts";
import type { Plain, Symbols, WithSignature } from "../../jit/types.ts";
import { hostTensors, type ValueSpec, type ValueTensor } from "../../engine/engine.ts";
import { DEFAULT_PROVIDER } from "../../emission/providers/providers.ts";
import type { Graph } from "../../graph/graph.ts";
import type { Signature } from "../../layers/base/signature.ts";
import type { SymbolicStructure } from "../../models/signature.ts";
import { LOAD_TIMEOUT, WorkerGroup } from "../workers/worker_group.ts";
import { Scheduler } from "../scheduling/scheduler.ts";
import { type AsyncDisposing, installAsyncDispose } from "./disposal.ts";
import { closedError, notReadyError, type PoolError } from "./errors.ts";
import { GraphProgram, type ModelHost } from "../programs/graph_program.ts";
import { type CallControl, Job } from "../scheduling/job.ts";
import { modelBytes } from "../programs/model_bytes.ts";
import type { ModelFiles } from "../programs/model_files.ts";
import { filesOf, isModelSource, type ModelSource } from "../programs/model_source.ts";
import { OnnxProgram } from "../programs/onnx_program.ts";
import {
  limited,
  type LoadControl,
  type LoadLimits,
  loadTimeoutError,
  withoutControl,
} from "../scheduling/load_control.ts";
import { checkOptions, type WorkerPoolOptions } from "./options.ts";
import { pooled } from "./pooled_function.ts";
import { type PoolProfile, profileOf } from "./profile.ts";
import type { Program } from "../programs/program.ts";
import { Latencies, type PoolStats } from "./statistics.ts";
import type { PooledFunction, PooledGraph, PooledLayer, PooledModel } from "./types.ts";

/**
 * Workers that run traced graphs: many calls at once, while the main thread is free for other things.
 *
 * A call sees the weights as they are when it is made. What a graph itself assigns, such as the moving averages of a
 * training step, is there when the result is, and calls that read it are run one after the other in the order in which
 * they were made.
 *
 * Close the pool at the end, or declare it with `await using`: that gives back its threads and their memory. A pool that
 * is forgotten does not keep the program from ending once no call is under way.
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
export class WorkerPool {
  readonly #timeout: number | undefined;
  readonly #hasTrace: boolean;
  readonly #isBatched: boolean;
  readonly #workers: WorkerGroup;
  readonly #scheduler: Scheduler;
  readonly #host: ModelHost;
  readonly #programs = new Set<Program>();
  readonly #latencies = new Latencies();
  #calls = 0;
  #failed = 0;
  #closing: Promise<void> | undefined;

  /**
   * Starts the workers; they are waited for where they are needed.
   *
   * @throws {RangeError} If a number is not in its range.
   */
  constructor(options: WorkerPoolOptions = {}) {
    checkOptions(options);
    const { timeout, trace = false, batch = false, provider = DEFAULT_PROVIDER, loadTimeout = LOAD_TIMEOUT } = options;
    this.#timeout = timeout;
    this.#hasTrace = trace;
    this.#isBatched = batch !== false;
    const workers = this.#workers = new WorkerGroup(options, {
      ready: () => this.#scheduler.dispatch(),
      ended: (end) => this.#scheduler.takeBack(end),
      failed: (error) => this.#scheduler.clear(error),
    });
    this.#scheduler = new Scheduler(options, workers);
    this.#host = {
      provider,
      limit: loadTimeout,
      load: (model) => workers.load(model),
      unload: (model) => workers.release(model),
    };
  }

  /**
   * Compiles a graph; resolves when the first worker has loaded it. The last argument, `{ signal, timeout }`, limits that:
   * a worker that does not come back from loading is replaced. Without, the pool's `loadTimeout` does.
   *
   * @throws {EngineError} If the workers cannot load it.
   * @throws {PoolError} If it takes too long, the pool is closed, or its workers cannot be started.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { input, ops, trace, WorkerPool } from "@strata/nn";
   *
   * await using pool = new WorkerPool({ workers: 1 });
   * const graph = trace((a, b) => ({ sum: ops.add(a, b) }), input(["n"]), input(["n"]));
   * const add = await pool.compile(graph);
   * const { sum } = await add([1, 2], [10, 20]);
   * assertEquals(sum.array(), [11, 22]);
   * ```
   */
  compile<const In extends readonly unknown[], Out>(
    graph: Graph<In, Out>,
    control?: LoadControl,
  ): Promise<PooledGraph<In, Out>>;
  /**
   * Compiles an ONNX model, `{ model, data }` where its weights lie in files of their own. The pool keeps the bytes, for
   * workers that it starts later; they must not be changed.
   *
   * @throws {InputError} If a file is missing.
   * @throws {EngineError} If the workers cannot load it.
   * @throws {PoolError} If it takes too long, the pool is closed, or its workers cannot be started.
   */
  compile(model: Uint8Array | ArrayBuffer | ModelSource, control?: LoadControl): Promise<PooledModel>;
  /** Compiles a layer or a model; its own signature says what the result takes and gives. */
  compile<F extends Signature>(layer: WithSignature<F>, control: LoadControl): Promise<PooledLayer<F>>;
  /** Compiles a layer or a model for given inputs. */
  compile<F extends Signature>(
    layer: WithSignature<F>,
    inputs?: SymbolicStructure,
    options?: unknown,
    control?: LoadControl,
  ): Promise<PooledLayer<F>>;
  /** Compiles a function, traced at its first call with each signature; the limits are those of each of its models. */
  compile<F extends (...inputs: never) => unknown>(target: Plain<F>, control: LoadControl): Promise<PooledFunction<F>>;
  /** Compiles a function, traced with `inputs`, within limits. */
  compile<const In extends readonly [unknown, ...unknown[]], Out>(
    target: Plain<(...inputs: Symbols<In>) => Out>,
    ...inputs: readonly [...In, LoadControl]
  ): Promise<PooledGraph<Symbols<In>, Symbols<Out>>>;
  /** Compiles a function, traced with `inputs`. */
  compile<const In extends readonly [unknown, ...unknown[]], Out>(
    target: Plain<(...inputs: Symbols<In>) => Out>,
    ...inputs: In
  ): Promise<PooledGraph<Symbols<In>, Symbols<Out>>>;
  /** Compiles a function, traced at its first call with each signature. */
  compile<F extends (...inputs: never) => unknown>(target: Plain<F>): Promise<PooledFunction<F>>;
  async compile(given: unknown, ...args: readonly unknown[]): Promise<unknown> {
    this.#checkOpen();
    const target = modelBytes(given);
    const { inputs, limits } = withoutControl(args);
    const host = { ...this.#host, limit: limits.timeout ?? this.#host.limit };
    if (target instanceof Uint8Array || isModelSource(target)) {
      return await this.#compileModel(filesOf(target), host, limits);
    }
    let program: GraphProgram | undefined;
    const releases = new Set<Promise<void>>();
    const entry = entryOf(target, inputs, {
      compile: (graph) => program = this.#add(new GraphProgram(graph, host)),
      release: (program) => {
        const release = this.#release(program);
        releases.add(release);
        release.then(() => releases.delete(release));
      },
    });
    // Where the graph is known it is loaded now, so that errors are told now and the first call need not wait.
    if (program === undefined) await limited(this.#workers.ready(), limits, notReadyError);
    else await this.#load(program, limits);
    return pooled({
      timeout: this.#timeout,
      call: async (args, control) => {
        this.#checkOpen();
        const { graph, program, inputs, outputs } = entry.prepare(args);
        return structured(graph, hostTensors(await this.#submit(program, inputs, outputs, control)));
      },
      release: async () => {
        entry.release();
        await Promise.all(releases);
      },
    });
  }

  /** The statistics of the pool until now. */
  stats(): PoolStats {
    const { transport, missing, all } = this.#workers;
    const workers = all.map((worker) => worker.stats());
    const sum = (key: "bytesIn" | "bytesOut" | "held" | "restarts"): number =>
      workers.reduce((total, worker) => total + worker[key], 0);
    const count = (key: "runs" | "calls"): number => all.reduce((total, worker) => total + worker.counters[key], 0);
    const programs = this.#isBatched ? [...this.#programs] : [];
    return {
      transport,
      transportReason: missing && `${missing} is missing`,
      calls: this.#calls,
      failed: this.#failed,
      queued: this.#scheduler.size,
      running: sum("held"),
      loading: this.#workers.loading,
      restarts: sum("restarts"),
      bytesIn: sum("bytesIn"),
      bytesOut: sum("bytesOut"),
      latency: this.#latencies.percentiles(),
      batches: { runs: count("runs"), calls: count("calls") },
      unbatched: programs.flatMap(({ name, mixed }) => mixed === undefined ? [] : [`${name}: ${mixed}`]),
      workers,
    };
  }

  /**
   * The engine's measurements, of a pool that was made with `trace: true`; measuring ends with it.
   *
   * @throws {TypeError} If the pool was made without.
   */
  async profile(): Promise<PoolProfile> {
    if (!this.#hasTrace) throw new TypeError("Cannot give a profile: expected a pool that was made with trace: true");
    const models = Array.from(this.#programs, ({ models }) => models).flat();
    return profileOf(await this.#workers.profiles(models));
  }

  /** Rejects every call that has no result yet, and ends the workers; resolves when they have ended. */
  close(): Promise<void> {
    if (this.#closing === undefined) {
      const error = closedError();
      this.#closing = this.#workers.close(error);
      this.#scheduler.clear(error);
    }
    return this.#closing;
  }

  async #compileModel(files: ModelFiles, host: ModelHost, limits: LoadLimits): Promise<unknown> {
    const program = this.#add(new OnnxProgram(files, host));
    await this.#load(program, limits);
    return pooled({
      timeout: this.#timeout,
      call: async (args, control) => {
        this.#checkOpen();
        // What a model says of its outputs is not always right: their sizes are known when they are there.
        return program.resultOf(await this.#submit(program, program.read(args), undefined, control));
      },
      release: () => this.#release(program),
    });
  }

  #add<P extends Program>(program: P): P {
    this.#programs.add(program);
    return program;
  }

  async #load(program: GraphProgram | OnnxProgram, limits: LoadLimits): Promise<void> {
    const model = program.models[0]!;
    try {
      const late = (timeout: number): PoolError => loadTimeoutError(model.name, timeout);
      const info = await limited(this.#workers.load(model), limits, late, () => this.#workers.abandon(model));
      if (program instanceof OnnxProgram) program.describe(info);
    } catch (error) {
      // A worker that is at another model may take its time to give up this one.
      void this.#release(program);
      throw error;
    }
  }

  #release(program: Program): Promise<void> {
    this.#programs.delete(program);
    return program.release();
  }

  #checkOpen(): void {
    if (this.#workers.isClosed) throw closedError();
  }

  #submit(
    program: Program,
    inputs: readonly ValueTensor[],
    outputs: readonly ValueSpec[] | undefined,
    control: CallControl,
  ): Promise<readonly ValueTensor[]> {
    // What was assigned before this line is seen by this call, and nothing that is assigned after it.
    const generation = program.generation();
    generation.model.use();
    const job = new Job({ program, generation, inputs, outputs, steps: program.steps() }, control, this.#onEnd);
    this.#scheduler.take(job);
    return job.result;
  }

  readonly #onEnd = (job: Job, hasResult: boolean): void => {
    if (hasResult) {
      this.#calls++;
      this.#latencies.add(performance.now() - job.made);
    } else this.#failed++;
    job.generation.model.unuse();
  };
}

/** A pool is closed at the end of a scope: `await using`. */
export interface WorkerPool extends AsyncDisposing {}
installAsyncDispose(WorkerPool, (pool) => pool.close());
