import { assertEquals } from "@std/assert";
import { jit, trace } from "../../../src/jit/mod.ts";
import * as layers from "../../../src/layers/mod.ts";
import { full, tensor, zeros } from "../../../src/tensor/creation.ts";
import type { EagerTensor } from "../../../src/tensor/eager.ts";
import { input } from "../../../src/tensor/symbolic.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import * as ops from "../../../src/ops/mod.ts";

type Call = (x: Tensor) => Tensor;

// What Keras 3.15.1 gives on JAX: shapes, and zeros and biases alone where there is nothing to add up.
const CASES: [name: string, make: () => Call, given: number[], result: number[]][] = [
  ["Dense", () => new layers.Dense(5) as never, [3, 6, 0], [3, 6, 5]],
  ["Dense", () => new layers.Dense(5) as never, [3, 0, 6], [3, 0, 5]],
  ["Conv2D", () => new layers.Conv2D(3, 3, { padding: "same" }) as never, [2, 0, 8, 3], [2, 0, 8, 3]],
  ["Conv2DTranspose", () => new layers.Conv2DTranspose(3, 3) as never, [2, 4, 4, 0], [2, 6, 6, 3]],
  ["Conv1DTranspose", () => new layers.Conv1DTranspose(3, 3) as never, [2, 4, 0], [2, 6, 3]],
  ["Flatten", () => new layers.Flatten() as never, [2, 4, 0], [2, 0]],
  ["Reshape", () => new layers.Reshape([4, 0]) as never, [2, 0, 4], [2, 4, 0]],
  ["LayerNormalization", () => new layers.LayerNormalization() as never, [2, 4, 0], [2, 4, 0]],
  ["RMSNormalization", () => new layers.RMSNormalization() as never, [2, 4, 0], [2, 4, 0]],
  ["Softmax", () => new layers.Softmax() as never, [2, 4, 0], [2, 4, 0]],
];

for (const [name, make, given, result] of CASES) {
  Deno.test(`${name} of ${given}, eagerly and in graphs with known and open rows`, () => {
    const layer = make();
    const x = zeros(given) as EagerTensor;
    // What the engine left in its memory must not be seen.
    ops.add(full([1000], 7), 1);
    const results = [layer(x), jit(trace(layer as never, input(given) as never) as never)(x as never)];
    results.push(jit(trace(layer as never, input(["batch", ...given.slice(1)]) as never) as never)(x as never));
    for (const y of results as EagerTensor[]) {
      assertEquals(y.shape, result);
      assertEquals(Array.from(y.dataSync() as ArrayLike<number>).every((value) => value === 0), true);
    }
  });
}

Deno.test("Dtypes of bool and int operands are Keras's", () => {
  const flags = tensor([true, false]);
  assertEquals(ops.floorDivide(flags, tensor([true, true])).dtype, "int32");
  assertEquals(ops.power(flags, flags).dtype, "int32");
  assertEquals(ops.power(flags, flags).array(), [1, 1]);
  assertEquals(ops.hardTanh(tensor(Int32Array.of(-3, 0, 2))).array(), [-1, 0, 1]);
  assertEquals(ops.hardTanh(tensor(Int32Array.of(-3, 0, 2))).dtype, "int32");
  assertEquals(ops.hardTanh(tensor(Uint8Array.of(0, 9))).array(), [0, 1]);
  assertEquals(full([2], true).dtype, "float32");
  const [mean, variance] = ops.moments(zeros([2, 0]), 1);
  assertEquals([mean.array(), variance.array()], [[NaN, NaN], [NaN, NaN]]);
});

Deno.test("One number pads all ends, a pair all axes, and one number tiles the last axis", () => {
  assertEquals(ops.pad([[1]], 1).array(), [[0, 0, 0], [0, 1, 0], [0, 0, 0]]);
  assertEquals(ops.pad([[1]], [0, 1]).array(), [[1, 0], [0, 0]]);
  assertEquals(ops.tile([[1, 2]], 2).array(), [[1, 2, 1, 2]]);
});

Deno.test("A softmax gives nothing to what is masked, whatever stands there", () => {
  const layer = new layers.Softmax();
  const x = tensor([[NaN, 1, 1], [5e9, -Infinity, 0], [1, 2, 3]]);
  const mask = tensor([[false, true, true], [false, false, true], [false, false, false]]);
  assertEquals(layer(x, { mask }).array(), [[0, 0.5, 0.5], [0, 0, 1], [0, 0, 0]]);
  const halves = new layers.Softmax({ dtype: "float16" });
  assertEquals(halves(x, { mask: ops.cast(mask, "int32") }).array(), [[0, 0.5, 0.5], [0, 0, 1], [0, 0, 0]]);
});

Deno.test("Gamma belongs to the axes in ascending order, however they are named", () => {
  const x = tensor(Float32Array.from({ length: 24 }, (_, i) => (i * 7) % 11), [1, 2, 3, 4]);
  const gamma = tensor([[1, 2, 3], [4, 5, 6]]);
  const [ascending, descending] = [[1, 2], [2, 1]].map((axis) => {
    const layer = new layers.LayerNormalization({ axis });
    layer.build([null, 2, 3, 4]);
    layer.setWeights([gamma, zeros([2, 3])]);
    return layer(x).array();
  });
  assertEquals(descending, ascending);
});

Deno.test("Words of options may have capitals, as in Keras", () => {
  const [padding, dataFormat] = ["SAME" as "same", "Channels_Last" as "channels_last"];
  const x = zeros([1, 5, 2]);
  assertEquals(new layers.Conv1D(3, 2, { padding, dataFormat })(x).shape, [1, 5, 3]);
  assertEquals(new layers.MaxPooling1D({ padding, dataFormat })(x).shape, [1, 3, 2]);
  assertEquals(ops.averagePool(x, 2, { padding }).shape, [1, 3, 2]);
  assertEquals(ops.conv(x, zeros([2, 2, 3]), { padding }).shape, [1, 5, 3]);
  assertEquals(new layers.MaxPooling1D({ padding }).getConfig().padding, "same");
});

Deno.test("Flatten puts channels that come first last, also from a configuration", () => {
  const layer = new layers.Flatten({ dataFormat: "channels_first" });
  const x = tensor([[[0, 1, 2], [3, 4, 5]]]);
  assertEquals(layer(x).array(), [[0, 3, 1, 4, 2, 5]]);
  const again = layers.Flatten.fromConfig(layer.getConfig()) as unknown as Call;
  assertEquals((again(x) as EagerTensor).array(), [[0, 3, 1, 4, 2, 5]]);
});
