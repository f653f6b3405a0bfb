import { assert, assertEquals } from "@std/assert";
import { attributesKey } from "../../src/graph/operation.ts";
import { isOpName, table } from "../../src/ops/table.ts";
import { dispatch } from "../../src/eager/dispatch.ts";
import * as ops from "../../src/ops/mod.ts";
import type { Dim } from "../../src/shape/dim.ts";
import { full, tensor } from "../../src/tensor/creation.ts";
import type { DType } from "../../src/tensor/dtype.ts";
import { type Random, seeded } from "../shape/random_shapes.ts";

const DTYPES: readonly DType[] = ["float32", "float64", "float16", "int32", "int64", "uint8", "bool"];
const UNARY =
  "negative absolute sign square reciprocal sqrt rsqrt exp expm1 exp2 log log1p log2 log10 sin cos tan arcsin " +
  "arccos arctan sinh cosh tanh arcsinh arccosh arctanh floor ceil trunc erf isnan isinf isfinite logicalNot " +
  "linear exponential sigmoid logSigmoid silu softplus softsign tanhShrink mish squareplus gelu relu relu6 leakyRelu elu " +
  "celu selu hardShrink softShrink hardTanh hardSigmoid hardSilu sparsePlus sparseSigmoid";
const BINARY =
  "add subtract multiply divide floorDivide mod maximum minimum power hypot logaddexp arctan2 equal notEqual " +
  "less lessEqual greater greaterEqual logicalAnd logicalOr logicalXor";

/** `shape` with some axes left out at the front and some of size 1, so that it broadcasts with `shape`. */
function narrower(random: Random, shape: readonly number[]): number[] {
  return shape.slice(random.integer(0, shape.length)).map((dim) => random.integer(0, 2) === 0 ? 1 : dim);
}

/** The same shape with some dims unknown and some named by their sizes. */
function opened(random: Random, shape: readonly number[]): Dim[] {
  return shape.map((dim) => random.pick<Dim>([dim, null, `size_${dim}`]));
}

function checkEntry(
  name: string,
  arity: number,
  random: Random,
  attributes: Record<string, number | string> = {},
): void {
  assert(isOpName(name), name);
  const entry = table[name];
  const whole = random.shape(random.integer(0, 4), [0, 1, 2, 3]) as number[];
  const inputs = Array.from({ length: arity }, (_, index) => {
    const dtype = random.pick(DTYPES);
    const shape = index === 0 ? whole : narrower(random, whole);
    return full(shape, dtype === "bool" ? true : 1, { dtype });
  });
  const described = `${name}(${inputs.map(({ dtype, shape }) => `${dtype} [${shape}]`)} ${attributesKey(attributes)})`;
  const settled = entry.normalize?.(attributes, inputs) ?? attributes;
  const [result] = dispatch(entry, inputs, settled);
  const [known] = entry.infer(inputs, settled);
  assertEquals({ shape: result!.shape, dtype: result!.dtype }, known, described);
  const specs = inputs.map(({ shape, dtype }) => ({ shape: opened(random, shape), dtype }));
  const [open] = entry.infer(specs, settled);
  assertEquals(open!.dtype, result!.dtype, described);
  assertEquals(open!.shape.length, result!.shape.length, described);
  open!.shape.forEach((dim, axis) => {
    if (dim === null) return;
    const size = typeof dim === "number" ? dim : Number(dim.slice("size_".length));
    assertEquals(size, result!.shape[axis], `${described}, opened [${specs.map(({ shape }) => shape.join())}]`);
  });
}

for (const name of UNARY.split(" ")) {
  Deno.test(`${name} infers the shape and dtype that it computes, for random shapes and dtypes`, () => {
    const random = seeded(name.length);
    for (let i = 0; i < 12; i++) checkEntry(name, 1, random);
  });
}

for (const name of BINARY.split(" ")) {
  Deno.test(`${name} infers the shape and dtype that it computes, for random shapes and dtypes`, () => {
    const random = seeded(name.length);
    for (let i = 0; i < 20; i++) checkEntry(name, 2, random);
  });
}

Deno.test("round, threshold, cast, where and clip infer the shape and dtype that they compute", () => {
  const random = seeded(5);
  for (let i = 0; i < 20; i++) {
    checkEntry("round", 1, random, { decimals: random.integer(0, 2) });
    checkEntry("threshold", 1, random, { threshold: 0.5, value: 2 });
    checkEntry("cast", 1, random, { dtype: random.pick(DTYPES) });
    checkEntry("where", 3, random);
    checkEntry("clip", 3, random);
  }
});

Deno.test("each of these entries is a public function of its name", () => {
  const names = [...UNARY.split(" "), ...BINARY.split(" "), "round", "threshold", "cast", "where", "clip"];
  assertEquals(names.filter((name) => typeof (ops as Record<string, unknown>)[name] !== "function"), []);
});

Deno.test("ops can be applied to the results of ops in every dtype", () => {
  for (const dtype of DTYPES) {
    const x = tensor([0, 1, 1], { dtype });
    assertEquals(ops.maximum(ops.multiply(x, x), x).dtype, dtype);
    assertEquals([...ops.maximum(ops.multiply(x, x), x).dataSync()].map(Number), [0, 1, 1], dtype);
  }
});
