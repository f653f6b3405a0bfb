import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  type AnyLayer,
  type Anything,
  clearSession,
  Dense,
  DTypeError,
  input,
  InputSpec,
  Layer,
  ones,
  ops,
  type Shape,
  ShapeError,
  type Tensor,
  zeros,
} from "@strata/nn";
import type { InputSpecOptions } from "@strata/nn/layers";
import { arrayOf, callUntyped, errorOf } from "../layer_test_harness.ts";

function mismatch(options: InputSpecOptions, shape: Shape): string | undefined {
  return new InputSpec(options).mismatch({ shape, dtype: "float32" });
}

Deno.test("InputSpec without fields takes everything", () => {
  assertEquals(mismatch({}, []), undefined);
  assertEquals(mismatch({}, [null, "batch", 3]), undefined);
});

Deno.test("InputSpec checks ndim", () => {
  assertEquals(mismatch({ ndim: 2 }, [1, 2]), undefined);
  assertEquals(mismatch({ ndim: 2 }, [1, null, 3]), "expected ndim=2, found ndim=3. Full shape received: [1, ?, 3]");
  assertEquals(mismatch({ ndim: 0 }, []), undefined);
  assertEquals(mismatch({ ndim: 0 }, [1]), "expected ndim=0, found ndim=1. Full shape received: [1]");
});

Deno.test("InputSpec checks maxNdim", () => {
  assertEquals(mismatch({ maxNdim: 2 }, []), undefined);
  assertEquals(mismatch({ maxNdim: 2 }, [1, 2]), undefined);
  assertEquals(mismatch({ maxNdim: 2 }, [1, 2, 3]), "expected max_ndim=2, found ndim=3");
});

Deno.test("InputSpec checks minNdim", () => {
  assertEquals(mismatch({ minNdim: 2 }, [1, 2, 3]), undefined);
  assertEquals(
    mismatch({ minNdim: 2 }, ["batch"]),
    "expected min_ndim=2, found ndim=1. Full shape received: [batch]",
  );
});

Deno.test("InputSpec checks the dtype", () => {
  const spec = new InputSpec({ dtype: "int32" });
  assertEquals(spec.mismatch({ shape: [1], dtype: "int32" }), undefined);
  assertEquals(spec.mismatch({ shape: [1], dtype: "float32" }), "expected dtype=int32, found dtype=float32");
});

Deno.test("InputSpec checks the sizes of axes, from both ends", () => {
  assertEquals(mismatch({ axes: { 1: 5, [-1]: 3 } }, [2, 5, 3]), undefined);
  assertEquals(
    mismatch({ axes: { [-1]: 5 } }, [10, 4]),
    "expected axis -1 of input shape to have value 5 but received input with shape [10, 4]",
  );
  assertEquals(
    mismatch({ axes: { 1: 5 } }, ["batch", 4, null]),
    "expected axis 1 of input shape to have value 5 but received input with shape [batch, 4, ?]",
  );
  assertEquals(mismatch({ axes: { 1: 5 } }, [10, null]), undefined);
  assertEquals(mismatch({ axes: { 1: 5 } }, [10, "size"]), undefined);
  assertEquals(mismatch({ axes: { 1: null } }, [10, 4]), undefined);
});

Deno.test("InputSpec refuses a shape that has not the axis at all", () => {
  assertEquals(
    mismatch({ axes: { 2: 5 } }, [10, 4]),
    "expected axis 2 of input shape to have value 5 but received input with shape [10, 4]",
  );
  assertEquals(
    mismatch({ axes: { [-3]: 5 } }, [10, 4]),
    "expected axis -3 of input shape to have value 5 but received input with shape [10, 4]",
  );
});

Deno.test("InputSpec checks the whole shape", () => {
  assertEquals(mismatch({ shape: [null, 4, 3] }, [2, 4, 3]), undefined);
  assertEquals(mismatch({ shape: ["batch", 4, 3] }, [2, 4, 3]), undefined);
  assertEquals(mismatch({ shape: [2, 4] }, [null, "width"]), undefined);
  assertEquals(mismatch({ shape: [null, 4, 3] }, [2, 3, 3]), "expected shape=[?, 4, 3], found shape=[2, 3, 3]");
  assertEquals(mismatch({ shape: ["batch", 4] }, [2, 3]), "expected shape=[batch, 4], found shape=[2, 3]");
  assertEquals(mismatch({ shape: [2, 4] }, [2, 4, 1]), "expected shape=[2, 4], found shape=[2, 4, 1]");
  assertEquals(mismatch({ shape: [] }, [1]), "expected shape=[], found shape=[1]");
});

