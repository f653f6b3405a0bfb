/**
 * The arguments of compiled functions, compared with the inputs of their graphs.
 *
 * @module
 */
import type { HostTensor } from "../engine/engine.ts";
import { symbolsIn } from "../graph/parts.ts";
import { named } from "../layers/base/errors.ts";
import { InputSpec } from "../layers/base/input_spec.ts";
import { incompatible, missing, unexpected, wrongCount } from "../layers/base/sentences.ts";
import { bind, type Bindings } from "../shape/bind.ts";
import { DTypeError, InputError, ShapeError } from "../shape/error.ts";
import { castValues, convertValues, isScalar, isTypedArray, type Values } from "../tensor/convert.ts";
import { EagerTensor, valuesOf } from "../tensor/eager.ts";
import { isNestedArray, isPlainArray } from "../tensor/nested.ts";
import { isFloat } from "../tensor/promote.ts";
import { isRecord, leavesOf, type Structure } from "../tensor/structure.ts";
import { SymbolicTensor } from "../tensor/symbolic.ts";
import { Tensor } from "../tensor/tensor.ts";
import { residentOf, Variable } from "../tensor/variable.ts";

/** Whether values can be made a tensor of; a number only where a tensor is expected. */
export function isData(value: unknown): value is Values {
  return isTypedArray(value) || (isNestedArray(value) && leavesOf<unknown>(value).every(isScalar));
}

/** Whether an argument is, or holds, something that stands for a tensor. */
function isTensorLike(argument: unknown): boolean {
  if (typeof argument === "number" || isData(argument)) return true;
  return leavesOf(argument as Structure<unknown>).some((leaf) => leaf instanceof Tensor || isTypedArray(leaf));
}

/** The values of a tensor, not copied; undefined for what has none. */
export function hostOf(tensor: unknown): HostTensor | undefined {
  if (tensor instanceof EagerTensor) {
    return { shape: tensor.shape as readonly number[], dtype: tensor.dtype, data: valuesOf(tensor) };
  }
  if (!(tensor instanceof Variable)) return undefined;
  const { shape, dtype, data } = residentOf(tensor);
  return { shape, dtype, data };
}

/** The inputs of a graph, to which arguments are fitted. */
export class Parameters {
  readonly #name: string;
  readonly #expected: readonly unknown[];
  readonly #symbols: readonly SymbolicTensor[];
  readonly #specs: readonly InputSpec[];
  readonly #keys: readonly (number | string)[];

  /** @param inputs What the graph was traced with. */
  constructor(name: string, inputs: readonly unknown[]) {
    this.#name = name;
    this.#expected = inputs;
    this.#symbols = symbolsIn(inputs);
    this.#specs = this.#symbols.map(({ shape, dtype }) => new InputSpec({ shape, dtype }));
    const several = inputs.length > 1;
    this.#keys = inputs.flatMap((argument, index) => keysOf(argument, several ? index : 0));
  }

