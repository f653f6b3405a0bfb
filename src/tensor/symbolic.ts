/**
 * Tensors that stand for values which come later.
 *
 * @module
 */
import type { Dim, Shape } from "../shape/dim.ts";
import { InputError, InputRangeError } from "../shape/error.ts";
import { checkDType } from "./convert.ts";
import type { DType } from "./dtype.ts";
import { checkOptions, kindOf } from "./options.ts";
import { describeTensor, installInspect } from "./print.ts";
import { currentPath } from "./scope.ts";
import { Tensor } from "./tensor.ts";

/** The origin of a symbolic tensor: the operation, and the path of the layer that it was part of. */
export interface Origin {
  /** The name of the operation. */
  readonly operation: string;
  /** The path of the layer around it; empty outside any layer. */
  readonly scope: string;
}

/** The origin of a symbolic tensor: the output `index` of `origin`, or an input where there is no origin. */
export interface Source {
  /** The operation; undefined for an input. */
  readonly origin?: Origin | undefined;
  /** The index among the operation's outputs. */
  readonly index?: number;
  /** The name of an input. */
  readonly name?: string | undefined;
}

const NO_VALUES = Symbol("a symbolic tensor, which stands for values that exist only when its graph runs,");

/**
 * A tensor without values: a shape and a dtype, and the operation that will compute it. {@linkcode input} makes the
 * first ones; layers and ops called with them give more.
 *
 * @typeParam S The shape.
 * @typeParam D The element type.
 */
export class SymbolicTensor<out S extends Shape = Shape, out D extends DType = DType> extends Tensor<S, D> {
  /** Always `"symbolic"`. */
  override readonly kind = "symbolic";
  /** Its origin. */
  readonly source: Source;
  /** The tensor that this one is another name of; itself where it is none. */
  readonly root: SymbolicTensor<S, D>;

  // No structured clone can hold a symbol, and its error says why.
  private readonly values: symbol = NO_VALUES;

  /** Only ops, layers and {@linkcode input} call this. */
  constructor(shape: S, dtype: D, source: Source, root?: SymbolicTensor<S, D>) {
    super(shape, dtype);
    this.source = source;
    this.root = root?.root ?? this;
  }

  /** The name of an input; undefined for what was computed. */
  get name(): string | undefined {
    return this.source.name;
  }

  /** The shape, dtype and origin. */
  override toString(): string {
    const { origin, name } = this.source;
    const from = origin === undefined
      ? (name === undefined ? "" : ` (input ${name})`)
      : ` (${origin.operation}${origin.scope === "" ? "" : ` in ${origin.scope}`})`;
    return describeTensor("SymbolicTensor", this) + from;
  }
}
installInspect(SymbolicTensor);

/** An attempt to read values that do not exist yet, and the advice. */
type Misuse = readonly [attempt: string, advice: string];

const READING: Misuse = [
  "read values",
  "compute with ops on the tensor itself, return it to see its values, or call the layer with an eager tensor",
];
const WRITING: Misuse = [
  "write values as JSON",
  "write what the layer gives for an eager tensor, or String(tensor) for its shape and dtype",
];
const READING_ONE: Misuse = [
  "read a value",
  "use the tensor itself in ops; ops.where chooses by a value, ops.take picks by one",
];
const ITERATION: Misuse = [
  "iterate over a symbolic tensor",
  "take its parts with ops.unstack, ops.split or ops.take, or compute on all of them at once",
];
const ARITHMETIC: Misuse = [
  "compute with a symbolic tensor by operators or compare it",
  "use ops such as ops.add, ops.multiply, ops.less or ops.equal, and ops.where instead of branching",
];
const JOINING: Misuse = [
  "add a symbolic tensor by an operator or compare it",
  "use ops.add or ops.equal, and ops.where instead of branching; in texts write `${tensor}`",
];

function refuse(tensor: SymbolicTensor, [attempt, advice]: Misuse): never {
  const path = currentPath();
  throw new TypeError(
    `Cannot ${attempt}: ${tensor} stands for values that exist only when its graph runs` +
      (path === "" ? "" : `; the layer being traced is ${path}`) + `; ${advice}`,
  );
}

const READERS: { readonly [member: string]: Misuse } = {
  dataSync: READING,
  data: READING,
  array: READING,
  item: READING_ONE,
  toJSON: WRITING,
};

for (const [member, misuse] of Object.entries(READERS)) {
  Object.defineProperty(SymbolicTensor.prototype, member, {
    value(this: SymbolicTensor): never {
      return refuse(this, misuse);
    },
    configurable: true,
  });
}
Object.defineProperties(SymbolicTensor.prototype, {
  [Symbol.iterator]: {
    value(this: SymbolicTensor): never {
      return refuse(this, ITERATION);
    },
    configurable: true,
  },
  [Symbol.toPrimitive]: {
    value(this: SymbolicTensor, hint: string): string {
      // Without an error `x == 0` would be false and `x + 1` a text, whatever the values will be.
      return hint === "string" ? this.toString() : refuse(this, hint === "number" ? ARITHMETIC : JOINING);
    },
    configurable: true,
  },
});

/** The options of {@linkcode input}. */
export interface InputOptions<D extends DType = DType> {
  /** The element type. Default: `"float32"`. */
  readonly dtype?: D;
  /** The name under which a model knows this input. Default: `input`, numbered. */
  readonly name?: string;
}

let inputs = 0;

/** Starts the numbering of inputs anew. */
export function resetInputNames(): void {
  inputs = 0;
}

/**
 * Makes the symbolic input of a model.
 *
 * @param shape All axes, the batch first: Keras's `Input(shape=(64,))` is `input(["batch", 64])`. Names and `null` are open.
 * @param options The dtype and the name.
 * @returns A symbolic tensor of that shape.
 * @throws {RangeError} If a dim is not a non-negative integer, a non-empty name or `null`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dense, input } from "@strata/nn";
 *
 * const x = input(["batch", 64]);
 * const y = new Dense(10)(x);
 * assertEquals(y.shape, ["batch", 10]);
 * ```
 */
export function input<const S extends Shape, const D extends DType = "float32">(
  shape: S,
  options: InputOptions<D> = {},
): SymbolicTensor<S, NoInfer<D>> {
  checkOptions("Cannot make an input", options, ["dtype", "name"]);
  if (!Array.isArray(shape)) {
    throw new InputError(
      `Cannot make an input: expected a shape as an array, with the batch first, such as ["batch", 64], ` +
        `received ${kindOf(shape)}`,
    );
  }
  for (const dim of shape) checkDim(dim, shape);
  if (options.dtype !== undefined) checkDType(options.dtype);
  const name = options.name ?? (inputs === 0 ? "input" : `input_${inputs}`);
  if (options.name === undefined) inputs++;
  const dtype = options.dtype ?? "float32" as D;
  return new SymbolicTensor(Object.freeze([...shape]) as Shape as S, dtype, { name });
}

function checkDim(dim: Dim, shape: Shape): void {
  if (dim === null || (typeof dim === "string" && dim !== "")) return;
  if (typeof dim === "number" && Number.isSafeInteger(dim) && dim >= 0) return;
  throw new InputRangeError(
    `Cannot make an input of shape [${
      shape.join(", ")
    }]: expected each dim to be a non-negative integer, a name or null`,
  );
}
