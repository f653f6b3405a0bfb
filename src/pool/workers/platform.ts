/**
 * Threads in Deno, Bun, Node and browsers, which start them and talk to them in different ways.
 *
 * @module
 */

/** A thread, seen from the thread that started it. */
export interface Thread {
  /** The name of a lock that the thread is to hold for life, if that is how its end is noticed. */
  readonly lock: string | undefined;
  /** Whether it can be ended while it starts. Otherwise it is told to end when it has started. */
  readonly canEndAtStart: boolean;
  /** Sends a message; what is in `transfer` is given away. */
  post(message: unknown, transfer?: Transferable[]): void;
  /** Resolves when the thread is gone; one that holds no lock yet is gone as soon as it is terminated. */
  readonly ended: Promise<void>;
  /** Notices the end from now on: to be called when the thread holds its lock. */
  watch(): void;
  /** Whether the program goes on for as long as the thread does, where runtimes offer the choice. */
  keepAlive(keeps: boolean): void;
  /** Ends the thread, whatever it does. */
  terminate(): void;
}

/** What a thread is listened to with. */
export interface ThreadEvents {
  /** A message came. */
  message(message: unknown): void;
  /** Something in the thread threw, or it sent what cannot be read. */
  error(reason: string): void;
  /** The thread is gone. */
  end(): void;
}

/** The other end, seen from inside a thread. */
export interface Port {
  /** Sends a message; what is in `transfer` is given away. */
  post(message: unknown, transfer?: Transferable[]): void;
  /** Ends this thread. */
  close(): void;
}

/** The address of the thread's module: a file of TypeScript in the repository, of JavaScript in a package from npm. */
export function defaultWorkerUrl(): URL {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return new URL(`../../../workers/infer.${extension}`, import.meta.url);
}

/** What threads lack for sharing memory, or `undefined` where they can share memory and wait for it. */
export function missingForSharing(): string | undefined {
  if (typeof SharedArrayBuffer === "undefined") return "SharedArrayBuffer";
  if (typeof (Atomics as { waitAsync?: unknown }).waitAsync !== "function") return "Atomics.waitAsync";
  return undefined;
}

/** The number of threads that the machine runs at once, as far as the runtime says. */
export async function processors(): Promise<number> {
  const { navigator } = globalThis as { navigator?: { hardwareConcurrency?: number } };
  if (navigator?.hardwareConcurrency !== undefined) return navigator.hardwareConcurrency;
  const { availableParallelism } = await import("node:os");
  return availableParallelism();
}

/**
 * Starts a thread.
 *
 * @throws {Error} If the runtime refuses at once; other reasons are told to `events`.
 */
export async function startThread(url: URL, events: ThreadEvents): Promise<Thread> {
  return isWebWorker(WebWorker) && !(isDeno && url.protocol === "file:")
    ? startWebWorker(WebWorker, url, events)
    : await startNodeWorker(url, events);
}

/** The runtime's own class, as long as nothing has replaced it: onnxruntime-web does, when a program imports it. */
const { Worker: WebWorker } = globalThis as { readonly Worker?: unknown };

function isWebWorker(value: unknown): value is typeof Worker {
  return typeof value === "function" && "addEventListener" in value.prototype;
}

/**
 * Measured in Deno 2.9.6: a thread of node:worker_threads says when it has ended, and can be ended whatever it does; one of
 * the class Worker stays for ever where it sleeps or loops, and with it the program. But only the latter can be loaded from
 * anywhere else than a file, such as JSR. One that is terminated while it starts may stay for ever too.
 */
const isDeno = "Deno" in globalThis;

function startWebWorker(Class: typeof Worker, url: URL, events: ThreadEvents): Thread {
  const worker = new Class(url, { type: "module" }) as Worker & { ref?(): void; unref?(): void };
  // Bun says when a worker has ended, and has no locks. Others have them, and say nothing.
  const locks = lockManager();
  const lock = locks && `strata worker ${crypto.randomUUID()}`;
  let isWatched = locks === undefined;
  let end!: () => void;
  const ended = new Promise<void>((resolve) => end = resolve);
  ended.then(events.end);
  worker.addEventListener("close", end);
  worker.onmessage = ({ data }) => events.message(data);
  worker.onmessageerror = () => events.error("it sent what could not be read");
  worker.onerror = (event) => {
    // Else the runtime takes the error for one of the main thread, and ends the program.
    event.preventDefault();
    events.error(reasonOf(event));
  };
  return {
    lock,
    canEndAtStart: !isDeno,
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    ended,
    watch: () => {
      isWatched = true;
      locks?.request(lock!, end);
    },
    keepAlive: (keeps) => keeps ? worker.ref?.() : worker.unref?.(),
    terminate: () => {
      worker.terminate();
      if (!isWatched) end();
    },
  };
}

async function startNodeWorker(url: URL, events: ThreadEvents): Promise<Thread> {
  const threads = await import("node:worker_threads");
  // The default is a copy of the environment, for which Deno asks for the permission to read all of it.
  const worker = new threads.Worker(url, { env: threads.SHARE_ENV });
  worker.on("message", events.message);
  worker.on("messageerror", () => events.error("it sent what could not be read"));
  worker.on("error", (error: unknown) => events.error(error instanceof Error ? error.message : String(error)));
  const ended = new Promise<void>((resolve) => worker.on("exit", () => resolve()));
  ended.then(events.end);
  return {
    lock: undefined,
    canEndAtStart: true,
    ended,
    post: (message, transfer = []) => worker.postMessage(message, transfer as never),
    watch: () => {},
    keepAlive: (keeps) => keeps ? worker.ref() : worker.unref(),
    terminate: () => void worker.terminate(),
  };
}

/** Locks that threads share, and that a thread gives back at its end. */
interface LockManager {
  request(name: string, action: () => void | Promise<void>): Promise<void>;
}

function lockManager(): LockManager | undefined {
  return (globalThis.navigator as { locks?: LockManager } | undefined)?.locks;
}

/** The message of an error; Bun shows the source around it too, on lines before and after. */
function reasonOf({ error, message }: ErrorEvent): string {
  if (error instanceof Error) return error.message;
  const text = message.replace(/^Uncaught (\(in promise\) )?/, "");
  return /^\w*error: (.*)$/im.exec(text)?.[1] ?? (text || "it could not be loaded");
}

/** Inside a thread: listens, and gives the other end. No message is lost if this is called before anything is awaited. */
export async function listen(message: (message: unknown) => void): Promise<Port> {
  const scope = globalThis as unknown as {
    onmessage: (event: { readonly data: unknown }) => void;
    postMessage?: Port["post"];
    close?(): void;
  };
  const exit = async (): Promise<void> => (await import("node:process")).exit();
  if (typeof scope.postMessage === "function") {
    scope.onmessage = ({ data }) => message(data);
    const { postMessage } = scope;
    return {
      post: (message, transfer = []) => postMessage(message, transfer),
      close: () => scope.close === undefined ? void exit() : scope.close(),
    };
  }
  const { parentPort } = await import("node:worker_threads");
  if (parentPort === null) throw new Error("Cannot serve a pool: this is no worker thread");
  parentPort.on("message", message);
  return {
    post: (message, transfer = []) => parentPort.postMessage(message, transfer as never),
    close: () => void exit(),
  };
}

/** Inside a thread: takes a lock, and holds it for as long as the thread lives. */
export function holdLock(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const hold = (): Promise<never> => {
      resolve();
      return new Promise(() => {});
    };
    lockManager()!.request(name, hold).catch(reject);
  });
}
