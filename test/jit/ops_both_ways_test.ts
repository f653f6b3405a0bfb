import { assert, assertEquals } from "@std/assert";
import { Dense, EagerTensor, ops, Reshape, ShapeError, type Tensor } from "@strata/nn";
import { table } from "../../src/ops/table.ts";
import type { DType, TypedArrayOf } from "../../src/tensor/dtype.ts";
import { typedArrayOf } from "../../src/tensor/typed_array.ts";
import {
  type AnyOp,
  asksForSizes,
  call,
  describe,
  eager,
  FAMILIES,
  type GoldenCase,
  NEED_SIZES,
  NEED_VALUES,
  publicOp,
  readCases,
} from "../ops/golden.ts";
import { type Random, seeded } from "../shape/random_shapes.ts";
import { aloneOf, compareTraced, type Opening, OPENINGS, randomOpening, traced, type Untyped } from "./both_ways.ts";
import { drawnTensors, LAYER_CALLS, type LayerCall } from "../ops/layer_operations.ts";

/** Ops that take hardly any other sizes. */
const KEEP_SIZES: readonly string[] = [
  "cross",
  "image.gaussianBlur",
  "image.sobelEdges",
  "image.ssim",
  "correlate",
  "fold",
];

/** How often each op is called with shapes of its own. */
const ROUNDS = 8;

const TOLERANCES: { readonly [D in DType]?: number } = { float32: 1e-5, float64: 1e-10, float16: 4e-3 };

/** Tensors of other sizes with the same values over again: equal sizes stay equal, 1 stays 1 as a rule. */
function resized(tensors: readonly EagerTensor[], random: Random): EagerTensor[] {
  const sizes = new Map<number, number>();
  const sizeFor = (size: number) => {
    if (!sizes.has(size)) {
      const keep = size === 1 ? random.integer(0, 4) > 0 : random.integer(0, 2) === 0;
      sizes.set(size, keep ? size : random.pick([0, 1, 1, 2, 3, 4, 5, 6]));
    }
    return sizes.get(size)!;
  };
  return tensors.map((tensor) => {
    const shape = (tensor.shape as readonly number[]).map(sizeFor);
    const from = tensor.dataSync();
    const length = shape.reduce((a, b) => a * b, 1);
    const values = Array.from({ length }, (_, i) => from[i % from.length] ?? (tensor.dtype === "int64" ? 0n : 0));
    const data = new (typedArrayOf(tensor.dtype))(values as never) as TypedArrayOf<DType>;
    return new EagerTensor(shape, tensor.dtype, data);
  });
}

function openingFor(random: Random, inputs: readonly EagerTensor[]): readonly [string, Opening] {
  const all = Object.entries({ ...OPENINGS, ...aloneOf(inputs) });
  return random.integer(0, 2) === 0 ? ["at random", randomOpening(random)] : random.pick(all);
}

const show = (tensors: readonly EagerTensor[]) => tensors.map(({ dtype, shape }) => `${dtype} [${shape}]`).join(", ");

/** What an action throws, undefined where it throws nothing. */
function errorOf(action: () => unknown): Error | undefined {
  try {
    action();
  } catch (error) {
    assert(error instanceof Error);
    return error;
  }
}

/** One call with random shapes, eagerly and compiled; says whether there was something to compare. */
function compareOnce(golden: GoldenCase, random: Random, recorded: Set<string>): boolean {
  const op = publicOp(golden.op) as AnyOp;
  const given = golden.inputs.map(eager);
  const inputs = KEEP_SIZES.includes(golden.op) ? given : resized(given, random);
  const fn: Untyped = (...tensors) => call(op, golden, tensors as Tensor[]);
  const [name, open] = openingFor(random, inputs);
  const how = `${describe(golden)}, called with ${show(inputs)}, ${name}`;
  let result: unknown;
  const refused = errorOf(() => result = fn(...inputs));
  if (refused !== undefined) {
    if (!(refused instanceof ShapeError)) return false;
    // What is refused because of shapes is refused in the same words while tracing, and at the latest by a run.
    assertEquals(errorOf(() => traced(fn, inputs, OPENINGS["known"]!))?.message, refused.message, how);
    assert(errorOf(() => traced(fn, inputs, open).run()) !== undefined, `${how}: ${refused.message}`);
    return false;
  }
  const expected = (Array.isArray(result) ? result : [result]) as EagerTensor[];
  const tolerance = golden.tolerance ?? (expected.length === 0 ? 0 : TOLERANCES[expected[0]!.dtype] ?? 0);
  try {
    for (const { operation } of compareTraced(how, fn, inputs, open, expected, tolerance).nodes) {
      recorded.add(operation);
    }
  } catch (error) {
    if (NEED_SIZES.includes(golden.op) && name !== "known" && asksForSizes(error)) return false;
    throw new Error(`${how}: ${(error as Error).message}`, { cause: error });
  }
  return true;
}

