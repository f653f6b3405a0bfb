import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  type AnyLayer,
  clearSession,
  Dense,
  EagerTensor,
  input,
  Layer,
  Model,
  ops,
  predict,
  randomNormal,
  Sequential,
  ShapeError,
  type Tensor,
  tensor,
  WorkerPool,
  zeros,
} from "@strata/nn";
import { type PredictPool, predictWith } from "../../src/models/predict.ts";
import type { Terminal } from "../../src/models/progress.ts";
import { assertClose, callUntyped } from "../layers/layer_test_harness.ts";

/** A chain that doubles its input, and counts the rows of each call. */
function doubling(): { readonly model: AnyLayer; readonly calls: number[] } {
  const calls: number[] = [];
  class Double extends Layer {
    override call(x: Tensor): Tensor {
      if (x.kind === "eager") calls.push(x.shape[0] as number);
      return ops.multiply(x, 2) as Tensor;
    }
  }
  return { model: new Double(), calls };
}

const five = tensor([[1], [2], [3], [4], [5]]);
const doubled = [[2], [4], [6], [8], [10]];

Deno.test("data is taken in batches, the last of which may be smaller", async () => {
  const { model, calls } = doubling();
  assertEquals((await predict(model, five, { batchSize: 2 })).array() as unknown, doubled);
  assertEquals(calls, [2, 2, 1]);
  calls.length = 0;
  assertEquals((await predict(model, zeros([70, 1]))).shape, [70, 1]);
  assertEquals(calls, [32, 32, 6]);
});

Deno.test("data may be nested arrays, samples, or batches as they come", async () => {
  const { model, calls } = doubling();
  const how = async (data: unknown): Promise<unknown> => {
    calls.length = 0;
    return (await predict(model, data as never, { batchSize: 2 })).array();
  };
  assertEquals(await how([[1], [2], [3], [4], [5]]), doubled);
  const samples = [1, 2, 3, 4, 5].map((value) => tensor([value]));
  assertEquals(await how(samples), doubled);
  assertEquals(calls, [2, 2, 1]);
  assertEquals(await how(samples.map((sample) => sample.dataSync())), doubled);
  function* batches() {
    yield [[1], [2], [3]];
    yield tensor([[4], [5]]);
  }
  assertEquals(await how(batches()), doubled);
  assertEquals(calls, [3, 2], "batches stay as they are");
  async function* later() {
    for (const batch of batches()) yield await Promise.resolve(batch);
  }
  assertEquals(await how(later()), doubled);
  assertEquals(await how(new Set([five])), doubled);
});

Deno.test("several inputs are an array or a record of tensors, or samples of such", async () => {
  clearSession();
  const [a, b] = [input(["batch", 1]), input(["batch", 1])];
  const pair = new Model({ inputs: [a, b], outputs: { sum: ops.add(a, b), difference: ops.subtract(a, b) } });
  const other = tensor([[10], [20], [30], [40], [50]]);
  const wanted = [[11], [22], [33], [44], [55]];
  const result = await pair.predict([five, other], { batchSize: 2 });
  const { sum, difference } = result;
  const _rows: readonly [number, 1] = sum.shape;
  assertEquals([sum.array(), difference.shape], [wanted, [5, 1]]);
  const rows = [1, 2, 3, 4, 5].map((value) => [tensor([value]), tensor([value * 10])]);
  assertEquals((await pair.predict(rows, { batchSize: 2 })).sum.array() as unknown, wanted);
  const two = rows.slice(0, 2);
  assertEquals((await pair.predict(two)).sum.array() as unknown, wanted.slice(0, 2), "as many samples as inputs");

  const named = new Model({ inputs: { a, b }, outputs: ops.add(a, b) });
  assertEquals((await named.predict({ b: other, a: five }, { batchSize: 3 })).array() as unknown, wanted);
  const records = rows.map(([a, b]) => ({ a: a!, b: b! }));
  assertEquals((await named.predict(records, { batchSize: 3 })).array() as unknown, wanted);
});

