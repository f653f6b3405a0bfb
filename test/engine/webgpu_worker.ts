/** Loads the WebGPU engine in a worker, and posts a result, and how it changed the properties of `globalThis`. */
const descriptors = () =>
  new Map(Reflect.ownKeys(globalThis).map((key) => [key, Object.getOwnPropertyDescriptor(globalThis, key)!]));
const before = descriptors();
const { WebGPUEngine } = await import("../../src/engine/webgpu_engine.ts");
const { addModel, host, numbers } = await import("./models.ts");

const engine = await WebGPUEngine.create();
const program = await engine.load(addModel());
const [sum] = await program.run([host("float32", [2], [1, 2]), host("float32", [2], [10, 20])]);

const after = descriptors();
const changed = [...new Set([...before.keys(), ...after.keys()])].filter((key) => {
  const [old, now] = [before.get(key), after.get(key)];
  return !Object.is(old?.value, now?.value) || old?.get !== now?.get || old?.set !== now?.set ||
    old?.enumerable !== now?.enumerable || old?.writable !== now?.writable || old?.configurable !== now?.configurable;
});
const scope = globalThis as unknown as { postMessage(message: unknown): void };
scope.postMessage({ sum: numbers(sum), changed: changed.map(String), location: globalThis.location.href });
