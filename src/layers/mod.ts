/**
 * Layers, under Keras's names, and the base class of your own.
 *
 * ## Writing a layer
 *
 * A layer is a class with two methods. `build` creates the weights when the input's shape is first known; `call` computes
 * the result with {@link https://jsr.io/@strata/nn/doc/ops | ops}, and may call other layers. The type argument of
 * `Layer` is the signature: the shapes that go in and come out. A number is a required size, a name matches any size and
 * must match the same size everywhere, and `"..."` stands for any leading axes.
 *
 * Options follow the positional arguments in one object. `super(options)` takes those that every layer has (`name`,
 * `trainable`, `dtype`).
 *
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * import { Layer, type LayerOptions, type Maps, ops, type Shape, ShapeError, type Tensor, type Variable, zeros } from "@strata/nn";
 *
 * interface ScaleOptions extends LayerOptions {
 *   readonly offset?: boolean;
 * }
 *
 * class Scale extends Layer<Maps<"scale", ["...", "features"], ["...", "features"]>> {
 *   factor!: Variable;
 *   offset: Variable | null = null;
 *   readonly useOffset: boolean;
 *
 *   constructor({ offset = true, ...options }: ScaleOptions = {}) {
 *     super(options);
 *     this.useOffset = offset;
 *   }
 *   override build(inputShape: Shape): void {
 *     const shape = [inputShape.at(-1)!];
 *     this.factor = this.addWeight({ name: "factor", shape, initializer: "ones" });
 *     if (this.useOffset) this.offset = this.addWeight({ name: "offset", shape, initializer: "zeros" });
 *   }
 *   override call(x: Tensor): Tensor {
 *     const scaled = ops.multiply(x, this.factor);
 *     return this.offset === null ? scaled : ops.add(scaled, this.offset);
 *   }
 * }
 *
 * const scale = new Scale({ offset: false });
 * const y = scale(zeros([8, 3])); // EagerTensor<readonly [8, 3], "float32">
 * assertEquals(y.shape, [8, 3]);
 * assertEquals(scale.weights.map(({ path }) => path), ["scale/factor"]);
 * assertThrows(() => scale(zeros([8, 4]) as Tensor as never), ShapeError); // built for three features
 * ```
 *
 * Without a signature, `class Scale extends Layer`, a layer takes any input and its results have an unknown shape.
 *
 * ## Several inputs, and options of a call
 *
 * A layer of several inputs is called with an array or a record of tensors. A second type argument of `Layer` describes
 * options of `call` beyond `training` and `mask`, which every layer has.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Layer, type Maps, ones, ops, type Tensor } from "@strata/nn";
 *
 * type Blended = Maps<"blend", [["batch", "features"], ["batch", "features"]], ["batch", "features"]>;
 *
 * class Blend extends Layer<Blended, { readonly share?: number }> {
 *   override call([a, b]: readonly [Tensor, Tensor], { share = 0.5 }: { readonly share?: number } = {}): Tensor {
 *     return ops.add(ops.multiply(a, share), ops.multiply(b, 1 - share));
 *   }
 * }
 *
 * const blend = new Blend();
 * assertEquals(blend([ones([1, 2]), ops.multiply(ones([1, 2]), 3)], { share: 0.25 }).array(), [[2.5, 2.5]]);
 * ```
 *
 * ## Masks
 *
 * A mask says which positions of a tensor count, as after `Embedding` with `maskZero` or after `Masking`. It travels with
 * the tensor. A layer that keeps positions where they are sets `supportsMasking`, and the mask goes on to its result; a
 * layer that uses the mask reads it from the options of `call`; a layer that changes what the positions are overrides
 * `computeMask`.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Layer, type Maps, Masking, ops, type Tensor, tensor } from "@strata/nn";
 *
 * class MaskedMean extends Layer<Maps<"masked_mean", ["batch", "time", "features"], ["batch", "features"]>> {
 *   override call(x: Tensor, { mask = null }: { readonly mask?: Tensor | null } = {}): Tensor {
 *     if (mask === null) return ops.mean(x, { axis: 1 });
 *     const counts = ops.expandDims(ops.cast(mask, "float32"), -1);
 *     return ops.divide(ops.sum(ops.multiply(x, counts), { axis: 1 }), ops.sum(counts, { axis: 1 }));
 *   }
 *   override computeMask(): null {
 *     return null;
 *   }
 * }
 *
 * const steps = new Masking()(tensor([[[2], [4], [0]]])); // the last step is masked
 * assertEquals(new MaskedMean()(steps).array(), [[3]]);
 * ```
 *
 * ## Configurations
 *
 * `getConfig` gives the options from which an equal layer can be made, and the static `fromConfig` makes it. A class that
 * is registered by `registerSerializable` can stand in the JSON of models.
 *
 * @module
 */
import "./register_layers.ts";

export * from "./aliases.ts";
export * from "./base/mod.ts";
export * from "./classes.ts";
export { add, average, concatenate, dot, maximum, minimum, multiply, subtract } from "./merging/merging_functions.ts";
export * from "./types.ts";
export * from "./weights/mod.ts";
export type { ActivationName } from "../ops/activation/activations.ts";
export type { Structure } from "../tensor/structure.ts";
