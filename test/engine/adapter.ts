/** What this machine has for the tests of WebGPU. */

const adapter = await globalThis.navigator?.gpu?.requestAdapter() ?? null;

/** Whether there is a graphics adapter. */
export const HAS_ADAPTER: boolean = adapter !== null;

/** Whether its device computes in float16. */
export const HAS_FLOAT16: boolean = adapter?.features.has("shader-f16") ?? false;

// deno-lint-ignore no-console -- a gate that is skipped must not look like one that has been passed
const say = console.log;
if (!HAS_ADAPTER) say("There is no graphics adapter: the tests of WebGPU are ignored");
else if (!HAS_FLOAT16) say("The graphics adapter has no shader-f16: the tests of WebGPU leave float16 out");
