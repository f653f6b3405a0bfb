import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  Dense,
  type EagerTensor,
  EngineError,
  input,
  InputError,
  Sequential,
  tensor,
  trace,
  WorkerPool,
} from "@strata/nn";
import { encodeModel } from "../../src/onnx/encode.ts";
import type { OnnxTensor } from "../../src/onnx/model.ts";
import { graph, node, value } from "../engine/models.ts";
import { compileUntyped, TRANSPORTS, within } from "./harness.ts";

const floats = (...values: number[]) => new Uint8Array(new Float32Array(values).buffer);

/** A constant of two floats in a file. */
function outside(name: string, location: string, offset = 0): OnnxTensor {
  return { name, dtype: "float32", shape: [2], data: { location, offset, length: 8 } };
}

/** `y = x * a + b`, with `a` in one file and `b` in another, or in the same. */
function linear(a: OnnxTensor, b: OnnxTensor): Uint8Array {
  const nodes = [node("Mul", ["x", "a"], ["product"]), node("Add", ["product", "b"], ["y"])];
  return encodeModel({
    producer: "strata-test",
    graph: graph([value("x", "float32", ["n", 2])], [value("y", "float32", ["n", 2])], nodes, [a, b]),
  });
}

for (const [transport, make] of TRANSPORTS) {
  for (const threads of [1, 2]) {
    Deno.test(`Strata's own export with its weights beside it runs (${transport}, ${threads} threads)`, async () => {
      const network = new Sequential(input(["batch", 64]), new Dense(128, { activation: "tanh" }), new Dense(64));
      const exported = trace(network, input(["batch", 64])).toONNX({ externalData: "w.bin" });
      assert(exported.data.length > 0);
      await using pool = make({ workers: 2, threads });
      const { model, data } = exported;
      const whole = new Uint8Array(
        await new Blob(data as readonly Uint8Array<ArrayBuffer>[] as Uint8Array<ArrayBuffer>[]).arrayBuffer(),
      );
      const x = tensor([Array.from({ length: 64 }, (_, index) => Math.sin(index))]);
      const expected = network(x).dataSync();
      for (const source of [exported, { model, data }, { model, data: whole }, { model, data: { "w.bin": data } }]) {
        const run = await within("the model", compileUntyped(pool, source));
        const results = await within("calls of both workers", Promise.all(Array.from({ length: 8 }, () => run(x))));
        for (const y of results as EagerTensor[]) {
          y.dataSync().forEach((value, index) => assert(Math.abs(Number(value) - Number(expected[index])) < 1e-5));
        }
        await run.release();
      }
    });
  }

  Deno.test(`a model whose weights lie in several files takes a record of them (${transport})`, async () => {
    await using pool = make({ workers: 1 });
    const model = linear(outside("a", "first.bin", 8), outside("b", "./data/second.bin"));
    const data = { "first.bin": [floats(9, 9), floats(2, 3)], "data/second.bin": floats(10, 20) };
    const run = await compileUntyped(pool, { model, data });
    assertEquals((await run([[1, 1], [2, 2]]) as EagerTensor).array(), [[12, 23], [14, 26]]);
  });
}

Deno.test("files that are missing or too short are told of", async () => {
  await using pool = new WorkerPool({ workers: 1 });
  const two = linear(outside("a", "a.bin"), outside("b", "b.bin"));
  const one = linear(outside("a", "w.bin"), outside("b", "w.bin", 8));
  const refused = async (source: unknown, message: string): Promise<void> => {
    await assertRejects(() => compileUntyped(pool, source), InputError, message);
  };
  await refused(one, 'Cannot compile the model: expected { model, data }, since its weights lie in "w.bin"');
  await refused({ model: one }, 'Cannot compile the model: expected { model, data }, since its weights lie in "w.bin"');
  await refused(
    { model: two, data: floats(1, 2) },
    'Cannot compile the model: expected a record with the bytes of "a.bin", "b.bin", received one file',
  );
  await refused(
    { model: two, data: { "a.bin": floats(1, 2) } },
    'Cannot compile the model: expected the bytes of "b.bin", received "a.bin"',
  );
  await assertRejects(
    () => compileUntyped(pool, { model: one, data: floats(1, 2) }),
    EngineError,
    'Cannot load the model: the file "w.bin" ends before the elements of a constant',
  );
  const run = await compileUntyped(pool, { model: one, data: floats(1, 2, 3, 4) });
  assertEquals((await run([[1, 1]]) as EagerTensor).array(), [[4, 6]]);
  assertEquals(pool.stats().restarts, 0);
});