  /**
   * The tensors among the arguments, in order, converted to the dtypes of the graph where that loses no meaning.
   *
   * @throws {TypeError} If the arguments have another structure than those that were traced.
   */
  read(args: readonly unknown[]): HostTensor[] {
    const values: HostTensor[] = [];
    const required = this.#expected.findLastIndex((expected) => symbolsIn(expected).length > 0) + 1;
    if (args.length < required) throw named(new InputError(wrongCount(this.#name, required, args.length)));
    const extra = args.findIndex((argument, index) => index >= this.#expected.length && argument !== undefined);
    if (extra >= 0) {
      const given = args[extra];
      if (isTensorLike(given)) throw named(new InputError(wrongCount(this.#name, this.#expected.length, args.length)));
      throw new InputError(
        `Cannot call ${this.#name}: it was traced without an argument ${extra}, received ${staticKey(given)}`,
      );
    }
    this.#expected.forEach((expected, index) => this.#collect(expected, args[index], index, values));
    return values;
  }

  /**
   * Checks dtypes and shapes, and that each name among the dims meets one size.
   *
   * @throws {ShapeError | DTypeError} If they do not fit.
   */
  check(values: readonly HostTensor[]): void {
    let bindings: Bindings = {};
    for (const [index, value] of values.entries()) {
      const key = this.#keys[index]!;
      const fault = this.#specs[index]!.mismatch(value);
      if (fault !== undefined) {
        const wrongDtype = value.dtype !== this.#symbols[index]!.dtype && fault.startsWith("expected dtype=");
        throw named(new (wrongDtype ? DTypeError : ShapeError)(incompatible(this.#name, key, fault)));
      }
      const bound = bind(this.#symbols[index]!.shape, value.shape, bindings, key);
      if (typeof bound === "string") throw named(new ShapeError(incompatible(this.#name, key, bound)));
      bindings = bound;
    }
  }

  #collect(expected: unknown, given: unknown, key: number | string, values: HostTensor[]): void {
    if (expected instanceof SymbolicTensor) values.push(this.#value(expected, given, key));
    else if (Array.isArray(expected)) {
      if (!Array.isArray(given)) throw named(new InputError(wrongCount(this.#name, expected.length, 1)));
      if (given.length !== expected.length) {
        throw named(new InputError(wrongCount(this.#name, expected.length, given.length)));
      }
      expected.forEach((part, index) => this.#collect(part, given[index], index, values));
    } else if (isRecord(expected) && symbolsIn(expected).length > 0) this.#collectRecord(expected, given, values);
    else if (given !== undefined && staticKey(given) !== staticKey(expected)) {
      throw new InputError(
        `Cannot call ${this.#name}: it was traced with ${staticKey(expected)} as argument ${key}, ` +
          `received ${staticKey(given)}`,
      );
    }
  }

  #collectRecord(expected: { readonly [key: string]: unknown }, given: unknown, values: HostTensor[]): void {
    if (!isRecord(given)) {
      const keys = Object.keys(expected).join(", ");
      throw named(new InputError(`Layer ${this.#name} expects a record of inputs with the keys ${keys}`));
    }
    const extra = Object.keys(given).find((key) => !Object.hasOwn(expected, key));
    if (extra !== undefined) throw named(new InputError(unexpected(extra, this.#name)));
    for (const [key, part] of Object.entries(expected)) {
      if (!Object.hasOwn(given, key)) throw named(new InputError(missing(key, this.#name)));
      this.#collect(part, given[key], key, values);
    }
  }

  #value(expected: SymbolicTensor, given: unknown, key: number | string): HostTensor {
    const { dtype } = expected;
    const host = hostOf(given) ??
      (isTypedArray(given) || isPlainArray(given) || isScalar(given)
        ? convertValues(given as Values, isTypedArray(given) ? {} : { dtype })
        : null);
    if (host === null) {
      const received = given === null ? "null" : given instanceof SymbolicTensor ? String(given) : typeof given;
      const kind = received === "object" ? InputError : DTypeError;
      throw named(new kind(incompatible(this.#name, key, `expected a tensor that has values, received ${received}`)));
    }
    if (host.dtype === dtype || !isFloat(host.dtype) || !isFloat(dtype)) return host;
    return { shape: host.shape, dtype, data: castValues(host.data, dtype) };
  }
}

function keysOf(structure: unknown, key: number | string): (number | string)[] {
  if (structure instanceof SymbolicTensor) return [key];
  if (Array.isArray(structure)) return structure.flatMap(keysOf);
  if (isRecord(structure)) return Object.entries(structure).flatMap(([name, part]) => keysOf(part, name));
  return [];
}

const identities = new WeakMap<object, number>();
let identified = 0;

/**
 * The arguments other than tensors, as text: equal texts count as equal. Arrays and records are compared by what they hold, functions and
 * instances of classes only with themselves.
 */
export function staticKey(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (Array.isArray(value)) return `[${value.map(staticKey)}]`;
  if (isRecord(value)) {
    return `{${Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}:${staticKey(part)}`)}}`;
  }
  if (typeof value === "function" || (typeof value === "object" && value !== null)) return identityOf(value);
  return Object.is(value, -0) ? "-0" : String(value);
}

function identityOf(value: object): string {
  let identity = identities.get(value);
  if (identity === undefined) identities.set(value, identity = ++identified);
  const name = typeof value === "function" ? value.name || "function" : value.constructor.name;
  return `${name} #${identity}`;
}