Deno.test("InputSpec with allowLastAxisSqueeze takes a last 1 more or less, and nothing else", () => {
  const options = { shape: [null, 3], allowLastAxisSqueeze: true };
  assertEquals(mismatch(options, [2, 3, 1]), undefined);
  assertEquals(mismatch(options, [2, 3]), undefined);
  assertEquals(mismatch(options, [2, 3, 7]), "expected shape=[?, 3], found shape=[2, 3, 7]");
  assertEquals(mismatch(options, [2, 4, 1]), "expected shape=[?, 3], found shape=[2, 4, 1]");
  assertEquals(mismatch({ shape: [null, 3, 1], allowLastAxisSqueeze: true }, [2, 3]), undefined);
  assertEquals(
    mismatch({ shape: [null, 3, 1], allowLastAxisSqueeze: true }, [2, 4]),
    "expected shape=[?, 3, 1], found shape=[2, 4]",
  );
  assertEquals(mismatch({ ndim: 2, allowLastAxisSqueeze: true }, [2, 3, 1]), undefined);
  assertEquals(
    mismatch({ ndim: 2, allowLastAxisSqueeze: true }, [2, 3, 1, 1]),
    "expected ndim=2, found ndim=4. Full shape received: [2, 3, 1, 1]",
  );
});

Deno.test("InputSpec checks rank, then dtype, then axes, then shape", () => {
  const options = { minNdim: 2, maxNdim: 3, dtype: "int32", axes: { [-1]: 4 } } as const;
  assertEquals(mismatch(options, [3]), "expected min_ndim=2, found ndim=1. Full shape received: [3]");
  assertEquals(mismatch(options, [1, 1, 1, 3]), "expected max_ndim=3, found ndim=4");
  assertEquals(mismatch(options, [1, 3]), "expected dtype=int32, found dtype=float32");
});

Deno.test("InputSpec refuses axes that are none", () => {
  // As in Keras's own test: axes may be written as text.
  assertEquals([...new InputSpec({ shape: [1, null, 2, 3], axes: { 3: 5, "2": 2 } }).axes], [[2, 2], [3, 5]]);
  assertEquals(
    assertThrows(() => new InputSpec({ shape: [1, null, 2, 3], axes: { 4: 5 } }), RangeError).message,
    "Cannot make an InputSpec: expected axes from -4 to 3 for rank 4, received axis 4",
  );
  assertEquals(
    assertThrows(() => new InputSpec({ ndim: 2, axes: { [-5]: 1 } }), RangeError).message,
    "Cannot make an InputSpec: expected axes from -2 to 1 for rank 2, received axis -5",
  );
  assertThrows(() => new InputSpec({ maxNdim: 2, axes: { 2: 1 } }), RangeError);
  assertThrows(() => new InputSpec({ ndim: 0, axes: { 0: 5 } }), RangeError);
  for (const key of ["string", "1.5", "", " "]) {
    assertEquals(
      assertThrows(() => new InputSpec({ axes: { [key]: 5 } as never }), TypeError).message,
      `Cannot make an InputSpec: expected axes with integer keys, received key "${key}"`,
    );
  }
});

Deno.test("InputSpec refuses an ndim that contradicts its shape", () => {
  assertEquals(
    assertThrows(() => new InputSpec({ shape: [1, 2], ndim: 3 }), RangeError).message,
    "Cannot make an InputSpec: expected ndim=2 for shape [1, 2], received ndim=3",
  );
  assertEquals(new InputSpec({ shape: [1, 2] }).ndim, 2);
});

Deno.test("InputSpec is made again from its configuration, with every field", () => {
  const all: readonly InputSpecOptions[] = [
    {},
    { dtype: "int32", shape: [null, "time", 3], allowLastAxisSqueeze: true, name: "tokens", optional: true },
    { ndim: 0 },
    { shape: [] },
    { minNdim: 1, maxNdim: 4, axes: { "-1": 3, "0": null } as { readonly [axis: number]: number | null } },
  ];
  for (const options of all) {
    const config = new InputSpec(options).getConfig();
    assertEquals(config, options);
    assertEquals(new InputSpec(JSON.parse(JSON.stringify(config))), new InputSpec(options));
  }
});