Deno.test("results are those of the model, and have its shape and dtype", async () => {
  const model = new Sequential(input(["batch", 4]), new Dense(8, { activation: "tanh" }), new Dense(3));
  const data = randomNormal([101, 4], { seed: 1 });
  const result = await model.predict(data, { batchSize: 10 });
  const _shape: readonly [number, 3] = result.shape;
  assertEquals(result.shape, [101, 3]);
  assertClose("predict", result, model(data).array() as never, 1e-6);
  assertEquals((await model.predict(zeros([0, 4]))).shape, [0, 3], "no rows");
});

Deno.test("a wrong shape is an error of the compiler, and of the call", async () => {
  clearSession();
  const model = new Sequential(input(["batch", 4]), new Dense(3));
  await assertRejects(
    // @ts-expect-error Input 0 of layer sequential is incompatible with the layer: expected shape=[batch, 4]
    () => model.predict(zeros([2, 5])),
    ShapeError,
    "Input 0 of layer sequential is incompatible with the layer: expected shape=[batch, 4], found shape=[2, 5]",
  );
});

Deno.test("what does not fit together is refused", async () => {
  const { model } = doubling();
  await assertRejects(() => predict(model, five, { batchSize: 0 }), RangeError, "expected batchSize to be a positive");
  await assertRejects(() => predict(model, 5 as never), ShapeError, "expected an axis of rows");
  await assertRejects(() => predict(model, "text" as never), TypeError, "Cannot predict from string");
  await assertRejects(() => predict(model, (function* () {})()), RangeError, "expected at least one batch");
  await assertRejects(() => predict(model, input([null, 1]) as never), TypeError, "expected values");
  await assertRejects(
    () => predict(model, [tensor([1]), tensor([1, 2])]),
    ShapeError,
    "Cannot join sample 1 to those before it: expected shape [rows, 1] and dtype float32, received [1, 2] and float32",
  );
  await assertRejects(
    () => predict(model, [[[1]], [[1, 2]]][Symbol.iterator]()),
    ShapeError,
    "Cannot join the result of batch 1 to those before it",
  );
  const [a, b] = [input(["batch", 1]), input(["batch", 1])];
  const pair = new Model({ inputs: [a, b], outputs: ops.add(a, b) });
  await assertRejects(
    () => pair.predict([five, zeros([4, 1])]),
    ShapeError,
    "expected as many rows in each input, received 5 and 4",
  );
});

Deno.test("an error of the model or of the data ends the prediction", async () => {
  class Fails extends Layer {
    override call(x: Tensor): Tensor {
      if (x instanceof EagerTensor && x.dataSync()[0] === 3) throw new RangeError("three");
      return x;
    }
  }
  await assertRejects(() => predict(new Fails(), five, { batchSize: 1 }), RangeError, "three");
  const { model, calls } = doubling();
  async function* broken() {
    yield await Promise.resolve([[1]]);
    throw new RangeError("lost");
  }
  await assertRejects(() => predict(model, broken()), RangeError, "lost");
  assertEquals(calls, [1]);
});

Deno.test("workers of a pool run the batches", async () => {
  const model = new Sequential(input(["batch", 4]), new Dense(3));
  const data = randomNormal([23, 4], { seed: 2 });
  await using pool = new WorkerPool({ workers: 2 });
  const result = await model.predict(data, { batchSize: 4, pool });
  assertClose("pool", result, model(data).array() as never, 1e-6);
  const { workers } = pool.stats();
  assertEquals(workers.reduce((calls, worker) => calls + worker.calls, 0), 6);
});

/** A pool whose calls end when they are told to. */
class SlowPool implements PredictPool {
  readonly waiting: (() => void)[] = [];
  running = 0;
  most = 0;
  released = 0;
  readonly #refuseAbove: number;

