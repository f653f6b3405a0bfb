import { assert, assertEquals } from "@std/assert";
import {
  AdaptiveMaxPooling2D,
  arange,
  AveragePooling2D,
  Conv2D,
  Conv2DTranspose,
  Cropping2D,
  DepthwiseConv2D,
  type EagerTensor,
  GlobalAveragePooling2D,
  MaxPooling2D,
  ops,
  SeparableConv2D,
  SpatialDropout2D,
  type Tensor,
  UpSampling2D,
  ZeroPadding2D,
} from "@strata/nn";
import type { CallOptions } from "../../../src/layers/base/context.ts";

const x = ops.reshape(arange(0, 96, { dtype: "float32" }), [2, 4, 4, 3]);
const twice = (y: Tensor): Tensor => ops.add(y, y);
const doubled = (y: EagerTensor): unknown => ops.add(y, y).array();

class Max extends MaxPooling2D<{ readonly poolSize: 3 }> {
  override call(x: Tensor): Tensor {
    return twice(super.call(x));
  }
}
class Average extends AveragePooling2D {
  override call(x: Tensor): Tensor {
    return twice(super.call(x));
  }
}
class Adaptive extends AdaptiveMaxPooling2D {
  override call(x: Tensor): Tensor {
    return twice(super.call(x));
  }
}
class Global extends GlobalAveragePooling2D {
  override call(x: Tensor): Tensor {
    return twice(super.call(x));
  }
}
class Cropped extends Cropping2D {
  override call(x: Tensor): Tensor {
    return twice(super.call(x));
  }
}
class Padded extends ZeroPadding2D {
  override call(x: Tensor): Tensor {
    return twice(super.call(x));
  }
}
class Larger extends UpSampling2D {
  override call(x: Tensor): Tensor {
    return twice(super.call(x));
  }
}
class Convolved extends Conv2D {
  override call(x: Tensor): Tensor {
    return twice(super.call(x));
  }
}
class Transposed extends Conv2DTranspose {
  override call(x: Tensor): Tensor {
    return twice(super.call(x));
  }
}
class Depthwise extends DepthwiseConv2D {
  override call(x: Tensor): Tensor {
    return twice(super.call(x));
  }
}
class Separable extends SeparableConv2D {
  override call(x: Tensor): Tensor {
    return twice(super.call(x));
  }
}
class Dropped extends SpatialDropout2D {
  override call(x: Tensor, options: CallOptions): Tensor {
    return twice(super.call(x, options));
  }
}

Deno.test("layers that extend layers on spatial axes compute with a call of their own", () => {
  const pairs = [
    [new Max({ poolSize: 3 }), new MaxPooling2D({ poolSize: 3 })],
    [new Average(2), new AveragePooling2D(2)],
    [new Adaptive(3), new AdaptiveMaxPooling2D(3)],
    [new Global(), new GlobalAveragePooling2D()],
    [new Cropped({ cropping: 1 }), new Cropping2D({ cropping: 1 })],
    [new Padded(), new ZeroPadding2D()],
    [new Larger(), new UpSampling2D()],
    [new Convolved(5, 2), new Conv2D(5, 2)],
    [new Transposed(5, 2), new Conv2DTranspose(5, 2)],
    [new Depthwise(2), new DepthwiseConv2D(2)],
    [new Separable(5, 2), new SeparableConv2D(5, 2)],
    [new Dropped(0.5), new SpatialDropout2D(0.5)],
  ] as const;
  for (const [mine, base] of pairs) {
    const [ours, plain] = [mine(x as EagerTensor), base(x as EagerTensor)] as readonly EagerTensor[];
    mine.setWeights(base.getWeights());
    assertEquals(ours!.shape, plain!.shape);
    assertEquals((mine(x as EagerTensor) as EagerTensor).array(), doubled(plain!), mine.className);
  }
});

Deno.test("the configuration of a layer that extends one makes a layer of its own class", () => {
  assert(Convolved.fromConfig(new Convolved(5, [2, 3], { strides: 2 }).getConfig()) instanceof Convolved);
  assert(Max.fromConfig(new Max({ poolSize: 3 }).getConfig()) instanceof Max);
  const dropped = Dropped.fromConfig(new Dropped(0.25, { dataFormat: "channels_first" }).getConfig());
  assert(dropped instanceof Dropped);
  assertEquals([dropped.rate, dropped.dataFormat], [0.25, "channels_first"]);
});
