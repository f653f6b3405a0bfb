/**
 * Differences that are known: Keras is at fault, or it refuses what Strata computes. Each is a rule on a case; a test
 * shows that every rule explains a stored case that differs, so that none stays longer than its cause.
 *
 * @module
 */
import type { LayerCase, OpCase } from "./case.ts";

/** A known difference. */
export interface Known<C = LayerCase> {
  /** Why it stays. */
  readonly reason: string;
  /** A stored case that differs for this reason. */
  readonly example: string;
  /** Whether it explains the difference of a case. */
  readonly explains: (each: C, difference: string) => boolean;
}

const isRefused = (each: { readonly refused?: string }, words: string): boolean =>
  each.refused !== undefined && each.refused.includes(words);

/** The known differences of layers. */
export const KNOWN: readonly Known[] = [
  {
    reason: "The constructors of Keras's SpatialDropout layers do not take trainable, which every layer has",
    example: "SpatialDropout1D-1-2",
    explains: ({ made, ...each }) => made.layer.startsWith("SpatialDropout") && isRefused(each, "'trainable'"),
  },
  {
    reason: "Keras's SpatialDropout writes the compute dtype in its JSON in place of its policy, mixed_float16",
    example: "SpatialDropout3D-1-0",
    explains: ({ made }, difference) =>
      made.layer.startsWith("SpatialDropout") && made.options["dtype"] === "mixed_float16" &&
      difference.startsWith("JSON:") && difference.includes("expected dtype float16"),
  },
  {
    reason: "Keras lets scores of attention carry a mask of the inner Softmax, which has another shape than they have",
    example: "MultiHeadAttention-1-1",
    explains: ({ made, call }, difference) =>
      ["MultiHeadAttention", "GroupQueryAttention"].includes(made.layer) && call["return_attention_scores"] === true &&
      difference.startsWith("eager: masks, 1: expected a tensor"),
  },
  {
    reason: "Keras gives a pool without values size 0 eagerly and refuses it in models; Strata refuses it in both",
    example: "MaxPooling2D-2-1",
    explains: ({ made, outputs }, difference) =>
      /^(Max|Average)Pooling/.test(made.layer) && difference.includes("Computed output size would be zero") &&
      outputs!.some(({ shape }) => shape.includes(0)),
  },
  {
    reason:
      "Keras on JAX refuses masks of convolutional recurrent layers, and their channels_first with three spatial axes",
    example: "ConvLSTM2D-2-1",
    explains: ({ made, call, ...each }) =>
      made.layer.startsWith("ConvLSTM") && each.refused !== undefined && call["mask"] !== undefined,
  },
  {
    reason: "JAX's fused attention refuses values of another width than the keys",
    example: "MultiHeadAttention-1-3",
    explains: ({ made, ...each }) =>
      made.layer === "MultiHeadAttention" && made.options["value_dim"] !== undefined && isRefused(each, "TypeError"),
  },
];

/** The known differences of ops. */
export const KNOWN_OPS: readonly Known<OpCase>[] = [
  {
    reason: "Keras on JAX refuses pools whose strides are not given",
    example: "max_pool-1-4",
    explains: ({ op, options, refused }) =>
      ["max_pool", "average_pool"].includes(op) && options["strides"] === undefined && refused !== undefined,
  },
];
