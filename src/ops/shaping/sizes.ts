/**
 * Sizes that are known only when a graph runs: what `shape` gives for open dims, and shapes with such sizes in them.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { int } from "../../emission/emitter.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import { showShape } from "../../shape/dim.ts";
import { InputError, InputRangeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import { EagerTensor } from "../../tensor/eager.ts";
import { type ShapeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import { kindOf } from "../../tensor/options.ts";
import { SymbolicTensor } from "../../tensor/symbolic.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { dispatchOne } from "../../eager/dispatch.ts";

/**
 * The key of the name of a size in its type; no tensor has it.
 *
 * @internal
 */
export declare const dimOfSize: unique symbol;

/**
 * The size of an open axis, as a tensor of no axes that has its value when the graph runs.
 *
 * @typeParam D The name of the size, or `null`.
 */
export interface OpenSize<D extends Dim = Dim> extends SymbolicTensor<readonly [], "int32"> {
  /** The name of the size, for the compiler alone. */
  readonly [dimOfSize]?: D;
}

/** A size in a shape: a number, or a tensor of no axes. */
export type Size = number | Tensor<readonly [], DType>;

/** A shape in which some sizes may be known only when a graph runs. */
export type Sizes = readonly Size[];

/** The result of {@linkcode shape}: a number for each axis of known size, else a tensor. */
export type SizesOf<X> = SizesIn<ShapeOf<X>, X extends Tensor ? X["kind"] : "eager">;

/**
 * The sizes of a shape of a tensor of some kind.
 *
 * @internal
 */
export type SizesIn<S extends Shape, Kind> = number extends S["length"] ? Sizes
  : { readonly [Axis in keyof S]: SizeIn<S[Axis], Kind> };

type SizeIn<D, Kind> = D extends number ? number extends D ? SizeOfKind<Kind, null> : D : SizeOfKind<Kind, D & Dim>;

/** The size of an axis of a tensor that may be symbolic or not is a tensor of any kind. */
type SizeOfKind<Kind, D extends Dim> = "symbolic" extends Kind ? "eager" extends Kind ? Size : OpenSize<D> : number;

/** The shape that sizes make: an open one has its name, where that is known. */
export type ShapeOfSizes<S extends Sizes> = S extends readonly number[] ? S
  : number extends S["length"] ? Shape
  : { readonly [Axis in keyof S]: S[Axis] extends number ? S[Axis] : S[Axis] extends OpenSize<infer D> ? D : null };

/** The dims that sizes stand for, by the tensors that hold them. */
const dims = new WeakMap<Tensor, Dim>();
/** The shapes that tensors of sizes stand for. */
const shapes = new WeakMap<Tensor, Shape>();

export const sizeOfAxisOperation: Operation<{ readonly axis: number }> = {
  name: "sizeOfAxis",
  infer: () => [{ shape: [], dtype: "int32" }],
  emit(emitter, [x], { axis }) {
    const size = emitter.node("Shape", [x!], { dtype: "int64", attributes: { start: int(axis), end: int(axis + 1) } });
    return emitter.cast(emitter.node("Reshape", [size, emitter.integers([])]), "int32");
  },
};

export const sizesOfShapeOperation: Operation = {
  name: "sizesOfShape",
  infer: (sizes) => [{ shape: [sizes.length], dtype: "int64" }],
  emit: (emitter, sizes) =>
    emitter.node(
      "Concat",
      sizes.map((size) => emitter.node("Reshape", [emitter.cast(size, "int64"), emitter.integers([1])])),
      { attributes: { axis: int(0) } },
    ),
};

/**
 * The size of each axis: a number where it is known, else a tensor of no axes, which has the size when the graph runs.
 * Both may stand in the shapes that ops take, and in ops that compute with them.
 *
 * @param x The tensor.
 *
 * @example Noise of the shape of an open batch
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { jit, input, ops } from "@strata/nn";
 *
 * assertEquals(ops.shape([[1, 2, 3]]), [1, 3]);
 *
 * const noisy = jit((mean) => ops.add(mean, ops.randomNormal(ops.shape(mean))), input(["batch", 4]));
 * assertEquals(noisy([[1, 2, 3, 4], [5, 6, 7, 8]]).shape, [2, 4]);
 * ```
 */
export function shape<const X extends TensorLike>(x: X): SizesOf<X> {
  const tensor = toTensor(x);
  const sizes = tensor.shape.map((dim, axis) => {
    if (typeof dim === "number") return dim;
    const size = dispatchOne(sizeOfAxisOperation, [tensor], { axis });
    dims.set(rootOf(size), dim);
    return size;
  });
  return Object.freeze(sizes) as SizesOf<X>;
}

function rootOf(tensor: Tensor): Tensor {
  return tensor instanceof SymbolicTensor ? tensor.root : tensor;
}

/** The dim that a size stands for; `null` where that is not known. */
export function dimOf(size: unknown): Dim {
  return size instanceof Tensor ? dims.get(rootOf(size)) ?? null : size as Dim;
}

/** Whether a shape has sizes that are tensors. */
export function hasOpenSizes(sizes: readonly unknown[]): boolean {
  return sizes.some((size) => size instanceof Tensor && size.kind !== "eager");
}

/** The origin of sizes that a shape only names. */
export const SIZES_OF_OPEN_AXES = "; the size of an open axis comes from ops.shape of a tensor that has it";

/**
 * Sizes with numbers in place of tensors that have values.
 *
 * @param rest Whether -1 is a size too.
 * @param advice What the error says beside for a shape of which only the names of sizes are known.
 * @throws {InputRangeError} If a size is no non-negative integer, and no tensor of one.
 */
export function checkedSizes(attempt: string, given: unknown, rest = false, advice = ""): Sizes {
  if (!Array.isArray(given)) {
    throw new InputError(`${attempt}: expected a shape as an array, received ${kindOf(given)}`);
  }
  const sizes = Array.from(
    given as readonly unknown[],
    (size) => size instanceof EagerTensor && size.size === 1 ? Number(size.item()) : size,
  );
  for (const size of sizes) {
    if (Number.isSafeInteger(size) && ((size as number) >= 0 || (rest && size === -1))) continue;
    if (size instanceof Tensor && size.kind !== "eager" && size.shape.length === 0) continue;
    throw new InputRangeError(
      `${attempt} of shape ${showShape(sizes.map(dimOf))}: expected each dim to be a non-negative integer` +
        (typeof size === "string" || size === null ? advice : ""),
    );
  }
  return sizes as Sizes;
}

/**
 * Checked sizes as a tensor, of which {@linkcode shapeOfSizes} knows what shape it means.
 */
export function sizesTensor(sizes: Sizes): Tensor {
  if (!hasOpenSizes(sizes)) {
    return new EagerTensor([sizes.length], "int64", BigInt64Array.from(sizes as readonly number[], BigInt));
  }
  const parts = sizes.map((size) =>
    typeof size === "number" ? new EagerTensor([], "int64", BigInt64Array.of(BigInt(size))) : size
  );
  const tensor = dispatchOne(sizesOfShapeOperation, parts, {});
  shapes.set(rootOf(tensor), Object.freeze(sizes.map(dimOf)));
  return tensor;
}

/** The shape that a tensor of sizes means; undefined where that is not known. */
export function knownShape(sizes: unknown): Shape | undefined {
  return sizes instanceof Tensor ? shapes.get(rootOf(sizes)) : undefined;
}