/** A layer that expects what a test says, and gives its first tensor. */
class Expects extends Layer<Anything> {
  builds = 0;
  constructor(inputSpec: Layer["inputSpec"]) {
    super();
    this.inputSpec = inputSpec;
  }
  override build(): void {
    this.builds++;
  }
  override call(inputs: Tensor | readonly Tensor[] | { readonly [key: string]: Tensor }): Tensor {
    const first = (value: unknown): Tensor =>
      value === null
        ? zeros([])
        : (value as Tensor).kind === undefined
        ? first(Object.values(value as object)[0])
        : value as Tensor;
    return first(inputs);
  }
}

function refused(inputSpec: Layer["inputSpec"], given: unknown): Error {
  clearSession();
  const layer = new Expects(inputSpec);
  const error = errorOf(() => callUntyped(layer as AnyLayer, given));
  assertEquals([layer.built, layer.builds], [false, 0], "a refused input does not build");
  return error;
}

Deno.test("a layer checks its input before it builds, with the whole sentence", () => {
  const prefix = "Input 0 of layer expects is incompatible with the layer: ";
  const rank = refused(new InputSpec({ ndim: 2 }), zeros([2]));
  assertEquals(rank.message, `${prefix}expected ndim=2, found ndim=1. Full shape received: [2]`);
  assertStrictEquals(rank.constructor, ShapeError);
  const dtype = refused(new InputSpec({ dtype: "int32" }), zeros([2]));
  assertEquals(dtype.message, `${prefix}expected dtype=int32, found dtype=float32`);
  assertStrictEquals(dtype.constructor, DTypeError);
  const symbolic = refused(new InputSpec({ maxNdim: 1 }), input(["batch", null]));
  assertEquals(symbolic.message, `${prefix}expected max_ndim=1, found ndim=2`);
  const nothing = refused(new InputSpec({}), null);
  assertEquals(nothing.message, `${prefix}expected a tensor, received null`);
});

Deno.test("a layer checks its input again after it is built", () => {
  class Learns extends Expects {
    override build(): void {
      super.build();
      this.inputSpec = new InputSpec({ ndim: 3 });
    }
  }
  clearSession();
  const layer = new Learns(null) as AnyLayer;
  assertEquals(
    errorOf(() => callUntyped(layer, zeros([1, 2]))).message,
    "Input 0 of layer learns is incompatible with the layer: expected ndim=3, found ndim=2. " +
      "Full shape received: [1, 2]",
  );
});

Deno.test("a layer whose spec is null is not checked", () => {
  for (const shape of [[], [1], [1, 2, 3]]) {
    assertEquals(callUntyped(new Expects(null) as AnyLayer, zeros(shape)).shape, shape);
    assertEquals(callUntyped(new Expects([null, null]) as AnyLayer, [zeros(shape), zeros([1])]).shape, shape);
  }
});

Deno.test("specs in an array are for inputs in an array, each with its index", () => {
  const specs = [new InputSpec({ ndim: 2 }), new InputSpec({ ndim: 1, axes: { 0: 3 } })];
  const layer = new Expects(specs) as AnyLayer;
  assertEquals(callUntyped(layer, [ones([1, 2]), ones([3])]).shape, [1, 2]);
  assertEquals(
    refused(specs, [ones([1, 2]), ones([4])]).message,
    "Input 1 of layer expects is incompatible with the layer: expected axis 0 of input shape to have value 3 but " +
      "received input with shape [4]",
  );
  assertEquals(
    refused(specs, [ones([1, 2])]).message,
    "Layer expects expects 2 inputs, but it received 1 input tensors",
  );
  assertEquals(
    refused(specs, [ones([1, 2]), ones([3]), ones([1])]).message,
    "Layer expects expects 2 inputs, but it received 3 input tensors",
  );
  assertEquals(
    refused(specs, ones([1, 2])).message,
    "Layer expects expects 2 inputs, but it received 1 input tensors",
  );
  assertEquals(
    refused(specs, [null, ones([3])]).message,
    "Input 0 of layer expects is incompatible with the layer: expected a tensor, received null",
  );
});

