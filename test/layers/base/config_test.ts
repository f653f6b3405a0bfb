import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  Activation,
  type AnyLayer,
  type Anything,
  clearSession,
  type ConfigNames,
  Dense,
  Dropout,
  EinsumDense,
  ELU,
  Embedding,
  Flatten,
  Identity,
  initializers,
  InputLayer,
  Layer,
  type LayerOptions,
  LeakyReLU,
  ones,
  ops,
  Permute,
  PReLU,
  ReLU,
  RepeatVector,
  Reshape,
  Softmax,
  type Tensor,
} from "@strata/nn";
import type { DenseConfig, LayerRecord } from "@strata/nn/layers";

interface Configurable {
  fromConfig(config: unknown): AnyLayer;
}

const options = { name: "given", trainable: false, dtype: "float64" } as const;

const layers = (): readonly AnyLayer[] =>
  [
    new Dense(3, {
      ...options,
      inputDim: 5,
      activation: "relu",
      useBias: false,
      kernelInitializer: new initializers.HeNormal({ seed: 5 }),
      biasInitializer: "ones",
    }),
    new EinsumDense("abc,cd->abd", [null, 5], { ...options, biasAxes: "d", activation: "tanh" }),
    new Embedding(5, 3, {
      ...options,
      maskZero: true,
      embeddingsInitializer: new initializers.RandomNormal({ stddev: 2 }),
    }),
    new Flatten(options),
    new Reshape([-1, 6], options),
    new Permute([2, 1], options),
    new RepeatVector(3, options),
    new Dropout(0.25, { ...options, seed: 7, noiseShape: [null, 1] }),
    new Identity(options),
    new Activation("gelu", options),
    new ReLU({ ...options, maxValue: 6, negativeSlope: 0.1, threshold: 0.5 }),
    new LeakyReLU({ ...options, negativeSlope: 0.2 }),
    new PReLU({ ...options, sharedAxes: [1], alphaInitializer: new initializers.Constant({ value: 0.25 }) }),
    new ELU({ ...options, alpha: 2 }),
    new Softmax({ ...options, axis: [1, 2] }),
    new InputLayer({ shape: ["batch", null, 3], name: "given", dtype: "int32" }),
  ] as unknown as readonly AnyLayer[];

/** Options beside name, trainable and dtype, as Keras has them in camelCase. */
const own: { readonly [className: string]: object } = {
  Dense: {
    units: 3,
    inputDim: 5,
    activation: "relu",
    useBias: false,
    kernelInitializer: { className: "HeNormal", config: { seed: 5 } },
    biasInitializer: { className: "Ones", config: {} },
  },
  EinsumDense: {
    equation: "abc,cd->abd",
    outputShape: [null, 5],
    biasAxes: "d",
    activation: "tanh",
    kernelInitializer: { className: "GlorotUniform", config: { seed: null } },
    biasInitializer: { className: "Zeros", config: {} },
  },
  Embedding: {
    inputDim: 5,
    outputDim: 3,
    maskZero: true,
    embeddingsInitializer: { className: "RandomNormal", config: { mean: 0, stddev: 2, seed: null } },
    embeddingsRegularizer: null,
    embeddingsConstraint: null,
  },
  Flatten: { dataFormat: "channels_last" },
  Reshape: { targetShape: [-1, 6] },
  Permute: { dims: [2, 1] },
  RepeatVector: { n: 3 },
  Dropout: { rate: 0.25, seed: 7, noiseShape: [null, 1] },
  Identity: {},
  Activation: { activation: "gelu" },
  ReLU: { maxValue: 6, negativeSlope: 0.1, threshold: 0.5 },
  LeakyReLU: { negativeSlope: 0.2 },
  PReLU: {
    sharedAxes: [1],
    alphaInitializer: { className: "Constant", config: { value: 0.25 } },
    alphaRegularizer: null,
    alphaConstraint: null,
  },
  ELU: { alpha: 2 },
  Softmax: { axis: [1, 2] },
};

Deno.test("configurations hold every option, and make layers with the same ones", () => {
  for (const layer of layers()) {
    const config = layer.getConfig();
    const expected = layer.className === "InputLayer"
      ? { name: "given", trainable: true, dtype: "int32", shape: ["batch", null, 3] }
      : { ...options, ...own[layer.className] };
    assertEquals(config as unknown, expected, layer.className);
    const copy = (layer.constructor as unknown as Configurable).fromConfig(JSON.parse(JSON.stringify(config)));
    assertEquals(copy.getConfig(), config, layer.className);
    assertEquals([copy.name, copy.trainable, copy.dtype], [layer.name, layer.trainable, layer.dtype]);
    assertEquals([copy.constructor, copy.built], [layer.constructor, false]);
  }
});

Deno.test("a configuration of defaults makes a layer with its automatic name", () => {
  clearSession();
  const config = new Dense(2).getConfig();
  assertEquals(config, {
    name: "dense",
    trainable: true,
    dtype: "float32",
    units: 2,
    inputDim: null,
    activation: "linear",
    useBias: true,
    kernelInitializer: { className: "GlorotUniform", config: { seed: null } },
    biasInitializer: { className: "Zeros", config: {} },
  });
  assertEquals(Dense.fromConfig(config).name, "dense");
});

