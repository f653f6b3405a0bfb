/**
 * What every layer must do: one function that checks it all, so that a layer needs one call with its numbers.
 */
import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { type AnyLayer, DTypeError, input as symbolicInput, jit, type LayerOptions } from "@strata/nn";
import { ShapeError, type SymbolicTensor, tensor, Variable, zeros } from "@strata/nn";
import { defaultEngine } from "../../src/eager/default_engine.ts";
import { Graph } from "../../src/graph/graph.ts";
import { resetNames } from "../../src/layers/base/naming.ts";
import { leavesOf, mapStructure, type Structure } from "../../src/tensor/structure.ts";
import type { Dim, Shape } from "../../src/shape/dim.ts";
import type { Values } from "../../src/tensor/convert.ts";
import type { DType } from "../../src/tensor/dtype.ts";
import { EagerTensor } from "../../src/tensor/eager.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { typedArrayOf } from "../../src/tensor/typed_array.ts";
import { aloneOf, checkSame, compareTraced, OPENINGS as NAMED_OPENINGS, randomOpening } from "../jit/both_ways.ts";
import { seeded } from "../shape/random_shapes.ts";

/** Calls a layer with what its types may not allow. */
export function callUntyped(layer: AnyLayer, inputs: unknown, options?: object): Tensor {
  return (layer as unknown as (inputs: unknown, options?: object) => Tensor)(inputs, options);
}

/** The values of a tensor, which `assertEquals` does not see in the tensor itself. */
export function arrayOf(result: Tensor): unknown {
  assert(result instanceof EagerTensor, "the result has values");
  return result.array();
}

/** An input that a layer must refuse. */
export interface WrongInput {
  /** The shape of the input, which is zeros. */
  readonly shape: readonly number[];
  /** The dtype of the input. Default: `"float32"`. */
  readonly dtype?: DType;
  /** The whole message; the layer has its automatic name without a number. */
  readonly sentence: string;
  /** Whether a layer that is not built yet refuses it too. */
  readonly unbuilt: boolean;
}

/** A layer, what it is given and what must come out. */
export interface LayerCase {
  /** Makes the layer. */
  readonly layer: (options: LayerOptions<never>) => AnyLayer;
  /** A tensor, or an array or a record of tensors. */
  readonly input: Structure<EagerTensor>;
  /** The values of the weights. Default: as the layer begins. */
  readonly weights?: readonly Values[];
  /** The values of the result; left out where they are random. */
  readonly expected?: Values;
  /** The shape of the result. */
  readonly expectedShape: readonly number[];
  /** The dtype of the result. Default: `"float32"`. */
  readonly expectedDtype?: DType;
  /** The shape of the result where the first axis of each input is named `batch`. Default: `batch` and the rest. */
  readonly openShape?: Shape;
  /** The paths of the weights, in order; the layer has its automatic name without a number. */
  readonly weightPaths: readonly string[];
  /** How many weights training may change, and how many it leaves alone. */
  readonly counts: { readonly trainable: number; readonly nonTrainable: number };
  /** Inputs that must be refused. */
  readonly wrongInputs?: readonly WrongInput[];
  /** Other dtypes that the layer must compute in. Default: `"float64"` and `"float16"`. */
  readonly dtypes?: readonly DType[];
  /** Whether the layer can be made from its configuration. Default: `true`. */
  readonly serializable?: boolean;
  /** How far values may be from the expected ones, relative to those above 1. Default: 1e-5. */
  readonly tolerance?: number;
}

const TOLERANCES: { readonly [D in DType]?: number } = { float16: 4e-3 };

/** Checks everything that holds for all layers. */
export function layerTest(layerCase: LayerCase): void {
  checkEager(layerCase);
  checkTraced(layerCase);
  checkCompiled(layerCase);
  checkShapes(layerCase);
  checkWeights(layerCase);
  checkConfig(layerCase);
  for (const wrong of layerCase.wrongInputs ?? []) checkRefused(layerCase, wrong);
  for (const dtype of layerCase.dtypes ?? ["float64", "float16"]) checkDtype(layerCase, dtype);
}

/** A new layer with its automatic name, without a number. */
function make({ layer }: LayerCase, options: LayerOptions<never> = {}): AnyLayer {
  resetNames();
  return layer(options);
}

/** A new layer that was called once and has the weights of the case. */
function makeBuilt(layerCase: LayerCase, options: LayerOptions<never> = {}): AnyLayer {
  const layer = make(layerCase, options);
  callUntyped(layer, layerCase.input);
  if (layerCase.weights !== undefined) layer.setWeights(layerCase.weights);
  return layer;
}