Deno.test("an optional input may be null", () => {
  const specs = [new InputSpec({ ndim: 1 }), new InputSpec({ ndim: 2, optional: true })];
  const layer = new Expects(specs) as AnyLayer;
  assertEquals(callUntyped(layer, [ones([3]), null]).shape, [3]);
  assertEquals(callUntyped(layer, [ones([3]), ones([1, 1])]).shape, [3]);
  assertEquals(
    refused(specs, [ones([3]), ones([1])]).message,
    "Input 1 of layer expects is incompatible with the layer: expected ndim=2, found ndim=1. Full shape received: [1]",
  );
  const one = new Expects(new InputSpec({ ndim: 1, optional: true })) as AnyLayer;
  assertEquals(callUntyped(one, null).shape, []);
});

class Weighs extends Layer<Anything> {
  shapes: unknown;
  override inputSpec = {
    image: new InputSpec({ ndim: 2 }),
    weight: new InputSpec({ ndim: 1, optional: true }),
  };
  override build(shapes: never): void {
    this.shapes = shapes;
  }
  override call({ image, weight }: { readonly image: Tensor; readonly weight?: Tensor | null }): Tensor {
    return weight === undefined || weight === null ? image : ops.multiply(image, weight) as Tensor;
  }
}

Deno.test("specs in a record are for inputs in a record, by exact key, in any order", () => {
  const layer = new Weighs();
  assertEquals(arrayOf(callUntyped(layer as AnyLayer, { weight: [2, 3], image: [[1, 1]] })), [[2, 3]]);
  assertEquals(layer.shapes, { weight: [2], image: [1, 2] });
  assertEquals(arrayOf(callUntyped(layer as AnyLayer, { image: [[1, 1]], weight: null })), [[1, 1]]);
  assertEquals(arrayOf(callUntyped(layer as AnyLayer, { image: [[1, 1]] })), [[1, 1]]);
});

Deno.test("a record of inputs with a missing key, another key or a wrong one is refused", () => {
  clearSession();
  const layer = new Weighs() as AnyLayer;
  const sentence = (given: unknown) => errorOf(() => callUntyped(layer, given)).message;
  assertEquals(sentence({ weight: [2] }), 'Missing data for input "image" of layer weighs');
  assertEquals(
    sentence({ image: [[1, 1]], wait: [2] }),
    'Unexpected data for input "wait" of layer weighs',
  );
  assertEquals(
    sentence({ image: [[1, 1]], toString: [2] }),
    'Unexpected data for input "toString" of layer weighs',
  );
  assertEquals(
    sentence({ image: [1, 1], weight: [2] }),
    "Input image of layer weighs is incompatible with the layer: expected ndim=2, found ndim=1. " +
      "Full shape received: [2]",
  );
  assertEquals(
    sentence({ image: [[1, 1]], weight: [[2]] }),
    "Input weight of layer weighs is incompatible with the layer: expected ndim=1, found ndim=2. " +
      "Full shape received: [1, 1]",
  );
  assertEquals(
    sentence([ones([1, 1]), ones([1])]),
    "Layer weighs expects a record of inputs with the keys image, weight",
  );
  assertEquals(sentence(ones([1, 1])), "Layer weighs expects a record of inputs with the keys image, weight");
  assertEquals(layer.built, false);
});

Deno.test("a layer of one input refuses arrays and records", () => {
  clearSession();
  const layer = new Dense(1) as AnyLayer;
  const sentence = (given: unknown) => errorOf(() => callUntyped(layer, given)).message;
  assertEquals(
    sentence([ones([1, 2]), ones([1, 2])]),
    "Layer dense expects 1 input, but it received 2 input tensors",
  );
  assertEquals(sentence([ones([1, 2])]), "Layer dense expects 1 input, but it received an array");
  assertEquals(sentence({ x: ones([1, 2]) }), "Layer dense expects 1 input, but it received a record");
});

Deno.test("setting inputSpec later is seen by the next call", () => {
  clearSession();
  const layer = new Expects(null) as AnyLayer;
  callUntyped(layer, zeros([2, 3, 3]));
  (layer as unknown as { inputSpec: InputSpec }).inputSpec = new InputSpec({ shape: [null, 4, 3] });
  assertEquals(
    errorOf(() => callUntyped(layer, zeros([2, 3, 3]))).message,
    "Input 0 of layer expects is incompatible with the layer: expected shape=[?, 4, 3], found shape=[2, 3, 3]",
  );
  assertEquals(callUntyped(layer, zeros([2, 4, 3])).shape, [2, 4, 3]);
});
