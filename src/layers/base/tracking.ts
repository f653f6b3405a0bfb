/**
 * The state of a layer: variables and sublayers that its fields hold, directly or in arrays, records, maps and sets. The
 * fields are looked at when the state is asked for, so that what was re-assigned is replaced.
 *
 * @module
 */
import { SeedGenerator } from "../../ops/random/random.ts";
import { Variable } from "../../tensor/variable.ts";
import { isRecord } from "../../tensor/structure.ts";

/** The key under which a layer keeps what only Strata reads. */
export const STATE: unique symbol = Symbol("strata.layer");

/** The contents of the fields of one layer, each once, in the order of the fields. */
export interface Holdings<L> {
  /** Variables. */
  readonly variables: Set<Variable>;
  /** Layers. */
  readonly layers: Set<L>;
  /** Generators of random numbers. */
  readonly seedGenerators: Set<SeedGenerator>;
}

/** Whether a value is a layer: only layers have the key {@linkcode STATE}. */
export function isLayer(value: unknown): value is object {
  return typeof value === "function" && Object.hasOwn(value, STATE);
}

/** Whether a value is, or holds, a variable, a layer or a generator. */
export function holdsState(value: unknown): boolean {
  const { variables, layers, seedGenerators } = holdingsOf([value]);
  return variables.size + layers.size + seedGenerators.size > 0;
}

/** The contents of a layer's fields. */
export function fieldsHold<L extends object>(layer: object): Holdings<L> {
  return holdingsOf<L>(Object.values(layer));
}

function holdingsOf<L extends object>(values: Iterable<unknown>): Holdings<L> {
  const holdings: Holdings<L> = { variables: new Set(), layers: new Set(), seedGenerators: new Set() };
  walk(values, (value) => {
    if (value instanceof Variable) holdings.variables.add(value);
    else if (isLayer(value)) holdings.layers.add(value as L);
    else if (value instanceof SeedGenerator) holdings.seedGenerators.add(value);
  });
  return holdings;
}

/** The arrays, records, maps and sets among values, and those inside them. */
export function containersIn(values: Iterable<unknown>): object[] {
  const containers: object[] = [];
  walk(values, (value) => {
    if (isContainer(value)) containers.push(value);
  });
  return containers;
}

/** Visits values and what containers among them hold, each container once. */
function walk(values: Iterable<unknown>, visit: (value: unknown) => void): void {
  const seen = new Set<object>();
  const enter = (value: unknown): void => {
    if (!isContainer(value)) return visit(value);
    if (seen.has(value)) return;
    seen.add(value);
    visit(value);
    for (const part of partsOf(value)) enter(part);
  };
  for (const value of values) enter(value);
}

/** Whether a value is an array, a record, a map or a set, which state is looked for in. */
export function isContainer(value: unknown): value is object {
  return Array.isArray(value) || value instanceof Map || value instanceof Set || isRecord(value);
}

function partsOf(container: object): Iterable<unknown> {
  if (Array.isArray(container) || container instanceof Set) return container;
  return container instanceof Map ? container.values() : Object.values(container);
}
