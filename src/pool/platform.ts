/**
 * Threads in Deno, Bun, Node and browsers, which start them and talk to them in different ways.
 *
 * @module
 */

/** A thread, seen from the thread that started it. */
export interface Thread {
  /** Sends a message; what is in `transfer` is given away. */
  post(message: unknown, transfer?: Transferable[]): void;
  /** Ends the thread, whatever it does. */
  terminate(): void;
}

/** What a thread is listened to with. */
export interface ThreadEvents {
  /** A message came. */
  message(message: unknown): void;
  /** The thread ended, or something in it threw; this may be said more than once. */
  end(reason: string): void;
}

/** The other end, seen from inside a thread. */
export interface Port {
  /** Sends a message; what is in `transfer` is given away. */
  post(message: unknown, transfer?: Transferable[]): void;
  /** Ends this thread. */
  close(): void;
}

/** Where the thread's module is: a file of TypeScript in the repository, of JavaScript in a package from npm. */
export function defaultWorkerUrl(): URL {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return new URL(`../../workers/infer.${extension}`, import.meta.url);
}

/** What threads can share, or `undefined` where they can share memory and wait for it. */
export function missingForSharing(): string | undefined {
  if (typeof SharedArrayBuffer === "undefined") return "SharedArrayBuffer";
  if (typeof (Atomics as { waitAsync?: unknown }).waitAsync !== "function") return "Atomics.waitAsync";
  return undefined;
}

/** How many threads the machine runs at once, as far as the runtime says. */
export async function processors(): Promise<number> {
  const { navigator } = globalThis as { navigator?: { hardwareConcurrency?: number } };
  if (navigator?.hardwareConcurrency !== undefined) return navigator.hardwareConcurrency;
  const { availableParallelism } = await import("node:os");
  return availableParallelism();
}

/**
 * Starts a thread.
 *
 * @throws {Error} If the runtime refuses at once; other reasons are told to `events.end`.
 */
export async function startThread(url: URL, events: ThreadEvents): Promise<Thread> {
  // Deno and Bun have node:worker_threads too, but it takes only files there: their own class loads from anywhere.
  return isWebWorker(WebWorker) ? startWebWorker(WebWorker, url, events) : await startNodeWorker(url, events);
}

/** The runtime's own class, as long as nothing has replaced it: onnxruntime-web does, when a program imports it. */
const { Worker: WebWorker } = globalThis as { readonly Worker?: unknown };

function isWebWorker(value: unknown): value is typeof Worker {
  return typeof value === "function" && "addEventListener" in value.prototype;
}

function startWebWorker(Class: typeof Worker, url: URL, events: ThreadEvents): Thread {
  const worker = new Class(url, { type: "module" });
  worker.onmessage = ({ data }) => events.message(data);
  worker.onmessageerror = () => events.end("it sent what could not be read");
  worker.onerror = (event) => {
    // Else the runtime takes the error for one of the main thread, and ends the program.
    event.preventDefault();
    events.end(event.message || "it could not be loaded");
  };
  // Bun says when a thread has ended; Deno does not.
  worker.addEventListener("close", () => events.end("it ended"));
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    terminate: () => worker.terminate(),
  };
}

async function startNodeWorker(url: URL, events: ThreadEvents): Promise<Thread> {
  const { Worker } = await import("node:worker_threads");
  const worker = new Worker(url);
  worker.on("message", (data) => events.message(data));
  worker.on("messageerror", () => events.end("it sent what could not be read"));
  worker.on("error", (error) => events.end(error instanceof Error ? error.message : String(error)));
  worker.on("exit", () => events.end("it ended"));
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer as never),
    terminate: () => void worker.terminate(),
  };
}

/** Inside a thread: listens, and gives the other end. No message is lost if this is called before anything is awaited. */
export async function listen(message: (message: unknown) => void): Promise<Port> {
  const scope = globalThis as unknown as {
    onmessage: (event: { readonly data: unknown }) => void;
    postMessage?: Port["post"];
    close(): void;
  };
  if (typeof scope.postMessage === "function") {
    scope.onmessage = ({ data }) => message(data);
    const { postMessage } = scope;
    return {
      post: (message, transfer = []) => postMessage(message, transfer),
      close: () => scope.close(),
    };
  }
  const [{ parentPort }, { exit }] = await Promise.all([import("node:worker_threads"), import("node:process")]);
  if (parentPort === null) throw new Error("Cannot serve a pool: this is no worker thread");
  parentPort.on("message", message);
  return { post: (message, transfer = []) => parentPort.postMessage(message, transfer as never), close: () => exit() };
}