function checkValues(how: string, result: Tensor, layerCase: LayerCase, dtype?: DType): void {
  assert(result instanceof EagerTensor, `${how}: the result has values`);
  assertEquals(result.shape, layerCase.expectedShape, `${how}: shape`);
  assertEquals(result.dtype, dtype ?? layerCase.expectedDtype ?? "float32", `${how}: dtype`);
  if (layerCase.expected === undefined) return;
  assertClose(how, result, layerCase.expected, TOLERANCES[result.dtype as DType] ?? layerCase.tolerance ?? 1e-5);
}

/** Checks that values are near the expected ones. */
export function assertClose(how: string, result: Tensor, expected: Values, tolerance = 1e-5): void {
  assert(result instanceof EagerTensor || result instanceof Variable, `${how}: the result has values`);
  const wanted = tensor(expected, { dtype: "float64" });
  assertEquals(result.shape, wanted.shape, `${how}: shape`);
  const want = wanted.dataSync();
  const got = result.dataSync();
  want.forEach((number, place) => {
    const value = Number(got[place]);
    const fits = Object.is(value, number) || Math.abs(value - number) <= tolerance * Math.max(1, Math.abs(number));
    assert(fits, `${how}: the value at ${place} is ${value}, expected ${number}`);
  });
}

function checkEager(layerCase: LayerCase): void {
  const layer = make(layerCase);
  const first = callUntyped(layer, layerCase.input);
  assertEquals(first.shape, layerCase.expectedShape, "first call: shape");
  assert(layer.built, "the first call builds the layer");
  if (layerCase.weights !== undefined) layer.setWeights(layerCase.weights);
  checkValues("eager", callUntyped(layer, layerCase.input), layerCase);
}

/** How the dims of inputs are given to a trace. */
const OPENINGS: { readonly [how: string]: (size: number, axis: number) => Dim } = {
  known: (size) => size,
  "named batch": (size, axis) => axis === 0 ? "batch" : size,
  "unknown batch": (size, axis) => axis === 0 ? null : size,
  "all unknown": () => null,
  "all named": (size, axis) => axis === 0 ? "batch" : `size_${size}`,
};

function checkTraced(layerCase: LayerCase): void {
  const layer = makeBuilt(layerCase);
  const weights = new Set(layer.weights);
  for (const [opening, open] of Object.entries(OPENINGS)) {
    const how = `traced, ${opening}`;
    const { symbols, result } = traceWith(layer, layerCase.input, open);
    assertEquals(result.kind, "symbolic", `${how}: the result is symbolic`);
    checkInferred(how, result, layerCase, opening);
    const graph = new Graph(leavesOf(symbols), [result as SymbolicTensor]);
    assertEquals(new Set(graph.weights), weights, `${how}: the graph reads the layer's weights`);
    checkValues(how, runGraph(graph, leavesOf(layerCase.input)), layerCase);
  }
}

/** The sizes that the first axis of all inputs takes beside its own: none, one, and more. */
const BATCHES = [0, 1, 5];

/**
 * Checks that a compiled layer gives what the layer gives, with any one axis open, all but one, or axes at random, and
 * with other sizes of the batch than that of the case.
 */
function checkCompiled(layerCase: LayerCase): void {
  const layer = makeBuilt(layerCase);
  const fn = (inputs: unknown) => callUntyped(layer, inputs);
  const random = seeded(layerCase.expectedShape.length);
  for (const size of [undefined, ...BATCHES]) {
    const input = size === undefined ? layerCase.input : withBatch(layerCase.input, size);
    const leaves = leavesOf(input);
    const expected = [fn(input) as EagerTensor];
    const tolerance = TOLERANCES[expected[0]!.dtype] ?? 1e-5;
    const atRandom = { "at random": randomOpening(random), "at random again": randomOpening(random) };
    const openings = size === undefined ? { ...NAMED_OPENINGS, ...aloneOf(leaves), ...atRandom } : NAMED_OPENINGS;
    for (const [opening, open] of Object.entries(openings)) {
      const how = `compiled, batch of ${size ?? "the case"}, ${opening}`;
      compareTraced(how, fn, [input], open, expected, tolerance);
    }
    const compiled = (jit as unknown as (layer: AnyLayer) => (input: unknown) => EagerTensor)(layer);
    checkSame(`compiled without inputs, batch of ${size}`, [compiled(input)], expected, tolerance);
  }
}

/** Inputs whose first axis has another size, with the same values over again. */
function withBatch(inputs: Structure<EagerTensor>, size: number): Structure<EagerTensor> {
  return mapStructure(inputs, (tensor): Structure<EagerTensor> => {
    const [batch = 0, ...rest] = tensor.shape as readonly number[];
    const rows = Array.from({ length: size }, (_, row) => batch === 0 ? 0 : row % batch);
    const each = rest.reduce((a, b) => a * b, 1);
    const from = tensor.dataSync();
    const data = new (typedArrayOf(tensor.dtype))(size * each);
    rows.forEach((row, place) => data.set(from.subarray(row * each, (row + 1) * each) as never, place * each));
    return new EagerTensor([size, ...rest], tensor.dtype, data);
  }) as Structure<EagerTensor>;
}