Deno.test("a copy has weights of its own", () => {
  const layer = new Dense(1, { kernelInitializer: "ones", useBias: false }).build([null, 2]);
  const copy = Dense.fromConfig(layer.getConfig());
  copy.build([null, 2]);
  assert(copy.kernel !== layer.kernel);
  copy.kernel.assign([[5], [5]]);
  assertEquals(layer.kernel.array() as unknown, [[1], [1]]);
});

Deno.test("a copy with a seeded initializer begins with the same values", () => {
  const layer = new Dense(4, { kernelInitializer: new initializers.GlorotUniform({ seed: 3 }) }).build([null, 5]);
  const copy = Dense.fromConfig(JSON.parse(JSON.stringify(layer.getConfig())));
  copy.build([null, 5]);
  assertEquals(copy.kernel.dataSync(), layer.kernel.dataSync());
});

Deno.test("a changed trainable is in the configuration", () => {
  const layer = new Dense(1);
  layer.trainable = false;
  assertEquals(layer.getConfig().trainable, false);
});

Deno.test("a subclass without constructor arguments has a configuration by itself", () => {
  class Plain extends Layer<Anything> {
    override call(x: Tensor): Tensor {
      return x;
    }
  }
  const layer = new Plain({ name: "plain", dtype: "float16" });
  assertEquals(layer.getConfig(), { name: "plain", trainable: true, dtype: "float16" });
  const copy = Plain.fromConfig(layer.getConfig()) as Plain;
  assert(copy instanceof Plain);
  assertEquals(copy.getConfig(), layer.getConfig());
});

Deno.test("a subclass with constructor arguments needs a configuration of its own", () => {
  class Takes extends Layer<Anything> {
    readonly size: number;
    constructor(size: number, options: LayerOptions = {}) {
      super(options);
      this.size = size;
    }
    override call(x: Tensor): Tensor {
      return x;
    }
  }
  clearSession();
  assertEquals(
    assertThrows(() => new Takes(3).getConfig(), TypeError).message,
    "Cannot make the configuration of layer takes: Takes takes constructor arguments, so it needs a getConfig of its own",
  );
});

Deno.test("functions of one's own cannot be written down", () => {
  const activation = new Dense(1, { activation: (x) => x });
  assertThrows(() => activation.getConfig(), TypeError, "Cannot make the configuration of an activation");
  const initializer = new Dense(1, { kernelInitializer: (shape) => ones(shape) });
  assertThrows(
    () => initializer.getConfig(),
    TypeError,
    "Cannot make the configuration of a function that initializes",
  );
});

class Half extends Dense {}

class Scaled extends Dense {
  static override readonly configNames: ConfigNames = { options: ["factor"] };
  readonly factor: number;
  constructor(units: number, options: { readonly useBias?: boolean; readonly factor?: number } = {}) {
    super(units, options);
    this.factor = options.factor ?? 1;
  }
  override call(x: Tensor): Tensor {
    return ops.multiply(super.call(x), this.factor) as Tensor;
  }
}

class Both extends Layer {
  static override readonly configNames: ConfigNames = {
    positional: ["parts"],
    options: ["last"],
    layers: ["parts", "last"],
  };
  readonly parts: readonly AnyLayer[];
  readonly last: AnyLayer;
  constructor(parts: readonly AnyLayer[], options: LayerOptions & { readonly last: AnyLayer }) {
    super(options);
    [this.parts, this.last] = [parts, options.last];
  }
  override call(x: Tensor): Tensor {
    return this.last(this.parts.reduce((y: Tensor, part) => part(y) as Tensor, x)) as Tensor;
  }
}

Deno.test("a subclass of a layer comes back as what it is, with the options of both classes", () => {
  const half = new Half(2, { name: "half", activation: "relu" });
  const copy: unknown = Half.fromConfig(half.getConfig());
  assert(copy instanceof Half);
  assertEquals([copy.units, copy.activation, copy.name], [2, "relu", "half"]);

  const scaled = new Scaled(2, { factor: 3, useBias: false });
  const config = scaled.getConfig() as DenseConfig & { readonly factor: number };
  assertEquals([config.units, config.useBias, config.factor], [2, false, 3]);
  const again: unknown = Scaled.fromConfig(config);
  assert(again instanceof Scaled);
  assertEquals([again.units, again.useBias, again.factor], [2, false, 3]);
});

Deno.test("a class may say which of its options are layers", () => {
  const layer = new Both([new Dense(2), new Dense(3)], { last: new Dense(4, { name: "end" }) });
  const config = JSON.parse(JSON.stringify(layer.getConfig()));
  assertEquals(config.parts.map((part: LayerRecord) => part.className), ["Dense", "Dense"]);
  assertEquals([config.last.className, config.last.config.name], ["Dense", "end"]);
  const copy = Both.fromConfig(config) as Both;
  assertEquals(copy(ones([1, 5])).shape as unknown, [1, 4]);
  assertEquals(copy.getConfig(), layer.getConfig());
});

Deno.test("a class may still say by itself what its configuration is and how it is read", () => {
  class Own extends Half {
    override getConfig(): DenseConfig {
      return { ...super.getConfig(), units: this.units * 10 };
    }
    static override fromConfig(config: DenseConfig): Own {
      return new Own(config.units / 10, { name: config.name });
    }
  }
  const copy = Own.fromConfig(new Own(2, { name: "own" }).getConfig());
  assertEquals([copy.units, copy.name, copy.getConfig().units], [2, "own", 20]);
});
