/**
 * What callers without a compiler may give: values of any kind in any place. The error, if there is one, is a sentence of
 * Strata's and not one of JavaScript's own about its insides.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import * as strata from "./exported.ts";
import { input, InputError, modelFromJson, ops, zeros } from "@strata/nn";
import { EVERY_LAYER, layerClasses } from "../layers/every_layer.ts";
import signatures from "./signatures.json" with { type: "json" };

/** How V8 words errors of code that takes something for what it is not. */
const RAW =
  /is not iterable|is not a function|Cannot read propert|reading '|Invalid array length|buffer allocation|not an object|Cannot convert|Cannot mix BigInt|not a constructor|is not defined|Invalid typed array|destructure|call stack|Reduce of empty|Cannot assign to read only/;

const ODD: readonly (readonly [string, () => unknown])[] = [
  ["null", () => null],
  ["undefined", () => undefined],
  ["true", () => true],
  ["-1", () => -1],
  ["2.5", () => 2.5],
  ["NaN", () => NaN],
  ["1e300", () => 1e300],
  ["a text", () => "a"],
  ["an empty text", () => ""],
  ["a record", () => ({})],
  ["an empty list", () => []],
  ["a list of null", () => [null]],
  ["a list of texts", () => ["a"]],
  ["a frozen list", () => Object.freeze([1, 2])],
  ["a nested list", () => [[1]]],
  ["a function", () => () => 1],
  ["a buffer", () => new ArrayBuffer(8)],
  ["a date", () => new Date(0)],
  ["a tensor", () => zeros([2])],
  ["a symbolic tensor", () => input(["b", 2])],
  ["a map", () => new Map()],
];

const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** The raw errors of JavaScript among what `attempts` throw, with what led to them. */
async function rawErrors(attempts: Iterable<readonly [string, () => unknown]>): Promise<string[]> {
  const found: string[] = [];
  for (const [what, attempt] of attempts) {
    try {
      await attempt();
    } catch (error) {
      const { message } = error as Error;
      if (RAW.test(message.split("\n")[0]!)) found.push(`${what}: ${message.split("\n")[0]}`);
    }
  }
  return found;
}

type Options = Record<string, { readonly place: number; readonly options: readonly string[] }>;
type Callable = (...args: readonly unknown[]) => unknown;

function* attemptsOfLayer(name: string): Generator<[string, () => unknown]> {
  const example = EVERY_LAYER[name]!;
  const Class = layerClasses().get(name)!;
  const given = example.args({});
  const args = given.filter((argument) => !isPlain(argument));
  const options = { ...given.find(isPlain), ...example.options };
  type Untyped = Callable & { build(shape: unknown): unknown; setWeights(values: unknown): void };
  const make = (own: readonly unknown[] = args, more: object = {}) =>
    new Class(...own, { ...options, ...more }) as unknown as Untyped;
  for (const [kind, value] of ODD) {
    for (const place of args.keys()) {
      yield [`argument ${place} is ${kind}`, () => make(args.with(place, value()))(example.input)];
    }
    for (const option of (signatures as Options)[name]?.options ?? []) {
      yield [`${option} is ${kind}`, () => make(args, { [option]: value() })(example.input)];
    }
    yield [`called with ${kind}`, () => make()(value())];
    yield [`built for ${kind}`, () => make().build(value())];
    yield [`weights are ${kind}`, () => make().setWeights(value())];
  }
}

for (const name of layerClasses().keys()) {
  Deno.test(`${name} has sentences of its own for whatever it is given`, async () => {
    assertEquals(await rawErrors(attemptsOfLayer(name)), []);
  });
}

function* attemptsOfFunction(path: string, call: Callable): Generator<[string, () => unknown]> {
  const x = zeros([2, 3]);
  for (const [kind, value] of ODD) {
    yield [`(${kind})`, () => call(value())];
    yield [`(x, ${kind})`, () => call(x, value())];
    yield [`(x, x, ${kind})`, () => call(x, x, value())];
    yield [`(${kind}, x)`, () => call(value(), x)];
    yield [`([2, 3], ${kind})`, () => call([2, 3], value())];
    const { place = 0, options = [] } = (signatures as Options)[path] ?? {};
    for (const option of options) {
      for (const other of [x, 1]) {
        const before = Array.from({ length: Math.max(place - 1, 0) }, () => other);
        yield [`${option} is ${kind}`, () => call(x, ...before, { [option]: value() })];
      }
    }
  }
}

/** Functions of values without limits, which would make what they are asked for. */
const LEFT_OUT = ["setRandomSeed", "clearSession"];
const functions = [
  ...Object.entries(ops as { readonly [name: string]: unknown }).map(([name, found]) => [`ops.${name}`, found]),
  ...Object.entries(strata),
].filter(([name, found]) => typeof found === "function" && /^(ops\.)?[a-z]/.test(name as string)) as [
  string,
  Callable,
][];

for (const [name, call] of functions) {
  if (LEFT_OUT.includes(name.replace("ops.", ""))) continue;
  Deno.test(`${name} has sentences of its own for whatever it is given`, async () => {
    assertEquals(await rawErrors(attemptsOfFunction(name, call)), []);
  });
}

Deno.test("JSON that is none, and layers around layers that are none, are told in sentences", () => {
  assertThrows(() => modelFromJson("hello"), SyntaxError, "Cannot read a model: expected JSON, received other text");
  const wrapper = { class_name: "TimeDistributed", config: { name: "t" } };
  assertThrows(
    () => modelFromJson(wrapper),
    InputError,
    "Cannot make layer t: expected a layer to wrap, received undefined",
  );
});

Deno.test("a build that fails says why, whatever lists are frozen", () => {
  const layer = new strata.EinsumDense("abc,cd->abd", Object.freeze([1, 2, 3, 4]) as never);
  assertThrows(() => (layer as unknown as Callable)(zeros([2, 4, 3])), InputError);
});
