/**
 * Prints how importing and using Strata changes the properties of `globalThis`, as JSON. Runs in a process of its
 * own, under any runtime.
 */
const before = new Map(
  Reflect.ownKeys(globalThis).map((key) => [key, Object.getOwnPropertyDescriptor(globalThis, key)!]),
);

const { Dense, ones } = await import("../../mod.ts");
new Dense(2)(ones([1, 3])).dataSync();

const { addModel, host } = await import("./models.ts");
const one = host("float32", [1], [1]);

const { SessionEngine } = await import("./session_engine.ts");
const sessions = await Promise.all([1, 2].map(async () => (await SessionEngine.create()).load(addModel())));
for (const session of sessions) await session.run([one, one]);

const changes: string[] = [];
for (const key of new Set([...before.keys(), ...Reflect.ownKeys(globalThis)])) {
  const [old, now] = [before.get(key), Object.getOwnPropertyDescriptor(globalThis, key)];
  if (old === undefined) changes.push(`${String(key)} was added`);
  else if (now === undefined) changes.push(`${String(key)} was removed`);
  else {
    for (const part of ["value", "get", "set", "writable", "enumerable", "configurable"] as const) {
      if (!Object.is(old[part], now[part])) changes.push(`${part} of ${String(key)} was changed`);
    }
  }
}
// deno-lint-ignore no-console -- this is how the test hears of it
console.log(JSON.stringify(changes));
