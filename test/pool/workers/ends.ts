/** Ends this thread as soon as it would look for its first request. */
import { exit } from "node:process";
import { WORKER } from "../../../src/pool/transport/protocol.ts";

const load = Atomics.load as (words: Int32Array, index: number) => number;

Object.assign(Atomics, {
  load: (words: Int32Array, index: number) => index === WORKER.wake ? exit(4) : load(words, index),
});