function traceWith(
  layer: AnyLayer,
  inputs: Structure<EagerTensor>,
  open: (size: number, axis: number) => Dim,
): { readonly symbols: Structure<SymbolicTensor>; readonly result: Tensor } {
  const symbols = mapStructure(
    inputs,
    ({ shape, dtype }): Structure<SymbolicTensor> => symbolicInput((shape as readonly number[]).map(open), { dtype }),
  ) as Structure<SymbolicTensor>;
  return { symbols, result: callUntyped(layer, symbols) };
}

/** Checks that what was inferred says nothing else than what must come out. */
function checkInferred(how: string, { shape, dtype }: Tensor, layerCase: LayerCase, opening: string): void {
  const { expectedShape, expectedDtype = "float32", openShape } = layerCase;
  assertEquals(dtype, expectedDtype, `${how}: dtype`);
  assertEquals(shape.length, expectedShape.length, `${how}: rank`);
  for (const [axis, dim] of shape.entries()) {
    if (typeof dim === "number") assertEquals(dim, expectedShape[axis], `${how}: axis ${axis}`);
    const size = typeof dim === "string" ? /^size_(\d+)$/.exec(dim) : null;
    if (size !== null) assertEquals(expectedShape[axis], Number(size[1]), `${how}: the name of axis ${axis}`);
  }
  if (opening === "known") assertEquals(shape, expectedShape, how);
  if (opening === "named batch") assertEquals(shape, openShape ?? ["batch", ...expectedShape.slice(1)], how);
}

function runGraph(graph: Graph, inputs: readonly EagerTensor[]): EagerTensor {
  const program = defaultEngine.loadSync(graph.toONNX());
  try {
    const hosts = inputs.map(({ shape, dtype, ...rest }, index) => ({
      ...rest,
      dtype,
      shape: shape as readonly number[],
      data: inputs[index]!.dataSync(),
    }));
    const [result] = program.runSync(hosts);
    return new EagerTensor(result!.shape, result!.dtype, result!.data);
  } finally {
    program.releaseSync();
  }
}

function shapesOf(inputs: Structure<EagerTensor>, open: (size: number, axis: number) => Dim): Structure<Shape> {
  return mapStructure(inputs, ({ shape }): Structure<Shape> => (shape as readonly number[]).map(open)) as Structure<
    Shape
  >;
}

function checkShapes(layerCase: LayerCase): void {
  const known = shapesOf(layerCase.input, (size) => size);
  const named = shapesOf(layerCase.input, (size, axis) => axis === 0 ? "batch" : size);
  const openShape = layerCase.openShape ?? ["batch", ...layerCase.expectedShape.slice(1)];
  const layer = make(layerCase);
  const { built } = layer;
  assertEquals(layer.computeOutputShape(known), layerCase.expectedShape, "computeOutputShape of an unbuilt layer");
  assertEquals(layer.computeOutputShape(named), openShape, "computeOutputShape with a named batch");
  assertEquals(layer.built, built, "computeOutputShape does not build");
  assertEquals(layer.weights, [], "computeOutputShape makes no weights");
  assertEquals(
    makeBuilt(layerCase).computeOutputShape(known),
    layerCase.expectedShape,
    "computeOutputShape once built",
  );

  const told = make(layerCase);
  assertStrictEquals(told.build(named as Shape), told, "build(shape) returns the layer");
  assert(told.built, "build(shape) builds");
  const traced = make(layerCase);
  traceWith(traced, layerCase.input, (size, axis) => axis === 0 ? "batch" : size);
  const called = makeBuilt(layerCase);
  const described = (each: AnyLayer) => each.weights.map(({ path, shape, dtype }) => ({ path, shape, dtype }));
  assertEquals(described(told), described(called), "build(shape) makes the weights that a call makes");
  assertEquals(described(traced), described(called), "a symbolic call makes the weights that an eager call makes");
}

