// Patterns of layers of one's own.
import { input, Layer, type Maps, type Shape, type Tensor, zeros } from "../../../mod.ts";
import { bind, type Bindings } from "../../../src/shape/bind.ts";
import { fails } from "../attempts.ts";

type Patterns = Shape | readonly Shape[] | { readonly [key: string]: Shape };

/** A layer that takes inputs of the given patterns, at compile time and at run time. */
class Given<const Name extends string, const In extends Patterns> extends Layer<Maps<Name, In, ["..."]>> {
  readonly patterns: In;
  constructor(name: Name, patterns: In) {
    super({ name });
    this.patterns = patterns;
  }
  override call(inputs: Tensor | readonly Tensor[] | { readonly [key: string]: Tensor }): Tensor {
    return Object.values(inputs)[0];
  }
  protected override mismatch(shapes: never): readonly [number | string, string] | undefined {
    const isOne = isShape(this.patterns);
    let bindings: Bindings = {};
    for (const [index, [key, pattern]] of Object.entries<Shape>(isOne ? [this.patterns] : this.patterns).entries()) {
      const bound = bind(pattern, isOne ? shapes : shapes[key], bindings, index);
      if (typeof bound === "string") return [Array.isArray(this.patterns) ? index : key, bound];
      bindings = bound;
    }
  }
}

function isShape(patterns: Patterns): patterns is Shape {
  return Array.isArray(patterns) && !patterns.some(Array.isArray);
}

// error: Input 0 of layer suffix is incompatible with the layer: expected axis -1 of input shape to have value 5 but received input with shape [2, 3, 4]
fails(() => new Given("suffix", ["...", 5])(zeros([2, 3, 4])));
// error: Input 0 of layer suffix is incompatible with the layer: expected min_ndim=2, found ndim=1. Full shape received: [3]
fails(() => new Given("suffix", ["...", 5, "features"])(zeros([3])));
// error: Input 0 of layer suffix is incompatible with the layer: expected axis -2 of input shape to have value 5 but received input with shape [batch, 3, 4]
fails(() => new Given("suffix", ["...", 5, "features"])(input(["batch", 3, 4])));
// error: Input 0 of layer prefix is incompatible with the layer: expected axis 1 of input shape to have value 4 but received input with shape [2, 3, 4]
fails(() => new Given("prefix", ["batch", 4, "..."])(zeros([2, 3, 4])));
// error: Input 0 of layer around is incompatible with the layer: expected min_ndim=2, found ndim=1. Full shape received: [2]
fails(() => new Given("around", ["batch", "...", 3])(zeros([2])));
// error: Input 0 of layer around is incompatible with the layer: expected axis -1 of input shape to have value 3 but received input with shape [2, 5, 6, 4]
fails(() => new Given("around", ["batch", "...", 3])(zeros([2, 5, 6, 4])));
// error: Input 0 of layer fixed is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: [2, 4]
fails(() => new Given("fixed", ["batch", 4, null])(zeros([2, 4])));
// error: Input 0 of layer fixed is incompatible with the layer: expected axis 1 of input shape to have value 4 but received input with shape [2, 5, 6]
fails(() => new Given("fixed", ["batch", 4, null])(zeros([2, 5, 6])));
// error: Input 0 of layer square is incompatible with the layer: n is 2 in input 0 and 3 in input 0
fails(() => new Given("square", ["n", "n"])(zeros([2, 3])));
// error: Input 0 of layer square is incompatible with the layer: n is 3 in input 0 and 2 in input 0
fails(() => new Given("square", ["...", "n", "n"])(input(["batch", 2, 3])));
// error: Input 1 of layer pair is incompatible with the layer: batch is 8 in input 0 and 9 in input 1
fails(() => new Given("pair", [["batch", 8], ["batch", "features"]])([zeros([8, 8]), zeros([9, 2])]));
// error: Input 1 of layer pair is incompatible with the layer: expected ndim=2, found ndim=3. Full shape received: [9, 2, 1]
fails(() => new Given("pair", [["batch", 8], ["batch", "features"]])([zeros([9, 8]), zeros([9, 2, 1])]));
// error: Input 0 of layer pair is incompatible with the layer: expected axis 1 of input shape to have value 8 but received input with shape [9, 7]
fails(() => new Given("pair", [["batch", 8], ["batch", "features"]])([zeros([9, 7]), zeros([8, 2])]));
// error: Input 2 of layer three is incompatible with the layer: a is 1 in input 0 and 2 in input 2
fails(() => new Given("three", [["a"], ["b"], ["a"]])([zeros([1]), input([null]), zeros([2])]));
// error: Input 1 of layer same is incompatible with the layer: ... is [2, 3] in input 0 and [2, 4] in input 1
fails(() => new Given("same", [["..."], ["..."]])([zeros([2, 3]), zeros([2, 4])]));
// error: Input 1 of layer same is incompatible with the layer: ... is [2] in input 0 and [3] in input 1
fails(() => new Given("same", [["...", "a"], ["..."]])([zeros([2, 3]), zeros([3])]));
// error: Input key of layer record is incompatible with the layer: expected axis 1 of input shape to have value 3 but received input with shape [8, 4]
fails(() => new Given("record", { query: ["batch", 2], key: ["batch", 3] })({ query: zeros([8, 2]), key: zeros([8, 4]) }));
