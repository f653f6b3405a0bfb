/**
 * The engine on the graphics device, whose answers have a limit of time: once in two full runs on a busy machine with a
 * device in software, a test waited for ever.
 *
 * @module
 */
import { WebGPUEngine, type WebGPUEngineOptions } from "../../src/engine/webgpu_engine.ts";
import { within } from "../within.ts";

/** Longer than any answer took on two busy processors. */
const LIMIT = 60_000;

/** Starts the engine on the device. */
export async function deviceEngine(options?: WebGPUEngineOptions): Promise<WebGPUEngine> {
  return limited(await within("the graphics device to start", WebGPUEngine.create(options), LIMIT), "the device");
}

/** An object with the same methods, whose promises have a limit of time; a program that one gives has it too. */
function limited<T extends object>(object: T, name: string): T {
  return new Proxy(object, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== "function") return value;
      return (...args: unknown[]): unknown => {
        const result: unknown = value.apply(target, args);
        if (!(result instanceof Promise)) return result;
        const answer = result.then((given) =>
          key === "load" ? limited(given as object, "a program on the device") : given
        );
        return within(`${name} to ${String(key)}`, answer, LIMIT);
      };
    },
  });
}
