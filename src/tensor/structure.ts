/**
 * One tensor, or an array or a record of them: how a function is applied to each.
 *
 * @module
 */
import type { TensorSpec } from "./tensor.ts";
import { Tensor } from "./tensor.ts";

/** One value, or an array or a record of values, nested to any depth. */
export type Structure<T> = T | readonly Structure<T>[] | { readonly [key: string]: Structure<T> };

/** Whether a value is a plain record: no tensor, no array, no instance of a class. */
export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Applies `action` to each leaf; arrays stay arrays and records records. */
export function mapStructure<T, R>(structure: Structure<T>, action: (leaf: T) => R): Structure<R> {
  if (Array.isArray(structure)) return structure.map((part) => mapStructure(part as Structure<T>, action));
  if (isRecord(structure)) {
    const entries = Object.entries(structure).map(([key, part]) => [key, mapStructure(part as Structure<T>, action)]);
    return Object.fromEntries(entries);
  }
  return action(structure as T);
}

/** The leaves, in order. */
export function leavesOf<T>(structure: Structure<T>): T[] {
  const leaves: T[] = [];
  mapStructure(structure, (leaf) => leaves.push(leaf));
  return leaves;
}

/** The tensors among the leaves, in order. */
export function tensorsOf(structure: unknown): Tensor[] {
  return leavesOf(structure as Structure<unknown>).filter((leaf) => leaf instanceof Tensor);
}

/** The shapes of a structure of tensors, as {@linkcode Layer.build} takes them. */
export function shapesOf(structure: Structure<TensorSpec | null>): Structure<TensorSpec["shape"] | null> {
  if (Array.isArray(structure)) return structure.map(shapesOf) as never;
  if (isRecord(structure)) {
    return Object.fromEntries(Object.entries(structure).map(([key, part]) => [key, shapesOf(part as never)])) as never;
  }
  return (structure as TensorSpec | null)?.shape ?? null;
}