/** What the golden cases have not: operations that draw, and those that layers and other ops use. */
const OTHERS: { readonly [what: string]: readonly [inputs: readonly EagerTensor[], make: () => Untyped] } = (() => {
  const filled = (shape: readonly number[]) =>
    new EagerTensor(
      shape,
      "float32",
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i + 1)),
    );
  const x = filled([3, 4]);
  const drawing = (draw: (options: { seed: ops.SeedGenerator }) => Tensor) => () => {
    const seed = new ops.SeedGenerator(7);
    return (x: unknown) => ops.add(ops.cast(draw({ seed }), "float32"), x as Tensor);
  };
  return {
    dense: [[x], () => {
      const layer = new Dense(5, { activation: "tanh", kernelInitializer: "ones" }).build([null, 4]) as Dense<5>;
      return (x: unknown) => layer(x as Tensor);
    }],
    reshape: [[filled([2, 3, 4])], () => {
      const layer = new Reshape([-1, 6]);
      return (x: unknown) => layer(x as Tensor);
    }],
    dropout: [[x], () => {
      const seed = new ops.SeedGenerator(7);
      return (x: unknown) => ops.dropout(x as Tensor, 0.5, { seed });
    }],
    randomUniform: [[x], drawing((options) => ops.randomUniform([3, 4], options))],
    randomNormal: [[x], drawing((options) => ops.randomNormal([3, 4], options))],
    truncatedNormal: [[x], drawing((options) => ops.truncatedNormal([3, 4], options))],
    randomInteger: [[x], drawing((options) => ops.randomInteger([3, 4], { min: -5, max: 9, ...options }))],
    bernoulli: [[x], drawing((options) => ops.bernoulli([3, 4], options))],
    shape: [[x], () => (given: unknown) => {
      const x = given as Tensor;
      return ops.add(x, ops.multiply(ops.full(ops.shape(x), 2), ops.broadcastTo([[3]], ops.shape(x))));
    }],
    reshapeToSizes: [[x], () => (given: unknown) => {
      const [rows] = ops.shape(given as Tensor);
      return ops.reshape(given as Tensor, [-1, ops.multiply(rows!, 1) as Tensor<readonly []>]);
    }],
  };
})();

/** How often each call of an operation of layers is made, with other sizes each time. */
const LAYER_ROUNDS = 4;

/** One call of an operation of layers: at first with some sizes and each axis open in turn, then with random ones. */
function compareLayerCall(
  name: string,
  layerCall: LayerCall,
  random: Random,
  round: number,
  recorded: Set<string>,
): boolean {
  const sizes = new Map<string, number>();
  const inputs = drawnTensors(layerCall, (size) => {
    const choices = size === "batch" ? round === 0 ? [2] : [0, 1, 3] : round === 0 ? [4, 5, 6] : [1, 2, 3, 4, 5, 6];
    if (!sizes.has(size)) sizes.set(size, random.pick(choices));
    return sizes.get(size)!;
  });
  const what = `${name}, called with ${show(inputs)}`;
  let result: unknown;
  const refused = errorOf(() => result = layerCall.make()(...inputs));
  if (refused !== undefined) {
    assert(refused instanceof ShapeError, `${what}: ${refused.message}`);
    assertEquals(errorOf(() => traced(layerCall.make(), inputs, OPENINGS["known"]!))?.message, refused.message, what);
    return false;
  }
  const expected = (Array.isArray(result) ? result : [result]) as EagerTensor[];
  const openings = round === 0 ? { ...OPENINGS, ...aloneOf(inputs) } : { "at random": randomOpening(random) };
  for (const [how, open] of Object.entries(openings)) {
    for (
      const { operation } of compareTraced(`${what}, ${how}`, layerCall.make(), inputs, open, expected, 1e-5).nodes
    ) {
      recorded.add(operation);
    }
  }
  return true;
}

Deno.test("every op gives the same numbers eagerly and traced, over random shapes and open dims", async (t) => {
  const recorded = new Set<string>();
  for (const family of FAMILIES) {
    const cases = new Map<string, GoldenCase[]>();
    for (const golden of readCases(family)) {
      if (golden.inputs.length === 0 || publicOp(golden.op) === undefined) continue;
      if (NEED_VALUES.includes(golden.op)) continue;
      cases.set(golden.op, [...cases.get(golden.op) ?? [], golden]);
    }
    for (const [op, ofOp] of cases) {
      await t.step(op, () => {
        const random = seeded(Array.from(op).reduce((hash, letter) => hash * 31 + letter.charCodeAt(0) | 0, 7));
        let compared = 0;
        for (let round = 0; compared < ROUNDS && round < 4 * ROUNDS; round++) {
          if (compareOnce(random.pick(ofOp), random, recorded)) compared++;
        }
        assert(compared >= (NEED_SIZES.includes(op) ? 1 : ROUNDS / 2), `${compared} calls could be compared`);
      });
    }
  }
  for (const [name, [inputs, make]] of Object.entries(OTHERS)) {
    await t.step(name, () => {
      for (const [how, open] of Object.entries({ ...OPENINGS, ...aloneOf(inputs) })) {
        const expected = [make()(...inputs)] as EagerTensor[];
        for (const { operation } of compareTraced(`${name}, ${how}`, make(), inputs, open, expected, 1e-6).nodes) {
          recorded.add(operation);
        }
      }
    });
  }
  for (const [name, layerCall] of Object.entries(LAYER_CALLS)) {
    await t.step(name, () => {
      const random = seeded(name.length);
      let compared = 0;
      for (let round = 0; compared < LAYER_ROUNDS && round < 4 * LAYER_ROUNDS; round++) {
        if (compareLayerCall(name, layerCall, random, round, recorded)) compared++;
      }
      assert(compared >= LAYER_ROUNDS / 2, `${compared} calls could be compared`);
    });
  }
  await t.step("no operation of the table is left out", () => {
    assertEquals(Object.keys(table).filter((name) => !recorded.has(name)), []);
  });
});
