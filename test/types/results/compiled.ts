// What compiled functions, pools and predict give has values, whatever is known of what went in.
import {
  Dense,
  type EagerTensor,
  input,
  jit,
  type Layer,
  Model,
  ops,
  predict,
  Sequential,
  type SymbolicTensor,
  type Tensor,
  trace,
  type WorkerPool,
} from "../../../mod.ts";
import { type Eq, is } from "../exact.ts";

type IsAny<T> = 0 extends 1 & T ? true : false;

const parsed = JSON.parse("[]");
is<Eq<IsAny<typeof parsed>, true>>();
declare const some: Tensor;
declare const rows: number[][];
declare const layer: Layer;
const x = input(["batch", 4]);
const model = new Model({ inputs: x, outputs: new Dense(3)(x) });
const two = new Model({ inputs: [x, input(["batch", 2])], outputs: { sum: new Dense(3)(x), rest: x } });

const compiled = [
  jit(new Dense(3)),
  jit(new Dense(3), x),
  jit(model),
  jit(new Sequential(x, new Dense(3))),
  jit(layer),
  jit((a: Tensor) => ops.add(a, 1)),
  jit((a) => ops.add(a, 1), x),
  jit(trace(model)),
  jit(trace((a) => ops.add(a, 1), x)),
] as const;
export const results: readonly EagerTensor[] = [
  ...[compiled[0](parsed), compiled[0](some), compiled[0](rows)],
  ...[compiled[1](parsed), compiled[1](some), compiled[1](rows)],
  ...[compiled[2](parsed), compiled[2](some), compiled[2](rows)],
  ...[compiled[3](parsed), compiled[3](some), compiled[3](rows)],
  ...[compiled[4](parsed), compiled[4](some), compiled[4](rows)],
  ...[compiled[5](parsed), compiled[5](some), compiled[5](rows)],
  ...[compiled[6](parsed), compiled[6](some), compiled[6](rows)],
  ...[compiled[7](parsed), compiled[7](some), compiled[7](rows)],
  ...[compiled[8](parsed), compiled[8](some), compiled[8](rows)],
];
const ofLayer = compiled[0](parsed);
const ofModel = compiled[2](parsed);
const ofFunction = compiled[6](parsed);
is<Eq<IsAny<typeof ofLayer | typeof ofModel | typeof ofFunction>, false>>();

const { sum, rest } = jit(two)(parsed);
const record = jit(({ a, b }) => ({ c: ops.add(a, b) }), { a: x, b: x })({ a: some, b: parsed });
const array = jit((a: Tensor, b: Tensor) => [ops.add(a, b)])(some, parsed);
export const structures: readonly (EagerTensor | undefined)[] = [sum, rest, record.c, array[0]];

// In a trace a compiled function becomes part of it.
const traced = compiled[0](x);
is<Eq<typeof traced, SymbolicTensor<readonly ["batch", 3], "float32">>>();

/** Of a pool, and of predict. */
export async function later(pool: WorkerPool): Promise<readonly EagerTensor[]> {
  const ofLayer = await pool.compile(new Dense(3));
  const ofModel = await pool.compile(model);
  const ofFunction = await pool.compile((a: Tensor) => ops.add(a, 1));
  const ofGraph = await pool.compile((a) => ops.add(a, 1), x);
  return [
    ...[await ofLayer(parsed), await ofLayer(some), await ofLayer(rows)],
    ...[await ofModel(parsed), await ofModel(some), await ofModel(rows)],
    ...[await ofFunction(parsed), await ofFunction(some), await ofFunction(rows)],
    ...[await ofGraph(parsed), await ofGraph(some), await ofGraph(rows)],
    ...[await model.predict(parsed), await model.predict(some), await model.predict(rows)],
    ...[await new Sequential(new Dense(3)).predict(parsed), await predict(layer, parsed), await predict(layer, some)],
  ];
}