  constructor(refuseAbove = Infinity) {
    this.#refuseAbove = refuseAbove;
  }

  compile(_model: never): Promise<unknown> {
    const call = (batch: EagerTensor) => {
      if (this.running >= this.#refuseAbove) {
        return Promise.reject(Object.assign(new Error("full"), { reason: "queue full" }));
      }
      this.most = Math.max(this.most, ++this.running);
      return new Promise<EagerTensor>((resolve) => {
        this.waiting.push(() => {
          this.running--;
          resolve(ops.multiply(batch, 2) as unknown as EagerTensor);
        });
      });
    };
    return Promise.resolve(Object.assign(call, { release: () => Promise.resolve(void this.released++) }));
  }

  stats(): { readonly workers: readonly unknown[] } {
    return { workers: [1, 2] };
  }
}

Deno.test("no more batches are read than workers need, and results keep their order", async () => {
  const { model } = doubling();
  const pool = new SlowPool();
  let read = 0;
  function* batches() {
    for (let value = 0; value < 20; value++) {
      read++;
      yield [[value]];
    }
  }
  const result = predict(model, batches(), { pool });
  let isDone = false;
  let ended = 0;
  result.then(() => isDone = true);
  while (!isDone) {
    // Those that came last end first.
    const end = pool.waiting.pop();
    if (end !== undefined) ended++;
    end?.();
    assert(read <= ended + 4, "no more batches are read than run");
    await new Promise((resolve) => setTimeout(resolve));
  }
  assertEquals(pool.most, 4);
  assertEquals((await result).dataSync(), Float32Array.from({ length: 20 }, (_, value) => 2 * value));
  assertEquals(pool.released, 1);
});

Deno.test("a pool that lets fewer calls wait is asked again", async () => {
  const { model } = doubling();
  const pool = new SlowPool(1);
  const result = predict(model, five, { batchSize: 1, pool });
  let isDone = false;
  result.then(() => isDone = true);
  while (!isDone) {
    pool.waiting.pop()?.();
    await new Promise((resolve) => setTimeout(resolve));
  }
  assertEquals((await result).array() as unknown, doubled);
  assertEquals(pool.most, 1);
});

/** What is written to a terminal, or to a file. */
function listener(isTTY: boolean): Terminal & { readonly texts: string[] } {
  const texts: string[] = [];
  return { isTTY, texts, write: (text) => void texts.push(text) };
}

Deno.test("a bar is shown on a terminal, and nothing elsewhere", async () => {
  const { model } = doubling();
  const show = async (isTTY: boolean, data: unknown, verbose?: boolean): Promise<string[]> => {
    const terminal = listener(isTTY);
    const options = { batchSize: 2, ...(verbose === undefined ? {} : { verbose }) };
    await predictWith(model, undefined, data, options, terminal);
    return terminal.texts;
  };
  assertEquals(await show(true, five), [
    "\r━━━━━━━━━━━━──────────────────  2 / 5",
    "\r━━━━━━━━━━━━━━━━━━━━━━━━──────  4 / 5",
    "\r━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  5 / 5",
    "\n",
  ]);
  assertEquals(await show(false, five), []);
  assertEquals(await show(true, five, false), []);
  assertEquals(await show(false, five, true), ["━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  5 / 5\n"]);
  assertEquals(await show(true, [five, five].values()), ["\r5 rows", "\r10 rows", "\n"]);
});

Deno.test("a subclassed model predicts as well", async () => {
  class Net extends Layer {
    readonly dense: AnyLayer = new Dense(2, { kernelInitializer: "ones", useBias: false });
    override call(x: Tensor): Tensor {
      return callUntyped(this.dense, x);
    }
  }
  const result = await predict(new Net() as AnyLayer, [[1, 2], [3, 4], [5, 6]], { batchSize: 2 });
  assertEquals(result.array() as unknown, [[3, 3], [7, 7], [11, 11]]);
});