function checkWeights(layerCase: LayerCase): void {
  const layer = makeBuilt(layerCase);
  const { weights } = layer;
  assertEquals(weights.map(({ path }) => path), layerCase.weightPaths, "the paths of the weights");
  assertEquals(
    weights.map(({ name }) => name),
    layerCase.weightPaths.map((path) => path.slice(path.lastIndexOf("/") + 1)),
    "the names of the weights",
  );
  const { trainable, nonTrainable } = layerCase.counts;
  assertEquals(
    [layer.trainableWeights.length, layer.nonTrainableWeights.length],
    [trainable, nonTrainable],
    "how many weights are trainable",
  );
  for (const weight of weights) assertEquals(weight.dtype, "float32", `the dtype of ${weight.path}`);
  if (layerCase.weights !== undefined) {
    const size = layerCase.weights.reduce<number>((sum, values) => sum + tensor(values).size!, 0);
    assertEquals(layer.countParams(), size, "countParams");
  }
  callUntyped(layer, layerCase.input);
  layer.build(shapesOf(layerCase.input, (size) => size) as Shape);
  const after = layer.weights;
  assertEquals(after.length, weights.length, "a second call and build make no weights");
  after.forEach((weight, index) => assertStrictEquals(weight, weights[index], "the weights stay the same"));

  layer.trainable = false;
  assertEquals(
    [layer.trainableWeights.length, layer.nonTrainableWeights.length],
    [0, trainable + nonTrainable],
    "how many weights are trainable once frozen",
  );
}

interface Configurable {
  fromConfig(config: unknown): AnyLayer;
}

function checkConfig(layerCase: LayerCase): void {
  if (layerCase.serializable === false) return;
  const layer = makeBuilt(layerCase);
  const config = layer.getConfig();
  const json: unknown = JSON.parse(JSON.stringify(config));
  assertEquals(json, config as unknown, "the configuration is plain data");
  const copy = (layer.constructor as unknown as Configurable).fromConfig(json);
  assertStrictEquals(copy.constructor, layer.constructor, "the configuration makes a layer of the same class");
  assertEquals(copy.getConfig(), config, "the configuration of a layer made from a configuration");
  assert(copy !== layer);
  const result = callUntyped(copy, layerCase.input);
  assertEquals(result.shape, layerCase.expectedShape, "the copy's result has the same shape");
  assertEquals(
    copy.weights.map(({ path, shape }) => ({ path, shape })),
    layer.weights.map(({ path, shape }) => ({ path, shape })),
    "the copy has weights of the same paths and shapes",
  );
  copy.setWeights(layer.getWeights());
  checkValues("the copy", callUntyped(copy, layerCase.input), layerCase);
}

/** The error of an action that must fail. */
export function errorOf(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    assert(error instanceof Error, "what was thrown is an error");
    return error;
  }
  throw new Error("Expected an error, nothing was thrown");
}

function checkRefused(layerCase: LayerCase, wrong: WrongInput): void {
  const { shape, dtype = "float32", sentence, unbuilt } = wrong;
  const bad = zeros(shape, { dtype });
  const open = symbolicInput(shape, { dtype });
  const errorClass = sentence.includes("expected dtype=") ? DTypeError : ShapeError;
  const refuses = (how: string, layer: AnyLayer) => {
    for (const [kind, given] of Object.entries({ eager: bad, symbolic: open })) {
      const error = errorOf(() => callUntyped(layer, given));
      assertEquals(error.message, sentence, `${how}, ${kind}: the sentence`);
      assertStrictEquals(error.constructor, errorClass, `${how}, ${kind}: the class of the error`);
    }
    assertEquals(errorOf(() => layer.computeOutputShape(shape)).message, sentence, `${how}: computeOutputShape`);
  };
  const built = makeBuilt(layerCase);
  const before = built.getWeights().map((values) => values.dataSync());
  refuses("built", built);
  assertEquals(built.getWeights().map((values) => values.dataSync()), before, "the weights stay as they are");
  checkValues("after a refused input", callUntyped(built, layerCase.input), layerCase);
  if (!unbuilt) return;
  const layer = make(layerCase);
  const wasBuilt = layer.built;
  refuses("unbuilt", layer);
  assertEquals(layer.built, wasBuilt, "a refused input does not build");
  assertEquals(layer.weights, [], "a refused input makes no weights");
  callUntyped(layer, layerCase.input);
  assertEquals(layer.weights.map(({ path }) => path), layerCase.weightPaths, "the layer can be built afterwards");
}

function checkDtype(layerCase: LayerCase, dtype: DType): void {
  const layer = makeBuilt(layerCase, { dtype });
  assertEquals(layer.dtype, dtype);
  for (const weight of layer.weights) assertEquals(weight.dtype, dtype, `the dtype of ${weight.path}`);
  const { expectedDtype = "float32" } = layerCase;
  const result = expectedDtype.startsWith("float") ? dtype : expectedDtype;
  checkValues(dtype, callUntyped(layer, layerCase.input), layerCase, result);
  const { symbols, result: symbol } = traceWith(layer, layerCase.input, (size) => size);
  assertEquals(symbol.dtype, result, `${dtype}, traced`);
  const graph = new Graph(leavesOf(symbols), [symbol as SymbolicTensor]);
  checkValues(`${dtype}, traced`, runGraph(graph, leavesOf(layerCase.input)), layerCase, result);
}
