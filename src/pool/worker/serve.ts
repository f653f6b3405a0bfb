/**
 * The work of a worker: it starts an engine and serves requests until it is told to end.
 *
 * @module
 */
import { messageOf } from "../../engine/wasm_module.ts";
import { PROVIDERS } from "../../emission/providers/providers.ts";
import { startHeapServer } from "./heap_server.ts";
import { MessageServer } from "./message_server.ts";
import { holdLock, listen, type Port } from "../workers/platform.ts";
import type { RequestMessage, StartedMessage, StartMessage } from "../transport/protocol.ts";
import { SharedServer } from "./shared_server.ts";
import { startEngine } from "./worker_engine.ts";

/** Serves the pool that started this thread. The first message says how; later ones are requests. */
export async function serve(): Promise<void> {
  let started: ((message: StartMessage) => void) | undefined;
  const start = new Promise<StartMessage>((resolve) => started = resolve);
  let server: MessageServer | undefined;
  const port = await listen((message) => {
    if (started === undefined) server?.receive(message as RequestMessage);
    else {
      started(message as StartMessage);
      started = undefined;
    }
  });
  const message = await start;
  try {
    server = await begin(message, port);
  } catch (error) {
    port.post({ type: "failed", message: messageOf(error) } satisfies StartedMessage);
    port.close();
  }
}

/** Starts the engine, says so, and serves; gives what takes requests that come as messages. */
async function begin(start: StartMessage, port: Port): Promise<MessageServer | undefined> {
  const say = (message: StartedMessage): void => port.post(message);
  if (start.lock !== undefined) await holdLock(start.lock);
  if (start.transport === "messages") {
    const server = new MessageServer(await startEngine(start), port);
    say({ type: "started" });
    return server;
  }
  if (PROVIDERS[start.provider].sharesHeap) {
    const server = await startHeapServer(start);
    say({ type: "started", memory: server.memory, block: server.block });
    server.serve();
  } else {
    const server = new SharedServer(await startEngine(start));
    say({ type: "started", memory: server.memory, block: server.block });
    await server.serve();
  }
  port.close();
}
