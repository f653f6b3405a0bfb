/**
 * The typed array of 16-bit floats, as the standard library of ES2025 declares it.
 *
 * @module
 */

/**
 * A `Float16Array`: each can be assigned to the other. Projects whose `lib` is older than ES2025 have no type of that
 * name, and what is declared with an unknown name is of any type.
 */
export interface Float16ArrayLike<B extends ArrayBufferLike = ArrayBufferLike> {
  /** Elements by their places. */
  [index: number]: number;
  /** Two. */
  readonly BYTES_PER_ELEMENT: number;
  /** The buffer that holds the elements. */
  readonly buffer: B;
  /** The number of bytes. */
  readonly byteLength: number;
  /** The place where the elements begin in the buffer. */
  readonly byteOffset: number;
  /** The number of elements. */
  readonly length: number;
  /** As for any typed array. */
  readonly [Symbol.toStringTag]: "Float16Array";
  /** As for any typed array. */
  [Symbol.iterator](): ArrayIterator<number>;
  /** As for any typed array. */
  at(index: number): number | undefined;
  /** As for any typed array. */
  copyWithin(target: number, start: number, end?: number): this;
  /** As for any typed array. */
  entries(): ArrayIterator<[number, number]>;
  /** As for any typed array. */
  every(predicate: (value: number, index: number, array: this) => unknown, thisArg?: unknown): boolean;
  /** As for any typed array. */
  fill(value: number, start?: number, end?: number): this;
  /** As for any typed array. */
  filter(
    predicate: (value: number, index: number, array: this) => unknown,
    thisArg?: unknown,
  ): Float16ArrayLike<ArrayBuffer>;
  /** As for any typed array. */
  find(predicate: (value: number, index: number, array: this) => boolean, thisArg?: unknown): number | undefined;
  /** As for any typed array. */
  findIndex(predicate: (value: number, index: number, array: this) => boolean, thisArg?: unknown): number;
  /** As for any typed array. */
  findLast<S extends number>(
    predicate: (value: number, index: number, array: this) => value is S,
    thisArg?: unknown,
  ): S | undefined;
  /** As for any typed array. */
  findLast(predicate: (value: number, index: number, array: this) => unknown, thisArg?: unknown): number | undefined;
  /** As for any typed array. */
  findLastIndex(predicate: (value: number, index: number, array: this) => unknown, thisArg?: unknown): number;
  /** As for any typed array. */
  forEach(action: (value: number, index: number, array: this) => void, thisArg?: unknown): void;
  /** As for any typed array. */
  includes(value: number, fromIndex?: number): boolean;
  /** As for any typed array. */
  indexOf(value: number, fromIndex?: number): number;
  /** As for any typed array. */
  join(separator?: string): string;
  /** As for any typed array. */
  keys(): ArrayIterator<number>;
  /** As for any typed array. */
  lastIndexOf(value: number, fromIndex?: number): number;
  /** As for any typed array. */
  map(
    action: (value: number, index: number, array: this) => number,
    thisArg?: unknown,
  ): Float16ArrayLike<ArrayBuffer>;
  /** As for any typed array. */
  reduce(action: (before: number, value: number, index: number, array: this) => number): number;
  /** As for any typed array. */
  reduce(action: (before: number, value: number, index: number, array: this) => number, first: number): number;
  /** As for any typed array. */
  reduce<T>(action: (before: T, value: number, index: number, array: this) => T, first: T): T;
  /** As for any typed array. */
  reduceRight(action: (before: number, value: number, index: number, array: this) => number): number;
  /** As for any typed array. */
  reduceRight(action: (before: number, value: number, index: number, array: this) => number, first: number): number;
  /** As for any typed array. */
  reduceRight<T>(action: (before: T, value: number, index: number, array: this) => T, first: T): T;
  /** As for any typed array. */
  reverse(): this;
  /** As for any typed array. */
  set(values: ArrayLike<number>, offset?: number): void;
  /** As for any typed array. */
  slice(start?: number, end?: number): Float16ArrayLike<ArrayBuffer>;
  /** As for any typed array. */
  some(predicate: (value: number, index: number, array: this) => unknown, thisArg?: unknown): boolean;
  /** As for any typed array. */
  sort(compare?: (a: number, b: number) => number): this;
  /** As for any typed array. */
  subarray(begin?: number, end?: number): Float16ArrayLike<B>;
  /** As for any typed array. */
  toLocaleString(locales?: string | string[], options?: Intl.NumberFormatOptions): string;
  /** As for any typed array. */
  toReversed(): Float16ArrayLike<ArrayBuffer>;
  /** As for any typed array. */
  toSorted(compare?: (a: number, b: number) => number): Float16ArrayLike<ArrayBuffer>;
  /** As for any typed array. */
  toString(): string;
  /** As for any typed array. */
  valueOf(): this;
  /** As for any typed array. */
  values(): ArrayIterator<number>;
  /** As for any typed array. */
  with(index: number, value: number): Float16ArrayLike<ArrayBuffer>;
}
